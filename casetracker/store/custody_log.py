"""The custody log of a document: how it came, and everything that was done with it since, in words.

What changed something is read from the audit log, where it stands anyway; what only looked or copied has a
line of its own. Both only grow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from casetracker.errors import ReadOnly, UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import Document, DocumentUse
from casetracker.model.dates import KnownDate
from casetracker.model.entity import values_of
from casetracker.model.sources.document import DocumentAct
from casetracker.model.terms import label_of
from casetracker.store import documents
from casetracker.store.audit.accesses import Access, Noted, accesses
from casetracker.store.history import AuditAction, AuditChange, Values
from casetracker.store.reader import Reader
from casetracker.store.store import Store

_TELLING = ("received_from", "received", "received_by", "original_at")  # of which before and after are told
_LONGEST = 300
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_GROUP = 8  # digits of a hash


@dataclass(frozen=True)
class LogLine:
    """One line: when (local time; None for what was told and has a day in its words), who, what, and more."""

    at: dt.datetime | None
    who: str
    what: str
    detail: str = ""
    act: DocumentAct | None = None  # of what changed nothing

    def when(self) -> str:
        """Write the moment as people read it."""
        return "" if self.at is None else f"{KnownDate.on(self.at.date()).text()}, {self.at:%H:%M}"


_LABELS: dict[DocumentAct, str] = {
    DocumentAct.VIEWED: N_("Looked at “{title}”"),
    DocumentAct.SAVED_OUT: N_("Saved a copy of “{title}” outside"),
    DocumentAct.EXPORTED: N_("Gave out “{title}” with a paper"),
    DocumentAct.CHECKED: N_("Compared “{title}” with its hash"),
}


def note(store: Store, document_id: str, act: DocumentAct, detail: str = "") -> bool:
    """Write down what was done with a document, whatever the role of the user; False where nothing can be."""
    if store.read_only:
        store.note(Noted(Access.DOCUMENT, Document.__name__, document_id, detail))
        return store.notes
    with noting(store, document_id, act, detail):
        pass
    return True


@contextmanager
def noting(store: Store, document_id: str, act: DocumentAct, detail: str = "") -> Iterator[None]:
    """Write down what is done inside, in one transaction; if that fails, nothing is written down."""
    if store.read_only:
        raise ReadOnly(tr(N_("What is done with documents cannot be written down here: reading only.")))
    draft = store.draft(DocumentUse)
    now = dt.datetime.now(dt.UTC)
    draft.values |= {
        "document_id": document_id,
        "act": act,
        "at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "who": store.who,
        "detail": detail[:_LONGEST] or None,
    }
    label = tr(_LABELS[act], title=documents.line_of(store, document_id).title)
    with store.edit(label, passed_over=True) as edit:
        edit.write(draft)
        yield


def save_outside(
    store: Store,
    document_id: str,
    target: Path,
    reason: str,
    progress: Progress | None = None,
    content: bytes | None = None,
) -> None:
    """Write a document in the clear to a place of the user's choice, and into its custody log.

    `content` is written in its place: a picture without hidden data. Raises `UserError`, also without a
    reason; then there is neither a file nor a line.
    """
    if not reason.strip():
        raise UserError(tr(N_("Say why the copy is needed; it stands in the custody log.")))
    kept = documents.pieces(store, document_id) if content is None else iter([content])
    how = tr(N_("as it came")) if content is None else tr(N_("without hidden data"))
    detail = f"{reason.strip()} ({how}: {target.name})"
    together = noting(store, document_id, DocumentAct.SAVED_OUT, detail)
    documents.evidence_of(store).copy_out(kept, target, together, progress)


def log_of(store: Store, document_id: str) -> list[LogLine]:
    """Return the custody log of a document, the oldest first."""
    with store.reader() as reader:
        return lines_of(reader, document_id)


def lines_of(reader: Reader, document_id: str) -> list[LogLine]:
    """Return the custody log as the office itself may read it; what leaves is cut down by `custody_sheet`."""
    done = [*_done(reader, document_id), *_seen(reader, document_id)]
    return [*_received(reader, document_id), *sorted(done, key=lambda line: line.at or _NEVER)]


def _received(reader: Reader, document_id: str) -> Iterator[LogLine]:
    """How a document came to the office, as somebody wrote it down."""
    found = reader.rows(
        sa.select(*(getattr(Document, name) for name in _TELLING)).where(Document.id == document_id)
    )
    if not found:
        return
    fields = values_of(Document)
    said = {n: fields[n].kind.format(v) for n, v in zip(_TELLING, found[0], strict=True)}
    more = [
        tr(N_("from {who}"), who=said["received_from"]) if said["received_from"] else "",
        tr(N_("the original is: {where}"), where=said["original_at"]) if said["original_at"] else "",
    ]
    if said["received"] or any(more):
        what = tr(N_("Received on {day}"), day=said["received"]) if said["received"] else tr(N_("Received"))
        yield LogLine(None, said["received_by"], what, " · ".join(part for part in more if part))


def _done(reader: Reader, document_id: str) -> Iterator[LogLine]:
    """What changed the document, what was made from it, and who looked, in the order of the audit log."""
    copies = reader.ids(sa.select(Document.id).where(Document.original_id == document_id))
    used = sa.select(DocumentUse.id, DocumentUse.who, DocumentUse.act, DocumentUse.detail)
    uses = {row[0]: row for row in reader.rows(used.where(DocumentUse.document_id == document_id))}
    query = (
        sa.select(AuditAction.at, AuditAction.who, AuditAction.label, AuditChange)
        .join(AuditAction, AuditAction.id == AuditChange.action_id)
        .where(AuditChange.record_id.in_([document_id, *copies, *uses]))
        .order_by(AuditChange.number)
    )
    for at, who, label, change in reader.rows(query):
        local = at.replace(tzinfo=dt.UTC).astimezone()
        if use := uses.get(change.record_id):
            yield LogLine(local, use.who, label_of(use.act), use.detail or "", use.act)
        elif change.record_id == document_id or change.before is None:  # later, a copy has a log of its own
            of_copy = change.record_id != document_id
            yield LogLine(local, who, label, _told(change.before, change.after, of_copy=of_copy))


def _seen(reader: Reader, document_id: str) -> Iterator[LogLine]:
    """Who looked at the document of those who may change nothing: they have no rows of records."""
    query = sa.select(accesses.c.at, accesses.c.who, accesses.c.detail).where(
        accesses.c.record_id == document_id, accesses.c.what == Access.DOCUMENT.name
    )
    for at, who, detail in reader.rows(query.order_by(accesses.c.number)):
        local = at.replace(tzinfo=dt.UTC).astimezone()
        yield LogLine(local, who, label_of(DocumentAct.VIEWED), detail, DocumentAct.VIEWED)


def _told(before: Values | None, after: Values | None, *, of_copy: bool) -> str:
    if of_copy:
        made = after or {}
        return " · ".join(str(part) for part in (made.get("title"), made.get("copy_note")) if part)
    if after is None:
        return ""
    if before is None:
        sha256 = after.get("sha256")
        return tr(N_("SHA-256 {hash}"), hash=in_groups(sha256)) if sha256 else ""
    return " · ".join(_differences(before, after))


def in_groups(sha256: str) -> str:
    """Write a hash so that it can be read out and fits into a narrow column."""
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))


def _differences(before: Values, after: Values) -> Iterable[str]:
    fields = values_of(Document)
    for name in after:
        if name not in fields:
            continue
        said = tr(fields[name].label)
        yield f"{said}: {before.get(name) or '—'} → {after[name] or '—'}" if name in _TELLING else said
