"""The appeals in which a case is, and what was replied to it."""

from __future__ import annotations

from dataclasses import replace

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.store.appeal_replies import asked_cases, clock_of, with_case
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.ui.desk import Desk
from casetracker.ui.pages.appeals.data import clock_lines
from casetracker.ui.pages.appeals.edit import new_appeal
from casetracker.ui.pages.appeals.rows import result_cell
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label


class AppealsTab(CaseTab):
    """Every appeal with this case: to whom, what was asked, by when, and the reply for this case alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "appeals", tr(N_("Appeals")))
        card = self.card(tr(N_("Appeals with this case")), "appeals", link=tr(N_("New appeal")))
        card.link_clicked.connect(lambda: new_appeal(self, desk, [self.case_id]))
        columns = (
            Column(tr(N_("To whom")), 2),
            Column(tr(N_("How it stands")), 2),
            Column(tr(N_("Reply for this case")), 3),
        )
        self.table = CellTable(columns, "case.appeals", tr(N_("Appeals with this case")))
        self.table.chosen.connect(lambda key: desk.open("Appeal", key))
        self._none = label(
            tr(N_("This case is in no appeal yet. “New appeal” begins one with this case in it.")),
            "muted",
            wrap=True,
        )
        card.add(self.table)
        card.add(self._none)
        self.body.addStretch(1)

    def fill(self, data: CaseData) -> None:
        with self.desk.store.reader() as reader:
            rows = [_row(appeal, reader, data.id) for appeal in with_case(reader, data.id)]
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)


def _row(appeal: DisclosedRecord, reader: Reader, case_id: str) -> TableRow:
    clock = clock_lines(clock_of(appeal, reader.as_of), reader.as_of)
    sent = appeal.value("sent")
    note = (KnownDate.on(sent).short() if sent else "", appeal.text("registered"))
    to = Cell(appeal.text("office_id"), " · ".join(part for part in note if part), bold=True)
    lines = asked_cases(appeal, reader, case_id=case_id)
    last = lines[0].said[0] if lines and lines[0].said else None
    return TableRow(
        appeal.id,
        (
            to,
            Cell(
                clock.words,
                (lines[0].asked if lines else "") or appeal.text("subject"),
                tone=tone(clock.tone),
            ),
            replace(result_cell(lines[0]), note=last.words if last else "") if lines else Cell(),
        ),
    )
