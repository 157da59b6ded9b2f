"""A damaged casebook: what can be read is saved, what is shown is right, and what is lost is said."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from casetracker.errors import Damaged, UserError, WrongPassphrase
from casetracker.model import ENTITIES, Case, Person
from casetracker.store import documents, upgrade
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.examine import inconsistencies
from casetracker.store.opening import store_of
from casetracker.store.rescue.pages import SIZE, read_pages
from casetracker.store.rescue.rows import walk
from casetracker.store.rescue.saving import REPORT, rescue
from casetracker.store.rescue.tables import read_tables
from casetracker.store.search import search
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE
from tests.store.stepping import content

Content = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with enough in it that tables have branches."""
    folder = tmp_path_factory.mktemp("made")
    book, _ = create_casebook(folder / "book", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE, recovery=False)
    with book:
        store = store_of(book)
        office = Office_(store)
        cases = [office.case(f"Ерлан {n}", account=f"said {n} " * (400 if n == 3 else 20)) for n in range(8)]
        office.meeting(*cases[:6])
        with store.edit("many") as edit:
            for number in range(120):
                draft = store.draft(Person)
                draft.add("names", full=f"Адам {number}", primary=True)
                draft.add("names", full=f"Adam {number}")
                edit.write(draft)
        (folder / "paper.bin").write_bytes(b"a notice" * 100)
        documents.take_in(store, [folder / "paper.bin"], {})
    return book.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture(scope="module")
