"""The table of one group of deadlines: a click picks out, Enter opens, arrows go on to the next table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from casetracker.ui.widgets.cell_table import CellTable, Column


class DeadlineTable(CellTable):
    """`picked(key)` when another line is picked out, `left(step)` when an arrow leads out of the table.

    `asked(key)` asks for the menu of a line.
    """

    picked = Signal(str)
    left = Signal(int)
    asked = Signal(str)

    def __init__(self, columns: tuple[Column, ...], object_name: str, accessible_name: str) -> None:
        super().__init__(columns, object_name, accessible_name)
        self.clicked.disconnect()
        self.doubleClicked.connect(lambda index: self.chosen.emit(self.rows()[index.row()].key))

    def pick(self, number: int) -> None:
        """Pick a line out and put the keyboard on it; -1 is the last one."""
        count = len(self.rows())
        if count:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(self.model().index(number % count, 0))

    def pick_key(self, key: str) -> bool:
        """Pick out the line with that key; False if it is not here."""
        keys = [row.key for row in self.rows()]
        if key in keys:
            self.pick(keys.index(key))
        return key in keys

    def forget(self) -> None:
        """Pick nothing out."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.picked.emit(self.current_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number, last = self.currentIndex().row(), len(self.rows()) - 1
        if event.key() == Qt.Key.Key_Down and number == last:
            self.left.emit(1)
        elif event.key() == Qt.Key.Key_Up and number <= 0:
            self.left.emit(-1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.pick(index.row())
            self.asked.emit(self.current_key())
