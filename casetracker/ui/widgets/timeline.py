"""A chronology: dates at the left, a line with coloured dots, what happened at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from casetracker.ui.style import Tone, colour, font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import (
    LEFT,
    RIGHT,
    PaintedButton,
    colour_of,
    draw_text,
    lay_out,
    text_width,
)

_DATE, _GAP, _DOT, _BETWEEN = 78, 30, 10, 12
_MOST_LINES = 3


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened; `key` is given back when it is clicked."""

    key: str
    when: str
    title: str
    detail: str = ""
    tone: Tone = Tone.GREY
    mark: str = ""  # in which lane it runs, at the right end of its line


class _EntryRow(PaintedButton):
    def __init__(self, entry: TimelineEntry, date_width: int, *, last: bool) -> None:
        super().__init__()
        self._entry, self._date_width, self._last = entry, date_width, last
        said = f"{entry.when}: {entry.title}"
        named(self, f"entry.{entry.key}", said, f"{said}\n{entry.detail}".strip())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _text_left(self) -> int:
        return self._date_width + px(_GAP)

    def _lines(self, width: int) -> list[str]:
        room = width - self._text_left() - 4 - self._mark_width()
        return lay_out(self._entry.title, font(), room, _MOST_LINES)

    def _mark_width(self) -> int:
        return text_width(self._entry.mark, font("small")) + px(12) if self._entry.mark else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title = len(self._lines(width)) * px(18)
        return title + (px(18) if self._entry.detail else 0) + (px(2) if self._last else px(_BETWEEN))

    def sizeHint(self) -> QSize:
        return QSize(px(260), self.heightForWidth(max(self.width(), px(260))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = px(18)
        draw_text(
            painter, QRect(0, 0, self._date_width, line), self._entry.when, font("note"), "muted", RIGHT
        )
        self._draw_dot(painter)
        mark = QRect(0, 0, self.width() - 2, line)
        draw_text(painter, mark, self._entry.mark, font("small"), "faint", RIGHT)
        left, top = self._text_left(), 0
        letters = font()
        letters.setUnderline(self.underMouse())
        for text in self._lines(self.width()):
            room = self.width() - left - self._mark_width()
            draw_text(painter, QRect(left, top, room, line), text, letters, "text", LEFT)
            top += line
        detail = QRect(left, top, self.width() - left, line)
        draw_text(painter, detail, self._entry.detail, font("small"), "muted")
        self.ring(painter)
        painter.end()

    def _draw_dot(self, painter: QPainter) -> None:
        middle, dot = self._date_width + px(11), px(_DOT)
        painter.fillRect(QRectF(middle - 1.5, 0, 3, self.height()), colour("line"))
        painter.setBrush(colour_of(self._entry.tone, "solid"))
        box = QRectF(middle - dot / 2, px(5), dot, dot)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(box.adjusted(-1, -2, 1, 2), colour("paper"))
        painter.drawRoundedRect(box, 3, 3)


class Timeline(QWidget):
    """Entries from top to bottom; `chosen` gives the key of the entry that was clicked."""

    chosen = Signal(str)

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these entries and no others; the date column is as wide as the widest date, within reason."""
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # or Qt would still show it, as a window of its own
                old.setParent(None)
                old.deleteLater()
        widest = max((text_width(entry.when, font("note")) for entry in entries), default=0) + 2
        width = min(max(widest, px(_DATE)), px(150))
        for place, entry in enumerate(entries):
            row = _EntryRow(entry, width, last=place == len(entries) - 1)
            row.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._layout.addWidget(row)
        self._layout.addStretch(1)
        self.updateGeometry()
