"""A group of fields that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.ui.icons import icon
from casetracker.ui.style import font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import PaintedButton, draw_text, text_width


class _Head(PaintedButton):
    def __init__(self, title: str, object_name: str) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        self.note = ""
        named(self, object_name, title)

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        arrow = icon("chevron-down" if self.isChecked() else "chevron-right", "text_soft")
        arrow.paint(painter, QRect(2, (self.height() - px(16)) // 2, px(16), px(16)))
        left = px(24)
        area = self.rect().adjusted(left, 0, 0, 0)
        draw_text(painter, area, self.text(), font(bold=True), "primary" if self.underMouse() else "text")
        used = text_width(self.text(), font(bold=True)) + px(10)
        draw_text(painter, area.adjusted(used, 0, 0, 0), self.note, font("note"), "muted")
        self.ring(painter, 4)
        painter.end()


class Section(QWidget):
    """A title to click (or Space), and the `body` below it; `toggled(open)`."""

    toggled = Signal(bool)

    def __init__(self, title: str, object_name: str, *, opened: bool = True, note: str = "") -> None:
        super().__init__()
        named(self, object_name, title)
        self._head = _Head(title, f"{object_name}.head")
        self._head.note = note
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 4, 0, 8)
        self.body.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._inside)
        self._head.toggled.connect(self._on_toggled)
        self._head.setChecked(opened)
        self._inside.setVisible(opened)

    def add(self, widget: QWidget) -> None:
        """Put a widget below what the section holds already."""
        self.body.addWidget(widget)

    def set_note(self, note: str) -> None:
        """Show something beside the title, such as how much is inside."""
        self._head.note = note
        self._head.update()

    def set_open(self, opened: bool) -> None:
        """Fold the section open or away."""
        self._head.setChecked(opened)

    def is_open(self) -> bool:
        """Whether its body is shown."""
        return self._head.isChecked()

    def _on_toggled(self, opened: bool) -> None:
        self._inside.setVisible(opened)
        self.toggled.emit(opened)
