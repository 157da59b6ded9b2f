"""Intake day: sixty families by keyboard, and afterwards what is still missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, IntakeEntry
from casetracker.model.people.intake import IntakeState
from casetracker.model.terms import label_of
from casetracker.store import intake
from casetracker.store.store import Change
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import may_discard
from casetracker.ui.pages.intake.sheet import IntakeSheet
from casetracker.ui.pages.page import Page
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.record_rows import RecordRow

_CHIPS: dict[IntakeState, Tone] = {
    IntakeState.TAKEN_DOWN: Tone.GREEN,
    IntakeState.REFUSED: Tone.RED,
    IntakeState.LEFT: Tone.GREY,
}


class IntakePage(Page):
    """The queue at the left, the sheet of the one who is spoken with at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "intake", tr(N_("Intake day")))
        self.split = ListBesidePage("intake", tr(N_("Queue")), list_width=360)
        self.list = self.split.pane.list
        self.newcomer = named(QLineEdit(), "intake.newcomer", tr(N_("Put somebody into the queue")))
        self.newcomer.setPlaceholderText(tr(N_("Name of who waits, then Enter (F2)")))
        self.newcomer.returnPressed.connect(self.add)
        self.newcomer.setMinimumWidth(250)
        self.split.pane.add_filter(self.newcomer)
        self.list.set_empty_text(tr(N_("Nobody waits. Type a name above and press Enter.")))
        self.list.opened.connect(self.call)
        self.header = PageHeader("intake.header")
        for name, text, primary, tip, step in self._actions():
            made = self.header.add_action(name, text, primary=primary, tooltip=tip)
            made.clicked.connect(step)
        self.sheet: IntakeSheet | None = None
        self._entry = ""
        self._done = CompletionList(desk)
        self._right = QStackedWidget()
        self._right.addWidget(self._done)
        self.split.set_page(self._page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        for keys, step in (
            ("F2", self.newcomer.setFocus),
            ("F4", self.next),
            ("F9", self.close_without),
            ("Ctrl+Return", self.save),
        ):
            QShortcut(QKeySequence(keys), self, step)  # wherever the keyboard is, while this page is shown
        back = QShortcut(QKeySequence("Escape"), self, self.put_back)  # elsewhere Escape closes a list
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _actions(self) -> tuple[tuple[str, str, bool, str, Callable[[], object]], ...]:
        return (
            ("intake.next", tr(N_("Call the next")), False, tr(N_("F4")), self.next),
            ("intake.without", tr(N_("Close without a case")), False, tr(N_("F9")), self.close_without),
            ("intake.save", tr(N_("Save and call the next")), True, tr(N_("Ctrl+Enter")), self.save),
        )

    def _page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._right, 1)
        return page

    # The queue

    def show_record(self, record_id: str) -> None:
        """Show the page; it has no record of its own."""
        self.refresh()

    def refresh(self) -> None:
        """Read the queue of today, and what is to be completed."""
        waiting = intake.queue(self.desk.store)
        self.list.set_rows([self._row(each) for each in waiting])
        self.list.select(self._entry)
        self._tell(waiting)
        if self.sheet is None:
            self._done.refresh()
        named_widgets = (("intake.save", self.sheet is not None), ("intake.without", self.sheet is not None))
        for name, wanted in named_widgets:
            found = self.header.findChild(QWidget, name)
            if found is not None:
                found.setEnabled(wanted and not self.desk.store.read_only)
        self.newcomer.setEnabled(not self.desk.store.read_only)

    def _row(self, each: intake.Waiting) -> RecordRow:
        now = each.id == self._entry
        chip = (
            ChipText(tr(N_("Now")), Tone.BLUE)
            if now
            else ChipText(each.case_ref or label_of(each.state), _CHIPS[each.state])
            if each.state in _CHIPS
            else None
        )
        detail = " · ".join(part for part in (each.language, each.interpreter) if part)
        return RecordRow(each.id, f"{each.number}.  {each.name or '—'}", detail, "", chip)

    def _tell(self, waiting: list[intake.Waiting]) -> None:
        states = [each.state for each in waiting]
        self._numbers = (states.count(IntakeState.WAITING), states.count(IntakeState.TAKEN_DOWN))
        name = next((each.name for each in waiting if each.id == self._entry), "")
        self.header.set_title(name if self.sheet else tr(N_("Intake day")))
        self.header.set_chips(
            [
                ChipText(ntr("{n} waits", "{n} wait", self._numbers[0]), Tone.AMBER),
                ChipText(ntr("{n} taken down", "{n} taken down", self._numbers[1]), Tone.GREEN),
            ]
        )
        self.desk.status.emit(ntr("{n} in the queue today", "{n} in the queue today", len(waiting)))

    def on_change(self, change: Change) -> None:
        """Read again what others changed; what is being typed stays."""
        if change.touches(IntakeEntry, Case):
            self.refresh()

    def add(self) -> None:
        """Put the typed name at the end of the queue; the keyboard stays for the next name."""
        name = self.newcomer.text().strip()
        if name and self.desk.attempt(lambda: intake.add_to_queue(self.desk.store, name), self):
            self.newcomer.clear()
            self.refresh()

    # Who is spoken with

    def call(self, entry_id: str) -> None:
        """Open the sheet of one in the queue; of one who was taken down, the case."""
        each = next((w for w in intake.queue(self.desk.store) if w.id == entry_id), None)
        if each is None or entry_id == self._entry:
            return
        if each.case_id:
            self.desk.open("Case", each.case_id)
        elif each.state is IntakeState.WAITING and not self.desk.store.read_only and self._leave_sheet():
            self._entry = entry_id
            self.sheet = IntakeSheet(self.desk.store, entry_id)
            self.sheet.saved.connect(self._on_saved)
            self._right.addWidget(self.sheet)
            self._right.setCurrentWidget(self.sheet)
            self.refresh()
            self.sheet.focus_first()

    def next(self) -> None:
        """Call the first who waits and is not spoken with."""
        waiting = [w for w in intake.queue(self.desk.store) if w.state is IntakeState.WAITING]
        following = next((w.id for w in waiting if w.id != self._entry), "")
        if following:
            self.call(following)
        else:
            self.newcomer.setFocus()

    def save(self) -> None:
        """Write the case and call the next."""
        if self.sheet is not None:
            self.sheet.save()

    def _on_saved(self, case_id: str) -> None:
        self._drop_sheet()
        self.desk.note.emit(tr(N_("Taken down. What is missing is on the completion list.")))
        self.next()

    def close_without(self) -> None:
        """Close the place in the queue: nothing may be kept, or the person left."""
        if self.sheet is None or self.desk.store.read_only:
            return
        state = IntakeState.REFUSED if self.sheet.refused() else IntakeState.LEFT
        entry = self._entry
        self.sheet.dirty = False
        if self.desk.attempt(lambda: intake.close_without(self.desk.store, entry, state), self):
            self._drop_sheet()
            self.next()

    def put_back(self) -> None:
        """Let somebody wait again; asks first if something was typed."""
        if self._leave_sheet():
            self.refresh()

    def _leave_sheet(self) -> bool:
        if self.sheet is not None and self.sheet.dirty and not may_discard(self):
            return False
        self._drop_sheet()
        return True

    def _drop_sheet(self) -> None:
        self._entry = ""
        if self.sheet is not None:
            self.sheet.forget()
            self._right.removeWidget(self.sheet)
            self.sheet.deleteLater()
            self.sheet = None
        self._right.setCurrentWidget(self._done)
        self.refresh()

    def may_leave(self) -> bool:
        """Ask about what was typed and is not saved."""
        return self._leave_sheet()


