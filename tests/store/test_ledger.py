"""The ledger of promises: what it is narrowed to, its order, and outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casetracker.model import Meeting, Promise
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import ledger, lists
from casetracker.store.ledger import Standing, Wanted
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_


def promise_of(store: Store, meeting: str) -> str:
    return store.draft(Meeting, meeting).children["promises"][0].id


@pytest.fixture
def three(store: Store, office: Office_) -> dict[str, str]:
    """An overdue promise, one that is due soon, and a kept one to another office."""
    case = office.case()
    akimat = office.office("City akimat")
    made = {
        "late": promise_of(store, office.meeting(case)),
        "soon": promise_of(store, office.meeting(case, due=dt.date(2021, 11, 18))),
        "kept": promise_of(store, office.meeting(case, office_id=akimat, due=dt.date(2021, 9, 1))),
    }
    ledger.set_outcome(store, made["kept"], [case], PromiseOutcome.KEPT, TODAY)
    return made


def shown(store: Store, *standings: Standing, office_id: str = "") -> list[str]:
    wanted = Wanted(frozenset(standings), office_id)
    lines = [line.id for line in ledger.promise_lines(store, wanted)]
    assert ledger.count_promises(store, wanted) == len(lines)
    return lines


def test_what_is_owed_comes_first_and_the_oldest_on_top(store: Store, three: dict[str, str]) -> None:
    lines = ledger.promise_lines(store)

    assert [line.id for line in lines] == [three["late"], three["soon"], three["kept"]]
    assert [(line.chip, line.tone) for line in lines] == [
        ("18 d overdue", "red"),
        ("in 6 d", "amber"),
        ("Kept", "green"),
    ]
    assert lines[0].detail == "Commissioner for Human Rights · 4 Oct 2021 · 1 case"


def test_the_ledger_is_narrowed(store: Store, office: Office_, three: dict[str, str]) -> None:
    assert shown(store, Standing.OVERDUE) == [three["late"]]
    assert shown(store, Standing.OPEN) == [three["late"], three["soon"]]
    assert shown(store, Standing.KEPT, Standing.OVERDUE) == [three["late"], three["kept"]]
    assert shown(store, Standing.REFUSED) == []
    assert shown(store, office_id=office.office("City akimat")) == [three["kept"]]


def test_pages_of_the_ledger_join(store: Store, three: dict[str, str]) -> None:
    every = ledger.promise_lines(store)

    assert [ledger.promise_lines(store, offset=n, limit=1) for n in range(3)] == [[line] for line in every]


def test_an_outcome_is_one_action_that_can_be_undone(store: Store, office: Office_) -> None:
    first, second = office.case("Relative A"), office.case("Relative B")
    promise = promise_of(store, office.meeting(first, second))

    ledger.set_outcome(store, promise, [second], PromiseOutcome.REFUSED, TODAY)

    covers = store.draft(Promise, promise).children["covers"]
    assert [c.values["outcome"] for c in covers] == [None, PromiseOutcome.REFUSED]
    assert covers[1].values["outcome_on"] == TODAY
    assert store.undo() == "Refused: look into each case"
    covers = store.draft(Promise, promise).children["covers"]
    assert [(c.values["outcome"], c.values["outcome_on"]) for c in covers] == [(None, None), (None, None)]


def test_a_promise_becomes_overdue_with_the_day(
    store: Store, office: Office_, clock: Callable[[dt.date], None]
) -> None:
    office.meeting(office.case())

    clock(dt.date(2021, 10, 25))
    assert [line.chip for line in ledger.promise_lines(store)] == ["due today"]
    assert shown(store, Standing.OVERDUE) == []
    clock(dt.date(2021, 10, 26))
    assert [line.chip for line in ledger.promise_lines(store)] == ["1 d overdue"]


def test_meetings_are_narrowed_to_year_and_office(store: Store, office: Office_) -> None:
    office.meeting(day="2020-12-30", due=None)
    akimat = office.office("City akimat")
    late = office.meeting(day="2021-09-02", due=None, office_id=akimat)

    assert ledger.years(store, Meeting) == [2021, 2020]
    assert [line.id for line in lists.meeting_lines(store, year=2021)] == [late]
    assert [line.id for line in lists.meeting_lines(store, office_id=akimat)] == [late]
    assert lists.count_meetings(store, year=2020) == lists.count_meetings(store, akimat) == 1
    assert lists.count_meetings(store) == 2
