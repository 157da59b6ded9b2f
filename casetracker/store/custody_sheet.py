"""What a chain-of-custody sheet may say of documents: all of it to the office, dates and hashes to others.

A document has no consent of its own, and its title, its source and who handled it could give somebody away.
So whoever is not of the office is given what proves that a file is unaltered, and nothing else; and nothing
of a case that this audience may not know of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casetracker.model import Case, Document, DocumentLink
from casetracker.model.confidentiality import Audience
from casetracker.model.entity import values_of
from casetracker.store import file_kinds
from casetracker.store.custody_log import LogLine, in_groups, lines_of
from casetracker.store.reader import Reader


@dataclass(frozen=True)
class SheetDocument:
    """One document of a sheet; `title` is empty for everybody outside the office."""

    title: str
    case: str  # the reference of its case
    sort: str
    kind: str
    copy: str  # what it is of its original, in words
    size: int
    sha256: str
    lines: tuple[LogLine, ...]


_COLUMNS = ("id", "title", "kind", "file_type", "size", "sha256", "case_id", "copy_kind")
_NAMES_OR_SOURCES = ("title", "received_from", "received_by", "original_at", "file_name", "copy_note")


def documents_for(
    reader: Reader, document_ids: Sequence[str], case_ids: Sequence[str]
) -> list[SheetDocument]:
    """Return these documents, else those of these cases, else all that are kept for a case."""
    held = sa.select(*(getattr(Document, name) for name in (*_COLUMNS, *_NAMES_OR_SOURCES[1:])))
    rows = reader.rows(held.where(_wanted(document_ids, case_ids)).order_by(Document.received, Document.id))
    return [_made(reader, row) for row in rows if not row.case_id or reader.get(Case, row.case_id)]


def _wanted(document_ids: Sequence[str], case_ids: Sequence[str]) -> sa.ColumnElement[bool]:
    if document_ids:
        return Document.id.in_(document_ids)
    if not case_ids:
        return Document.case_id.is_not(None)
    linked = sa.select(DocumentLink.document_id).where(DocumentLink.about_id.in_(case_ids))
    return sa.or_(Document.case_id.in_(case_ids), Document.id.in_(linked) & Document.case_id.is_(None))


def _made(reader: Reader, row: Any) -> SheetDocument:
    inside = reader.audience is Audience.INTERNAL
    fields = values_of(Document)
    if not inside:  # the finished paper is searched for what must not stand in it
        for name in _NAMES_OR_SOURCES:
            reader.note(fields[name], getattr(row, name) or "", None)
    case = reader.get(Case, row.case_id) if row.case_id else None
    kind = file_kinds.kind_named(row.file_type or "")
    return SheetDocument(
        title=row.title if inside else "",
        case=case.text("ref") if case else "",
        sort=fields["kind"].kind.format(row.kind),
        kind=file_kinds.called(kind) if kind else "",
        copy=fields["copy_kind"].kind.format(row.copy_kind),
        size=row.size or 0,
        sha256=in_groups(row.sha256 or ""),
        lines=tuple(lines_of(reader, row.id) if inside else _bare(lines_of(reader, row.id))),
    )


def _bare(lines: Sequence[LogLine]) -> Iterator[LogLine]:
    """Leave of a log what was done and on which day: no names, no reasons, no words about the source."""
    dated = [line for line in lines if line.at is not None]
    for line in dated:
        if line.act is not None or line is dated[0]:  # the first one is that it came into the casebook
            yield LogLine(line.at, "", line.what if line.act else "", "", line.act)
