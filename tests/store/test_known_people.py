"""Whom a row of a list may be: the same answers as while somebody is typed, in little memory."""

from __future__ import annotations

import random

import pytest

from casetracker.model import Person, PersonName
from casetracker.model.dates import KnownDate
from casetracker.store import duplicates
from casetracker.store.draft import Draft
from casetracker.store.known_people import EarlierRows, KnownPeople
from casetracker.store.store import Store
from tests.conftest import Office_


def person(*names: str, born: str = "") -> Draft:
    values = {"birth": KnownDate.from_edtf(born)} if born else {}
    return Draft(
        Person, values=values, children={"names": [Draft(PersonName, values={"full": n}) for n in names]}
    )


ASKED = (
    ("Нұрлан Еркінбек",), ("Nurlan Erkinbek",), ("Erkinbek Nurlan", "努尔兰·叶尔肯别克"), ("Дана Серік",),
    ("Dana Serikova",), ("Nobody Here",), ("Айгүл",),
)  # fmt: skip


def test_a_list_is_told_the_same_people_as_somebody_who_types(store: Store, office: Office_) -> None:
    for name in ("Нұрлан Еркінбек", "Нұрлан Ерлан", "Дана Серік", "Айгүл Мұрат"):
        office.person(name)
    people = [person(*names) for names in ASKED]
    at_once = KnownPeople(store).near(people)
    typed = [duplicates.near(store, duplicates.profile_of(each), 3) for each in people]
    assert [[p.second for p in pairs] for pairs in at_once] == [[p.second for p in pairs] for pairs in typed]
    assert sum(map(len, at_once)) >= 4


def test_an_empty_casebook_knows_nobody(store: Store) -> None:
    assert KnownPeople(store).near([person("Erlan")]) == [[]]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("1970", "1970", True),
        ("1970", "", True),
        ("", "1970", True),
        ("", "", True),
        ("1970", "1971", False),
    ],
)
def test_an_earlier_row_is_the_same_unless_its_birth_differs(first: str, second: str, same: bool) -> None:
    rows = EarlierRows()
    assert rows.same(person("Нұрлан Еркін", "Nurlan"), 2) is None or first == ""
    assert rows.same(person("Еркін Нұрлан", born=first), 3) == 2
    assert rows.same(person("Дана Серік", born=first), 4) is None
    assert (rows.same(person("Серік  ДАНА", born=second), 5) == 4) is same


def test_the_first_of_very_many_rows_is_told() -> None:
    rows, dice = EarlierRows(), random.Random(5)
    names = [f"{dice.getrandbits(60):x}" for _ in range(3_000)]
    assert [rows.same(person(name), at) for at, name in enumerate(names, 2)] == [None] * len(names)
    assert [rows.same(person(name), 9_999) for name in names] == list(range(2, len(names) + 2))
