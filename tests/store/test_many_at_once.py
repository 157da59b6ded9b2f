"""A list taken in at once stands in the casebook as if written row by row, and undo takes it back."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.errors import Conflict
from casetracker.exchange.tables_in import taking
from casetracker.jobs import Cancelled
from casetracker.model import Case, Note, Person, PersonName
from casetracker.model.detention.case import Stage
from casetracker.model.entity import Base
from casetracker.store import derived, found_texts, fulltext, name_keys
from casetracker.store.audit.verifying import verify
from casetracker.store.bulk import edit as bulk
from casetracker.store.bulk import stepping
from casetracker.store.draft import Draft
from casetracker.store.engine import open_engine
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.store import Change, Store
from tests.conftest import KEY, TODAY

HEADS = (
    "Name", "Chinese name", "Sex", "Date of birth", "Place of birth", "Arrested",
    "Detention: Detention ended",
    "In custody: Released: when", "Status", "Sentence", "County", "What happened", "Petitioner", "Kinship",
    "Phone", "CECC", "Suspected reasons", "Reference",
)  # fmt: skip
CELLS: dict[str, tuple[str, ...]] = {
    "Name": ("Нұрлан Еркін", "Дана Серік", "Mə'mut Əli", "", "Erlan Tolegen"),
    "Chinese name": ("", "努尔兰·叶尔肯", "叶尔兰"),
    "Sex": ("", "F", "муж.", "x"),
    "Date of birth": ("", "1970", "1954-02-29", "05.10.1960"),
    "Place of birth": ("", "Kunes", "a village near Tacheng"),
    "Arrested": ("", "2018-10", "октябрь 2018", "2017年5月3日"),
    "Detention: Detention ended": ("", "2016", "2019-05"),
    "In custody: Released: when": ("", "2019", "soon"),
    "Status": ("", "CAMP", "sentenced", "DIED"),
    "Sentence": ("", "7 лет", "twelve", "7"),
    "County": ("", "Emin", "Nowhere"),
    "What happened": ("", "Taken at night. Вернули через год.", "z" * 400),
    "Petitioner": ("", "Айша Еркін", "y" * 400),
    "Kinship": ("", "дочь", "SISTER"),
    "Phone": ("", "+7 701 000 00 00"),
    "CECC": ("", "2009-00319"),
    "Suspected reasons": ("", "religion", "because"),
    "Reference": ("", "", "CT-AAAA"),
}
LINES = st.lists(st.tuples(*(st.sampled_from(CELLS[head]) for head in HEADS)), min_size=1, max_size=7)


@contextmanager
def opened(template: Path, folder: Path) -> Iterator[Store]:
    engine = open_engine(Path(shutil.copy(template, folder)), KEY)
    yield Store(engine, "A. Serik", today=lambda: TODAY)
    engine.dispose()


def counted() -> Callable[[], str]:
    """Ids that come in the same order each time."""
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


def told(store: Store) -> dict[str, Any]:
    """Everything that the casebook holds, but for what is made at random: references and salts."""
    held: dict[str, Any] = {}
    with store.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row._mapping) for row in session.execute(sa.select(table))]
            held[table.name] = Counter(str(_plain(table.name, row)) for row in rows)
        held["words"] = Counter((word, place) for _, word, place in fulltext.kept(session))
        held["wrong"] = [derived.wrong(session), name_keys.wrong(session), found_texts.wrong(session)]
        held["breaks"] = verify(session).breaks
    return held


def _plain(table: str, row: dict[str, Any]) -> list[tuple[str, Any]]:
    # The one difference: an ordinary save sets what follows from the rest by a second statement.
    gone = {
        "audit_entries": ("seq", "link", "salt", "after_hash", "at", "tick", "of_row"),
        "cases": ("version",),
    }
    gone["audit_changes"] = ("number",)
    gone["audit_actions"] = ("at",)
    gone["audit_heads"] = tuple(row)
    gone["found_texts"] = ("number",)
    for name in gone.get(table, ()):
        row.pop(name)
    if table == "cases":
        row["ref"] = len(row["ref"])
    if table == "audit_changes" and row["entity"] == "Case":
        row["after"]["ref"] = len(row["after"]["ref"])
        row["after"] = sorted(row["after"].items())
    elif table == "audit_changes":
        row["after"] = sorted(row["after"].items())
    return sorted(row.items())


def as_ordinary_save(store: Store, patch: pytest.MonkeyPatch) -> None:
    """Write lists through the edit of every save."""
    patch.setattr(store, "adding", store.edit)


@settings(max_examples=6, deadline=None)
@given(lines=LINES)
def test_both_ways_to_write_give_the_same_casebook(
    lines: list[tuple[str, ...]], template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("both")
    path = folder / "list.csv"
    text = "\n".join(";".join(cells) for cells in [HEADS, *lines])
    path.write_text(text, "utf-8")
    seen = taking.look(path)
    found = []
    for number, ordinary in enumerate((True, False)):
        with opened(template, folder / f"{number}.db") as store, pytest.MonkeyPatch.context() as patch:
            ids = counted()
            for module in (
                "casetracker.store.edit",
                "casetracker.store.bulk.edit",
                "casetracker.store.store",
            ):
                patch.setattr(f"{module}.new_id", ids)
            patch.setattr(bulk, "BATCH", 30)
            if ordinary:
                as_ordinary_save(store, patch)
            done = taking.take_in(store, seen)
            found.append((vars(done), told(store)))
    (first, one), (second, other) = found
    assert first == second
    assert {name for name in one if one[name] != other[name]} == set()
    assert one["wrong"] == [[], [], []]
    assert one["breaks"] == []


# Undo, cancel, kill


def content(store: Store) -> dict[str, Any]:
    """The rows of every table but those of the log."""
    with store.reading() as session:
        return {
            table.name: sorted(map(str, session.execute(sa.select(table))))
            for table in Base.metadata.sorted_tables
            if not table.name.startswith("audit_")
        } | {"words": sorted(fulltext.kept(session))}


def a_list(folder: Path, people: int = 12) -> taking.Look:
    path = folder / "list.csv"
    dice = itertools.cycle(range(1, 12))
    rows = [[CELLS[head][(n * next(dice)) % len(CELLS[head])] for head in HEADS] for n in range(people)]
    for row in rows:
        row[HEADS.index("Reference")] = ""
    path.write_text("\n".join(";".join(cells) for cells in [list(HEADS), *rows]), "utf-8")
    return taking.look(path)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large in the program is small here."""
    monkeypatch.setattr(bulk, "BATCH", 20)
    monkeypatch.setattr(stepping, "LARGE", 30)
    monkeypatch.setattr(stepping, "_BATCH", 17)
    monkeypatch.setattr(stepping, "_IDS", 7)


