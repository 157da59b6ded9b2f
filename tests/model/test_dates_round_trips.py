"""What holds for all dates as known: the round trips between form, EDTF and print, and the bounds."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, example, given
from hypothesis import strategies as st

from casetracker.model.dates import KnownDate, Part, Qualifier, Relation, Season, compose, decompose, parse

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
years = st.integers(1900, 2100)
parts = st.one_of(
    days.map(lambda d: Part(d.year, d.month, d.day)),
    st.builds(Part, years, st.integers(1, 12), unknown=st.booleans()),
    st.builds(Part, years, season=st.sampled_from(Season)),
    st.builds(Part, years, decade=st.booleans(), unknown=st.booleans()),
)
choices = st.tuples(st.sampled_from(Relation), parts, parts, st.sampled_from(Qualifier))

PIECES = [
    *(
        "before ",
        "after ",
        "between ",
        " and ",
        "from ",
        " to ",
        "since ",
        "about ",
        "late ",
        "not ",
        "no later than ",
    ),
    *("2018", "10", "15", "0", "31", "Feb", "autumn", "winter", "X", "²", "٣", "г.", " (day not known)", "s"),
    *(" ", "-", "/", ".", "..", "[", "]", "~", "?", "%", "–", "…"),
]


def composed(choice: tuple[Relation, Part, Part, Qualifier]) -> KnownDate:
    relation, first, second, qualifier = choice
    assume(not relation.needs_second or second.last_day >= first.first_day)
    return compose(relation, first, second, qualifier)


@given(choices)
def test_what_a_form_shows_is_what_it_made(choice: tuple[Relation, Part, Part, Qualifier]) -> None:
    known = composed(choice)
    shown = decompose(known)

    assert shown
    assert compose(*shown) == known
    relation, first, second, qualifier = choice
    if not first.unknown and not second.unknown and first != second:
        assert shown == (relation, first, second if relation.needs_second else None, qualifier)


@given(choices)
def test_reading_what_was_written_changes_nothing(choice: tuple[Relation, Part, Part, Qualifier]) -> None:
    known = composed(choice)

    assert known.edtf
    assert len(known.edtf) <= 60
    assert KnownDate.from_edtf(known.edtf) == known


@given(choices)
def test_what_is_printed_in_english_is_read_back(choice: tuple[Relation, Part, Part, Qualifier]) -> None:
    known = composed(choice)

    assert parse(known.text()) == known


@given(choices)
def test_the_earliest_day_is_never_after_the_latest(choice: tuple[Relation, Part, Part, Qualifier]) -> None:
    known = composed(choice)

    assert known.earliest or known.latest
    if known.earliest and known.latest:
        assert known.earliest <= known.latest


@given(days)
def test_an_exact_day_is_its_own_bounds(exact: dt.date) -> None:
    known = KnownDate.on(exact)

    assert (known.earliest, known.latest, known.edtf) == (exact, exact, exact.isoformat())


@example("²")
@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        known = parse(text)
    except ValueError as refused:
        assert str(refused).endswith(".")  # noqa: PT017 - refusing is as good as reading
    else:
        assert known.edtf or known.words or not text.split()
