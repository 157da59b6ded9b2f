"""A chain drawn as a line from top to bottom: what happened, and by lines at the left what led to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from casetracker.ui.style import Tone, colour, font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import (
    PaintedButton,
    chip_size,
    colour_of,
    draw_chip,
    draw_text,
    lay_out,
)

_DOT, _LANE, _SIDE, _MIDDLE = 10, 11, 12, 12
_CHIP, _LINE, _SMALL, _BELOW = 20, 18, 16, 14
_MOST_LINES = 2
_PENS = {
    "solid": Qt.PenStyle.SolidLine,
    "dash": Qt.PenStyle.DashLine,
    "dot": Qt.PenStyle.DotLine,
}


@dataclass(frozen=True)
class ChainItem:
    """One thing in the chain; `told`: what it has to do with earlier ones; `here`: the page's own."""

    key: str
    sort: str
    when: str
    title: str
    told: tuple[str, ...] = ()
    tone: Tone = Tone.GREY
    here: bool = False


@dataclass(frozen=True)
class ChainLine:
    """A line from one item to a later one, by their places; drawn "solid", "dash" or "dot"."""

    start: int
    end: int
    pen: str = "solid"
    lane: int = 0  # 0 runs straight to the next item, the others pass at the left


def placed(lines: Sequence[ChainLine]) -> list[ChainLine]:
    """Give each line the nearest lane in which it crosses no other."""
    made, ends = [], [0]
    for line in sorted(lines, key=lambda each: (each.start, each.end)):
        if line.end == line.start + 1:
            made.append(ChainLine(line.start, line.end, line.pen))
            continue
        lane = next((n for n, end in enumerate(ends) if n and end <= line.start), len(ends))
        ends[lane:] = [line.end, *ends[lane + 1 :]]
        made.append(ChainLine(line.start, line.end, line.pen, lane))
    return made


class _Row(PaintedButton):
    def __init__(self, item: ChainItem, place: int, lines: Sequence[ChainLine]) -> None:
        super().__init__()
        self._item, self._place, self._lines = item, place, lines
        self._lanes = max((line.lane for line in lines), default=0)
        said = f"{item.sort}, {item.when}: {item.title}"
        named(self, f"chain.{item.key}", said, "\n".join((said, *item.told)))
        self.setAccessibleDescription(". ".join(item.told))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _rail(self) -> int:
        """Where the line that runs through the dots is."""
        return px(_SIDE) + self._lanes * px(_LANE)

    def _left(self) -> int:
        return self._rail() + px(_DOT) + px(8)

    def _titles(self, width: int) -> list[str]:
        letters = font(bold=self._item.here)
        return lay_out(self._item.title, letters, width - self._left() - px(6), _MOST_LINES)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._titles(width)) * px(_LINE) + len(self._item.told) * px(_SMALL)
        return px(4) + px(_CHIP) + lines + px(_BELOW)

    def sizeHint(self) -> QSize:
        return QSize(px(280), self.heightForWidth(max(self.width(), px(280))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(40))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and isinstance(view := self.parent(), ChainView):
            view.step(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._item.here:
            area = QRectF(self._left() - px(6), 1, self.width() - self._left() + px(5), self.height() - px(9))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("info_fill"))
            painter.drawRoundedRect(area, 6, 6)
        for line in self._lines:
            self._draw_line(painter, line)
        self._draw_dot(painter)
        self._draw_words(painter)
        self.ring(painter)
        painter.end()

    def _draw_words(self, painter: QPainter) -> None:
        item, left, top = self._item, self._left(), px(4)
        size = chip_size(item.sort)
        room = self.width() - left
        chip = QRect(left, top, min(size.width(), room), size.height())
        draw_chip(painter, chip, item.sort, item.tone)
        after = chip.right() + px(8)
        draw_text(
            painter, QRect(after, top, self.width() - after, size.height()), item.when, font("note"), "muted"
        )
        top += px(_CHIP)
        letters = font(bold=item.here)
        letters.setUnderline(self.underMouse())
        for text in self._titles(self.width()):
            draw_text(painter, QRect(left, top, room, px(_LINE)), text, letters, "text")
            top += px(_LINE)
        for text in item.told:
            draw_text(painter, QRect(left, top, room, px(_SMALL)), f"↳ {text}", font("small"), "muted")
            top += px(_SMALL)

    def _draw_dot(self, painter: QPainter) -> None:
        dot = px(_DOT)
        painter.setPen(QPen(colour("paper"), 2))
        painter.setBrush(colour_of(self._item.tone, "solid"))
        painter.drawEllipse(QRectF(self._rail() - dot / 2, px(_MIDDLE) - dot / 2, dot, dot))

    def _draw_line(self, painter: QPainter, line: ChainLine) -> None:
        if not line.start <= self._place <= line.end:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("faint"), 1.6, _PENS[line.pen]))
        path, end = self._path(line)
        painter.drawPath(path)
        if end is not None:
            self._draw_arrow(painter, end, sideways=bool(line.lane))

    def _path(self, line: ChainLine) -> tuple[QPainterPath, QPointF | None]:
        """Return this row's piece of a line, and where its arrow is if it ends here."""
        rail, middle, tall = float(self._rail()), float(px(_MIDDLE)), float(self.height())
        at = rail - line.lane * px(_LANE)
        first, last = self._place == line.start, self._place == line.end
        dot, bend = px(_DOT) / 2 + 1, float(px(10))
        path = QPainterPath(QPointF(at, 0.0))
        if not line.lane:
            path.moveTo(rail, middle if first else 0.0)
            path.lineTo(rail, tall if first else middle - dot)
            return path, QPointF(rail, middle - dot) if last else None
        if first:
            path.moveTo(rail, middle)
            path.quadTo(at, middle, at, min(middle + bend, tall))
            path.lineTo(at, tall)
        elif last:
            path.lineTo(at, middle - bend)
            path.quadTo(at, middle, rail - dot, middle)
        else:
            path.lineTo(at, tall)
        return path, QPointF(rail - dot, middle) if last else None

    @staticmethod
    def _draw_arrow(painter: QPainter, tip: QPointF, *, sideways: bool) -> None:
        wide, long = px(3), px(5)
        back = QPointF(-long, 0) if sideways else QPointF(0, -long)
        side = QPointF(0, wide) if sideways else QPointF(wide, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour("faint")))
        painter.drawPolygon(QPolygonF([tip, tip + back + side, tip + back - side]))


class ChainView(QWidget):
    """Items from the earliest to the latest; `chosen` gives the key of the one that was opened."""

    chosen = Signal(str)

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_chain(self, items: Sequence[ChainItem], lines: Sequence[ChainLine]) -> None:
        """Show this chain and no other."""
        for old in self._rows:
            self._layout.removeWidget(old)
            old.hide()  # or Qt would still show it, as a window of its own
            old.setParent(None)
            old.deleteLater()
        laid = placed(lines)
        self._rows = [_Row(item, place, laid) for place, item in enumerate(items)]
        for row, item in zip(self._rows, items, strict=True):
            row.clicked.connect(lambda _=False, key=item.key: self.chosen.emit(key))
            self._layout.addWidget(row)
        self.updateGeometry()

    def step(self, row: _Row, by: int) -> None:
        """Put the keyboard on the item so many places below."""
        place = self._rows.index(row) + by
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)
