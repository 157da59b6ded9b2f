"""Which rows of which tables can be read: the tables by name, with what is lost of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from casetracker.model.found_text import FoundText
from casetracker.model.people.name_key import NameKey
from casetracker.store import fulltext
from casetracker.store.rescue.pages import Pages
from casetracker.store.rescue.rows import Row, Walk, orphans, schema, shape, take_leaf, walk

# What the program works out anew from the records.
DERIVED = fulltext.TABLES | {FoundText.__tablename__, NameKey.__tablename__}


@dataclass
class Table:
    """What could be read of one table: its columns, its rows, the pages that could not be read."""

    name: str
    columns: list[str]
    rows: list[dict[str, Any]]
    bad: list[int]
    cut: int = 0


@dataclass
class Found:
    """All tables, the pages that belong to none of them, and those that say which tables there are."""

    tables: dict[str, Table] = field(default_factory=dict)
    schema: list[int] = field(default_factory=list)
    lost_leaves: list[int] = field(default_factory=list)  # whole, but nobody can say of which table


def read_tables(pages: Pages) -> Found:
    """Read every table that is not worked out from others."""
    described, bad = schema(pages)
    found = Found(schema=bad)
    walks: dict[str, tuple[_Described, Walk]] = {}
    seen = walk(pages, 1).seen
    for _, (kind, name, _, root, sql) in described:
        if kind != "table" or not root:
            continue
        walked = walk(pages, root)
        seen |= walked.seen
        if name not in DERIVED and not name.startswith("sqlite_") and (table := _described(name, sql)):
            walks[name] = (table, walked)
    _adopt(pages, seen, walks, found)
    for name, (table, walked) in walks.items():
        rows = [table.named(row) for row in walked.rows.items()]
        found.tables[name] = Table(name, table.columns, rows, walked.bad, walked.cut)
    return found


def _adopt(pages: Pages, seen: set[int], walks: dict[str, tuple[_Described, Walk]], found: Found) -> None:
    """Give the leaves whose branch is lost to the one damaged table that has their shape."""
    damaged = {name: table for name, (table, walked) in walks.items() if walked.bad}
    if not damaged and not found.schema:
        return
    for number in orphans(pages, seen):
        fitting = [name for name, table in damaged.items() if shape(pages, number, table.fits)]
        if len(fitting) == 1:
            take_leaf(pages, number, walks[fitting[0]][1])
        elif shape(pages, number, lambda record: not _is_derived(record)):
            found.lost_leaves.append(number)


def _is_derived(record: list[Any]) -> bool:
    """Rows of the indexes of words are short, or blobs; what they hold is worked out anew."""
    return any(isinstance(value, bytes) for value in record) or len(record) <= 4


@dataclass(frozen=True)
class _Described:
    """A table as its own statement describes it."""

    name: str
    columns: list[str]
    needed: frozenset[int]  # places of columns that hold something in every row
    kinds: tuple[str, ...]
    rowid_at: int | None

    def named(self, row: Row) -> dict[str, Any]:
        """Return the values by column; a column that was added later than the row is left out."""
        rowid, record = row
        values = dict(zip(self.columns, record, strict=False))
        if self.rowid_at is not None:
            values[self.columns[self.rowid_at]] = rowid
        return values

    def fits(self, record: list[Any]) -> bool:
        """Whether a row can be one of this table."""
        if len(record) != len(self.columns):
            return False
        pairs = enumerate(zip(record, self.kinds, strict=True))
        return all(
            (at not in self.needed if value is None else isinstance(value, _PYTHON[kind]))
            for at, (value, kind) in pairs
            if at != self.rowid_at
        )


_PYTHON: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "ANY": (object,)}


def _kind(declared: str) -> str:
    declared = declared.upper()
    if "CHAR" in declared or "TEXT" in declared or declared in ("DATE", "DATETIME"):
        return "TEXT"
    return "INTEGER" if "INT" in declared or declared.startswith("BOOL") else "ANY"


def _described(name: str, sql: str | None) -> _Described | None:
    """Let SQLite read the statement: an empty table of that form, in memory."""
    try:
        empty = sqlite3.connect(":memory:")
        empty.execute(sql or "")
        told = empty.execute(f'PRAGMA table_info("{name}")').fetchall()
    except sqlite3.Error:
        return None
    finally:
        empty.close()
    keys = [column for column in told if column[5]]
    alone = len(keys) == 1 and keys[0][2].upper() == "INTEGER"
    return _Described(
        name,
        [column[1] for column in told],
        frozenset(at for at, column in enumerate(told) if column[3]),
        tuple(_kind(column[2]) for column in told),
        keys[0][0] if alone else None,
    )
