"""Receipt: what was handed over at a meeting, two pages alike, stamped and signed by the one who takes it."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import Meeting
from casetracker.model.confidentiality import Audience
from casetracker.reports.blocks import (
    Block,
    Callout,
    Cover,
    Keep,
    Muted,
    PageBreak,
    Para,
    Section,
    Signature,
    Strong,
    Table,
    Tone,
)
from casetracker.reports.case_pages import handling, names_of, text_of
from casetracker.reports.dossier import Presented, presented
from casetracker.reports.report import Report, Scope
from casetracker.store import questions
from casetracker.store.reader import DisclosedRecord, Reader


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the same page twice: one copy for the office that receives, one for us."""
    meeting = (
        reader.get(Meeting, scope.meeting_id) if scope.meeting_id else questions.meeting_for_dossier(reader)
    )
    title = tr(N_("Receipt"))
    if meeting is None:
        yield Cover(title, handling=handling(reader.audience))
        yield Callout(tr(N_("No meeting")), tr(N_("No meeting is recorded yet.")), Tone.AMBER)
        return
    cases = presented(meeting, reader)
    copies = (tr(N_("Copy for the office that receives it")), tr(N_("Copy that stays with us")))
    for number, copy in enumerate(copies):
        progress.step(number, len(copies), copy)
        yield Section(title, copy, new_page=number > 0)
        yield from _page(meeting, cases, copy, reader)
        if number == 0:
            yield PageBreak()


def _page(meeting: DisclosedRecord, cases: list[Presented], copy: str, reader: Reader) -> Iterator[Block]:
    facts = (
        (tr(N_("Received by")), text_of(meeting, "office_id")),
        (tr(N_("Meeting")), ", ".join(p for p in (meeting.text("on"), text_of(meeting, "place")) if p)),
        (tr(N_("Reference")), meeting.text("ref")),
        (tr(N_("Cases")), ntr("{n} case", "{n} cases", len(cases))),
    )
    yield Cover(tr(N_("Receipt")), copy, facts, handling(reader.audience))
    heads = (tr(N_("No.")), tr(N_("Case")), tr(N_("Asked for")), tr(N_("Papers, pages")))
    rows = tuple(
        (str(number), _name(one, reader), one.asked or text_of(one.case, "request"), "")
        for number, one in enumerate(cases, 1)
    )
    empty = tr(N_("No case is on the list of this meeting yet."))
    yield Table(heads, rows, widths=(0.8, 4, 5, 2), empty=empty)
    said = Para(tr(N_("The papers listed here were received. This is no answer to what is asked in them.")))
    lines = (
        tr(N_("Registration number")),
        tr(N_("Date")),
        tr(N_("Name and post of who received it")),
        tr(N_("Signature")),
    )
    yield Keep((said, Signature(lines, tr(N_("Stamp")))))


def _name(one: Presented, reader: Reader) -> tuple[Strong, Muted]:
    main, _ = names_of(one.case, reader)
    return Strong(main), Muted(one.case.text("ref"))


REPORT = Report(
    name="receipt",
    title=N_("Receipt"),
    about=N_(
        "Two copies of the list that is handed over, with room for number, date, name, signature, stamp."
    ),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.INTERNAL),
    build=build,
    two_languages=True,
    by_meeting=True,
)
