"""Dates as known: EDTF, bounds, wording, typed text, and comparison."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from casetracker import i18n
from casetracker.model.dates import (
    KnownDate,
    NotEdtfError,
    Part,
    Precision,
    Qualifier,
    Relation,
    Season,
    compose,
    decompose,
    parse,
)

P = Precision
Vector = tuple[str, str, str | None, str | None, Precision, str, str]

# As spoken, in EDTF, earliest, latest, precision, text, short text: the table of the domain standards first.
VECTORS: list[Vector] = [
    ("15 Oct 2018", "2018-10-15", "2018-10-15", "2018-10-15", P.DAY, "15 October 2018", "15 Oct 2018"),
    ("October 2018", "2018-10", "2018-10-01", "2018-10-31", P.MONTH, "October 2018", "Oct 2018"),
    ("in 2018", "2018", "2018-01-01", "2018-12-31", P.YEAR, "2018", "2018"),
    (
        "about October 2018",
        "2018-10~",
        "2018-10-01",
        "2018-10-31",
        P.MONTH,
        "about October 2018",
        "≈ Oct 2018",
    ),
    (
        "maybe October 2018",
        "2018-10?",
        "2018-10-01",
        "2018-10-31",
        P.MONTH,
        "perhaps October 2018",
        "Oct 2018?",
    ),
    (
        *("between April and Sept 2017", "[2017-04..2017-09]", "2017-04-01", "2017-09-30", P.RANGE),
        *("between April and September 2017", "2017-04 … 2017-09"),
    ),
    (
        *("from April to Sept 2017", "2017-04/2017-09", "2017-04-01", "2017-09-30", P.RANGE),
        *("from April to September 2017", "2017-04 – 2017-09"),
    ),
    ("since March 2018", "2018-03/..", "2018-03-01", None, P.RANGE, "since March 2018", "2018-03 –"),
    (
        *("since March 2018 (end unknown)", "2018-03/", "2018-03-01", None, P.RANGE),
        *("from March 2018, end not known", "2018-03 – ?"),
    ),
    (
        "before October 2018",
        "[..2018-09]",
        None,
        "2018-09-30",
        P.RANGE,
        "before October 2018",
        "before Oct 2018",
    ),
    ("autumn 2017", "2017-23", "2017-09-01", "2017-11-30", P.SEASON, "autumn 2017", "autumn 2017"),
    (
        *("late 2017", "[2017-10..2017-12]~", "2017-10-01", "2017-12-31", P.RANGE),
        *("roughly between October and December 2017", "≈ 2017-10 … 2017-12"),
    ),
    # Beyond the table.
    ("perhaps about 2018", "2018%", "2018-01-01", "2018-12-31", P.YEAR, "perhaps about 2018", "≈ 2018?"),
    ("the 2010s", "201X", "2010-01-01", "2019-12-31", P.DECADE, "the 2010s", "the 2010s"),
    ("2018-XX", "2018-XX", "2018-01-01", "2018-12-31", P.YEAR, "2018 (month not known)", "2018"),
    (
        *("2018-10-xx", "2018-10-XX", "2018-10-01", "2018-10-31", P.MONTH),
        *("October 2018 (day not known)", "Oct 2018"),
    ),
    ("spring 2017", "2017-21", "2017-03-01", "2017-05-31", P.SEASON, "spring 2017", "spring 2017"),
    ("summer 2017", "2017-22", "2017-06-01", "2017-08-31", P.SEASON, "summer 2017", "summer 2017"),
    ("winter 2019", "2019-24", "2019-12-01", "2020-02-29", P.SEASON, "winter 2019/2020", "winter 2019/2020"),
    (
        "after October 2018",
        "[2018-11..]",
        "2018-11-01",
        None,
        P.RANGE,
        "after October 2018",
        "after Oct 2018",
    ),
    (
        *("between 3 and 15 October 2018", "[2018-10-03..2018-10-15]", "2018-10-03", "2018-10-15", P.RANGE),
        *("between 3 and 15 October 2018", "2018-10-03 … 2018-10-15"),
    ),
    (
        *(
            "from about Dec 2017 to perhaps Jan 2018",
            "2017-12~/2018-01?",
            "2017-12-01",
            "2018-01-31",
            P.RANGE,
        ),
        *("from about December 2017 to perhaps January 2018", "≈ 2017-12 – 2018-01?"),
    ),
]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def spaced(known: KnownDate) -> str:
    """Return the text with plain spaces: the kind that stands before "г." is the CLDR's affair."""
    return " ".join(known.text().split())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[1])
def test_every_vector_is_read_bounded_and_printed(vector: Vector) -> None:
    said, edtf, earliest, latest, precision, text, short = vector
    known = KnownDate.from_edtf(edtf)

    assert known.edtf == edtf
    assert (known.earliest, known.latest) == (day(earliest), day(latest))
    assert known.precision is precision
    assert (known.text(), known.short()) == (text, short)
    assert parse(said).edtf == edtf