def right(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    copy = Path(shutil.copytree(made, tmp_path_factory.mktemp("right") / made.name))
    with open_casebook(copy, PASSPHRASE, bounds=LOOSE) as book:
        return content(store_of(book))


def flip(path: Path, at: int) -> None:
    whole = bytearray(path.read_bytes())
    whole[at] ^= 0x40
    path.write_bytes(whole)


def page_of(folder: Path, table: str) -> Iterator[int]:
    """Return the pages of a table, its root first."""
    with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as book:
        with book.engine.connect() as connection:
            root = connection.scalar(
                sa.text("SELECT rootpage FROM sqlite_master WHERE name = :t"), {"t": table}
            )
        key = book.key
    assert root is not None
    yield root
    yield from sorted(walk(read_pages(folder / "records.db", key), root).seen - {root})


def saved(folder: Path, tmp_path: Path, *, whole: bool = True) -> tuple[Content, str]:
    """Rescue, open the new casebook, see that it agrees with itself; return what is in it, and the list.

    Where so much is lost that the history could not give back all of it, somebody may be without a name.
    """
    came = rescue(folder, PASSPHRASE, tmp_path / "saved", bounds=LOOSE)
    with open_casebook(came.folder, PASSPHRASE, bounds=LOOSE) as book:
        assert book.check() == []
        store = store_of(book)
        wrong = {finding.what for finding in inconsistencies(store)}
        assert wrong <= (set() if whole else {"A person needs at least one name."})
        found = content(store)
    text = (came.folder / REPORT).read_text("utf-8")
    shutil.rmtree(came.folder)
    return found, text


# What is worked out from other records is worked out anew from those that could be read.
DERIVED = {f"{e.__name__}.{c.key}" for e in ENTITIES for c in e.__table__.columns if c.info.get("derived")}


def compare(found: Content, right: Content) -> tuple[int, list[str]]:
    """Return how many records are missing, and which are not what they were."""
    missing, wrong = 0, []
    for name, records in right.items():
        there = {each["id"]: each for each in found[name]}
        for each in records:
            if each["id"] not in there:
                missing += 1
            else:
                was = there.pop(each["id"])
                wrong += [f"{name}.{k}" for k, v in each.items() if was[k] != v and was[k] is not None]
        wrong += [f"{name}: invented" for _ in there]
    return missing, wrong


def test_of_a_whole_casebook_nothing_is_missing(folder: Path, tmp_path: Path, right: Content) -> None:
    found, text = saved(folder, tmp_path)
    assert found == right
    assert text.endswith("Nothing is missing.")


def test_what_is_only_in_the_log_is_saved_too(folder: Path, tmp_path: Path, right: Content) -> None:
    book = open_casebook(folder, PASSPHRASE, bounds=LOOSE)
    store = store_of(book)
    late = Office_(store).person("Only in the log")
    copy = Path(shutil.copytree(folder, tmp_path / "copy.casebook"))
    assert (copy / "records.db-wal").stat().st_size
    book.close()
    came = rescue(copy, PASSPHRASE, tmp_path / "saved", bounds=LOOSE)
    with open_casebook(came.folder, PASSPHRASE, bounds=LOOSE) as book:
        assert store_of(book).draft(Person, late).id == late


@pytest.mark.parametrize("table", ["persons", "cases", "custody_events", "audit_changes"])
@pytest.mark.parametrize("which", ["root", "leaf"])
def test_a_lost_page_of_a_table_loses_what_was_in_it_and_no_more(
    folder: Path, tmp_path: Path, right: Content, table: str, which: str
) -> None:
    pages = list(page_of(folder, table))
    flip(folder / "records.db", (pages[0 if which == "root" else -1] - 1) * SIZE + 1000)
    found, text = saved(folder, tmp_path)
    missing, wrong = compare(found, right)
    assert wrong == []
    assert "Page" in text
    if table != "audit_changes":  # what is lost of a table of records stands in the history
        assert missing == 0
        assert "brought back from the history" in text or "nobody can say" not in text


def test_where_records_and_history_are_lost_it_is_said(folder: Path, tmp_path: Path, right: Content) -> None:
    for table in ("persons", "audit_changes"):
        for page in list(page_of(folder, table)):
            flip(folder / "records.db", (page - 1) * SIZE + 1000)
    found, text = saved(folder, tmp_path)
    missing, wrong = compare(found, right)
    assert wrong == []
    assert missing >= len(right["Person"]) // 2
    assert "a part of “People” could not be read" in text
    assert "belonged to rows that are lost" in text


def test_the_first_page_is_lost_and_nearly_all_is_saved(folder: Path, tmp_path: Path, right: Content) -> None:
    flip(folder / "records.db", 2000)
    with pytest.raises(Damaged):
        open_casebook(folder, PASSPHRASE, bounds=LOOSE)
    found, text = saved(folder, tmp_path)
    assert compare(found, right) == (0, [])
    assert "The list of tables was damaged (page 1)" in text


def test_cut_off_in_the_middle(folder: Path, tmp_path: Path, right: Content) -> None:
    path = folder / "records.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 77])
    found, text = saved(folder, tmp_path)
    _, wrong = compare(found, right)
    assert wrong == []
    assert sum(map(len, found.values())) > 10
    assert "could not be read" in text


def test_random_damage_never_gives_a_wrong_value(folder: Path, tmp_path: Path, right: Content) -> None:
    chance = random.Random(7)
    whole = (folder / "records.db").read_bytes()
    for _ in range(2):
        damaged = bytearray(whole)
        for _ in range(40):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (folder / "records.db").write_bytes(damaged)
        found, _ = saved(folder, tmp_path, whole=False)
        missing, wrong = compare(found, right)
        assert [each for each in wrong if not missing or each not in DERIVED] == []


def test_documents_are_copied_unless_they_are_damaged(folder: Path, tmp_path: Path) -> None:
    came = rescue(folder, PASSPHRASE, tmp_path / "one", bounds=LOOSE)
    with open_casebook(came.folder, PASSPHRASE, bounds=LOOSE) as book:
        assert documents.findings(store_of(book)) == []
    flip(next((folder / "evidence").glob("*/*.cta")), 50)
    came = rescue(folder, PASSPHRASE, tmp_path / "two", bounds=LOOSE)
    assert came.lost == ["1 document is missing or damaged."]


def test_the_search_finds_in_the_saved_casebook(folder: Path, tmp_path: Path) -> None:
    came = rescue(folder, PASSPHRASE, tmp_path / "saved", bounds=LOOSE)
    with open_casebook(came.folder, PASSPHRASE, bounds=LOOSE) as book:
        assert search(store_of(book), "Ерлан 3")
        assert search(store_of(book), "said")


def test_the_damaged_one_is_not_touched_and_nothing_half_made_stays(folder: Path, tmp_path: Path) -> None:
    path = folder / "records.db"
    flip(path, 9000)
    before = path.read_bytes()
    rescue(folder, PASSPHRASE, tmp_path / "saved", bounds=LOOSE)
    assert path.read_bytes() == before
    with pytest.raises(UserError, match="already"):
        rescue(folder, PASSPHRASE, tmp_path / "saved", bounds=LOOSE)
    with pytest.raises(WrongPassphrase):
        rescue(folder, "something else entirely", tmp_path / "other", bounds=LOOSE)
    path.write_bytes(b"\0" * 40_000)
    with pytest.raises(Damaged, match="Nothing could be read"):
        rescue(folder, PASSPHRASE, tmp_path / "other", bounds=LOOSE)
    assert not list(tmp_path.glob("*other*"))
    assert not list(tmp_path.glob("*.part"))


def test_one_of_an_older_program_is_saved_and_brought_up_to_date(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(upgrade.MIGRATIONS / "versions" / "0001_the_first_tables.py", first)
    book, _ = create_casebook(
        tmp_path / "old", PASSPHRASE, "Dana", kdf=CHEAP, bounds=LOOSE, recovery=False, versions=first
    )
    with book, book.engines.editing.begin() as connection:
        connection.exec_driver_sql("INSERT INTO persons (id, version, confidentiality) VALUES ('a', 1, 1)")
    came = rescue(book.folder, PASSPHRASE, tmp_path / "saved", bounds=LOOSE)
    with open_casebook(came.folder, PASSPHRASE, bounds=LOOSE) as book:
        assert store_of(book).draft(Person, "a").id == "a"


def test_pages_are_read_as_sqlcipher_reads_them(made: Path, right: Content) -> None:
    """The two readers agree on every row of every table."""
    with open_casebook(made, PASSPHRASE, read_only=True, bounds=LOOSE) as book:
        found = read_tables(read_pages(made / "records.db", book.key))
        assert len(found.tables) > 60
        with book.engine.connect() as connection:
            for name, table in found.tables.items():
                rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings().all()
                key = str
                assert sorted(map(key, (tuple(r[c] for c in table.columns) for r in rows))) == sorted(
                    map(key, (tuple(r.get(c) for c in table.columns) for r in table.rows))
                ), name
    assert len(right[Case.__name__]) == 8