class CompletionList(ScrollPage):
    """The cases that were taken down in a hurry, and what each still lacks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("intake.completion", tr(N_("To complete")))
        self._desk = desk
        self._card = Card(tr(N_("To complete")), "card.completion")
        columns = (Column(tr(N_("Case")), 1), Column(tr(N_("Still missing")), 3), Column("", 0))
        self.table = CellTable(columns, "completion", tr(N_("To complete")))
        self.table.chosen.connect(lambda key: desk.open("Case", key))
        said = N_(
            "Enter opens the case. It stays here until nothing is missing or its stage is no longer “Intake”."
        )
        self._card.add(label(tr(said), "note", wrap=True))
        self._card.add(self.table)
        self._empty = EmptyState(
            tr(N_("Nothing to complete")),
            tr(
                N_(
                    "Put the families into the queue (F2), call the first (F4), ask about consent, and write "
                    "down what you hear. Cases that still lack something are listed here afterwards."
                )
            ),
            icon_name="list-check",
            object_name="intake.empty",
        )
        self.body.addWidget(self._card)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what is missing."""
        found = intake.to_complete(self._desk.store)
        self.table.set_rows(
            [
                TableRow(
                    each.case_id,
                    (
                        Cell(each.name, each.ref, bold=True),
                        Cell(", ".join(each.missing)),
                        Cell(str(len(each.missing)), tone=Tone.AMBER),
                    ),
                )
                for each in found
            ]
        )
        self._card.setVisible(bool(found))
        self._empty.setVisible(not found)