@pytest.mark.parametrize("language", ["ru", "kk", i18n.PSEUDO])
@pytest.mark.parametrize("edtf", [vector[1] for vector in VECTORS])
def test_other_languages_print_every_vector(language: str, edtf: str) -> None:
    known = KnownDate.from_edtf(edtf)
    with i18n.language(language):
        shown = known.text() + known.short()

    assert re.search(r"201\d", shown)
    assert "{" not in shown


def test_month_names_stand_in_the_nominative_and_the_year_where_the_language_puts_it() -> None:
    with i18n.language("ru"):
        assert spaced(KnownDate.from_edtf("2018-10")) == "октябрь 2018 г."
        assert spaced(KnownDate.from_edtf("2018-10-15")) == "15 октября 2018 г."
        assert "апрель" in KnownDate.from_edtf("2017-04/2017-09").text()
    with i18n.language("kk"):
        assert spaced(KnownDate.from_edtf("2018-10")) == "2018 ж. қазан"
        assert spaced(KnownDate.from_edtf("2017-04/2017-09")).count("2017 ж.") == 2


@pytest.mark.parametrize(
    "edtf", ["2018-10~", "2018?", "2018%", "[..2018-09]", "[2018..]", "2017/2018", "2018/", "201X"]
)
def test_no_word_bypasses_the_catalogue(edtf: str) -> None:
    with i18n.language(i18n.PSEUDO):
        assert re.fullmatch(r"\[.+\]", KnownDate.from_edtf(edtf).text())


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("15.10.2018", "2018-10-15"),
        ("15/10/2018", "2018-10-15"),
        ("5-1-2018", "2018-01-05"),
        ("2018-10-15", "2018-10-15"),
        ("2018/10/5", "2018-10-05"),
        (" Oct  2018 ", "2018-10"),
        ("10.2018", "2018-10"),
        ("October 15th, 2018", "2018-10-15"),
        ("15 октября 2018 г.", "2018-10-15"),
        ("2018 ж. 15 қазан", "2018-10-15"),
        ("about 2017", "2017~"),
        ("~2017", "2017~"),
        ("Oct 2018?", "2018-10?"),
        ("before Oct 2018", "[..2018-09]"),
        ("before 1 January 2018", "[..2017-12-31]"),
        ("before spring 2018", "[..2017-24]"),
        ("before the 2010s", "[..200X]"),
        ("after 31.12.2018", "[2019-01-01..]"),
        ("no later than 2018", "[..2018]"),
        ("not before March 2018", "[2018-03..]"),
        ("fall 2017", "2017-23"),
        ("winter 2017/18", "2017-24"),
        ("winter 2017–2018", "2017-24"),
        ("3–15 October 2018", "2018-10-03/2018-10-15"),
        ("2017-2018", "2017/2018"),
        ("2018-XX-XX", "2018-XX"),
        ("between 2017 and 2017", "2017"),
        ("[2017-10~..2017-12]", "[2017-10..2017-12]~"),
        ("in the 1990s", "199X"),
    ],
)
def test_typed_dates_are_read(typed: str, edtf: str) -> None:
    assert parse(typed) == KnownDate.from_edtf(edtf)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("early 2017", "[2017-01..2017-03]~"),
        ("mid-2017", "[2017-05..2017-08]~"),
        ("late 2017", "[2017-10..2017-12]~"),
        ("beginning of February 2020", "[2020-02-01..2020-02-10]~"),
        ("mid October 2018", "[2018-10-11..2018-10-20]~"),
        ("the end of February 2020", "[2020-02-21..2020-02-29]~"),
    ],
)
def test_parts_of_a_year_or_month_give_bounds_and_keep_the_words(typed: str, edtf: str) -> None:
    assert parse(typed) == KnownDate.from_edtf(edtf, words=typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("before Qurban", "15 October", "after the wedding", "[2018", "room 15 2018", "late 2010s"),
        *("between spring and 2018", "2017 2018", "from winter to home 2018", "winter 2017/19"),
    ],
)
def test_other_words_are_kept_as_words(typed: str) -> None:
    known = parse(f" {typed} ")

    assert known == KnownDate(words=typed)
    assert known.precision is Precision.NONE
    assert (known.text(), known.short()) == (f"“{typed}”", typed)
    assert decompose(known) is None


