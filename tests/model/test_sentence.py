"""When a sentence ends: every kind of uncertain date, several judgments, sentences without an end."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyStatus, Standing
from casetracker.model.detention.judgment import SentenceKind
from casetracker.model.detention.sentence import (
    NEVER,
    Basis,
    Bounds,
    Release,
    Term,
    beyond,
    deciding,
    last_day,
    release,
)

D = dt.date


def bounds(edtf: str) -> Bounds:
    known = KnownDate.from_edtf(edtf)
    return known.earliest, known.latest


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2018-10-01", (9, 0, 0), "2027-09-30"),
        ("2018-10-15", (0, 6, 0), "2019-04-14"),
        ("2018-11-30", (0, 3, 0), "2019-02-28"),  # there is no 30 February
        ("2020-02-29", (1, 0, 0), "2021-02-28"),
        ("2018-12-31", (0, 1, 0), "2019-01-30"),
        ("2018-01-01", (1, 2, 10), "2019-03-10"),
        ("2018-03-01", (0, 0, 15), "2018-03-15"),
    ],
)
def test_the_last_day_of_a_term(start: str, length: tuple[int, int, int], end: str) -> None:
    years, months, days = length

    assert last_day(D.fromisoformat(start), Term("a", years=years, months=months, days=days)) == (
        D.fromisoformat(end)
    )


@pytest.mark.parametrize(
    ("begins", "first", "last"),
    [
        ("2018-10-01", "2021-09-30", "2021-09-30"),
        ("2018-10", "2021-09-30", "2021-10-30"),
        ("2018-10~", "2021-09-30", "2021-10-30"),
        ("2018", "2020-12-31", "2021-12-30"),
        ("[2018-04..2018-06]", "2021-03-31", "2021-06-29"),
        ("[..2018-06]", None, "2021-06-29"),
        ("[2018-06..]", "2021-05-31", None),
    ],
)
def test_the_end_is_as_exact_as_the_beginning(begins: str, first: str | None, last: str | None) -> None:
    due = release([Term("a", years=3, begins=bounds(begins))])

    assert due is not None
    assert due.basis is Basis.COUNTED
    assert due.earliest == (D.fromisoformat(first) if first else None)
    assert due.latest == (D.fromisoformat(last) if last else None)


def test_without_a_beginning_it_is_estimated_from_the_detention() -> None:
    assert release([Term("a", years=1)], bounds("2020-01-01")) == Release(
        D(2020, 12, 31), D(2020, 12, 31), Basis.ESTIMATED
    )
    assert release([Term("a", years=1)], NEVER) is None


def test_what_the_judgment_says_goes_before_what_is_counted() -> None:
    term = Term("a", years=9, begins=bounds("2018"), ends=bounds("2026-01-31"))

    assert release([term]) == Release(D(2026, 1, 31), D(2026, 1, 31), Basis.STATED)


@pytest.mark.parametrize(
    "kind", [SentenceKind.LIFE, SentenceKind.DEATH, SentenceKind.DEATH_SUSPENDED, SentenceKind.SUSPENDED]
)
def test_some_sentences_have_no_end_to_count(kind: SentenceKind) -> None:
    assert release([Term("a", sentence=kind, years=10, begins=bounds("2018"))]) is None


def test_a_sentence_of_which_no_length_is_known_has_no_end() -> None:
    assert release([Term("a", begins=bounds("2018"))]) is None
    assert release([]) is None


def test_a_changed_sentence_counts_from_where_the_first_one_did() -> None:
    first = Term("a", bounds("2019-03"), years=9, begins=bounds("2018-10-01"))
    reduced = Term("b", bounds("2021-05"), years=7)

    due = release([reduced, first], bounds("2018-09"))

    assert due == Release(D(2025, 9, 30), D(2025, 9, 30), Basis.COUNTED)


def test_of_two_versions_the_one_marked_counts() -> None:
    heard = Term("a", bounds("2019"), years=9, standing=Standing.COUNTS)
    other = Term("b", bounds("2019-06"), years=12)

    assert deciding([heard, other]) is heard
    assert deciding([other, Term("c", bounds("2019"), years=9)]) is not None


def test_a_later_decision_replaces_one_that_was_marked() -> None:
    heard = Term("a", bounds("2019"), years=9, standing=Standing.COUNTS)
    later = Term("b", bounds("2021"), years=7)

    assert deciding([later, heard]) is later


def test_what_was_set_aside_decides_nothing() -> None:
    assert deciding([Term("a", years=9, standing=Standing.SET_ASIDE)]) is None


DUE = Release(D(2021, 5, 1), D(2021, 5, 31), Basis.COUNTED)


def test_beyond_the_sentence_is_counted_at_least_and_at_most() -> None:
    assert beyond(DUE, CustodyStatus.SENTENCED, D(2021, 6, 10)) == (10, 40)
    assert beyond(DUE, CustodyStatus.NO_NEWS, D(2021, 6, 10)) == (10, 40)
    assert beyond(Release(None, D(2021, 5, 31), Basis.COUNTED), CustodyStatus.CAMP, D(2021, 6, 1)) == (
        1,
        None,
    )


@pytest.mark.parametrize(
    ("due", "status", "day"),
    [
        (DUE, CustodyStatus.SENTENCED, D(2021, 5, 31)),  # the last day is still part of it
        (DUE, CustodyStatus.SENTENCED, D(2021, 5, 15)),  # perhaps over, perhaps not
        (DUE, CustodyStatus.RELEASED, D(2022, 1, 1)),
        (DUE, CustodyStatus.DIED, D(2022, 1, 1)),
        (None, CustodyStatus.SENTENCED, D(2022, 1, 1)),
        (Release(D(2021, 5, 1), None, Basis.COUNTED), CustodyStatus.SENTENCED, D(2022, 1, 1)),
    ],
)
def test_nobody_is_said_to_be_held_beyond_a_sentence_that_may_run(
    due: Release | None, status: CustodyStatus, day: dt.date
) -> None:
    assert beyond(due, status, day) is None
