"""Reminder: an appeal whose answer is overdue, by how much and by which rule; a page an appeal."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.work.reply_clock import DAY_NAMES, ReplyClock
from casetracker.reports import letter_parts
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cover,
    Facts,
    Heading,
    Keep,
    Muted,
    Para,
    Section,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling, text_of
from casetracker.reports.report import Report, Scope
from casetracker.store import appeal_replies
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reminders import overdue_appeals


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield a page for each overdue appeal, of all or of those with the chosen cases."""
    title = tr(N_("Reminder of an overdue reply"))
    appeals = overdue_appeals(reader, scope.case_ids)
    if not appeals:
        yield Cover(title, handling=handling(reader.audience))
        yield Para(tr(N_("None of the chosen cases is in an appeal whose reply is overdue.")))
    for done, appeal in enumerate(appeals):
        yield Section(title, appeal.text("ref"), f"appeal-{appeal.id}", appeal.title, new_page=done > 0)
        yield from _page(appeal, reader)
        progress.step(done + 1, len(appeals), appeal.text("ref"))


def _page(appeal: DisclosedRecord, reader: Reader) -> Iterator[Block]:
    term = appeal_replies.clock_of(appeal, reader.as_of)
    yield letter_parts.addressee(appeal)
    yield Heading(tr(N_("Reminder of an overdue reply")), level=1)
    yield Facts(
        (
            (tr(N_("Subject")), text_of(appeal, "subject")),
            (tr(N_("Our number and date")), _joined(text_of(appeal, "number"), text_of(appeal, "sent"))),
            (
                tr(N_("Your registration number")),
                _joined(text_of(appeal, "registered"), text_of(appeal, "registered_on")) or letter_parts.LINE,
            ),
            (tr(N_("How it was sent")), text_of(appeal, "channel")),
            (tr(N_("Forwarded on")), text_of(appeal, "forwarded_on")),
            (tr(N_("Extended until")), text_of(appeal, "extended_until")),
        )
    )
    yield from _overdue(term, reader)
    rows = tuple(
        (str(number), (Strong(case.name), Muted(case.ref)), case.asked)
        for number, case in enumerate(appeal_replies.asked_cases(appeal, reader), 1)
    )
    yield Table((tr(N_("No.")), tr(N_("Case")), tr(N_("Asked for"))), rows, (0.8, 4, 6))
    wanted = tr(
        N_(
            "Please answer this appeal in substance and in writing, case by case. If the term was "
            "extended or the appeal was passed on, please say so, with the day and the number."
        )
    )
    yield Keep((Heading(tr(N_("What is asked")), level=3), Para(wanted), letter_parts.signing()))


def _overdue(term: ReplyClock, reader: Reader) -> Iterator[Block]:
    """Say by when the reply was due, how many days ago that was, and by which rule it is counted."""
    if term.due is None:
        return
    days = (reader.as_of - term.due).days
    due = KnownDate.on(term.due).text()
    late = ntr("{n} day overdue", "{n} days overdue", days)
    text = [tr(N_("The reply was due on {day}: {late}."), day=due, late=late)]
    if term.rule and term.start:
        text.append(
            tr(
                N_("{n} {unit} from {event}, {day}: {due}"),
                n=term.rule.amount,
                unit=tr(term.rule.unit.value),
                event=tr(DAY_NAMES[term.counted_from]),
                day=KnownDate.on(term.start).text(),
                due=KnownDate.on(term.by_rule).text() if term.by_rule else due,
            )
        )
        text.append(tr(N_("Rule: {source}"), source=term.rule.basis()))
    yield Callout(tr(N_("Reply overdue")), "\n".join(text), Tone.RED)


def _joined(*parts: str) -> str:
    return ", ".join(p for p in parts if p)


REPORT = Report(
    name="reminder",
    title=N_("Reminder of an overdue reply"),
    about=N_(
        "A page an appeal: numbers and dates, the day the reply was due and by which rule, days overdue."
    ),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.INTERNAL),
    build=build,
    two_languages=True,
)
