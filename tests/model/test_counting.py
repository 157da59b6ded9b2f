"""Days held, at least and at most, and what detentions contradict, from every kind of uncertain date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.model.dates import KnownDate
from casetracker.model.detention.counting import Stay, days_held, silent_for, spell, warnings
from casetracker.model.detention.custody import CustodyKind as C
from casetracker.model.detention.custody import Standing

D = dt.date
TODAY = D(2021, 11, 12)


@dataclass(frozen=True)
class Event:
    """A custody event with only what the count asks."""

    id: str
    kind: C
    on: KnownDate | None = None
    standing: Standing | None = None

    @property
    def earliest(self) -> dt.date | None:
        return self.on.earliest if self.on else None

    @property
    def latest(self) -> dt.date | None:
        return self.on.latest if self.on else None


def known(edtf: str) -> KnownDate | None:
    return KnownDate.from_edtf(edtf) if edtf else None


def stay(begun: str, *events: tuple[C, str], ended: str = "", number: int = 1, outcome: str = "") -> Stay:
    custody = [Event(str(n), kind, known(edtf)) for n, (kind, edtf) in enumerate(events)]
    return Stay(number, known(begun), known(ended), outcome or None, custody)


@pytest.mark.parametrize(
    ("begun", "least", "most"),
    [
        ("2021-11-02", 10, 10),
        ("2021-10", 12, 42),
        ("2021-10~", 12, 42),
        ("2021-10?", 12, 42),
        ("2020", 316, 681),
        ("2020-23", 347, 437),
        ("[2021-10-10..2021-10-20]", 23, 33),
        ("[..2021-10-20]", 23, None),
        ("[2021-10-10..]", None, 33),
        ("2021-10-10/2021-10-20", 33, 33),  # a time that lasted: it began on its first day
        ("2021-10/..", 12, 42),
    ],
)
def test_somebody_still_held(begun: str, least: int | None, most: int | None) -> None:
    found = days_held([stay(begun, (C.TAKEN, ""))], TODAY)

    assert found == (least if least is not None else 0, most)


@pytest.mark.parametrize(
    ("released", "least", "most"),
    [
        ("2021-10-11", 10, 10),
        ("2021-10", 0, 30),
        ("[2021-10-05..2021-10-20]", 4, 19),
        ("[2021-10-05..]", 4, 42),
        ("[..2021-10-20]", 0, 19),
    ],
)
def test_somebody_released(released: str, least: int, most: int) -> None:
    assert days_held([stay("2021-10-01", (C.TAKEN, "2021-10-01"), (C.RELEASED, released))], TODAY) == (
        least,
        most,
    )


def test_the_end_that_was_written_goes_before_the_events() -> None:
    one = stay("2021-10-01", (C.TAKEN, "2021-10-01"), (C.RELEASED, "2021-10-20"), ended="2021-10-11")

    assert days_held([one], TODAY) == (10, 10)


def test_a_later_proof_of_custody_makes_the_least_longer() -> None:
    """Nobody knows when he was taken in 2020, but he was seen inside in March."""
    assert days_held([stay("2020", (C.PRISON, "2020-03-01"))], D(2020, 12, 31)) == (305, 365)


def test_who_is_not_heard_of_may_be_held_or_not() -> None:
    lost = stay("2020-01-01", (C.CAMP, "2020-01-31"), (C.LOST, "2020-06"))

    assert days_held([lost], D(2020, 12, 31)) == (30, 365)


def test_forced_work_counts_and_a_release_under_control_does_not() -> None:
    work = stay("2020-01-01", (C.CAMP, "2020-01-01"), (C.WORK_PLACEMENT, "2020-06"))
    controlled = stay("2020-01-01", (C.CAMP, "2020-01-01"), (C.RELEASED_CONTROL, "2020-01-31"))

    assert days_held([work], D(2020, 12, 31)) == (365, 365)
    assert days_held([controlled], D(2020, 12, 31)) == (30, 30)


def test_a_camp_that_lasted_was_certainly_until_its_end_began() -> None:
    one = spell(stay("2018-03", (C.CAMP, "2018-03/2019-12"), (C.LOST, "2020-06")), TODAY)

    assert (one.begin, one.end) == ((D(2018, 3, 1), D(2018, 3, 31)), (D(2019, 12, 1), TODAY))


def test_several_detentions_add_up_and_a_day_counts_once() -> None:
    first = stay("2020-01-01", ended="2020-01-11")
    second = stay("2020-01-06", ended="2020-01-21", number=2)
    third = stay("2020-03-01", ended="2020-03-06", number=3)

    assert days_held([first, second], TODAY) == (20, 20)
    assert days_held([first, third], TODAY) == (15, 15)


def test_no_detention_has_no_days_and_one_without_dates_has_no_most() -> None:
    assert days_held([], TODAY) == (None, None)
    assert days_held([stay("")], TODAY) == (None, None)


def test_what_comes_after_the_day_is_passed_over() -> None:
    one = stay("2020-01-01", (C.TAKEN, "2020-01-01"), (C.RELEASED, "2020-02-01"))

    assert days_held([one], D(2020, 1, 11)) == (10, 10)


def test_silence_is_counted_from_the_latest_day_of_the_news() -> None:
    assert silent_for(D(2021, 11, 2), TODAY) == 10
    assert silent_for(TODAY + dt.timedelta(days=9), TODAY) == 0
    assert silent_for(None, TODAY) is None


def test_detentions_that_follow_each_other_need_no_look() -> None:
    first = stay("2019-01", (C.TAKEN, "2019-01"), (C.RELEASED, "2019-06"))

    assert warnings([first, stay("2020-01", (C.TAKEN, "2020-01"), number=2)], TODAY) == []


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (stay("2019-01", (C.TAKEN, "2019-01")), "2020-01", "Detention 1 has no end"),
        (stay("2019-01", ended="2020-06"), "2020-01", "Detentions 1 and 2 overlap"),
        (stay("2019-01", ended="2019-06"), "2018-01", "Detention 2 began before detention 1"),
        (stay("2019-01", ended="2019-06"), "2020-01", "At least 185 days between detentions 1 and 2"),
    ],
)
def test_what_cannot_be_right_between_two_detentions_is_said(first: Stay, second: str, said: str) -> None:
    (found,) = warnings([first, stay(second, number=2)], TODAY)

    assert found.startswith(said)


def test_a_gap_is_no_question_where_an_outcome_says_how_it_ended() -> None:
    first = stay("2019-01", ended="2019-06", outcome="released_served")

    assert warnings([first, stay("2020-01", number=2)], TODAY) == []


def test_an_event_outside_of_its_detention_is_said_unless_it_was_set_aside() -> None:
    early, late = Event("a", C.CAMP, known("2018-05")), Event("b", C.PRISON, known("2020-05"))
    aside = Event("c", C.PRISON, known("2021-05"), Standing.SET_ASIDE)

    found = warnings([Stay(1, known("2019-01"), known("2019-12"), None, [early, late, aside])], TODAY)

    assert [text.partition(":")[0] for text in found] == ["Detention 1", "Detention 1"]
    assert "before its beginning" in found[0]
    assert "after its end" in found[1]


dates = st.sampled_from(
    ["", "2018", "2018-10", "2018-10-15", "[2017-04..2018-01]", "2019~", "[..2019]", "[2018..]"]
)


@given(dates, dates, st.lists(st.tuples(st.sampled_from(C), dates), max_size=4))
def test_at_least_is_never_more_than_at_most(begun: str, ended: str, events: list[tuple[C, str]]) -> None:
    least, most = days_held([stay(begun, *events, ended=ended)], TODAY)

    assert most is None or (least or 0) <= most