@pytest.fixture
def colleague(database: Path, store: Store) -> Iterator[Store]:
    """Somebody else at the same casebook."""
    engine = open_engine(database, KEY)
    yield Store(engine, "B. Dana", today=lambda: TODAY)
    engine.dispose()


def sound(store: Store) -> bool:
    with store.reading() as session:
        wrong = [derived.wrong(session), name_keys.wrong(session), found_texts.wrong(session)]
        return not any(wrong) and not verify(session).breaks


def test_undo_and_redo_take_all_of_a_list_back_and_forth(small: None, store: Store, tmp_path: Path) -> None:
    empty = content(store)
    taking.take_in(store, a_list(tmp_path))
    full = content(store)
    with store.reading() as session:
        assert stepping.is_large(session, session.scalars(sa.select(AuditAction)).one())
    label = store.undo()
    assert content(store) == empty
    assert sound(store)
    assert store.redo() == label
    assert content(store) == full
    store.undo()
    assert content(store) == empty
    assert sound(store)


def test_the_ordinary_way_back_gives_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for large in (30, 10_000):
        monkeypatch.setattr(stepping, "LARGE", large)
        taking.take_in(store, a_list(tmp_path))
        store.undo()
        with store.reading() as session:
            gone = session.execute(sa.select(AuditChange.before).where(AuditChange.after.is_(None))).all()
        found.append(
            Counter(str(sorted({k: v for k, v in b.items() if "id" not in k}.items())) for (b,) in gone)
        )
    first, both = found
    assert {k: 2 * n for k, n in first.items() if "'ref'" not in k} == {
        k: n for k, n in both.items() if "'ref'" not in k
    }
    assert sound(store)


