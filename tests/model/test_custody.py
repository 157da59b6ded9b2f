"""The status of a detained relative follows from the custody events and is typed nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.model.detention.custody import (
    STATUS_AFTER,
    STATUS_TONE,
    CustodyKind,
    CustodyStatus,
    Derived,
    Standing,
    derive,
)


@dataclass(frozen=True)
class Fact:
    """A custody event with only what the derivation asks."""

    id: str
    kind: CustodyKind
    earliest: dt.date | None = None
    latest: dt.date | None = None
    standing: Standing | None = None


def on(id_: str, kind: CustodyKind, day: str, last: str = "", standing: Standing | None = None) -> Fact:
    """Make a fact of one day, or of the days between two."""
    first = dt.date.fromisoformat(day)
    return Fact(id_, kind, first, dt.date.fromisoformat(last) if last else first, standing)


def test_nothing_known_is_said_so() -> None:
    assert derive([]) == Derived(CustodyStatus.UNKNOWN, None, ())


def test_the_latest_event_decides_in_whatever_order_they_are_told() -> None:
    taken = on("a", CustodyKind.TAKEN, "2018-10-15")
    camp = on("b", CustodyKind.CAMP, "2018-11-01")
    sentenced = on("c", CustodyKind.SENTENCED, "2019-06-01")

    assert derive([sentenced, taken, camp]) == Derived(CustodyStatus.SENTENCED, "c", ())
    assert derive([camp, taken]).status is CustodyStatus.CAMP


@pytest.mark.parametrize("kind", sorted(set(CustodyKind) - STATUS_AFTER.keys(), key=lambda k: k.name))
def test_what_says_nothing_of_where_he_is_changes_no_status(kind: CustodyKind) -> None:
    prison = on("a", CustodyKind.PRISON, "2019-06-01")

    assert derive([prison, on("b", kind, "2020-01-01")]) == Derived(CustodyStatus.SENTENCED, "a", ())


def test_an_event_without_a_date_is_older_than_any_with_one() -> None:
    assert derive([Fact("a", CustodyKind.RELEASED), on("b", CustodyKind.CAMP, "2017-04-01")]).event_id == "b"


def test_of_one_day_the_later_in_the_usual_course_decides() -> None:
    day = "2019-06-01"

    assert derive([on("b", CustodyKind.PRISON, day), on("a", CustodyKind.SENTENCED, day)]).event_id == "b"


def test_sources_that_contradict_each_other_are_named_until_somebody_decides() -> None:
    released = on("a", CustodyKind.RELEASED, "2019-06-01")
    prison = on("b", CustodyKind.PRISON, "2019-06-01")

    found = derive([released, prison])

    assert {found.event_id, *found.against} == {"a", "b"}


def test_the_version_that_was_chosen_counts_and_nothing_is_said_against_it() -> None:
    released = on("a", CustodyKind.RELEASED, "2019-06-01")
    prison = on("b", CustodyKind.PRISON, "2019-05-20", "2019-07-01", Standing.COUNTS)

    assert derive([released, prison]) == Derived(CustodyStatus.SENTENCED, "b", ())


def test_a_version_that_was_set_aside_decides_nothing() -> None:
    released = on("a", CustodyKind.RELEASED, "2020-06-01", standing=Standing.SET_ASIDE)
    prison = on("b", CustodyKind.PRISON, "2019-06-01")

    assert derive([released, prison]) == Derived(CustodyStatus.SENTENCED, "b", ())


def test_a_choice_of_long_ago_does_not_outweigh_later_news() -> None:
    prison = on("a", CustodyKind.PRISON, "2017-06-01", standing=Standing.COUNTS)

    assert derive([prison, on("b", CustodyKind.RELEASED, "2020-06-01")]).status is CustodyStatus.RELEASED


def test_a_wide_date_does_not_contradict_its_own_past() -> None:
    taken = on("a", CustodyKind.TAKEN, "2017-01-01", "2017-12-31")

    assert derive([taken, on("b", CustodyKind.RELEASED, "2017-12-31")]).against == ()


def test_two_who_tell_of_a_death_agree() -> None:
    day = "2020-03-01"

    found = derive([on("a", CustodyKind.DIED, day), on("b", CustodyKind.DIED, day)])

    assert found.status is CustodyStatus.DIED
    assert found.against == ()


def test_a_death_and_a_prison_at_the_same_time_contradict() -> None:
    day = "2020-03-01"

    assert derive([on("a", CustodyKind.PRISON, day), on("b", CustodyKind.DIED, day)]).against == ("a",)


def test_every_status_has_a_tone() -> None:
    assert set(STATUS_TONE) == set(CustodyStatus)


days = st.none() | st.dates(dt.date(2017, 1, 1), dt.date(2017, 1, 9))
facts = st.lists(
    st.builds(
        Fact,
        id=st.uuids().map(str),
        kind=st.sampled_from(CustodyKind),
        earliest=days,
        latest=days,
        standing=st.none() | st.sampled_from(Standing),
    ),
    max_size=6,
    unique_by=lambda f: f.id,
)


@given(facts, st.randoms(use_true_random=False))
def test_the_status_does_not_hang_on_the_order_in_which_events_were_typed(told: list[Fact], chance) -> None:  # noqa: ANN001
    other = told[:]
    chance.shuffle(other)

    assert derive(told).status is derive(other).status


@given(facts)
def test_who_decides_is_one_of_the_events_and_was_not_set_aside(told: list[Fact]) -> None:
    found = derive(told)
    by_id = {f.id: f for f in told}

    if found.event_id is None:
        assert all(f.kind not in STATUS_AFTER or f.standing is Standing.SET_ASIDE for f in told)
    else:
        assert STATUS_AFTER[by_id[found.event_id].kind] is found.status
        assert by_id[found.event_id].standing is not Standing.SET_ASIDE
        assert found.event_id not in found.against
