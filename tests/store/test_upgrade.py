"""Upgrades: a readable safety copy first, then all or nothing; newer casebooks are left alone."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import Damaged, ReadOnly, TooNew
from casetracker.store import upgrade
from casetracker.store.casebook import Casebook
from casetracker.store.engine import connect
from casetracker.store.upgrade import UpgradeFailed
from tests.store.sample import add_people, make, names_in, only_first, reopen

NAMES = ["Aigul", "Bolat", "Daria"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A casebook as an older program left it."""
    book, _ = make(tmp_path / "office 100% a;b.casebook", only_first(tmp_path / "old"))
    with book:
        add_people(book, *NAMES)
    return book.folder


def columns(book: Casebook) -> set[str]:
    return {column["name"] for column in sa.inspect(book.engine).get_columns("people")}


def test_a_new_casebook_is_made_by_all_migrations(tmp_path: Path) -> None:
    book, _ = make(tmp_path / "new")
    with book:
        assert columns(book) == {"id", "name", "born"}
        assert book.upgraded_from is None


def test_an_older_casebook_is_copied_and_brought_up_to_date(old: Path) -> None:
    with reopen(old) as book:
        assert columns(book) == {"id", "name", "born"}
        assert names_in(book) == NAMES
        with book.engine.connect() as connection:  # a rebuilt parent table must not take its children along
            assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == len(NAMES)
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        copy = book.upgraded_from
        assert copy == old / "before-upgrade-s1.db"
        with closing(connect(copy, book._key, mode="ro")) as connection:
            assert [name for (name,) in connection.execute("SELECT name FROM people ORDER BY id")] == NAMES
            assert len(connection.execute("SELECT * FROM people").fetchone()) == 2
        assert b"Aigul" not in copy.read_bytes()
    with reopen(old) as book:
        assert book.upgraded_from is None
    assert [each.name for each in old.glob("before*")] == ["before-upgrade-s1.db"]


def test_what_is_only_in_the_log_is_in_the_copy(old: Path) -> None:
    book = reopen(old, versions=old.parent / "old")
    add_people(book, "Newest")
    assert (old / "records.db-wal").stat().st_size
    copy = upgrade.safety_copy(old / "records.db", book._key, "s1")
    with closing(connect(copy, book._key, mode="ro")) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (4,)
    assert upgrade.safety_copy(old / "records.db", book._key, "s1").name == "before-upgrade-s1-2.db"
    book.close()


BROKEN = """
import sqlalchemy as sa
from alembic import op

revision = "s2"
down_revision = "s1"


def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("DELETE FROM people")
    {end}
"""


@pytest.mark.parametrize(
    "end",
    ["raise ValueError('a bug')", "op.execute('SELECT nonsense')", "pass  # leaves cases without people"],
)
def test_a_failed_upgrade_changes_nothing(old: Path, end: str) -> None:
    versions = old.parent / "old"
    (versions / "s2_broken.py").write_text(BROKEN.format(end=end))
    with pytest.raises(UpgradeFailed, match=r"is as it was before.*before-upgrade-s1\.db"):
        reopen(old, versions=versions)
    (versions / "s2_broken.py").unlink()
    with reopen(old, versions=versions) as book:  # and the lock was let go
        assert names_in(book) == NAMES
        assert not book.read_only
        assert "half" not in sa.inspect(book.engine).get_table_names()


def test_a_newer_casebook_is_refused_and_untouched(tmp_path: Path) -> None:
    book, _ = make(tmp_path / "future")
    book.close()
    before = (book.folder / "records.db").read_bytes()
    with pytest.raises(TooNew, match="newer casetracker"):
        reopen(book.folder, versions=only_first(tmp_path / "old"))
    assert (book.folder / "records.db").read_bytes() == before


def test_an_older_casebook_cannot_be_upgraded_while_reading(old: Path) -> None:
    with pytest.raises(ReadOnly, match="brought up to date first"):
        reopen(old, read_only=True)


def test_a_damaged_casebook_is_not_upgraded(old: Path) -> None:
    path = old / "records.db"
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damaged):
        reopen(old)
    assert path.read_bytes() == content
    assert list(old.glob("before*")) == []


def test_tables_are_written_down_from_the_model(tmp_path: Path) -> None:
    """The command that writes migrations makes one that says the model as it is, in types that last."""
    from casetracker.store.migrations.__main__ import write_migration

    versions = tmp_path / "versions"
    versions.mkdir()
    script = write_migration("first tables", versions)
    text = script.read_text()
    assert script.name == "0001_first_tables.py"
    assert re.search(r'op\.create_table\(\s*["\']casebook', text)
    assert "import casetracker" not in text
    assert "casetracker." not in text
    book, _ = make(tmp_path / "real", versions)
    book.close()
    again = write_migration("nothing new", versions).read_text()
    assert "op." not in again.split("def upgrade")[1]


def test_the_migrations_of_the_program_make_the_tables_of_the_model(tmp_path: Path) -> None:
    """What ships must not lag behind the model: nothing is left to write."""
    from casetracker.store.migrations.__main__ import write_migration

    versions = tmp_path / "versions"
    shutil.copytree(upgrade.MIGRATIONS / "versions", versions)
    assert upgrade.revisions(versions), "no migration has been written yet"
    left = write_migration("nothing new", versions).read_text()
    assert "op." not in left.split("def upgrade")[1]