def test_what_was_changed_or_added_since_is_not_taken_along(
    small: None, store: Store, colleague: Store, tmp_path: Path
) -> None:
    taking.take_in(store, a_list(tmp_path))
    full = content(store)
    with store.reading() as session:
        case = session.scalars(sa.select(Case.id)).first()
        person = session.scalars(sa.select(Person.id)).first()
    assert case is not None
    assert person is not None
    with store.unrecorded() as session:  # as if another user had done it
        session.execute(sa.update(Case).where(Case.id == case).values(request="News of him"))
    with pytest.raises(Conflict, match="same field was changed"):
        store.undo()
    with store.unrecorded() as session:
        session.execute(sa.update(Case).where(Case.id == case).values(request=None))
    assert content(store) == full
    label = "Import of “list.csv”"
    draft = store.draft(Person, person)
    draft.add("contacts", value="+7 701 000 00 00")
    colleague.save(draft)
    assert store.can_undo() == label
    with pytest.raises(Conflict, match="added to this record later"):
        store.undo()
    colleague.undo()
    assert content(store) == full


def test_what_hangs_on_it_goes_along(small: None, store: Store, colleague: Store, tmp_path: Path) -> None:
    empty = content(store)
    taking.take_in(store, a_list(tmp_path))
    with store.reading() as session:
        case = session.scalars(sa.select(Case.id)).first()
    note = colleague.draft(Note)
    note.values |= {"about": "Case", "about_id": case, "text": "seen", "written": TODAY, "by": "B. Dana"}
    colleague.save(note)
    store.undo()
    assert content(store) == empty
    assert sound(store)


class Stop:
    """A progress that ends the work at a row."""

    def __init__(self, at: int, how: Callable[[], None]) -> None:
        self.at, self.how, self.seen = at, how, 0

    def step(self, done: int, total: int, what: str = "") -> None:
        self.seen += 1
        if self.seen == self.at:
            self.how()


@pytest.mark.parametrize("at", [1, 5, 12])
def test_a_cancelled_import_leaves_nothing(small: None, store: Store, tmp_path: Path, at: int) -> None:
    empty = content(store)

    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        taking.take_in(store, a_list(tmp_path), Stop(at, cancel))
    assert content(store) == empty
    assert store.can_undo() == ""
    assert sound(store)


KILLED = """
import os, signal, sys
from pathlib import Path
from casetracker.exchange.tables_in import taking
from casetracker.store.bulk import edit as bulk
from casetracker.store.engine import open_engine
from casetracker.store.keyslots import DataKey
from casetracker.store.store import Store
bulk.BATCH = 20
class Killing:
    left = int(sys.argv[3])
    def step(self, *_):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
store = Store(open_engine(Path(sys.argv[1]), DataKey(bytes(range(32)))), "A. Serik")
taking.take_in(store, taking.look(Path(sys.argv[2])), Killing())
"""


def test_killed_on_the_way_nothing_of_a_list_is_there(database: Path, store: Store, tmp_path: Path) -> None:
    empty = content(store)
    seen = a_list(tmp_path, 20)
    for at in (3, 19):
        done = subprocess.run([sys.executable, "-c", KILLED, database, seen.path, str(at)], check=False)
        assert done.returncode != 0
        assert content(store) == empty
        assert sound(store)
    subprocess.run([sys.executable, "-c", KILLED, database, seen.path, "0"], check=True)
    assert len(content(store)["cases"]) == 20
    assert sound(store)


# References, large numbers, the announcement


def test_references_are_never_given_twice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casetracker.store.bulk.edit.REF_LETTERS", "23")  # sixteen of four letters
    with store.adding("Many") as edit:
        person = edit.write(Draft(Person, children={"names": [Draft(PersonName, values={"full": "Erlan"})]}))
        for _ in range(60):
            with edit.attempt():
                edit.write(Draft(Case, values={"person_id": person, "stage": Stage.INTAKE}))
    with store.reading() as session:
        refs = list(session.scalars(sa.select(Case.ref)))
    assert len(set(refs)) == 60
    assert max(map(len, refs)) > len("CT-2222")


def test_the_announcement_names_every_kind_but_not_every_record(store: Store, tmp_path: Path) -> None:
    heard: list[Change] = []
    store.listeners.append(heard.append)
    with store.adding("Many") as edit:
        for _ in range(130):
            edit.write(Draft(Person, children={"names": [Draft(PersonName, values={"full": "Erlan"})]}))
    (change,) = heard
    assert change.touches(Person)
    assert change.touches(PersonName)
    assert len(change.records) == 100
