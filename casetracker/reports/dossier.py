"""Meeting dossier: one paper for the official, from the index of cases to earlier promises and their fate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Meeting
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import Part
from casetracker.model.events.promise import PromiseOutcome
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cover,
    Heading,
    Index,
    IndexEntry,
    OnePage,
    Para,
    Section,
    Tone,
)
from casetracker.reports.case_pages import (
    MOVABLE,
    SECTIONS,
    case_blocks,
    handling,
    names_of,
    reading_note,
    text_of,
)
from casetracker.reports.reply_form import reply_boxes
from casetracker.reports.report import Report, Scope
from casetracker.store import questions
from casetracker.store.questions import Owed
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Presented:
    """One case of the dossier with what is asked for it and what was promised about it before."""

    case: DisclosedRecord
    asked: str
    earlier: list[Owed]


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield cover, index and a page for each case of one meeting."""
    meeting = (
        reader.get(Meeting, scope.meeting_id) if scope.meeting_id else questions.meeting_for_dossier(reader)
    )
    if meeting is None:
        yield Cover(tr(N_("Meeting dossier")), handling=handling(reader.audience))
        yield Callout(tr(N_("No meeting")), tr(N_("No meeting is recorded yet.")), Tone.AMBER)
        return
    cases = presented(meeting, reader)
    boxes = reply_boxes(meeting, [one.case.text("ref") for one in cases], reader, scope)
    day = meeting.text("on")
    header = tr(N_("Meeting dossier · {day}"), day=day)
    yield Section(header, meeting.text("ref"), new_page=False)
    yield _cover(meeting, cases, reader)
    if scope.options.shows("promises"):
        yield from _promises_so_far(cases)
    if scope.options.shows("index"):
        yield Heading(tr(N_("Cases")), level=2, anchor="index")
        yield _index(cases, reader)
    yield reading_note()
    for done, one in enumerate(cases):
        progress.step(done, len(cases), one.case.text("ref"))
        right = tr(N_("Case {n} of {count} · {ref}"), n=done + 1, count=len(cases), ref=one.case.text("ref"))
        outline = f"{done + 1}. {names_of(one.case, reader)[0]}"
        yield Section(header, right, anchor=f"case-{one.case.id}", outline=outline)
        blocks = case_blocks(
            one.case,
            reader,
            asked=one.asked,
            promises=one.earlier,
            about=tr(N_("Earlier promises of this office")),
            options=scope.options,
        )
        if boxes:  # to be filled in, so they keep their size
            yield from (*blocks, *boxes.box(one.case))
        else:
            yield OnePage((tuple(blocks),), flows=True)


def presented(meeting: DisclosedRecord, reader: Reader) -> list[Presented]:
    """Return the cases that are presented at the meeting, as far as the audience may know of them."""
    office_id, on = meeting.value("office_id") or "", meeting.value("on")
    before = (on.earliest if on else None) or dt.date.max
    found = []
    for line in meeting.children("presented"):
        case = line.ref("case_id")
        if case is not None:
            earlier = questions.promises(reader, office_id=office_id, case_id=case.id, before=before)
            found.append(Presented(case, text_of(line, "asked"), earlier))
    return found


def _cover(meeting: DisclosedRecord, cases: list[Presented], reader: Reader) -> Cover:
    officials = [
        ", ".join(x for x in (text_of(p, "person_id"), text_of(p, "post")) if x)
        for p in meeting.children("participants")
        if p.value("part") is Part.OFFICIAL
    ]
    facts = (
        (tr(N_("Office")), text_of(meeting, "office_id")),
        (
            tr(N_("Date and place")),
            ", ".join(x for x in (meeting.text("on"), text_of(meeting, "place")) if x),
        ),
        (tr(N_("Officials")), "; ".join(o for o in officials if o)),
        (tr(N_("Cases")), ntr("{n} case", "{n} cases", len(cases))),
        (tr(N_("As of")), KnownDate.on(reader.as_of).text()),
        (tr(N_("Reference")), meeting.text("ref")),
    )
    return Cover(tr(N_("Meeting dossier")), meeting.title, facts, handling(reader.audience))


def _promises_so_far(cases: list[Presented]) -> Iterator[Block]:
    """Say in one sentence what this office promised before, and in how many cases it is still owed."""
    lines = [p for one in cases for p in one.earlier]
    if not lines:
        return
    late = [p for p in lines if p.days_overdue]
    kept = sum(1 for p in lines if p.outcome is PromiseOutcome.KEPT)
    text = ntr(
        "Earlier promises of this office concern {n} case of this dossier.",
        "Earlier promises of this office concern {n} cases of this dossier.",
        len({p.case_id for p in lines}),
    )
    text += " " + tr(N_("Promises kept so far: {n}."), n=kept)
    if late:
        longest = max(p.days_overdue for p in late)
        owed = N_("Overdue: {n}, the longest for {days} days.")
        yield Callout(tr(N_("Earlier promises")), f"{text} {tr(owed, n=len(late), days=longest)}", Tone.RED)
    else:
        yield Para(text, lead=tr(N_("Earlier promises.")))


def _index(cases: list[Presented], reader: Reader) -> Index:
    heads = (tr(N_("No.")), tr(N_("Name")), tr(N_("Asked for")), tr(N_("Page")))
    entries = []
    for number, one in enumerate(cases, 1):
        main, others = names_of(one.case, reader)
        asked = one.asked or text_of(one.case, "request")
        ref = one.case.text("ref")
        entries.append(IndexEntry(str(number), (main, *others[:1]), ref, asked, f"case-{one.case.id}"))
    return Index(tuple(entries), heads, tr(N_("No case is on the list of this meeting yet.")))


def cases_of_meeting(reader: Reader, scope: Scope) -> list[str]:
    """Return the ids of all cases on the list of the meeting, those that are left out included."""
    meeting = (
        reader.get(Meeting, scope.meeting_id) if scope.meeting_id else questions.meeting_for_dossier(reader)
    )
    return [line.value("case_id") for line in meeting.children("presented")] if meeting else []


REPORT = Report(
    name="dossier",
    title=N_("Meeting dossier"),
    about=N_(
        "One PDF for the official: cover, index of cases, a page a case, earlier promises and their fate."
    ),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    two_languages=True,
    portraits=True,
    by_meeting=True,
    sections=(("index", N_("Index of cases")), *SECTIONS),
    movable=MOVABLE,
)
