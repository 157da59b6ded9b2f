"""The words by which somebody is known, and taking them out of every other text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import BY_NAME
from casetracker.model.confidentiality import Sensitivity
from casetracker.model.entity import Base, values_of
from casetracker.model.fields import Text
from casetracker.store.history import AuditChange

MARK = "▮▮▮"
_KNOWN_BY = {Sensitivity.NAME, Sensitivity.CONTACT, Sensitivity.IDENTITY, Sensitivity.ADDRESS}
_LEAST_NUMBER = 5  # signs of a number or an address; a name has to have two words
_KEPT = frozenset(  # the log is dealt with line by line; names of others stay whole
    {
        *("audit_actions", "audit_changes", "audit_entries", "audit_heads", "audit_accesses"),
        *("audit_erasures", "casebook", "person_names", "name_keys", "found_texts"),
    }
)


def known_by(session: Session, rows: dict[str, set[str]]) -> list[str]:
    """Return the names, numbers, contacts and addresses in these records, now or at any time.

    A name of a single word stays out: it is somebody else's as well. Longer ones come first.
    """
    found: set[str] = set()
    for name, ids in rows.items():
        fields = {
            n: f.sensitivity
            for n, f in values_of(BY_NAME[name]).items()
            if isinstance(f.kind, Text) and f.sensitivity in _KNOWN_BY
        }
        for values in _held(session, name, ids, list(fields)):
            found |= {
                text.strip()
                for n, text in values.items()
                if n in fields and isinstance(text, str) and _tells(text.strip(), fields[n])
            }
    return sorted(found, key=lambda text: (-len(text), text))


def _tells(text: str, kind: Sensitivity) -> bool:
    return len(text.split()) > 1 if kind is Sensitivity.NAME else len(text) >= _LEAST_NUMBER


def _held(session: Session, name: str, ids: set[str], fields: list[str]) -> Iterator[dict[str, Any]]:
    entity = BY_NAME[name]
    if not fields:
        return
    columns = [getattr(entity, field).label(field) for field in fields]
    for row in session.execute(sa.select(*columns).where(entity.id.in_(ids))):
        yield dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for it
    told = sa.select(AuditChange.before, AuditChange.after).where(AuditChange.record_id.in_(ids))
    for before, after in session.execute(told.where(AuditChange.entity == name)):
        yield before or {}
        yield after or {}


class Blackener:
    """Takes words out of texts, whatever their case, where they stand as words of their own."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)
        words = self._words
        said = "|".join(re.escape(word) for word in words)
        self._pattern = re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE) if said else None

    def and_quoted(self, titles: Iterable[str]) -> Blackener:
        """Return one that takes out these titles too, where they stand in quotation marks."""
        return Blackener([*(f"“{title}”" for title in titles), *self._words])

    def text(self, text: str) -> str:
        """Return the text without these words."""
        return self._pattern.sub(MARK, text) if self._pattern else text

    def value(self, value: Any) -> Any:
        """Return a value as JSON holds it, without these words."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.value(each) for key, each in value.items()}
        return [self.value(each) for each in value] if isinstance(value, list) else value


def places(session: Session, blackener: Blackener) -> Iterator[tuple[sa.Table, Any, dict[str, Any]]]:
    """Find every other row of the casebook in which the words stand: table, key, and its new values."""
    for table in Base.metadata.sorted_tables:
        columns = [c for c in table.columns if _holds_text(c)]
        keys = list(table.primary_key.columns)
        if table.name in _KEPT or not columns or len(keys) != 1:
            continue
        for key, *held in session.execute(sa.select(keys[0], *columns)):
            pairs = zip(columns, held, strict=True)
            new = {c.name: becomes for c, was in pairs if (becomes := blackener.value(was)) != was}
            if new:
                yield table, key, new


def _holds_text(column: sa.Column[Any]) -> bool:
    kind = column.type
    text = isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)  # Text is a String too
    return (text or isinstance(kind, sa.JSON)) and not column.primary_key and not column.foreign_keys
