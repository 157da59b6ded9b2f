"""Horizontal bars with a label and a number, each of which opens the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.ui.style import Tone, colour, font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import RIGHT, PaintedButton, colour_of, draw_text, text_width

_ROW, _BAR, _NUMBER = 27, 14, 72


@dataclass(frozen=True)
class Bar:
    """One bar: the key it is known by, what it says, how many, and its tone."""

    key: str
    label: str
    value: int
    tone: Tone = Tone.GREY


class _BarRow(PaintedButton):
    def __init__(self, bar: Bar, most: int, label_width: int) -> None:
        super().__init__()
        self._bar, self._share, self._label_width = bar, bar.value / most if most else 0.0, label_width
        named(self, f"bar.{bar.key}", f"{bar.label}: {bar.value}", bar.label)

    def sizeHint(self) -> QSize:
        return QSize(self._label_width + px(160), px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), colour("hover"))
        label_width = min(self._label_width, self.width() // 2)
        draw_text(painter, QRect(0, 0, label_width, self.height()), self._bar.label, font(), "text")
        left = label_width + px(14)
        room = self.width() - left - px(_NUMBER)
        long = max(round(room * self._share), px(3) if self._bar.value else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour_of(self._bar.tone, "solid"))
        painter.drawRoundedRect(QRectF(left, (self.height() - px(_BAR)) / 2, long, px(_BAR)), 3, 3)
        number = QRect(self.width() - px(_NUMBER), 0, px(_NUMBER) - px(18), self.height())
        draw_text(painter, number, str(self._bar.value), font(bold=True), "text", RIGHT)
        self.ring(painter)
        painter.end()


class StatusBars(QWidget):
    """A column of bars; `chosen` gives the key of the bar that was clicked."""

    chosen = Signal(str)

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, the longest as long as there is room."""
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # or Qt would still show it, as a window of its own
                old.setParent(None)
                old.deleteLater()
        most = max((bar.value for bar in bars), default=0)
        width = max((text_width(bar.label, font()) for bar in bars), default=0) + 2
        for bar in bars:
            row = _BarRow(bar, most, width)
            row.clicked.connect(lambda _=False, key=bar.key: self.chosen.emit(key))
            self._layout.addWidget(row)
        self._layout.addStretch(1)
