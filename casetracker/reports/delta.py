"""Delta brief: what changed in each case since a day, as a rule the last meeting, and where nothing did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports.blocks import (
    Block,
    Cell,
    Chip,
    Chips,
    Chronology,
    Cover,
    Entry,
    Heading,
    Keep,
    Muted,
    Note,
    Para,
    Section,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling, names_of, outcome_cell
from casetracker.reports.report import Report, Scope
from casetracker.store import delta
from casetracker.store.delta import CaseChange
from casetracker.store.questions import Happening
from casetracker.store.reader import Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the cases with news, then those without in one table."""
    title = tr(N_("Changes since the last meeting")) if scope.since is None else tr(N_("Changes since a day"))
    day = KnownDate.on(reader.as_of).text()
    yield Section(title, day, new_page=False)
    since = scope.since or delta.since_of(reader, scope.meeting_id)
    if since is None:
        yield Cover(title, "", (), handling(reader.audience))
        yield Para(
            tr(N_("No meeting is recorded that was held before this day; name a day to compare with."))
        )
        return
    found = delta.changes(reader, since, scope.case_ids)
    with_news = [change for change in found if change.changed]
    facts = (
        (tr(N_("Since")), KnownDate.on(since).text()),
        (tr(N_("As of")), day),
        (tr(N_("Cases")), ntr("{n} case", "{n} cases", len(found))),
        (tr(N_("With news")), ntr("{n} case", "{n} cases", len(with_news))),
    )
    yield Cover(title, "", facts, handling(reader.audience))
    if not found:
        yield Para(tr(N_("None of the chosen cases may be shown to this audience.")))
        return
    for done, change in enumerate(with_news):
        progress.step(done, len(found), change.case.text("ref"))
        yield from _case(change, reader)
    yield from _unchanged([change for change in found if not change.changed], since, reader)
    yield Note(
        tr(N_("“Learned since” had happened before, but was written down by the office only after that day."))
    )


def _case(change: CaseChange, reader: Reader) -> Iterator[Block]:
    ref, name = change.case.text("ref"), names_of(change.case, reader)[0]
    title = name if name == ref else f"{name} · {ref}"
    yield Heading(title, level=2, anchor=f"case-{change.case.id}")
    chips = [Chip(change.status_now, Tone(change.tone))]
    if change.status_then not in change.status_now:
        chips.append(Chip(tr(N_("before: {status}"), status=change.status_then), Tone.GREY))
    yield Chips(tuple(chips))
    if change.happened:
        yield Heading(tr(N_("What happened")), level=3)
        yield _lines(change.happened)
    if change.learned:
        yield Heading(tr(N_("Learned since")), level=3)
        yield _lines(change.learned)
    if change.replies:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                KnownDate.on(reply.on).short() if reply.on else "",
                Strong(reply.office),
                (reply.result, Muted(reply.said)) if reply.said else reply.result,
            )
            for reply in change.replies
        )
        heads = (tr(N_("Reply of")), tr(N_("Office")), tr(N_("What it came to")))
        yield Keep((Heading(tr(N_("Replies")), level=3), Table(heads, rows, widths=(2, 4, 5))))
    owed = (*change.settled, *(p for p in change.silent if p not in change.settled))
    if owed:
        heads = (tr(N_("Promised by")), tr(N_("Promise")), tr(N_("What became of it")))
        lines = tuple(((Strong(p.office), Muted(p.made_by)), p.words, outcome_cell(p)) for p in owed)
        yield Keep((Heading(tr(N_("Promises")), level=3), Table(heads, lines, widths=(4, 4, 3.5))))


def _lines(happened: tuple[Happening, ...]) -> Chronology:
    heads = (tr(N_("Date")), tr(N_("Event")), tr(N_("Basis")))
    entries = [Entry(h.on.short() if h.on else "", h.what, h.detail, h.basis, Tone(h.tone)) for h in happened]
    return Chronology(tuple(entries), heads)


def _unchanged(quiet: list[CaseChange], since: dt.date, reader: Reader) -> Iterator[Block]:
    if not quiet:
        return
    yield Heading(tr(N_("No change")), level=2, anchor="no-change")
    heads = (tr(N_("Case")), tr(N_("Status")), tr(N_("No news for")), tr(N_("Owed by officials")))
    rows = tuple(
        (
            (Strong(names_of(change.case, reader)[0]), Muted(change.case.text("ref"))),
            Chip(change.status_now, Tone(change.tone)),
            ntr("{n} day", "{n} days", change.days_unchanged) if change.days_unchanged is not None else "",
            _owed(change),
        )
        for change in quiet
    )
    yield Table(heads, rows, widths=(4, 3, 2, 4))


def _owed(change: CaseChange) -> str:
    longest = max((p.days_overdue for p in change.silent), default=0)
    return ntr("silence, {n} day overdue", "silence, {n} days overdue", longest) if longest else ""


REPORT = Report(
    name="delta",
    title=N_("Changes since the last meeting"),
    about=N_("Case by case: what happened, what was learned, which replies came, and where nothing changed."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    two_languages=True,
    by_day=True,
)
