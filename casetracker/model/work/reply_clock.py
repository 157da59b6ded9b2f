"""By when an appeal is to be answered, and how that day is worked out; pure, the rules are data.

The term is that of the rule for the kind of appeal or the sort of body (`clock.reply_rule`). It begins anew
when the paper is forwarded, because the competent body has its own term from the day it receives it; an
extension moves its end, by no more than the rule on extensions allows (Administrative Procedural and
Process-Related Code of Kazakhstan, art. 76, as far as the data says).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from casetracker import i18n
from casetracker.i18n import N_, tr
from casetracker.model import clock
from casetracker.model.clock import Countdown, Rule
from casetracker.model.dates import KnownDate
from casetracker.model.fields import month_day
from casetracker.model.work.appeal import ENDS_WAITING, ReplyKind
from casetracker.model.work.post import BodyKind
from casetracker.model.workdays import WorkingDays

# Which day of an appeal stands for the event of a rule, the best first; the later ones are earlier days, and
# too early a warning does no harm.
_DAYS_FOR = {
    "received": ("received", "registered_on", "sent"),
    "registered": ("registered_on", "received", "sent"),
    "sent": ("sent", "received", "registered_on"),
    "forwarded": ("forwarded_on",),
}
_ELSE = ("registered_on", "received", "sent")
DAY_NAMES: Mapping[str, str] = {
    "received": N_("the day it was received there"),
    "registered_on": N_("the day it was registered"),
    "sent": N_("the day it was sent"),
    "forwarded_on": N_("the day it was forwarded"),
}


@dataclass(frozen=True)
class Course:
    """The days of one appeal, as far as the clock needs them."""

    kind: str = ""
    body: BodyKind | None = None
    sent: dt.date | None = None
    received: dt.date | None = None
    registered_on: dt.date | None = None
    extended_on: dt.date | None = None
    extended_until: dt.date | None = None
    extension_notice: dt.date | None = None
    forwarded_on: dt.date | None = None
    forwarded_body: BodyKind | None = None
    forwarding_notice: dt.date | None = None
    replies: tuple[tuple[dt.date, ReplyKind], ...] = ()

    @property
    def answered_on(self) -> dt.date | None:
        """The day of the first reply after which nothing more is waited for."""
        return min((on for on, kind in self.replies if kind in ENDS_WAITING), default=None)

    @property
    def begun(self) -> bool:
        """Whether the paper left the office."""
        return any((self.sent, self.received, self.registered_on))


class Progress(Enum):
    """How an appeal stands."""

    DRAFT = N_("Not sent yet")
    WAITING = N_("Waiting for a reply")
    OVERDUE = N_("Reply overdue")
    ANSWERED = N_("Answered")
    LATE = N_("Answered late")


@dataclass(frozen=True)
class ReplyClock:
    """The term of one appeal: which rule, from which day, until when, and what was counted."""

    course: Course
    rule: Rule | None
    start: dt.date | None
    counted_from: str  # the name of a day in `DAY_NAMES`
    sure: bool  # whether that is the day which the rule asks for
    by_rule: dt.date | None
    limit: dt.date | None  # to which day a reply may be put off at most
    due: dt.date | None

    @property
    def extended(self) -> bool:
        """Whether the body took more time."""
        return bool(self.course.extended_on or self.course.extended_until)

    @property
    def beyond_limit(self) -> bool:
        """Whether the body took more time than the rule on extensions allows."""
        until = self.course.extended_until
        return bool(until and self.limit and until > self.limit)

    def progress(self, today: dt.date) -> Progress:
        """Return how the appeal stands on a day."""
        if not self.course.begun:
            return Progress.DRAFT
        answered = self.course.answered_on
        if answered and answered <= today:
            return Progress.LATE if self.due and answered > self.due else Progress.ANSWERED
        return Progress.OVERDUE if self.due and self.due < today else Progress.WAITING

    def countdown(self, today: dt.date, calendar: WorkingDays) -> Countdown | None:
        """Return how far away the last day is; nothing where none is known or the reply came."""
        if self.due is None or self.progress(today) not in (Progress.WAITING, Progress.OVERDUE):
            return None
        working = self.rule is not None and self.rule.unit is clock.Unit.WORKING_DAYS
        return clock.countdown(self.due, today, calendar if working else None)

    def notice_due(self, calendar: WorkingDays) -> dt.date | None:
        """Return by when the body had to tell of the extension."""
        return _after("appeal_extension_notice", self.course.extended_on, calendar)

    def forward_due(self, calendar: WorkingDays) -> dt.date | None:
        """Return by when a body that is not competent had to pass the paper on."""
        return _after("appeal_forward", self.course.received or self.course.registered_on, calendar)


def _after(key: str, start: dt.date | None, calendar: WorkingDays) -> dt.date | None:
    rule = clock.current().get(key)
    return clock.due_on(rule, start, calendar) if rule and start else None


def reply_clock(course: Course, calendar: WorkingDays) -> ReplyClock:
    """Work out by when an appeal is to be answered."""
    passed_on = course.forwarded_on is not None
    body = course.forwarded_body if passed_on else course.body
    rule = clock.reply_rule(course.kind, body.name.lower() if body else "")
    event = "forwarded" if passed_on else (rule.event if rule else "received")
    wanted = _DAYS_FOR.get(event, _ELSE)
    found = next(((name, day) for name in wanted if (day := getattr(course, name))), None)
    name, start = found or ("", None)
    by_rule = clock.due_on(rule, start, calendar) if rule and start else None
    limit = None
    if by_rule and rule and rule.unit is clock.Unit.WORKING_DAYS:
        limit = clock.due_on(clock.current()["appeal_extension"], by_rule, calendar)
    due = by_rule
    if course.extended_until:
        due = course.extended_until
    elif course.extended_on and limit:
        due = limit
    sure = name == wanted[0] and event in _DAYS_FOR
    return ReplyClock(course, rule, start, name, sure, by_rule, limit, due)


def worked_out(term: ReplyClock, calendar: WorkingDays) -> list[str]:
    """Say in sentences how the last day was worked out, for somebody who has to defend it."""
    if term.rule is None:
        return [tr(N_("No rule is known for replies of this kind of body; the day is not worked out."))]
    if term.start is None or term.by_rule is None:
        return [tr(N_("Write down when it was sent or received; the term is counted from there."))]

    def said(day: dt.date) -> str:
        return KnownDate.on(day).text()

    lines = [
        tr(
            N_("{n} {unit} from {event}, {day}: {due}"),
            n=term.rule.amount,
            unit=tr(term.rule.unit.value),
            event=tr(DAY_NAMES[term.counted_from]),
            day=said(term.start),
            due=said(term.by_rule),
        )
    ]
    if not term.sure:
        lines.append(
            tr(N_("The rule counts from another day, which nobody wrote down; this one is earlier."))
        )
    lines += _days_counted(term, calendar)
    if term.extended and term.limit:
        lines.append(tr(N_("It may be put off until {day} at most."), day=said(term.limit)))
    if term.beyond_limit:
        lines.append(tr(N_("The extension goes beyond that.")))
    return lines


def _days_counted(term: ReplyClock, calendar: WorkingDays) -> list[str]:
    """Name the days off that made the term longer, and those that may still move."""
    start, end, rule = term.start, term.by_rule, term.rule
    if start is None or end is None or rule is None or rule.unit is not clock.Unit.WORKING_DAYS:
        return []
    lines = []
    if off := calendar.off_between(start, end):
        in_english = i18n.current() == "en"  # the library knows the names in English
        named = (f"{month_day(day)} ({why})" if why and in_english else month_day(day) for day, why in off)
        lines.append(tr(N_("Days off in between: {days}"), days=", ".join(named)))
    if worked := calendar.worked_weekends(start, end):
        lines.append(tr(N_("Worked at a weekend: {days}"), days=", ".join(map(month_day, worked))))
    if estimated := calendar.estimated(start, end):
        days = ", ".join(map(month_day, estimated))
        lines.append(tr(N_("Only computed, and may move: {days}"), days=days))
    return lines
