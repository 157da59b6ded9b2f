"""Lists as tables: columns, sorting, and pages that the database cuts out."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from casetracker.model import Person, PersonName
from casetracker.model.detention.custody import CustodyKind
from casetracker.store.store import Store
from casetracker.store.views import table
from casetracker.store.views.listed import LISTS
from casetracker.store.views.query import Query, where
from casetracker.store.views.table import COLUMNS, Row
from tests.conftest import Office_
from tests.store.counting import Counter

CASES, PEOPLE = LISTS["cases"], LISTS["people"]


def fill_people(store: Store, number: int) -> None:
    """Write so many people with one name each, past the pages, as 100,000 would take an hour through them."""
    every = {"version": 1, "confidentiality": 1}
    people = [{"id": f"p{n:031}", **every} for n in range(number)]
    names = [
        {"id": f"n{n:031}", "person_id": f"p{n:031}", "full": f"Асқар {n:06}", "folded": f"аскар {n:06}"}
        | {"position": 0}
        | every
        for n in range(number)
    ]
    with store.rewriting("many people") as session:
        session.execute(sa.insert(Person.__table__), people)
        session.execute(sa.insert(PersonName.__table__), names)


@pytest.mark.parametrize("key", list(LISTS))
def test_every_list_has_a_table_that_can_be_sorted_by_each_column(
    store: Store, office: Office_, key: str
) -> None:
    assert table.rows(store, LISTS[key]) == []
    office.meeting(office.case("Ерлан"))
    office.meeting(office.case("Асқар"))
    keys = [column.key for column in COLUMNS[key]]
    plain = {row.id for row in table.rows(store, LISTS[key], keys=keys)}
    for column in COLUMNS[key]:
        up = table.rows(store, LISTS[key], keys=keys, sort=column.key)
        down = table.rows(store, LISTS[key], keys=keys, sort=f"-{column.key}")
        assert {row.id for row in up} == {row.id for row in down} == plain, column.key
        assert all(len(row.cells) == len(keys) for row in up)
        assert table.head(column)


def test_rows_are_sorted_with_the_empty_ones_last(store: Store, office: Office_) -> None:
    camp = ((CustodyKind.CAMP, "2019"), (CustodyKind.SEEN, "2021-11-01"))
    for name, custody in (("Бақыт", camp), ("Асқар", ()), ("Ерлан", ((CustodyKind.SEEN, "2020-03-05"),))):
        office.case(name, custody=custody)

    def names(sort: str, query: Query = Query()) -> list[str]:  # noqa: B008 - never changed
        return [row.cells[0] for row in table.rows(store, CASES, query, keys=["name"], sort=sort)]

    assert names("name") == ["Асқар", "Бақыт", "Ерлан"]
    assert names("-name") == ["Ерлан", "Бақыт", "Асқар"]
    assert names("last_news") == ["Ерлан", "Бақыт", "Асқар"]
    assert names("-last_news") == ["Бақыт", "Ерлан", "Асқар"]
    assert names("name", Query("erlan")) == ["Ерлан"]
    assert names("name", Query(terms=(where("status", "CAMP"),))) == ["Бақыт"]


def test_the_columns_are_those_that_were_chosen(store: Store, office: Office_) -> None:
    case = office.case("Ерлан", opened=dt.date(2021, 1, 5))
    assert table.rows(store, CASES, keys=["opened", "county", "nonsense", "since"]) == [
        Row(case, ("5 January 2021", "Emin", "Oct 2018"))
    ]
    assert table.shown_at_first("cases")[:3] == ("ref", "name", "status")


def test_a_hundred_thousand_rows_cost_a_page(store: Store) -> None:
    fill_people(store, 100_000)
    with Counter(store) as counter:
        first = table.rows(store, PEOPLE, keys=["name"], sort="name")
        last = table.rows(store, PEOPLE, keys=["name"], sort="name", offset=99_999)
        other = table.rows(store, PEOPLE, keys=["name"], sort="-name")
    assert counter.statements <= 12
    assert (len(first), first[0].cells) == (200, ("Асқар 000000",))
    assert [row.cells for row in last] == [("Асқар 099999",)]
    assert other[0].cells == ("Асқар 099999",)
