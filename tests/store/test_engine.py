"""The wiring of the driver: nothing in the clear, nothing taken back, readers and writers side by side."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from casetracker.errors import Damaged, ReadOnly, UserError, WrongPassphrase
from casetracker.store import trouble
from casetracker.store.engine import (
    Engines,
    connect,
    file_uri,
    open_engine,
    require_sound_sqlite,
    user_errors,
)
from casetracker.store.keyslots import DataKey
from casetracker.store.trouble import Busy, DiskFull, Unreachable, translate

KEY = DataKey.random()
MARKER = "Zhanar-marker-71"
ROWS = 5000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a b é#?%20.db"
    connect(made, KEY, mode="rwc").close()
    return made


@pytest.fixture
def engines(path: Path) -> Iterator[Engines]:
    both = Engines.of(open_engine(path, KEY))
    with both.editing.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL)")
    yield both
    both.dispose()


def count(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM people").scalar_one())


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("temp_store", 2),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("cache_size", -65536),
        ("query_only", 0),
    ],
)
def test_settings(engines: Engines, pragma: str, value: object) -> None:
    with engines.reading.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_salt_is_ours_and_the_key_has_96_digits(engines: Engines, path: Path) -> None:
    engines.dispose()
    content = bytearray(path.read_bytes())
    assert content[:16] == KEY.database_salt
    content[:16] = secrets.token_bytes(16)  # what a power cut may leave of the first sector
    path.write_bytes(content)
    assert count(engines.reading) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA temp_store=1",
        "PRAGMA Temp_Store=FILE",
        "PRAGMA main.temp_store=0",
        "PRAGMA temp_store_directory='/tmp'",
        "ATTACH 'plain.db' AS plain KEY ''",
        "VACUUM INTO 'plain.db'",
        "PRAGMA rekey='x'",
        "PRAGMA key='x'",
        "PRAGMA synchronous=OFF",
        "PRAGMA journal_mode=DELETE",
        "PRAGMA cipher_plaintext_header_size=32",
    ],
)
def test_settings_cannot_be_taken_back(engines: Engines, statement: str) -> None:
    raw = engines.reading.raw_connection()
    try:
        assert raw.driver_connection is not None
        with pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|denied"):
            raw.driver_connection.execute(statement)
    finally:
        raw.close()
    assert not Path("plain.db").exists()


def test_a_reader_is_never_in_the_way_of_a_save(engines: Engines) -> None:
    with engines.reading.connect() as report:
        assert report.exec_driver_sql("SELECT count(*) FROM people").scalar() == 0
        with engines.editing.begin() as edit:
            edit.exec_driver_sql("INSERT INTO people (name) VALUES ('a')")
        assert report.exec_driver_sql("SELECT count(*) FROM people").scalar() == 0  # still its own moment
    assert count(engines.reading) == 1


def test_an_edit_takes_the_write_lock_at_once_and_a_reader_does_not(engines: Engines, path: Path) -> None:
    other = connect(path, KEY, mode="rw")
    other.execute("PRAGMA busy_timeout=0").fetchall()
    with engines.reading.begin():
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    with engines.editing.begin(), pytest.raises(sqlcipher.OperationalError, match="locked") as caught:
        other.execute("BEGIN IMMEDIATE")
    other.close()
    assert isinstance(translate(caught.value), Busy)


def test_names_stay_out_of_error_texts(engines: Engines) -> None:
    insert = sa.text("INSERT INTO people (name) VALUES (:name)")
    with engines.editing.begin() as connection:
        connection.execute(insert, {"name": MARKER})
    with pytest.raises(sa.exc.IntegrityError) as caught, engines.editing.begin() as connection:
        connection.execute(insert, {"name": MARKER})
    assert "UNIQUE" in str(caught.value)
    assert MARKER not in str(caught.value)
    assert MARKER not in repr(caught.value)
    assert translate(caught.value) is None  # a matter of the caller, not of the disk


def test_the_key_is_in_no_url_and_no_text(engines: Engines, path: Path) -> None:
    shown = f"{engines.reading.url!r} {engines.reading!r} {engines.reading.pool!r} {KEY!r}"
    assert KEY.database_key.hex() not in shown
    assert path.name not in shown


def test_a_reading_engine_refuses_to_write(engines: Engines, path: Path) -> None:
    engines.dispose()  # into the file: an immutable file has no log
    for engine in (open_engine(path, KEY, read_only=True), open_engine(path, KEY, immutable=True)):
        with pytest.raises(ReadOnly, match="for reading only"), user_errors(), engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO people (name) VALUES ('a')")
        engine.dispose()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "none.db", KEY)
    with pytest.raises(Unreachable, match="cannot be reached"), user_errors():
        engine.connect()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_is_damage_once_the_slot_opened(path: Path, engines: Engines) -> None:
    engines.dispose()
    before = path.read_bytes()
    with pytest.raises(sa.exc.DatabaseError) as caught:
        open_engine(path, DataKey.random()).connect()
    assert isinstance(translate(caught.value), Damaged)
    assert isinstance(translate(caught.value, unlocked=False), WrongPassphrase)
    assert path.read_bytes() == before


def test_a_wrong_key_prints_nothing(path: Path, engines: Engines, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(sa.exc.DatabaseError):
        open_engine(path, DataKey.random()).connect()
    assert capfd.readouterr() == ("", "")


def test_a_full_disk_loses_nothing_and_can_be_gone_on_with(engines: Engines) -> None:
    with engines.editing.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=20")
        rows = [(f"{n:0500}",) for n in range(2000)]
        with pytest.raises(DiskFull, match="still on screen"), user_errors():
            connection.exec_driver_sql("INSERT INTO people (name) VALUES (?)", rows)
        connection.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM people").scalar() == 0
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        connection.exec_driver_sql("INSERT INTO people (name) VALUES ('a')")
        connection.commit()
    assert count(engines.reading) == 1


def test_an_old_sqlite_is_refused() -> None:
    for version in ((3, 40, 1), (3, 51, 2)):
        with pytest.raises(UserError, match="can damage records"):
            require_sound_sqlite(version)
    require_sound_sqlite(sqlcipher.sqlite_version_info)


def test_addresses_of_files_on_windows() -> None:
    class Fake:
        def __init__(self, text: str) -> None:
            self.text = text

        def absolute(self) -> Fake:
            return self

        def as_posix(self) -> str:
            return self.text

    def uri(text: str) -> str:
        return file_uri(Fake(text))  # type: ignore[arg-type]

    assert uri("C:/Work/a b.db") == "file:///C%3A/Work/a%20b.db"
    assert uri("//server/share/x.db") == "file:////server/share/x.db"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_IOERR | 1 << 8, Unreachable),
        (sqlite3.SQLITE_IOERR_SHMSIZE, DiskFull),
        (sqlite3.SQLITE_CANTOPEN, Unreachable),
        (sqlite3.SQLITE_BUSY | 2 << 8, Busy),
        (sqlite3.SQLITE_CORRUPT, Damaged),
        (sqlite3.SQLITE_CONSTRAINT, type(None)),
    ],
)
def test_codes_of_the_driver(code: int, kind: type) -> None:
    error = sqlcipher.OperationalError("anything")
    error.sqlite_errorcode = code
    assert isinstance(translate(error), kind)


def test_a_copy_that_fails_tells_no_number(tmp_path: Path) -> None:
    assert isinstance(translate(sqlcipher.OperationalError("database or disk is full")), DiskFull)
    assert translate(sqlcipher.OperationalError("no such table: people")) is None
    assert translate(ValueError("database or disk is full")) is None


@pytest.mark.parametrize(
    ("number", "kind"), [(28, DiskFull), (30, ReadOnly), (13, ReadOnly), (2, Unreachable), (5, Unreachable)]
)
def test_numbers_of_the_operating_system(number: int, kind: type[UserError]) -> None:
    told = trouble.translate(OSError(number, os.strerror(number)))
    assert type(told) is kind
    assert str(told).endswith(".")


PLAIN = """
import sqlite3, sys
from pathlib import Path
c = sqlite3.connect(sys.argv[1], isolation_level=None)
for p in ("journal_mode=WAL", "temp_store=1", "cache_size=20", "wal_autocheckpoint=0"):
    c.execute("PRAGMA " + p).fetchall()
