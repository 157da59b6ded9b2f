"""Typing in any script; the key clicks of QTest know ASCII only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casetracker.ui.widgets.grid import EditGrid


def type_into(widget: QWidget, text: str) -> None:
    """Send the key events of a text, as an input method of the system does."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


class Typist:
    """Types into a grid as a person does; the keys go to the cell that is open."""

    def __init__(self, qtbot: QtBot, grid: EditGrid) -> None:
        self._qtbot, self._grid = qtbot, grid

    def text(self, text: str) -> None:
        """Type into the open cell."""
        cell = self._grid.indexWidget(self._grid.currentIndex())
        assert cell is not None, "no cell is open"
        type_into(cell, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the open cell, else in the grid."""
        cell = self._grid.indexWidget(self._grid.currentIndex())
        self._qtbot.keyClick(cell or self._grid, key, modifier)

    def line(self, *cells: str) -> None:
        """Type a line from its first cell on: Tab to the next cell, Enter to the next line."""
        for place, text in enumerate(cells):
            if place:
                self.press(Qt.Key.Key_Tab)
            self.text(text)
        self.press(Qt.Key.Key_Return)
