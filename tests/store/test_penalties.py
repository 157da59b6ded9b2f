"""Penalties: indices of their day, the last day to appeal, and what they cost each family."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from casetracker.model import Family, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import Paid, PenaltyAppeal, PenaltyKind
from casetracker.store import penalties
from casetracker.store.penalties import Imposed
from casetracker.store.store import Store
from tests.conftest import Office_

FINE = {"kind": PenaltyKind.FINE, "amount": 87_510, "decided": dt.date(2021, 11, 8)}


def protest(store: Store, *punished: tuple[str, dict[str, Any]]) -> str:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest", "on": KnownDate.from_edtf("2021-11-01")}
    for person, values in punished:
        draft.add("participants", person_id=person).add("penalties", **values)
    return store.save(draft)


def only(store: Store, event_id: str) -> Imposed:
    with store.reader() as reader:
        event = reader.get(Protest, event_id)
        assert event is not None
        (line,) = penalties.of_event(event, reader)
        return line


def test_a_fine_is_told_in_indices_of_its_day(store: Store, office: Office_) -> None:
    line = only(store, protest(store, (office.person("Айгүл"), {**FINE, "article": "488", "part": "2"})))

    assert (line.name, line.what, line.indices, line.law) == (
        "Айгүл",
        "Fine · 87,510 tenge",
        30.0,
        "488, part 2",
    )


def test_the_days_to_appeal_run_from_the_day_of_receipt(store: Store, office: Office_) -> None:
    received = {**FINE, "received": dt.date(2021, 11, 10)}
    line = only(store, protest(store, (office.person(), received)))

    assert line.deadline is not None
    assert (line.deadline.until, line.deadline.sure) == (dt.date(2021, 11, 20), True)
    assert line.deadline.left.text() == "8 days left"


def test_without_a_day_of_receipt_they_are_counted_from_the_decision(store: Store, office: Office_) -> None:
    line = only(store, protest(store, (office.person(), FINE)))

    assert line.deadline is not None
    assert (line.deadline.until, line.deadline.sure) == (dt.date(2021, 11, 18), False)


@pytest.mark.parametrize("change", [{"appeal": PenaltyAppeal.FILED}, {"decided": None}])
def test_an_appeal_or_no_day_at_all_means_no_countdown(
    store: Store, office: Office_, change: dict[str, Any]
) -> None:
    assert only(store, protest(store, (office.person(), {**FINE, **change}))).deadline is None


def test_what_can_still_be_appealed_is_listed_first_due_first(store: Store, office: Office_) -> None:
    old = {**FINE, "decided": dt.date(2021, 10, 20)}
    sooner = {**FINE, "decided": dt.date(2021, 11, 4)}
    people = [office.person(name) for name in ("Late", "Айгүл", "Күлән")]
    protest(store, (people[0], old), (people[1], FINE), (people[2], sooner))

    with store.reader() as reader:
        assert [line.name for line in penalties.to_appeal(reader)] == ["Күлән", "Айгүл"]


def test_each_family_is_told_what_it_cost(store: Store, office: Office_) -> None:
    mother, daughter, alone = (office.person(name) for name in ("Mother", "Daughter", "Alone"))
    family = store.draft(Family)
    family.values |= {"name": "Family of Emin", "petitioner_id": mother}
    family.add("members", person_id=daughter)
    family_id = store.save(family)
    arrest = {"kind": PenaltyKind.ARREST, "days": 10}
    cancelled = {**FINE, "appeal": PenaltyAppeal.CANCELLED}
    event_id = protest(
        store,
        (mother, {**FINE, "paid": Paid.YES}),
        (daughter, FINE),
        (alone, arrest),
        (office.person("Lucky"), cancelled),
    )

    with store.reader() as reader:
        event = reader.get(Protest, event_id)
        assert event is not None
        of_family, of_nobody = penalties.cost_by_family(event, reader)
    assert (of_family.family_id, of_family.people) == (family_id, 2)
    assert (of_family.cost.owed, of_family.cost.paid, of_family.cost.unpaid) == (175_020, 87_510, 87_510)
    assert (of_nobody.family_id, of_nobody.people, of_nobody.days) == ("", 2, 10)
    assert (of_nobody.cost.owed, of_nobody.cost.cancelled) == (0, 87_510)
