"""Reply forms: what came back, case by case, and reading in another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.reports.protection import Locked, readable
from casetracker.store.reply_forms import (
    CaseReply,
    FormRead,
    content_of,
    file_form,
    filed_at,
    read_form,
)
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.answered import answer_cells, long_answers
from casetracker.ui.pages.meeting.data import MeetingData
from casetracker.ui.pages.meeting.hand_over import Question
from casetracker.ui.pages.meeting.tabs import MeetingTab
from casetracker.ui.pages.owed import NOTHING
from casetracker.ui.style import Tone, px
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import button, label, named


def _row(number: int, reply: CaseReply, *more: Cell) -> TableRow:
    key = f"{reply.case_id}:{number}"
    return TableRow(key, (Cell(reply.name, reply.ref, bold=True), *answer_cells(reply.answer), *more))


class RepliesTab(MeetingTab):
    """What officials answered in the forms that came back; a form may be dropped here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "replies", tr(N_("Replies")))
        self.ask_password: Callable[[], str] = self._ask_password
        self._read: Background | None = None
        self.refused = Banner(object_name="replies.refused", tone=Tone.RED)
        self.refused.hide()
        self.body.addWidget(self.refused)
        card = Card(tr(N_("Answers in reply forms")), "card.replies")
        columns = (
            Column(tr(N_("Case")), 2),
            Column(tr(N_("Answer")), 3),
            Column(tr(N_("Date and whom to ask")), 2),
            Column(tr(N_("Read in on")), 0),
        )
        self.table = CellTable(columns, "replies", tr(N_("Answers in reply forms")))
        self.table.chosen.connect(lambda key: desk.open("Case", key.partition(":")[0]))
        self._none = label(
            tr(
                N_(
                    "No reply form came back yet. Hand the list over, then give the dossier with its form; "
                    "when the filled file comes back, choose it here or drop it on this page."
                )
            ),
            "muted",
            wrap=True,
        )
        self.choose = button(tr(N_("Import reply…")), "replies.import", kind="link")
        self.choose.clicked.connect(self._ask)
        self._whole = named(label("", "soft", wrap=True, selectable=True), "replies.whole")
        for part in (self.table, self._whole, self._none, self.choose):
            card.add(part)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.setAcceptDrops(True)

    def show_meeting(self, data: MeetingData) -> None:
        if data.id != self.meeting_id:
            self.refused.hide()
        super().show_meeting(data)

    def fill(self, data: MeetingData) -> None:
        with self.desk.store.reader() as reader:
            found = filed_at(reader, data.id)
        self.table.set_rows([_row(n, reply, Cell(reply.answer.day)) for n, reply in enumerate(found)])
        self.table.setVisible(bool(found))
        self._whole.setText(long_answers(found))
        self._whole.setVisible(bool(self._whole.text()))
        self._none.setVisible(not found)
        self.choose.setEnabled(not self.desk.store.read_only)

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr(N_("Import reply")), "", "PDF (*.pdf)")
        if path:
            self.read(Path(path))

    def read(self, path: Path, password: str = "") -> Background:
        """Read a file on another thread, then show what it would record; a locked one needs its password."""
        store, meeting_id = self.desk.store, self.meeting_id

        def work(_: Progress) -> FormRead | UserError:
            try:
                return read_form(store, readable(content_of(path), password), meeting_id=meeting_id)
            except UserError as error:
                return error

        def done(form: FormRead | UserError) -> None:
            if isinstance(form, Locked) and (given := self.ask_password()):
                self.read(path, given)
            else:
                self._show(form)

        self.refused.hide()
        self._read = Background(self, tr(N_("Import reply")), work, done).start()
        return self._read

    def _ask_password(self) -> str:
        text = tr(N_("The form is locked. The password with which it was sent:"))
        return QInputDialog.getText(self, tr(N_("Import reply")), text)[0].strip()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) and not self.desk.store.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := _dropped(event):
            self.read(paths[0])
            event.acceptProposedAction()

    def _show(self, form: FormRead | UserError) -> None:
        if isinstance(form, UserError):
            self.refused.set(tr(N_("Not filed")), str(form), Tone.RED)
            self.refused.show()
        else:
            ReplyDialog(self, self.desk, form).open()


def _dropped(event: QDropEvent) -> list[Path]:
    """Return the one PDF that is dropped; forms are read in one after the other."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return files if len(files) == 1 and files[0].suffix.lower() == ".pdf" else []


class ReplyDialog(Question):
    """Shows case by case what a form would record, and what was recorded before; then files it."""

    def __init__(self, parent: QWidget, desk: Desk, form: FormRead) -> None:
        super().__init__(
            parent,
            "import_reply",
            tr(N_("File this reply to {ref}?"), ref=form.meeting),
            tr(
                N_(
                    "The form is that of the list which was handed over, and its cases were not changed. "
                    "The list itself stays as it is."
                )
            ),
        )
        self._desk, self._form = desk, form
        self.setMinimumWidth(px(760))
        silent = len(form.cases) - len(form.filled)
        if silent:
            said = ntr("It says nothing of {n} case.", "It says nothing of {n} cases.", silent)
            self.body.addWidget(Banner("", said, object_name="import_reply.silent"))
        self.table = self._table(form)
        shown = ScrollPage("import_reply.list", tr(N_("What would be recorded")))
        shown.body.setContentsMargins(0, 0, 0, 0)
        shown.body.addWidget(self.table)
        if whole := long_answers(form.cases):
            shown.body.addWidget(label(whole, "soft", wrap=True, selectable=True))
        shown.body.addStretch(1)
        shown.setMinimumHeight(min(self.table.sizeHint().height() + 8, px(360)))
        self.body.addWidget(shown, 1)
        self.confirm = self.end(tr(N_("Save")), "primary")
        self.confirm.clicked.connect(self._save)

    @staticmethod
    def _table(form: FormRead) -> CellTable:
        columns = (
            Column(tr(N_("Case")), 2),
            Column(tr(N_("Would be recorded")), 3),
            Column(tr(N_("Date and whom to ask")), 2),
            Column(tr(N_("Recorded before")), 2),
        )
        table = CellTable(columns, "import_reply.cases", tr(N_("What would be recorded")))
        table.set_rows([_row(n, reply, _before(reply)) for n, reply in enumerate(form.cases)])
        return table

    def _save(self) -> None:
        try:
            file_form(self._desk.store, self._form)
        except UserError as error:
            self.complain(str(error))
            return
        n = len(self._form.filled)
        self._desk.note.emit(ntr("Filed the answer to {n} case", "Filed the answers to {n} cases", n))
        self.accept()


def _before(reply: CaseReply) -> Cell:
    if not reply.before:
        return Cell(NOTHING, muted=True)
    last = reply.before[0]
    return Cell(last.told or last.measure, last.day)
