"""One page of a document on the screen: drawn, with what was found marked, and boxes to black out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from casetracker.i18n import N_, tr
from casetracker.store.looking.looker import Box, Drawn
from casetracker.ui.style import colour
from casetracker.ui.widgets.naming import named

_LEAST = 0.004  # of the page: what is smaller was a slip of the hand
_STEP, _FINE = 0.01, 0.002  # of the page, that a key moves a box
_FOUND, _FOUND_NOW = QColor(255, 210, 0, 90), QColor(255, 140, 0, 140)


class PageCanvas(QWidget):
    """A page. While `redacting`, the mouse draws boxes; B adds one, arrows move it, Shift+arrows size it."""

    boxes_changed = Signal()
    turned = Signal(int)  # pages forward or back, by keys

    def __init__(self, area: QScrollArea) -> None:
        super().__init__()
        named(self, "viewer.page", tr(N_("Page of the document")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = area
        self._image = QImage()
        self._drag: QPointF | None = None
        self.redacting = False
        self.boxes: list[Box] = []
        self.chosen = -1
        self._hits: list[Box] = []
        self._hit_now: Box | None = None

    def show_page(self, drawn: Drawn | None, size: QSize) -> None:
        """Show a page in this size of the screen; without one, it stays blank until it is drawn."""
        if drawn is None:
            self._image = QImage()
        else:
            rows = QImage(drawn.rows, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)
            self._image = rows.copy()  # the bytes may go
        self.resize_to(size)

    def resize_to(self, size: QSize) -> None:
        """Show the same page larger or smaller, until it is drawn anew."""
        self.setFixedSize(size)
        self.update()

    def set_hits(self, hits: Sequence[Box], now: Box | None) -> None:
        """Mark what was found on this page."""
        self._hits, self._hit_now = list(hits), now
        if now is not None:
            middle = self._on_screen(now).center()
            self._area.ensureVisible(int(middle.x()), int(middle.y()), 120, 120)
        self.update()

    def set_boxes(self, boxes: Sequence[Box]) -> None:
        """Show the boxes of this page."""
        self.boxes, self.chosen = list(boxes), len(boxes) - 1
        self.update()

    def add_box(self, box: Box = (0.35, 0.45, 0.65, 0.5)) -> None:
        """Add a box, in the middle unless it is said where."""
        self.boxes.append(_tidy(box))
        self.chosen = len(self.boxes) - 1
        self._told()

    def remove_box(self) -> None:
        """Take the chosen box away."""
        if 0 <= self.chosen < len(self.boxes):
            del self.boxes[self.chosen]
            self.chosen = len(self.boxes) - 1
            self._told()

    def _told(self) -> None:
        self.boxes_changed.emit()
        self.update()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.redacting and self._edit_key(key, event.modifiers()):
            return
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Space: 1}
        if key in turns:
            self.turned.emit(turns[key])
        elif key in _ARROWS:
            across, down = _ARROWS[key]
            for bar, step in (
                (self._area.horizontalScrollBar(), across),
                (self._area.verticalScrollBar(), down),
            ):
                bar.setValue(bar.value() + step * 60)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go through the boxes before it leaves the page."""
        if self.redacting and 0 <= self.chosen + (1 if forward else -1) < len(self.boxes):
            self.chosen += 1 if forward else -1
            self.update()
            return True
        return super().focusNextPrevChild(forward)

    def _edit_key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if key == Qt.Key.Key_B:
            self.add_box()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_box()
        elif key in _ARROWS and 0 <= self.chosen < len(self.boxes):
            step = _FINE if held & Qt.KeyboardModifier.ControlModifier else _STEP
            across, down = (step * way for way in _ARROWS[key])
            left, top, right, bottom = self.boxes[self.chosen]
            if not held & Qt.KeyboardModifier.ShiftModifier:
                left, top = left + across, top + down
            self.boxes[self.chosen] = _tidy((left, top, right + across, bottom + down))
            self._told()
        else:
            return False
        return True

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = event.position() if self.redacting else event.globalPosition()
        if self.redacting:
            place = self._share(event.position())
            inside = [n for n, box in enumerate(self.boxes) if QRectF(*_sides(box)).contains(place)]
            self.chosen = inside[-1] if inside else self.chosen
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            return
        if self.redacting:
            self._rubber = QRectF(self._drag, event.position()).normalized()
            self.update()
            return
        moved: QPoint = (event.globalPosition() - self._drag).toPoint()
        self._drag = event.globalPosition()
        across, down = self._area.horizontalScrollBar(), self._area.verticalScrollBar()
        across.setValue(across.value() - moved.x())
        down.setValue(down.value() - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begun, self._drag = self._drag, None
        self._rubber = QRectF()
        if begun is None or not self.redacting:
            return
        first, last = self._share(begun), self._share(event.position())
        box = _tidy((first.x(), first.y(), last.x(), last.y()))
        if box[2] - box[0] > _LEAST and box[3] - box[1] > _LEAST:
            self.add_box(box)
        self.update()

    _rubber = QRectF()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the window zooms with Ctrl, the area scrolls without

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)
        for box in self._hits:
            painter.fillRect(self._on_screen(box), _FOUND_NOW if box == self._hit_now else _FOUND)
        for number, box in enumerate(self.boxes):
            painter.fillRect(self._on_screen(box), QColor(0, 0, 0, 205))
            now = self.redacting and number == self.chosen
            painter.setPen(QPen(colour("primary"), 3) if now else QPen(Qt.GlobalColor.white, 1))
            painter.drawRect(self._on_screen(box).adjusted(-2, -2, 2, 2))
        if self._drag is not None and not self._rubber.isNull():
            painter.setPen(QPen(colour("primary"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self._rubber)
        if self.hasFocus():
            painter.setPen(QPen(colour("primary"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _on_screen(self, box: Box) -> QRectF:
        left, top, right, bottom = box
        width, height = self.width(), self.height()
        return QRectF(left * width, top * height, (right - left) * width, (bottom - top) * height)

    def _share(self, point: QPointF) -> QPointF:
        return QPointF(point.x() / max(self.width(), 1), point.y() / max(self.height(), 1))


_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box[0], box[1], box[2] - box[0], box[3] - box[1]


def _tidy(box: Box) -> Box:
    """Return a box with its corners in order and inside the page, never thinner than can be seen."""
    left, right = sorted((min(max(box[0], 0.0), 1.0), min(max(box[2], 0.0), 1.0)))
    top, bottom = sorted((min(max(box[1], 0.0), 1.0), min(max(box[3], 0.0), 1.0)))
    return left, top, max(right, min(left + _LEAST, 1.0)), max(bottom, min(top + _LEAST, 1.0))
