"""The tab of the presented cases and the promises beside them; the list is written here too."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Meeting
from casetracker.store import linking
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.inline import InlineEdit
from casetracker.ui.pages.meeting.data import MeetingData, PresentedLine
from casetracker.ui.pages.meeting.edit import presented_grid
from casetracker.ui.pages.meeting.hand_over import HandOverDialog, WithdrawDialog
from casetracker.ui.pages.meeting.tabs import MeetingTab
from casetracker.ui.pages.owed import NOTHING, due_cell, outcome_cell
from casetracker.ui.style import px
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import button, label, named

_WIDE = 700


class CasesTab(MeetingTab):
    """The cases as they were put to the official: to read, or to write while the meeting goes on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "cases", tr(N_("Cases presented")))
        self.data: MeetingData | None = None
        self._writing = False
        self.edit = InlineEdit(desk.store, Meeting, "presented_edit", self._action)
        self.edit.write("presented", "cases")
        self.edit.steps.append(self._complete)
        card = Card("", "card.presented")
        self.table, self.narrow = self._make_table(), self._make_narrow()
        card.add(self.table)
        card.add(self.narrow)
        self.grid = presented_grid(desk.store, self.edit.draft)
        self.edit.add("presented", self.grid)
        self.edit.changed.connect(self._on_changed)
        card.add(self.grid)
        card.body.addLayout(self._make_foot())
        self._note = named(label("", "note", wrap=True, selectable=True), "handed_over")
        card.add(self._note)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _make_table(self) -> CellTable:
        columns = (
            Column("#", 0),
            Column(tr(N_("Case")), 2),
            Column(tr(N_("Asked for")), 2),
            Column(tr(N_("Answer given at the meeting")), 2),
            Column(tr(N_("Promise")), 1),
            Column(tr(N_("Due")), 0),
            Column(tr(N_("Outcome")), 0),
        )
        table = CellTable(columns, "presented_cases", tr(N_("Cases presented")))
        table.chosen.connect(self._open)
        return table

    def _make_narrow(self) -> CellTable:
        """The same lines for a narrow window, what belongs together below each other."""
        columns = (
            Column("#", 0),
            Column(tr(N_("Case")), 2),
            Column(tr(N_("Asked for, and the answer")), 3),
            Column(tr(N_("Promise")), 2),
        )
        table = CellTable(columns, "presented_cases.narrow", tr(N_("Cases presented")))
        table.chosen.connect(self._open)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _make_foot(self) -> QHBoxLayout:
        self.change = button(tr(N_("Add or change cases")), "presented.change", kind="link")
        self.change.clicked.connect(self.begin)
        self.hand_over = button(tr(N_("Hand over…")), "meeting.hand_over")
        self.hand_over.clicked.connect(self._hand_over)
        self.withdraw = button(tr(N_("Withdraw list…")), "meeting.withdraw")
        self.withdraw.clicked.connect(self._withdraw)
        foot = QHBoxLayout()
        foot.addWidget(self.change)
        foot.addStretch(1)
        foot.addWidget(self.hand_over)
        foot.addWidget(self.withdraw)
        return foot

    def fill(self, data: MeetingData) -> None:
        if self.data is None or self.data.id != data.id:
            self._writing = False
        self.data = data
        rows = [row for line in data.presented for row in _rows(line, data)]
        self.table.set_rows(rows)
        self.narrow.set_rows([_folded(row) for row in rows])
        self.edit.load(self.desk.store.draft(Meeting, data.id))
        self._arrange()

    def begin(self) -> None:
        """Write on the list: the keyboard goes to the first cell of the blank line."""
        self._writing = True
        self._arrange()
        self.grid.grid.start()

    def _arrange(self) -> None:
        if self.data is None:
            return
        writing = self._writing or self.edit.dirty or not self.data.presented
        out, there = self.data.out, bool(self.data.presented)
        wide = self.width() >= px(_WIDE)
        self.table.setVisible(wide and not writing)
        self.narrow.setVisible(not wide and not writing)
        self.grid.setVisible(writing)
        self.change.setVisible(not writing)
        self.hand_over.setVisible(out is None and there)
        self.hand_over.setEnabled(not self.edit.dirty)
        self.withdraw.setVisible(out is not None)
        self._note.setText(_handed_over(self.data))
        self._note.setVisible(bool(self.data.given))

    def _on_changed(self, dirty: bool) -> None:
        if not dirty:
            self._writing = False
        self._arrange()

    def _action(self, draft: Draft) -> str:
        title = self.data.title if self.data else ""
        n = len(draft.children["presented"])
        return ntr("{n} case presented: {meeting}", "{n} cases presented: {meeting}", n, meeting=title)

    def _complete(self, draft: Draft) -> None:
        """Let the links follow; promises are looked at, not written."""
        draft.children["promises"] = self.desk.store.draft(Meeting, draft.id).children["promises"]
        try:
            linking.follow_presented(draft)
        finally:
            del draft.children["promises"]

    def _open(self, key: str) -> None:
        case_id, _, promise_id = key.partition(":")
        if promise_id:
            self.desk.open("Promise", promise_id)
        else:
            self.desk.open("Case", case_id)

    def _hand_over(self) -> QWidget | None:
        if self.data is None:
            return None
        dialog = HandOverDialog(self, self.desk, self.data.id, self.data.office)
        dialog.open()
        return dialog

    def _withdraw(self) -> QWidget | None:
        if self.data is None or self.data.out is None:
            return None
        dialog = WithdrawDialog(self, self.desk, self.data.out.id, self.data.out.at)
        dialog.open()
        return dialog


def _rows(line: PresentedLine, data: MeetingData) -> list[TableRow]:
    """Return the lines of a case: one, or one for each promise, the case named on the first."""
    first = (
        str(line.number),
        Cell(line.name, line.ref, bold=True),
        Cell(line.asked or NOTHING),
        Cell(line.answered or NOTHING, " · ".join(p for p in (line.response, line.impact) if p)),
    )
    if not line.owed:
        nothing = Cell(NOTHING, muted=True)
        return [TableRow(line.case_id, (*first, nothing, nothing, nothing))]
    return [
        TableRow(
            f"{line.case_id}:{owed.promise_id}",
            (
                *(first if place == 0 else ("", "", "", "")),
                Cell(owed.words),
                due_cell(owed, data.today),
                replace(outcome_cell(owed), note=""),
            ),
        )
        for place, owed in enumerate(line.owed)
    ]


def _folded(row: TableRow) -> TableRow:
    """Put asked and answered, and due date and promise, into one cell each."""
    number, case, asked, answered, promise, due, outcome = (row.cell(n) for n in range(7))
    told = "" if answered.text in ("", NOTHING) else f"→ {answered.text}"
    told = " · ".join(p for p in (told, answered.note) if p)
    ended = outcome.text not in ("", NOTHING)
    state = outcome if ended else due
    says = Cell(state.text, promise.text, tone=state.tone, muted=state.muted)
    return TableRow(row.key, (number, case, Cell(asked.text, told), says))


def _handed_over(data: MeetingData) -> str:
    lines = []
    for given in data.given:
        text = tr(N_("Handed over on {date}; SHA-256 {hash}."), date=given.at, hash=given.digest)
        if given.withdrawn:
            said = tr(N_("Withdrawn on {date}: {reason}"), date=given.withdrawn, reason=given.reason)
            text = f"{text} {said}"
        lines.append(text)
    return "\n".join(lines)
