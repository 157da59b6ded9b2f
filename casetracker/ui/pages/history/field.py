"""The window with the history of one field: what stood in it, since when, who wrote it, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.entity import fields_of
from casetracker.store.audit import reading, restoring
from casetracker.store.audit.reading import HistoryLine
from casetracker.store.store import Store
from casetracker.ui import messages
from casetracker.ui.desk import Desk
from casetracker.ui.pages.history.restore import About, bring_back
from casetracker.ui.pages.history.view import HistoryView
from casetracker.ui.rereading import Rereading
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named

Put = Callable[[Any], None]


class FieldHistory(QDialog):
    """What stood in one field, since when, and who wrote it.

    On a page (`where` is its desk) an earlier value is restored as an action of its own; in a form that is
    being written (`where` is its store) it is `put` into the form and counts with the rest of it.
    """

    def __init__(
        self, parent: QWidget, where: Desk | Store, about: About, name: str, put: Put | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entity, _ = about
        title = tr(N_("History of “{field}”"), field=tr(fields_of(entity)[name].label))
        named(self, "field_history", title)
        self.setWindowTitle("Casetracker")  # task bars show titles
        self.resize(px(620), px(480))
        self._desk = where if isinstance(where, Desk) else None
        self._store = where.store if isinstance(where, Desk) else where
        self._about, self._name, self._put = about, name, put
        self.view = HistoryView("field_history.lines", title)
        self._none = label(tr(N_("This field was never changed.")), "muted", wrap=True)
        self._none.hide()
        self._arrange(title)
        self.reading = Rereading(self, title, self._fetch, self._show)
        self.view.restore.connect(self.restore)
        if self._desk is not None:
            self._desk.changed.connect(self._on_change)
        self.reading.start()

    def _arrange(self, title: str) -> None:
        close = button(tr(N_("Close")), "field_history.close", kind="primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self._none)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(title, "head", wrap=True))
        if self._put is not None:
            said = N_("An earlier value is put into the form; it counts when you save the form.")
            layout.addWidget(label(tr(said), "soft", wrap=True))
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    def _on_change(self, _change: object) -> None:
        self.reading.start()

    def _fetch(self) -> list[HistoryLine]:
        return reading.of_field(self._store, *self._about, self._name)

    def _show(self, lines: list[HistoryLine]) -> None:
        self._none.setVisible(not lines)
        restorable = not self._store.read_only
        self.view.set_lines(lines, about=self._about[1], restorable=restorable, of_field=True)

    def restore(self, seq: int) -> None:
        """Bring back what stood in the field before this entry of the log."""
        where = (self._store, *self._about, self._name, seq)
        if self._desk is not None:
            bring_back(self, self._desk, lambda: restoring.restore_field(*where))
        elif self._put is not None:
            try:
                value = restoring.value_before(*where)
            except UserError as error:
                messages.warn(self, error)
                return
            self._put(value)
            self.accept()
