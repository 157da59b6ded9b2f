"""The rows of a casebook as they are, for a package that is brought back without loss; and their evidence.

Every table goes along verbatim, the audit log with its chain and signed heads among them, so that the log
verifies as before when it is back under the same id of the casebook. Left out are what is being typed, and
what is worked out anew from the rest (words and keys for the search). The key slots are no rows: they stay.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import Document
from casetracker.model.entity import Base
from casetracker.store import upgrade
from casetracker.store.evidence import Evidence, Missing
from casetracker.store.store import Store

LEFT_OUT = frozenset({"kept_draft", "found_texts", "name_keys"})
AT_ONCE = 500
_BYTES = "base64"

Row = dict[str, Any]


@dataclass(frozen=True)
class Origin:
    """Which casebook the rows are of, in what form they are, and who took them out."""

    casebook: str
    revision: str
    user_id: str
    user_name: str


@dataclass(frozen=True)
class KeptDocument:
    """A document whose file goes along: where it lies, its key, and its hash as it was put in."""

    id: str
    case_id: str
    file_name: str
    kept_at: str
    key: str
    size: int
    sha256: str


def tables() -> list[str]:
    """Return the tables that go along, those that others point at first."""
    return [table.name for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def origin_of(session: Session, store: Store) -> Origin:
    """Return whose rows a session reads."""
    revision = upgrade.revision_of(session.connection())
    return Origin(store.chain.casebook, revision, store.rights.user_id, store.who)


def count_of(session: Session, table: str) -> int:
    """Return how many rows a table has."""
    return int(session.connection().exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())  # noqa: S608


def rows_of(session: Session, table: str) -> Iterator[Row]:
    """Yield the rows of a table with the stored values, a few at a time."""
    order = "rowid" if table != "audit_entries" else "seq"
    found = session.connection().exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY {order}')  # noqa: S608
    names = list(found.keys())
    while chunk := found.fetchmany(AT_ONCE):
        for row in chunk:
            yield {name: _plain(value) for name, value in zip(names, row, strict=True)}


def _plain(value: Any) -> Any:
    return {_BYTES: base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def stored(value: Any) -> Any:
    """Return a value of a row as it was stored. Raises `ValueError` for what no row holds."""
    if isinstance(value, dict) and set(value) == {_BYTES}:
        return base64.b64decode(value[_BYTES], validate=True)
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(type(value).__name__)


def documents_of(session: Session) -> list[KeptDocument]:
    """Return the documents that have a file, in the order of their ids."""
    d = Document
    query = sa.select(d.id, d.case_id, d.file_name, d.title, d.kept_at, d.key, d.size, d.sha256)
    rows = session.execute(query.where(d.kept_at.is_not(None), d.key.is_not(None)).order_by(d.id))
    return [
        KeptDocument(r[0], r[1] or "", r[2] or r[3], r[4] or "", r[5] or "", r[6] or 0, r[7] or "")
        for r in rows
    ]


def content_of(store: Store, document: KeptDocument) -> Iterator[bytes]:
    """Yield what a document holds; raises `Missing` or `Damaged`."""
    if store.folder is None:
        raise Missing(tr(N_("This casebook has no folder of documents.")))
    return Evidence(store.folder).pieces(document.kept_at, document.key)


def history_of(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield when, who and what of every action, the newest first, to be read by people."""
    query = "SELECT at, who, label FROM audit_actions ORDER BY number DESC"
    found = session.connection().exec_driver_sql(query)
    while chunk := found.fetchmany(AT_ONCE):
        for at, who, label in chunk:
            yield str(at)[:16], str(who), str(label)
