"""Small coloured marks that say a state in words, pills that filter, and the row they flow in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMargins, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import Tone
from casetracker.ui.widgets.naming import named, show_if
from casetracker.ui.widgets.painting import chip_size, draw_chip


@dataclass(frozen=True)
class ChipText:
    """What a chip says, its tone, and what a tooltip adds."""

    text: str
    tone: Tone = Tone.GREY
    help: str = ""


class Chip(QWidget):
    """A coloured mark such as "18 d overdue"."""

    def __init__(self, text: str, tone: Tone = Tone.GREY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = "", tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, tone)

    def set(self, text: str, tone: Tone) -> None:
        """Say something else."""
        self._text, self._tone = text, tone
        named(self, f"chip.{tone.value}", text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What the chip says."""
        return self._text

    def tone(self) -> Tone:
        """The tone in which it says it."""
        return self._tone

    def sizeHint(self) -> QSize:
        return chip_size(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_chip(painter, self.rect(), self._text, self._tone)
        painter.end()


class FilterChip(QPushButton):
    """A pill that turns a filter on and off (`toggled`); when it is on, ✕ says how to take it away."""

    def __init__(self, text: str, object_name: str, *, on: bool = False, checkable: bool = True) -> None:
        super().__init__()
        self._label = text
        self.setCheckable(checkable)
        self.setAutoDefault(False)
        named(self, object_name, text)
        self.setChecked(on)
        self.toggled.connect(self._show)
        self._show()

    def set_label(self, text: str) -> None:
        """Say something else, for example what the filter is set to."""
        self._label = text
        self.setAccessibleName(text)
        self._show()

    def _show(self) -> None:
        self.setText(f"{self._label} ✕" if self.isChecked() else self._label)
        self.setToolTip(tr("Take this filter away") if self.isChecked() else "")


class Flow(QWidget):
    """Puts widgets in a line, and goes on in the next line where the width ends.

    A widget and no `QLayout`, whose items Python and Qt would both want to own.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 7, line_gap: int = 7) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._gap, self._line_gap, self._margins = gap, line_gap, QMargins()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_margins(self, left: int, top: int, right: int, bottom: int) -> None:
        """Leave so much room around the widgets."""
        self._margins = QMargins(left, top, right, bottom)
        self._changed()

    def add(self, widget: QWidget, number: int | None = None) -> None:
        """Put a widget behind the others, or at a place among them."""
        self._parts.insert(len(self._parts) if number is None else number, widget)
        widget.setParent(self)
        widget.show()
        self._changed()

    def take(self, widget: QWidget) -> None:
        """Take one widget away and delete it."""
        self._parts.remove(widget)
        widget.hide()
        widget.deleteLater()
        self._changed()

    def clear(self) -> None:
        """Take all widgets away and delete them."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        self._changed()

    def parts(self) -> list[QWidget]:
        """The widgets, in order."""
        return list(self._parts)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), really=True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, really=False)

    def sizeHint(self) -> QSize:
        shown = [_wanted(part) for part in self._shown()]
        wide = sum(size.width() for size in shown) + self._gap * max(len(shown) - 1, 0)
        tall = max((size.height() for size in shown), default=0)
        return QSize(wide, tall).grownBy(self._margins)

    def minimumSizeHint(self) -> QSize:
        shown = [_wanted(part) for part in self._shown()]
        wide = max((min(size.width(), 160) for size in shown), default=0)
        return QSize(wide, max((size.height() for size in shown), default=0)).grownBy(self._margins)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _changed(self) -> None:
        self.updateGeometry()
        self._place(self.width(), really=True)

    def _place(self, width: int, *, really: bool) -> int:
        left, end = self._margins.left(), width - self._margins.right()
        x, y, tall = left, self._margins.top(), 0
        for part in self._shown():
            size = _wanted(part)
            if x > left and x + size.width() > end:
                x, y, tall = left, y + tall + self._line_gap, 0
            if really:
                part.setGeometry(x, y, min(size.width(), max(end - x, 20)), size.height())
            x, tall = x + size.width() + self._gap, max(tall, size.height())
        return y + tall + self._margins.bottom()


def _wanted(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize())


class ChipRow(Flow):
    """Chips beside each other, in as many lines as they need."""

    def __init__(self, chips: Sequence[ChipText] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=6, line_gap=4)
        named(self, "chips")
        self.set_chips(chips)

    def set_chips(self, chips: Sequence[ChipText]) -> None:
        """Show these chips and no others."""
        self.clear()
        for chip in chips:
            made = Chip(chip.text, chip.tone)
            made.setToolTip(chip.help)
            self.add(made)
        show_if(self, bool(chips))

    def texts(self) -> list[str]:
        """What the chips say, in order."""
        return [part.text() for part in self.parts() if isinstance(part, Chip)]
