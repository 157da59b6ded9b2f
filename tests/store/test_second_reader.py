"""Another program that knows SQLCipher reads the same rows: nobody depends on this one for the records."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.store.casebook import create_casebook
from casetracker.store.opening import store_of
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

apsw = pytest.importorskip("apsw")


def test_every_row_of_every_table_is_read_by_sqlite3mc(tmp_path: Path) -> None:
    """SQLite3 Multiple Ciphers is written by others, with a cipher of its own in place of SQLCipher's."""
    book, _ = create_casebook(
        tmp_path / "office", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    with book:
        office = Office_(store_of(book))
        office.meeting(office.case("Бақытжан"), office.case("Сара"))
        with book.engine.connect() as connection:
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            ).scalars()
            ours = {name: _rows(connection, name) for name in list(names)}
        key = f"x'{book.key.database_key.hex()}{book.key.database_salt.hex()}'"
    other = apsw.Connection(str(book.folder / "records.db"), flags=apsw.SQLITE_OPEN_READONLY)
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.execute(f'PRAGMA key="{key}"').fetchall()

    theirs = {name: [tuple(row) for row in other.execute(f'SELECT * FROM "{name}"')] for name in ours}

    log = ("audit_entries", "audit_heads", "sqlite_stat1", "sqlite_stat4")  # closing adds a signed head
    for name, rows in ours.items():
        assert theirs[name][: len(rows)] == rows or name in log, name
    assert any("Бақытжан" in str(row) for row in theirs["person_names"])
    assert other.pragma("integrity_check") == "ok"


def _rows(connection: sa.Connection, name: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]
