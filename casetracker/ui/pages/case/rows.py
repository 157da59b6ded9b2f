"""Lines of the tables and the timeline on the page of a case."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.store.questions import Owed
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell, TableRow
from casetracker.ui.widgets.timeline import TimelineEntry


def promise_row(owed: Owed) -> TableRow:
    """Return an open promise as a line: who promised when, what, and how long it is overdue."""
    when = owed.made_on.short() if owed.made_on else ""
    state = tr(N_("{n} d overdue"), n=owed.days_overdue) if owed.days_overdue else owed.state
    return TableRow(
        f"{owed.promise_id}:{owed.case_id}",
        (Cell(owed.office, when), Cell(owed.words, owed.renewal), Cell(state, tone=tone(owed.tone))),
    )


def entries(data: CaseData) -> list[TimelineEntry]:
    """Return the chronology as the timeline shows it."""
    return [
        TimelineEntry(
            f"{h.target[0]}:{h.target[1]}",
            h.on.short() if h.on else tr(N_("no date")),
            h.what,
            " · ".join(p for p in (h.detail, h.basis) if p),
            tone(h.tone),
        )
        for h in data.chronology
    ]


def relative_rows(data: CaseData) -> list[TableRow]:
    """Return the family as lines."""
    return [
        TableRow(
            r.person_id,
            (Cell(r.name), Cell(r.kin), Cell(r.chip.text, tone=tone(r.chip.tone)) if r.chip else Cell()),
        )
        for r in data.relatives
    ]
