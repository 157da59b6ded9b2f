"""Handing the list of presented cases to the official, and withdrawing it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from casetracker.errors import Invalid, UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.store import handover
from casetracker.ui.desk import Desk
from casetracker.ui.pages.meeting.data import leaving
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.form_row import FormRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named


class Question(QDialog):
    """A title, a text, something to look at or to fill in, and two buttons."""

    def __init__(self, parent: QWidget, object_name: str, title: str, text: str) -> None:
        super().__init__(parent.window())
        named(self, object_name, title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.setMinimumWidth(px(560))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(22, 18, 22, 16)
        self.body.setSpacing(12)
        self.body.addWidget(label(title, "head", wrap=True))
        self.body.addWidget(label(text, "soft", wrap=True))
        self._problem = Banner(object_name=f"{object_name}.problem", tone=Tone.RED)
        self._problem.hide()

    def end(self, text: str, kind: str) -> QPushButton:
        """Add the buttons, and return the one that does it."""
        line = QHBoxLayout()
        line.addStretch(1)
        cancel = button(tr(N_("Cancel")), f"{self.objectName()}.cancel")
        cancel.clicked.connect(self.reject)
        done = button(text, f"{self.objectName()}.do", kind=kind)
        line.addWidget(cancel)
        line.addWidget(done)
        self.body.addWidget(self._problem)
        self.body.addLayout(line)
        return done

    def complain(self, text: str) -> None:
        """Say what went wrong, and stay."""
        self._problem.set("", text, Tone.RED)
        self._problem.show()


class HandOverDialog(Question):
    """Shows what would be given and what is left out and why, before the list is frozen."""

    def __init__(self, parent: QWidget, desk: Desk, meeting_id: str, office: str) -> None:
        super().__init__(
            parent,
            "hand_over",
            tr(N_("Hand the list to {office}?"), office=office),
            tr(
                N_(
                    "What is given is frozen, with its hash. It can be withdrawn with a reason, but not"
                    " undone, because the paper is out of the office."
                )
            ),
        )
        self._desk, self._meeting_id = desk, meeting_id
        lines = sorted(leaving(desk.store, meeting_id), key=lambda line: not line.why)
        given = sum(not line.why for line in lines)
        out = len(lines) - given
        if out:
            note = ntr("{n} case is left out.", "{n} cases are left out.", out)
            self.body.addWidget(Banner("", note, object_name="hand_over.left_out"))
        table = CellTable(
            (Column(tr(N_("Case")), 2), Column(tr(N_("Handed over")), 2)),
            "hand_over.cases", tr(N_("Cases presented")),
        )  # fmt: skip
        table.set_rows(
            [
                TableRow(
                    str(number),
                    (
                        Cell(line.name, line.ref, bold=True),
                        Cell(tr(N_("left out")), line.why, tone=Tone.RED)
                        if line.why
                        else Cell(tr(N_("given")), tone=Tone.GREEN),
                    ),
                )
                for number, line in enumerate(lines)
            ]
        )
        shown = ScrollPage("hand_over.list", tr(N_("Cases presented")))
        shown.body.setContentsMargins(0, 0, 0, 0)
        shown.body.addWidget(table)
        shown.body.addStretch(1)
        shown.setMinimumHeight(min(table.sizeHint().height() + 8, px(320)))
        self.body.addWidget(shown, 1)
        self.confirm = self.end(ntr("Hand over {n} case", "Hand over {n} cases", given), "primary")
        self.confirm.setEnabled(bool(given))
        self.confirm.clicked.connect(self._hand_over)

    def _hand_over(self) -> None:
        try:
            digest = handover.hand_over(self._desk.store, self._meeting_id)
        except UserError as error:
            self.complain(str(error))
            return
        self._desk.note.emit(tr(N_("Handed over; the hash is {hash}…"), hash=digest[:12]))
        self.accept()


class WithdrawDialog(Question):
    """Asks why a list is withdrawn."""

    def __init__(self, parent: QWidget, desk: Desk, handover_id: str, at: str) -> None:
        super().__init__(
            parent,
            "withdraw",
            tr(N_("Withdraw the list of {date}?"), date=at),
            tr(
                N_(
                    "The list stays on record, with the reason. Then cases can be changed, and another list"
                    " given. This cannot be undone."
                )
            ),
        )
        self._desk, self._handover_id = desk, handover_id
        self.reason = named(QPlainTextEdit(), "withdraw.reason", tr(N_("Why withdrawn")))
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(px(90))
        self._row = FormRow(tr(N_("Why withdrawn")), self.reason, required=True)
        self.body.addWidget(self._row)
        self.end(tr(N_("Withdraw list")), "danger").clicked.connect(self._withdraw)
        self.reason.setFocus()

    def _withdraw(self) -> None:
        try:
            handover.withdraw(self._desk.store, self._handover_id, self.reason.toPlainText())
        except Invalid as error:
            self._row.set_problem(" ".join(error.problems.values()))
            self.reason.setFocus()
        except UserError as error:
            self.complain(str(error))
        else:
            self.accept()

    def problem(self) -> str:
        """What is said to be wrong with the reason, or ""."""
        return self._row.problem()
