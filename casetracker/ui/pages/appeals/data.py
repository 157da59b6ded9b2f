"""What the page of an appeal shows, as plain values read in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model import Appeal
from casetracker.model.clock import Countdown
from casetracker.model.dates import KnownDate
from casetracker.model.work.reply_clock import Progress, ReplyClock, worked_out
from casetracker.model.workdays import calendar
from casetracker.store.appeal_replies import AskedCase, CameBack, asked_cases, came_back, clock_of, silent
from casetracker.store.appeals import tone_of
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

_FACTS = ("kind", "office_id", "post_id", "to_person_id", "number", "registered", "sent", "received")
_CHANGED = (
    "extended_on",
    "extended_until",
    "extension_notice",
    "extension_reason",
    "forwarded_to_id",
    "forwarded_on",
    "forwarding_notice",
)
_MORE = ("registered_on", "channel", "language", "signed_by_id", "authority_id")


@dataclass(frozen=True)
class ClockLines:
    """The reply clock in words."""

    progress: Progress
    words: str
    tone: str
    due: str
    how: tuple[str, ...]  # how the last day was worked out, a sentence each
    basis: str
    verified: bool
    steps: tuple[tuple[str, str, bool], ...]  # what else they had to do, by when, whether late


@dataclass(frozen=True)
class AppealData:
    """Everything on the page of an appeal."""

    id: str
    ref: str
    subject: str
    subtitle: tuple[str, ...]
    clock: ClockLines
    facts: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]  # extension and forwarding
    extended: bool
    forwarded: bool
    text: str
    notes: str
    cases: tuple[AskedCase, ...]
    replies: tuple[CameBack, ...]
    silent: int  # cases of which the reply says nothing
    no_body: str  # the office of which nobody said what sort of body it is, so that no rule is known


def read(store: Store, appeal_id: str) -> AppealData | None:
    """Read an appeal as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        appeal = reader.get(Appeal, appeal_id)
        return _read(appeal, reader) if appeal else None


def _read(appeal: DisclosedRecord, reader: Reader) -> AppealData:
    term, cases = clock_of(appeal, reader.as_of), asked_cases(appeal, reader)
    held = appeal.ref("forwarded_to_id" if term.course.forwarded_on else "office_id")
    return AppealData(
        id=appeal.id,
        ref=appeal.text("ref"),
        subject=appeal.text("subject"),
        subtitle=(appeal.text("ref"), appeal.text("office_id"), appeal.text("sent")),
        clock=clock_lines(term, reader.as_of),
        facts=_facts(appeal, (*_FACTS, *_MORE)),
        changed=_facts(appeal, _CHANGED),
        extended=term.extended,
        forwarded=term.course.forwarded_on is not None,
        text=appeal.text("summary"),
        notes=appeal.text("notes"),
        cases=tuple(cases),
        replies=tuple(came_back(appeal)),
        silent=len(silent(cases)),
        no_body=held.id if held and term.rule is None and held.value("body") is None else "",
    )


def _facts(appeal: DisclosedRecord, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((appeal.label(name), text) for name in names if (text := appeal.text(name)))


def clock_lines(term: ReplyClock, today: dt.date) -> ClockLines:
    """Put the term of an appeal into words."""
    progress, left = term.progress(today), term.countdown(today, calendar())
    answered = progress in (Progress.ANSWERED, Progress.LATE)
    return ClockLines(
        progress=progress,
        words=left.text() if left else tr(progress.value),
        tone=tone_of(progress, left),
        due="" if term.due is None or (answered and not term.by_rule) else KnownDate.on(term.due).text(),
        how=tuple(worked_out(term, calendar())),
        basis=term.rule.basis() if term.rule else "",
        verified=bool(term.rule and term.rule.verified),
        steps=tuple(_steps(term, today)),
    )


def _steps(term: ReplyClock, today: dt.date) -> list[tuple[str, str, bool]]:
    """Say by when the body had to tell of an extension, and to pass on what it is not competent for."""
    course, found = term.course, []
    wanted = (
        (N_("Notice of the extension"), term.notice_due(calendar()), course.extension_notice),
        (
            N_("Forwarding to the competent body"),
            term.forward_due(calendar()) if course.forwarded_on else None,
            course.forwarded_on,
        ),
    )
    for what, due, done in wanted:
        if due is not None:
            said, late = _step(due, done, today)
            found.append((tr(what), said, late))
    return found


def _step(due: dt.date, done: dt.date | None, today: dt.date) -> tuple[str, bool]:
    by = KnownDate.on(due).short()
    if done is None:
        late = due < today
        said = tr(N_("due {date}, not done"), date=by) if late else tr(N_("due {date}"), date=by)
        return said, late
    when = KnownDate.on(done).short()
    if done <= due:
        return tr(N_("done {date}, in time"), date=when), False
    days = Countdown(due, (due - done).days, calendar().between(done, due)).text()
    return tr(N_("done {date}: {overdue}"), date=when, overdue=days), True
