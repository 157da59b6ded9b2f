"""A long report stands in nobody's way, and two who write at once are told so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casetracker.errors import Conflict
from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY, Office_


@pytest.fixture
def other(database: Path) -> Iterator[Store]:
    """A second store on the same casebook."""
    engine = open_engine(database, KEY)
    yield Store(engine, "B. Aliya", today=lambda: TODAY)
    engine.dispose()


def test_a_long_reader_does_not_block_a_save_and_sees_one_moment(store: Store, office: Office_) -> None:
    office.case("Ерлан")
    with store.reader(Audience.OFFICIAL) as reader:
        assert len(list(reader.all(Case))) == 1
        written = office.case("Мақпал")
        store.undo()
        store.redo()
        assert [c.id for c in reader.all(Case)] != [written]
        assert len(list(reader.all(Case))) == 1
    with store.reader() as reader:
        assert len(list(reader.all(Case))) == 2


def test_a_reader_of_another_thread_does_not_block_a_save(store: Store, office: Office_) -> None:
    office.case("Ерлан")
    reading, saved = threading.Event(), threading.Event()
    seen: list[int] = []

    def report() -> None:
        with store.reader() as reader:
            seen.append(len(list(reader.all(Person))))
            reading.set()
            assert saved.wait(30)
            seen.append(len(reader.many(Person, [p.id for p in reader.all(Person)])))

    thread = threading.Thread(target=report)
    thread.start()
    assert reading.wait(30)
    office.person("Айгүл")
    saved.set()
    thread.join(30)

    assert seen == [2, 2]


def test_the_second_of_two_who_write_the_same_record_is_told(
    store: Store, other: Store, office: Office_
) -> None:
    person = office.person()
    first, second = store.draft(Person, person), other.draft(Person, person)
    first.values["occupation"] = "teacher"
    second.values["occupation"] = "driver"
    store.save(first)

    with pytest.raises(Conflict, match="open it again and repeat your change"):
        other.save(second)

    assert other.draft(Person, person).values["occupation"] == "teacher"
    assert second.values["occupation"] == "driver"  # nothing that was entered is lost
    again = other.draft(Person, person)
    again.values["occupation"] = second.values["occupation"]
    other.save(again)
    assert store.draft(Person, person).values["occupation"] == "driver"


def test_two_who_write_different_records_do_not_meet(store: Store, other: Store, office: Office_) -> None:
    one, two = office.person("Ерлан"), office.person("Мақпал")
    first, second = store.draft(Person, one), other.draft(Person, two)
    first.values["occupation"] = "teacher"
    second.values["occupation"] = "driver"

    store.save(first)
    other.save(second)

    assert [t.who for t in store.recent(2)] == ["B. Aliya", "A. Serik"]


def test_many_who_write_at_once_all_get_their_turn(store: Store, other: Store) -> None:
    failed: list[BaseException] = []

    def write(desk: Store) -> None:
        try:
            for number in range(5):
                Office_(desk).person(f"Ерлан {number}")
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=write, args=(desk,)) for desk in (store, other, store)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failed == []
    with store.reader() as reader:
        assert len(list(reader.all(Person))) == 15
