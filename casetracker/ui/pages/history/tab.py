"""The tab “History” of a record."""

from __future__ import annotations

from PySide6.QtGui import QCursor, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model.entity import Entity
from casetracker.store.audit import reading
from casetracker.store.audit.reading import HistoryLine
from casetracker.ui.desk import Desk
from casetracker.ui.pages.history.restore import About, restore_menu, show_menu
from casetracker.ui.pages.history.view import HistoryView
from casetracker.ui.rereading import Rereading
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.naming import named


class HistoryTab(QWidget):
    """What was done to the record on a page, read when it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        named(self, "history", tr(N_("History")))
        self._desk = desk
        self.about: About | None = None
        self._read: tuple[About, object] | None = None
        self.view = HistoryView("history.lines", tr(N_("History")))
        self._empty = EmptyState(
            tr(N_("Nothing was written down yet")),
            tr(N_("From the first change on, everything that is done to this record stands here.")),
            icon_name="history",
            object_name="history.empty",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.reading = Rereading(self, tr(N_("History")), self._fetch, self._show)
        self.view.opened.connect(desk.open)
        self.view.restore.connect(self.ask_what)

    def show_record(self, entity: type[Entity], record_id: str) -> None:
        """Show this record's history, as soon as the tab is looked at."""
        if self.about != (entity, record_id):
            self.view.set_lines([])
        self.about = (entity, record_id)
        if self.isVisible():
            self.reading.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.about is not None:
            self.reading.start()

    def _fetch(self) -> tuple[About | None, list[HistoryLine]]:
        about = self.about
        return about, reading.of_record(self._desk.store, *about) if about else []

    def _show(self, found: tuple[About | None, list[HistoryLine]]) -> None:
        about, lines = found
        if about is not None and about == self.about:
            restorable = not self._desk.store.read_only
            self.view.set_lines(lines, about=about[1], restorable=restorable)
            self._stack.setCurrentWidget(self.view if lines else self._empty)

    def ask_what(self, seq: int) -> None:
        """Show what can be brought back by a line."""
        line = self.view.line(seq)
        if line is not None and self.about is not None:
            show_menu(restore_menu(self, self._desk, self.about, line), QCursor.pos())
