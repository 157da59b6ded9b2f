"""By when an appeal is to be answered; the days were counted on a printed calendar of Kazakhstan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from casetracker.model import clock, workdays
from casetracker.model.clock import Rule, Unit
from casetracker.model.dates import KnownDate
from casetracker.model.events.renewal import Renewal, chain
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.post import BodyKind, holder
from casetracker.model.work.reply_clock import Course, Progress, reply_clock, worked_out
from casetracker.model.workdays import WorkingDays

CALENDAR = WorkingDays({})


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


SENT = Course(body=BodyKind.MINISTRY, sent=day("2025-02-01"), received=day("2025-02-03"))


@pytest.fixture
def own_rules() -> Iterator[None]:
    yield
    clock.set_own()
    workdays.set_own()


def due(course: Course) -> dt.date | None:
    return reply_clock(course, CALENDAR).due


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (SENT, "2025-02-24"),
        (
            replace(SENT, received=None),
            "2025-02-24",
        ),  # sent on a Saturday: received on Monday at the earliest
        (replace(SENT, body=BodyKind.COMMISSIONER, registered_on=day("2025-02-05")), "2025-02-26"),
        (replace(SENT, body=BodyKind.COMMISSIONER), "2025-02-24"),  # not registered yet, as far as known
        (replace(SENT, extended_on=day("2025-02-20"), extended_until=day("2025-03-20")), "2025-03-20"),
        (replace(SENT, extended_on=day("2025-02-20")), "2025-04-24"),  # two months, as nobody said less
        (
            replace(SENT, forwarded_on=day("2025-02-06"), forwarded_body=BodyKind.AKIMAT),
            "2025-02-27",
        ),
        (replace(SENT, body=BodyKind.UN, kind="ced"), "2025-02-17"),
        (replace(SENT, body=BodyKind.UN, kind="wgad", registered_on=day("2025-02-03")), "2025-04-04"),
    ],
)
def test_the_last_day(course: Course, expected: str) -> None:
    assert due(course) == day(expected)


@pytest.mark.parametrize("course", [replace(SENT, body=BodyKind.COURT), Course(body=BodyKind.MINISTRY)])
def test_where_no_rule_or_no_day_is_known_none_is_made_up(course: Course) -> None:
    assert due(course) is None
    assert len(worked_out(reply_clock(course, CALENDAR), CALENDAR)) == 1


def test_how_an_appeal_stands() -> None:
    def progress(course: Course, today: str) -> Progress:
        return reply_clock(course, CALENDAR).progress(day(today))

    answered = replace(
        SENT, replies=((day("2025-02-10"), ReplyKind.INTERIM), (day("2025-02-26"), ReplyKind.REFUSAL))
    )
    assert progress(Course(body=BodyKind.MINISTRY), "2025-02-03") is Progress.DRAFT
    assert progress(SENT, "2025-02-24") is Progress.WAITING
    assert progress(SENT, "2025-02-25") is Progress.OVERDUE
    assert progress(answered, "2025-02-25") is Progress.OVERDUE
    assert progress(answered, "2025-02-26") is Progress.LATE
    assert progress(replace(answered, extended_until=day("2025-03-01")), "2025-03-03") is Progress.ANSWERED


def test_the_countdown_is_in_working_days_where_the_term_is() -> None:
    term = reply_clock(SENT, CALENDAR)
    soon, late = (term.countdown(day(d), CALENDAR) for d in ("2025-02-17", "2025-06-30"))
    assert (soon and soon.text(), late and late.text()) == ("5 working days left", "82 working days overdue")
    foreign = reply_clock(replace(SENT, body=BodyKind.UN, kind="ced"), CALENDAR)
    left = foreign.countdown(day("2025-02-10"), CALENDAR)
    assert left
    assert left.text() == "7 days left"
    assert term.countdown(day("2025-02-17"), CALENDAR) == soon
    answered = reply_clock(replace(SENT, replies=((day("2025-02-10"), ReplyKind.SUBSTANTIVE),)), CALENDAR)
    assert answered.countdown(day("2025-02-17"), CALENDAR) is None


def test_an_extension_beyond_the_rule_is_told() -> None:
    late = reply_clock(replace(SENT, extended_until=day("2025-04-25")), CALENDAR)
    assert late.beyond_limit
    assert not reply_clock(replace(SENT, extended_until=day("2025-04-24")), CALENDAR).beyond_limit
    said = worked_out(late, CALENDAR)
    assert said[-2:] == ["It may be put off until 24 April 2025 at most.", "The extension goes beyond that."]
    told = reply_clock(replace(SENT, extended_on=day("2025-02-20")), CALENDAR)
    assert told.notice_due(CALENDAR) == day("2025-02-25")
    assert told.forward_due(CALENDAR) == day("2025-02-06")


def test_how_it_was_worked_out_names_days_off_and_what_is_not_sure() -> None:
    spring = Course(body=BodyKind.MINISTRY, sent=day("2024-04-26"))
    assert worked_out(reply_clock(spring, CALENDAR), CALENDAR) == [
        "15 working days from the day it was sent, 26 April 2024: 22 May 2024",
        "The rule counts from another day, which nobody wrote down; this one is earlier.",
        "Days off in between: 1 May (Kazakhstan's People Solidarity Holiday), "
        "7 May (Defender of the Fatherland Day), 8 May (Day off (substituted from 05/04/2024)), "
        "9 May (Victory Day)",
        "Worked at a weekend: 4 May",
    ]


def test_a_rule_of_the_office_wins(own_rules: None) -> None:
    label = {"en": "Reply"}
    longer = Rule(
        "appeal_reply", "any", "sent", 20, Unit.DAYS, "Order 1", True, labels=label, answers=("ministry",)
    )
    clock.set_own({"appeal_reply": longer})
    assert due(SENT) == day("2025-02-21")
    assert due(replace(SENT, body=BodyKind.AKIMAT)) is None  # it no longer speaks of them
    court = replace(longer, key="court_reply", answers=("court",))
    clock.set_own({"court_reply": court})
    assert due(replace(SENT, body=BodyKind.COURT)) == day("2025-02-21")
    assert due(SENT) == day("2025-02-24")


def test_days_off_of_the_open_casebook_count(own_rules: None) -> None:
    workdays.set_own({day("2025-02-24"): False})
    assert reply_clock(SENT, workdays.calendar()).due == day("2025-02-25")


class Held:
    def __init__(self, since: str | None, until: str | None) -> None:
        self.since_earliest = day(since) if since else None
        self.until_latest = day(until) if until else None


def test_who_holds_a_post() -> None:
    first, second = Held(None, "2021-05-10"), Held("2021-05-10", None)
    assert holder([first, second], day("2020-01-01")) is first
    assert holder([first, second], day("2021-05-10")) is second
    assert holder([first], day("2021-05-11")) is None


def test_a_promise_that_is_made_again() -> None:
    renews = {"third": "second", "second": "first", "first": None, "round": "about", "about": "round"}
    assert chain("third", renews) == ("first", "second")
    assert chain("first", renews) == ()
    assert chain("round", renews) == ("about",)
    since = KnownDate.from_edtf("2021-10-04")
    assert Renewal((), since).text(day("2022-11-20")) == ""
    assert (
        Renewal(chain("third", renews), since).text(day("2022-11-20"))
        == "third time promised, first on 4 October 2021, 412 days ago"
    )
    assert Renewal(("a",), None).text(day("2022-11-20")) == "second time promised"
    assert Renewal(tuple("abcdef"), None).text(day("2022-11-20")) == "promised 7 times"