c.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)")
{fill}
"""
SECRET = """
import sys
from pathlib import Path
from casetracker.store.engine import open_engine
from casetracker.store.keyslots import DataKey
engine = open_engine(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.stdin.readline())))
c = engine.raw_connection().driver_connection
c.execute("PRAGMA cache_size=20").fetchall(); c.execute("PRAGMA wal_autocheckpoint=0").fetchall()
c.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)")
{fill}
"""
FILL = """
c.execute("BEGIN IMMEDIATE")
for n in range({rows}):
    c.execute("INSERT INTO people (name) VALUES (?)", ("{marker}-%06d-%s" % (n * 7919 % {rows}, "x" * 300),))
c.execute("COMMIT")
rows = c.execute("SELECT name, id FROM people ORDER BY substr(name, 3), id DESC")
rows.fetchone()  # a sort in the middle of its work
import os
seen = []
for folder in {{Path(sys.argv[1]).parent, Path(os.environ["SQLITE_TMPDIR"])}}:
    seen += [each.read_bytes() for each in folder.rglob("*") if each.is_file()]
for link in Path("/proc/self/fd").glob("*") if Path("/proc/self/fd").exists() else ():
    try:
        target = os.readlink(link)
        if "etilqs" in target:  # deleted already, and still full
            seen.append(link.read_bytes())
    except OSError:
        pass
print(sum(content.count(b"{marker}") for content in seen), sum(map(len, seen)))
"""


def hunt(script: str, path: Path, key: str = "") -> tuple[int, int]:
    """Write marked rows, sort them, and look for the mark in every file that the program has on the disk."""
    temporary = path.parent / "tmp"
    temporary.mkdir(parents=True)
    program = script.format(fill=FILL.format(rows=ROWS, marker=MARKER))
    told = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        input=key,
        env={**os.environ, "SQLITE_TMPDIR": str(temporary), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=True,
    )
    found, size = told.stdout.split()
    return int(found), int(size)


def test_no_mark_on_disk_and_the_hunt_finds_it_where_it_is(tmp_path: Path) -> None:
    plain, size = hunt(PLAIN, tmp_path / "plain" / "a.db")
    assert plain >= 2 * ROWS  # in the write-ahead log and in the file of the sort
    assert size > 1_000_000

    path = tmp_path / "secret" / "a.db"
    path.parent.mkdir()
    connect(path, KEY, mode="rwc").close()
    secret, size = hunt(SECRET, path, KEY.secret.hex())
    assert secret == 0
    assert size > 1_000_000  # it did write
