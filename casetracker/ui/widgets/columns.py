"""Cards or fields in several columns where there is room for them, in one where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from casetracker.ui.style import px
from casetracker.ui.widgets.naming import named


class Columns(QWidget):
    """Widgets placed line by line in `columns` columns, if the whole is at least `wide_from` pixels wide.

    `weights` divide the width. With `even`, the widgets of a line are equally tall.
    """

    def __init__(
        self, object_name: str, *, columns: int = 2, wide_from: int = 640, weights: Sequence[int] = (),
        gap: tuple[int, int] = (14, 14), even: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, object_name)
        self._most, self._wide_from, self._even = columns, wide_from, even
        self._weights = list(weights) or [1] * columns
        self._parts: list[tuple[QWidget, bool]] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap[0])
        self._grid.setVerticalSpacing(gap[1])
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget, *, wide: bool = False) -> None:
        """Add a widget; a `wide` one takes the whole line."""
        self._parts.append((part, wide))
        part.setParent(self)
        self._arrange(self._columns or self._most)

    def parts(self) -> list[QWidget]:
        """The widgets, in order."""
        return [part for part, _ in self._parts]

    def columns(self) -> int:
        """How many columns there are room for now."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self._most if self.width() >= px(self._wide_from) else 1
        if wanted != self._columns:
            self._arrange(wanted)

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        size.setWidth(px(220))  # or several columns could never become one
        return size

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for part, _ in self._parts:
            self._grid.removeWidget(part)
        for column in range(self._most):
            self._grid.setColumnStretch(column, self._weights[column] if column < columns else 0)
        line, column = 0, 0
        for part, wide in self._parts:
            span = columns if wide else 1
            if column + span > columns:
                line, column = line + 1, 0
            self._grid.addWidget(part, line, column, 1, span, self._alignment())
            column += span
        self.updateGeometry()

    def _alignment(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag(0) if self._even else Qt.AlignmentFlag.AlignTop