def test_nothing_typed_is_nothing_known() -> None:
    assert parse("  ") == KnownDate()
    assert KnownDate().text() == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30 February 2021", "February 2021 has no day 30."),
        ("29.02.2023", "February 2023 has no day 29."),
        ("2018-02-30", "February 2018 has no day 30."),
        ("10/15/2018", "There is no month 15."),
        ("2018-13", "There is no month 13."),
        ("2018-10-00", "October 2018 has no day 0."),
        ("15.10.18", "Write the year with four digits."),
        ("2017-09/2017-04", "The end is before the start."),
        ("between 2018 and 2017", "The end is before the start."),
        ("May 1234", "The year 1234 is out of range."),
        ("before 1800", "The year 1799 is out of range."),
    ],
)
def test_impossible_dates_are_refused_with_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        parse(typed)


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "2018-1",
        "201X-10",
        "2018-XX-05",
        "2018~-10",
        "[..]",
        "[2017,2018]",
        "/2018",
        "201",
        "2018-10-15T12:00",
    ],
)
def test_what_is_not_edtf_is_refused(edtf: str) -> None:
    with pytest.raises(NotEdtfError):
        KnownDate.from_edtf(edtf)


def test_refusals_speak_the_language_now_in_use() -> None:
    with i18n.language(i18n.PSEUDO), pytest.raises(ValueError, match=r"^\[.+\]$"):
        parse("30 February 2021")


def test_words_beside_edtf_are_kept_but_not_printed() -> None:
    known = KnownDate.from_edtf("2018-10", words=" the month  of the first snow ")

    assert known.words == "the month of the first snow"
    assert known.text() == "October 2018"


def test_words_longer_than_the_column_are_refused() -> None:
    assert KnownDate.in_words("a" * 300).words
    with pytest.raises(ValueError, match="300"):
        KnownDate.in_words("a" * 301)


def test_qualities_follow_from_the_edtf() -> None:
    both_ends = KnownDate.from_edtf("2017-04~/2017-09?")
    assert (both_ends.approximate, both_ends.uncertain) == (True, True)
    assert KnownDate.from_edtf("2018-03/..").ongoing
    assert not KnownDate.from_edtf("2018-03/").ongoing
    assert KnownDate.from_edtf("2018-03/").is_interval
    assert not KnownDate.from_edtf("[2017..2018]").is_interval
    assert not KnownDate.in_words("long ago").approximate


def test_dates_are_compared_by_what_is_certain() -> None:
    before, october, year, words = map(parse, ("before Oct 2018", "Oct 2018", "2018", "long ago"))

    assert before.definitely_before(october)
    assert not october.definitely_before(before)
    assert not before.overlaps(october)
    assert before.overlaps(year)
    assert october.overlaps(year)
    assert words.overlaps(october)
    assert not words.definitely_before(october)
    assert not october.definitely_before(parse("since 2018"))


def test_a_chronology_is_ordered_by_the_earliest_day_and_ends_with_what_has_no_bounds() -> None:
    said = ["15.10.2018", "2018", "before Oct 2018", "Oct 2018", "since March 2018", "long ago"]

    in_order = sorted(map(parse, said), key=lambda known: known.sort_key)

    assert [known.text() for known in in_order] == [
        *("2018", "since March 2018", "before October 2018"),
        *("October 2018", "15 October 2018", "“long ago”"),
    ]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("15.10.2018", (16, 16)),
        ("Oct 2018", (0, 30)),
        ("before Oct 2018", (31, None)),
        ("after Sept 2018", (None, 30)),
        ("since Sept 2018", (31, 60)),
        ("from Sept to Oct 2018", (31, 60)),
        ("2018", (-61, 303)),
        ("long ago", (None, None)),
    ],
)
def test_days_since_are_at_least_and_at_most(said: str, days: tuple[int | None, int | None]) -> None:
    assert parse(said).days_since(dt.date(2018, 10, 31)) == days


def test_a_form_composes_without_edtf() -> None:
    known = compose(Relation.BEFORE, Part(2018, 10), None, Qualifier.ABOUT, "before the snow")

    assert known == KnownDate("before the snow", "[..2018-09]~", None, dt.date(2018, 9, 30))
    assert known.text() == "before about October 2018"
    assert decompose(known) == (Relation.BEFORE, Part(2018, 10), None, Qualifier.ABOUT)


def test_a_second_date_counts_only_where_it_is_needed() -> None:
    assert compose(Relation.ON, Part(2018), Part(2019)) == KnownDate.from_edtf("2018")
    with pytest.raises(ValueError, match=r"^Give the second date as well\.$"):
        compose(Relation.FROM_TO, Part(2018))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": 3}, "Give the month as well."),
        ({"month": 3, "season": Season.SPRING}, "Give a month or a season, not both."),
        ({"month": 3, "decade": True}, "A decade has no month or season."),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        Part(2018, **fields)  # type: ignore[arg-type]


def test_the_four_seasons_of_a_year_follow_without_a_gap() -> None:
    seasons = [Part(2017, season=season) for season in Season]

    for one, following in zip(seasons, [*seasons[1:], Part(2018, season=Season.SPRING)], strict=True):
        assert one.last_day + dt.timedelta(days=1) == following.first_day
        assert (one.next, following.previous) == (following, one)
