"""No role is given what is not its own: tried for every entity, with canaries in the fields of two families.

A representative speaks for the first family. What is of the second comes out nowhere: not from readers,
lists, search, counts, links or the history, nor from any question that somebody may put to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.model import (
    ENTITIES,
    Appeal,
    Case,
    Consent,
    ContactEntry,
    Document,
    Family,
    HandOver,
    IdentityPaper,
    Meeting,
    Note,
    Person,
    PersonName,
    Protest,
    User,
)
from casetracker.model import fields as f
from casetracker.model.confidentiality import MATRIX, WITHHELD, Audience, Confidentiality, show
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Base, Entity, values_of
from casetracker.model.people.user import Role
from casetracker.store import attention, deadlines, duplicates, fulltext, lists, own_rows, users
from casetracker.store.draft import Draft
from casetracker.store.engine import open_engine
from casetracker.store.overview import overview
from casetracker.store.rights import NotAllowed, Rights
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY
from tests.filling import Filling, canary
from tests.test_confidentiality import found, named, tell, worded

REPRESENTATIVE, SHARED = "a" * 32, "Almagul and Zhazira"
HELD: dict[str, dict[str, str]] = {}  # what was written of each family: the id by entity
EVERYBODYS = {"Office", "Post", "OwnTerm", "DeadlineRule", "DayOff", "IndexRate"}
WORDS = f.Text | f.LongText | f.When


def canaries(entity: type[Entity], mark: str) -> set[str]:
    """Return the words that stand in the fields of this entity, and of what was written for it."""
    names = worded(entity, WORDS)
    return {canary(entity, name, salt + mark) for name in names for salt in ("", "least")}


def _one_meeting_for_both(office: Store) -> None:
    """What concerns both families: a promise made for both, a protest of both, with texts that name both."""
    cases = [HELD[mark]["Case"] for mark in ("own", "foreign")]
    people = [HELD[mark]["Person"] for mark in ("own", "foreign")]
    meeting = office.draft(Meeting)
    meeting.values |= {
        "title": "Reception",
        "on": KnownDate.from_edtf("2021-10-04"),
        "office_id": HELD["own"]["Office"],
    }
    meeting.values["confidentiality"] = int(Confidentiality.PUBLIC)
    promise = meeting.add("promises", words=f"look for {SHARED}", confidentiality=int(Confidentiality.PUBLIC))
    for case in cases:
        promise.add("covers", case_id=case, confidentiality=int(Confidentiality.PUBLIC))
        meeting.add("presented", case_id=case, confidentiality=int(Confidentiality.PUBLIC))
    HELD["both"] = {"Meeting": office.save(meeting)}
    protest = office.draft(Protest)
    protest.values |= {
        "title": "Protest",
        "on": KnownDate.from_edtf("2021-10-05"),
        "confidentiality": int(Confidentiality.PUBLIC),
    }
    protest.values |= {"police_response": f"took {SHARED}"}
    for person in people:
        protest.add("participants", person_id=person, confidentiality=int(Confidentiality.PUBLIC))
    HELD["both"]["Protest"] = office.save(protest)


@pytest.fixture(scope="module")
def two_families(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Role], Store]]:
    """A casebook with everything about two families; it is opened in a role."""
    path = tmp_path_factory.mktemp("roles") / "records.db"
    path.write_bytes(template.read_bytes())
    engines = [open_engine(path, KEY)]
    office = Store(engines[0], "A. Serik", today=lambda: TODAY)
    users.write_first(office, "f" * 32, "A. Serik")
    for mark in ("own", "foreign"):
        fill = Filling(
            office, level=Confidentiality.PUBLIC, dates_in_words=True, without=(HandOver, Consent), mark=mark
        )
        HELD[mark] = {
            e.__name__: office.save(fill.draft(e))
            for e in ENTITIES
            if mark == "own" or e.__name__ not in EVERYBODYS
        }
        HELD[mark + "least"] = dict(fill.known)
        family = office.draft(Family, HELD[mark]["Family"])
        family.add("members", person_id=HELD[mark]["Person"])
        office.save(family)
    _one_meeting_for_both(office)
    families = (HELD["own"]["Family"], HELD["ownleast"]["Family"])
    users.write_new(office, REPRESENTATIVE, "M. Dauletova", Role.REPRESENTATIVE, families)

    def opened(role: Role) -> Store:
        cover = own_rows.cover(REPRESENTATIVE) if role is Role.REPRESENTATIVE else None
        engines.append(open_engine(path, KEY, cover=cover))
        return Store(engines[-1], "M. Dauletova", today=lambda: TODAY, rights=Rights(role, REPRESENTATIVE))

    yield opened
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module")
def theirs(two_families: Callable[[Role], Store]) -> Store:
    """The casebook as the representative of the first family has it."""
    return two_families(Role.REPRESENTATIVE)


def told(store: Store) -> dict[str, list[str]]:
    """Return all that a reader gives away, by entity."""
    said: dict[str, list[str]] = {}
    with store.reader() as reader:
        seen: set[str] = set()
        for entity in ENTITIES:
            for record in reader.all(entity):
                tell(record, said, seen)
    return said


@pytest.fixture(scope="module")
def said(two_families: Callable[[Role], Store]) -> dict[Role, dict[str, list[str]]]:
    """What each role reads, gathered once."""
    return {role: told(two_families(role)) for role in Role}


@pytest.mark.parametrize("role", Role, ids=named)
@pytest.mark.parametrize("entity", ENTITIES, ids=named)
def test_records_of_another_family(
    said: dict[Role, dict[str, list[str]]], entity: type[Entity], role: Role
) -> None:
    foreign = found(canaries(entity, "foreign"), [t for texts in said[role].values() for t in texts])

    if entity.__name__ in EVERYBODYS:
        return
    if role is not Role.REPRESENTATIVE:  # else the test would prove nothing
        assert foreign >= {canary(entity, name, "foreign") for name in worded(entity, WORDS)}
    else:
        assert foreign == set()


@pytest.mark.parametrize("entity", ENTITIES, ids=named)
def test_records_of_ones_own_family(said: dict[Role, dict[str, list[str]]], entity: type[Entity]) -> None:
    """A representative reads what the family may, and of it everything."""
    given = found(canaries(entity, "own"), [t for texts in said[Role.REPRESENTATIVE].values() for t in texts])
    may = {
        n
        for n in worded(entity, WORDS)
        if MATRIX[values_of(entity)[n].sensitivity].get(Audience.FAMILY) is show
    }

    if entity.__name__ in EVERYBODYS:
        return
    assert given <= {canary(entity, n, salt + "own") for n in may for salt in ("", "least")}
    if entity in (Case, Person, Family):
        assert given >= {canary(entity, n, "own") for n in may}


def test_what_concerns_both_families_is_there_without_the_other(theirs: Store) -> None:
    with theirs.reader() as reader:
        meeting = reader.get(Meeting, HELD["both"]["Meeting"])
        protest = reader.get(Protest, HELD["both"]["Protest"])
        assert meeting is not None
        assert protest is not None
        (promise,) = meeting.children("promises")
        assert promise.text("words") == WITHHELD
        for records, key, own in (
            (promise.children("covers"), "case_id", "Case"),
            (meeting.children("presented"), "case_id", "Case"),
            (protest.children("participants"), "person_id", "Person"),
        ):
            assert [r.value(key) for r in records] == [HELD["own"][own]]
        assert SHARED not in protest.text("police_response")


# Every question that may be put to the database


def rows_of(store: Store, table: str) -> str:
    with store.reading() as session:
        return str(session.execute(sa.text(f"SELECT * FROM {table}")).all())


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_no_table_holds_anything_of_the_other_family(theirs: Store, table: str) -> None:
    """Whatever anybody asks, today or in a page that is not written yet, is answered from these rows."""
    whole = rows_of(theirs, table)
    foreign = {w for e in ENTITIES if e.__name__ not in EVERYBODYS for w in canaries(e, "foreign")}
    ids = {
        i for mark in ("foreign", "foreignleast") for name, i in HELD[mark].items() if name not in EVERYBODYS
    }

    assert found(foreign | {SHARED}, [whole]) == set()
    assert {i for i in ids if i in whole} == set()


def test_there_is_no_way_past_the_views(theirs: Store, two_families: Callable[[Role], Store]) -> None:
    with two_families(Role.ADMINISTRATOR).reading() as session:
        tables = set(session.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        assert session.scalar(sa.text("SELECT count(*) FROM main.cases")) > 2
    assert set(Base.metadata.tables) <= tables
    for table in sorted(tables - fulltext.TABLES - {"alembic_version"}):
        rows_of(theirs, table)  # not an error: all tables of the file are covered, so the pages open

    for table in sorted(tables - fulltext.TABLES - {"alembic_version"} | {fulltext.PLACES}):
        for question in (
            f"SELECT count(*) FROM main.{table}",
            f"SELECT * FROM main.{table} UNION SELECT * FROM main.{table}",
            f"WITH all_of_them AS (SELECT * FROM main.{table}) SELECT * FROM all_of_them",
            f"WITH {table} AS (SELECT * FROM main.{table}) SELECT * FROM {table}",
            f"CREATE TEMP VIEW mine AS SELECT * FROM main.{table}",
            f"DELETE FROM main.{table}",
            f"DROP VIEW temp.{table}",
        ):
            with theirs.reading() as session:
                try:
                    session.execute(sa.text(question)).all()
                except (sa.exc.DatabaseError, UserError):
                    continue
                pytest.fail(question)


def test_every_entity_has_a_path_or_is_withheld() -> None:
    """A new entity is withheld; whoever wants a representative to see it says by what path it is theirs."""
    assert set(own_rows._PATHS) <= set(Base.metadata.tables)  # a path to a table that was renamed is none


# Lists, search, counts, links, history


def test_lists_counts_and_search_know_nothing_of_the_other_family(theirs: Store) -> None:
    lines = [
        *lists.case_lines(theirs),
        *lists.person_lines(theirs),
        *lists.family_lines(theirs),
        *lists.protest_lines(theirs),
        *lists.meeting_lines(theirs),
    ]
    shown = {line.id for line in lines}
    assert {HELD["own"]["Case"], HELD["own"]["Person"], HELD["own"]["Family"]} <= shown
    assert not shown & {i for mark in ("foreign", "foreignleast") for i in HELD[mark].values()}
    assert "foreign" not in str(lines)

    assert lists.count_cases(theirs) == lists.count(theirs, Case) == len(lists.case_lines(theirs))
    assert lists.count(theirs, Person) == len(lists.person_lines(theirs))
    assert overview(theirs).cases == lists.count(theirs, Case)
    for entity, name in (
        *((PersonName, "full"), (Case, "account"), (Family, "name"), (Meeting, "minutes"), (Note, "text")),
        *((Protest, "title"), (Appeal, "number"), (IdentityPaper, "number"), (Document, "text")),
    ):
        assert name in values_of(entity)
        assert search(theirs, canary(entity, name, "foreign")) == [], name


def test_what_is_their_own_is_found_unless_the_family_may_not_read_it(theirs: Store) -> None:
    assert search(theirs, canary(Case, "account", "own"))
    assert search(theirs, canary(PersonName, "full", "own"))
    assert search(theirs, canary(Case, "notes", "own")) == []
    assert search(theirs, canary(ContactEntry, "said", "own")) == []
    assert search(theirs, SHARED) == []


def test_the_pages_of_a_representative_open(theirs: Store) -> None:
    """Work out what the pages ask for: nothing there expects a value that is withheld."""
    assert overview(theirs).cases == lists.count(theirs, Case)
    assert "foreign" not in str(deadlines.board(theirs)) + str(attention.most(theirs))
    assert "foreign" not in str(duplicates.suspected(theirs))


def test_the_history_of_the_other_family_is_not_there(theirs: Store) -> None:
    actions = theirs.recent(limit=500)

    told = {record for action in actions for record in action.records}
    assert ("Case", HELD["own"]["Case"]) in told
    assert not {i for _, i in told} & set(HELD["foreign"].values())
    assert {a.label for a in actions if ("Meeting", HELD["both"]["Meeting"]) in a.records} == {WITHHELD}
    assert theirs.can_undo() == ""


# Rights


@pytest.mark.parametrize("role", [Role.READ_ONLY, Role.REPRESENTATIVE], ids=named)
@pytest.mark.parametrize("entity", ENTITIES, ids=named)
def test_who_only_reads_changes_nothing(
    two_families: Callable[[Role], Store], entity: type[Entity], role: Role
) -> None:
    store = two_families(role)
    assert store.read_only

    with pytest.raises(NotAllowed, match=r"not change|cannot change"):
        store.save(Draft(entity))
    with pytest.raises(NotAllowed):
        store.delete(entity, HELD["own"].get(entity.__name__, ""))
    with pytest.raises(NotAllowed), store.rewriting("merge"):
        pytest.fail("no session is handed out")
    with pytest.raises(NotAllowed):
        store.undo() if store.can_undo() else store.rights.require_writing()


def test_a_representative_cannot_write_past_the_store(theirs: Store) -> None:
    with theirs.reading() as session, pytest.raises((sa.exc.DatabaseError, UserError)):
        session.execute(sa.update(Person).values(occupation="teacher"))


def test_only_an_administrator_says_who_works_with_the_casebook(
    two_families: Callable[[Role], Store],
) -> None:
    worker = two_families(Role.CASE_WORKER)

    with pytest.raises(NotAllowed, match="administrator"):
        users.write_new(worker, "b" * 32, "Somebody", Role.ADMINISTRATOR)
    draft = worker.draft(User, REPRESENTATIVE)
    draft.values["role"] = Role.ADMINISTRATOR
    with pytest.raises(NotAllowed, match="administrator"):
        worker.save(draft)
    assert [line.role for line in users.lines(worker) if line.id == REPRESENTATIVE] == [Role.REPRESENTATIVE]


def test_users_are_kept_and_one_of_them_looks_after_the_casebook(
    two_families: Callable[[Role], Store],
) -> None:
    office = two_families(Role.ADMINISTRATOR)
    with pytest.raises(UserError, match="never deleted"):
        office.delete(User, REPRESENTATIVE)
    with pytest.raises(UserError, match="families"):
        users.change(office, REPRESENTATIVE, Role.REPRESENTATIVE, ())
    with pytest.raises(UserError, match="name already"):
        users.write_new(office, "c" * 32, "m. dauletova", Role.READ_ONLY)


def test_the_last_administrator_stays_one(store: Store) -> None:
    users.write_first(store, "f" * 32, "A. Serik")

    with pytest.raises(UserError, match="needs an administrator"):
        users.change(store, "f" * 32, Role.CASE_WORKER)
    with pytest.raises(UserError, match="needs an administrator"):
        users.mark_left(store, "f" * 32)
    users.write_new(store, "b" * 32, "B. Aman", Role.ADMINISTRATOR)
    users.mark_left(store, "f" * 32)
    assert [(line.name, line.left) for line in users.lines(store)] == [("B. Aman", None), ("A. Serik", TODAY)]
    assert store.can_undo() == ""  # a key slot cannot be undone
