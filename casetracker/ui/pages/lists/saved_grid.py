"""A grid whose cells are saved one by one, as they are typed: for lists that the whole office shares."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from casetracker.ui.style import px
from casetracker.ui.widgets.grid import EditGrid
from casetracker.ui.widgets.grid_rows import GridColumn

_LEAST = 160


class SavedGrid(EditGrid):
    """`cell_changed(row, column)` is where the page saves; Delete asks for it with `delete_wanted(key)`.

    `current_changed(key)` says on which line the keyboard is, "" on the blank one.
    """

    least_column = 110
    delete_wanted = Signal(str)
    current_changed = Signal(str)

    def __init__(self, columns: Sequence[GridColumn], object_name: str, accessible_name: str) -> None:
        super().__init__(columns, object_name, accessible_name)
        self.setMinimumHeight(px(_LEAST))

    def current_key(self) -> str:
        """The key of the line on which the keyboard is, or ""."""
        rows, number = self.rows(), self.currentIndex().row()
        return rows[number].key if 0 <= number < len(rows) else ""

    def current_column(self) -> str:
        """The key of the column in which the keyboard is."""
        return self._rows.columns[max(self.currentIndex().column(), 0)].key

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(self.current_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Delete:
            super().keyPressEvent(event)
        elif key := self.current_key():
            self.delete_wanted.emit(key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu: a line is deleted by the key or the button of the page, which may refuse."""

    def _fit(self) -> None:
        """Leave the height to the page: the grid scrolls."""
