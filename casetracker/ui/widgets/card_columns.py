"""Cards in two columns where there is room for two, below each other where there is not."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from casetracker.ui.style import px

W = TypeVar("W", bound=QWidget)
_TWO_FROM = 600


class CardColumns(QWidget):
    """Cards in the order in which they were added; a `wide` one takes both columns, a hidden one no room."""

    def __init__(self, *, left: int = 5, right: int = 4) -> None:
        super().__init__()
        self._cards: list[tuple[QWidget, bool]] = []
        self._shares = (left, right)
        self._state: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(14))

    def add(self, card: W, *, wide: bool = False) -> W:
        """Add a card and return it."""
        self._cards.append((card, wide))
        card.setParent(self)
        return card

    def arrange(self) -> None:
        """Put the cards where they belong; call after showing or hiding one."""
        two = self.width() >= px(_TWO_FROM)
        state = (two, *(card.isHidden() for card, _ in self._cards))
        if state == self._state:
            return
        self._state = state
        for card, _ in self._cards:
            self._grid.removeWidget(card)
        for column, share in enumerate(self._shares):
            self._grid.setColumnStretch(column, share if two or not column else 0)
        self._place(two=two)

    def _place(self, *, two: bool) -> None:
        row = column = 0
        for card, wide in self._cards:
            if card.isHidden():
                continue
            if not two or wide:
                row += 1 if column else 0
                self._grid.addWidget(card, row, 0, 1, 2 if two else 1)
                row, column = row + 1, 0
            else:
                self._grid.addWidget(card, row, column, Qt.AlignmentFlag(0))
                row, column = (row + 1, 0) if column else (row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
