"""Deadlines and working days of Kazakhstan; expected days were counted on a printed calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.i18n import language
from casetracker.model import clock
from casetracker.model.clock import countdown, due_between, due_on, extension_limit, shipped
from casetracker.model.dates import KnownDate
from casetracker.model.workdays import WorkingDays

CALENDAR = WorkingDays()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        ("appeal_reply", "2025-02-03", "2025-02-24"),  # Monday; three weeks without a holiday
        ("appeal_reply", "2025-02-01", "2025-02-24"),  # Saturday counts as Monday
        ("appeal_reply", "2025-03-10", "2025-04-04"),  # a day off after 8 March: received on 11 March; Nauryz
        ("appeal_forward", "2025-02-06", "2025-02-11"),  # over a weekend
        ("appeal_extension_notice", "2025-12-15", "2025-12-19"),  # 16 December is a holiday
        (
            "commissioner_reply",
            "2024-04-30",
            "2024-05-24",
        ),  # 1, 7, 8 (moved), 9 May off; Saturday 4 May worked
        ("commissioner_recommendation", "2025-02-03", "2025-02-24"),
        ("wgad_reply", "2025-02-03", "2025-04-04"),  # calendar days, whatever they are
        ("special_procedures_publication", "2025-01-01", "2025-03-02"),  # a Sunday stays
        ("ced_reply", "2025-02-03", "2025-02-17"),
        ("wgeid_urgent", "2018-11-30", "2019-02-28"),
        ("commissioner_limitation", "2024-02-29", "2025-02-28"),
        ("protest_notice", "2025-02-14", "2025-02-07"),
        ("protest_notice", "2025-02-16", "2025-02-10"),  # planned on a Sunday
        ("release_expected", "2025-03-31", "2025-03-01"),
        ("consent_renewal", "2025-01-31", "2026-01-31"),
        ("no_news_half_year", "2025-08-31", "2026-02-28"),
    ],
)
def test_terms(rule: str, start: str, due: str) -> None:
    assert due_on(shipped()[rule], day(start), CALENDAR) == day(due)


def test_an_extension_ends_on_a_working_day() -> None:
    assert due_on(shipped()["appeal_reply"], day("2025-01-13"), CALENDAR) == day("2025-02-03")
    assert extension_limit(day("2025-01-13"), CALENDAR) == day("2025-04-03")
    assert extension_limit(day("2025-02-10"), CALENDAR) == day("2025-05-05")  # 3 May is a Saturday


def test_the_table_of_an_office_wins() -> None:
    moved = WorkingDays({day("2025-02-08"): True, day("2025-02-10"): False})

    assert moved.is_working(day("2025-02-08"))
    assert not moved.is_working(day("2025-02-10"))
    assert due_on(shipped()["appeal_forward"], day("2025-02-06"), moved) == day("2025-02-11")
    assert moved.away(day("2025-02-07"), 1) == day("2025-02-08")


def test_working_days_between() -> None:
    assert CALENDAR.between(day("2025-02-03"), day("2025-02-24")) == 15
    assert CALENDAR.between(day("2025-02-24"), day("2025-02-03")) == -15
    assert CALENDAR.between(day("2025-02-08"), day("2025-02-08")) == 0


def test_a_feast_that_is_only_computed_is_told() -> None:
    assert CALENDAR.estimated(day("2031-01-01"), day("2031-12-31"))
    assert CALENDAR.estimated(day("2025-02-01"), day("2025-02-28")) == []


def test_an_uncertain_event_has_two_last_days() -> None:
    october = KnownDate.from_edtf("2018-10")

    assert due_between(shipped()["wgeid_urgent"], october, CALENDAR) == (day("2019-01-01"), day("2019-01-31"))
    assert due_between(shipped()["wgeid_urgent"], KnownDate.in_words("in spring"), CALENDAR) == (None, None)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2025-02-03", "15 working days left"),
        ("2025-02-21", "1 working day left"),
        ("2025-02-24", "due today"),
        ("2025-02-25", "1 working day overdue"),
        ("2025-03-10", "9 working days overdue"),
    ],
)
def test_countdown_in_working_days(today: str, words: str) -> None:
    assert countdown(day("2025-02-24"), day(today), CALENDAR).text() == words


def test_countdown_over_days_off() -> None:
    assert countdown(day("2025-02-21"), day("2025-02-22"), CALENDAR).text() == "1 day overdue"
    assert countdown(day("2025-02-21"), day("2025-02-22"), CALENDAR).overdue
    assert countdown(day("2025-02-21"), day("2025-02-23")).text() == "2 days overdue"
    assert countdown(day("2025-02-24"), day("2025-02-23")).text() == "1 day left"


def test_every_rule_says_where_it_is_from() -> None:
    rules = shipped().values()

    assert all(rule.source and {"en", "ru", "kk"} <= set(rule.labels) for rule in rules)
    assert {rule.key for rule in rules if not rule.verified} == {
        "commissioner_limitation",
        "penalty_appeal",
        "special_procedures_publication",
    }
    assert {rule.key for rule in rules if not rule.dated} == {
        "commissioner_limitation",
        "penalty_appeal",
        "special_procedures_publication",
        "wgad_reply",
        "ced_reply",
        "wgeid_urgent",
        "release_expected",
        "consent_renewal",
        "review_renewal",
        "no_news_half_year",
        "no_news_year",
    }
    with language("ru"):
        assert shipped()["appeal_reply"].text() == "Ответ на обращение"


def test_a_rule_that_was_edited_badly_is_named() -> None:
    with pytest.raises(ValueError, match="appeal_reply"):
        clock.read('[appeal_reply]\nunit = "fortnights"')


def test_fines_in_monthly_indices() -> None:
    assert clock.in_indices(145_850, day("2021-06-22")) == 50
    assert clock.in_indices(216_250, day("2026-03-12")) == 50
    assert clock.in_indices(1000, day("2019-01-01")) is None
    assert [clock.index_on(day(d)).tenge for d in ("2022-03-31", "2022-04-01")] == [3063, 3180]  # type: ignore[union-attr]
