"""The line under the head of a record: its tags, a field for one more, and how many notes there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from casetracker.i18n import ntr, tr
from casetracker.ui.icons import icon
from casetracker.ui.style import Tone, font, px
from casetracker.ui.widgets.chip import Flow
from casetracker.ui.widgets.naming import button, named
from casetracker.ui.widgets.painting import PaintedButton, colour_of, draw_text, text_width
from casetracker.ui.widgets.suggestions import Hit, Lookup, LookupEdit

_TALL, _SIDE, _CROSS = 21, 8, 14


@dataclass(frozen=True)
class TagText:
    """A tag on a record: the key of its being there, its name, its tone."""

    key: str
    name: str
    tone: Tone = Tone.GREY


class TagChip(PaintedButton):
    """One tag; ✕, Delete or Backspace take it off (`taken_off(key)`)."""

    taken_off = Signal(str)

    def __init__(self, tag: TagText, *, fixed: bool = False) -> None:
        super().__init__()
        self.tag, self._fixed = tag, fixed
        self.setText(tag.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self, f"tag.{tag.key}", tr("Tag {name}", name=tag.name), self._help())

    def _help(self) -> str:
        return "" if self._fixed else tr("Take this tag off (Delete)")

    def sizeHint(self) -> QSize:
        cross = 0 if self._fixed else px(_CROSS)
        return QSize(text_width(self.text(), font("chip")) + 2 * px(_SIDE) + cross, px(_TALL))

    def _cross(self) -> QRect:
        return QRect(self.width() - px(_CROSS) - px(4), 0, px(_CROSS), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._fixed:
            self.taken_off.emit(self.tag.key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self._fixed and self._cross().contains(event.position().toPoint()):
            self.taken_off.emit(self.tag.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour_of(self.tag.tone, "solid"))
        painter.setBrush(colour_of(self.tag.tone, "fill"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(colour_of(self.tag.tone, "text"))
        inner = self.rect().adjusted(px(_SIDE), 0, -px(_SIDE), 0)
        if not self._fixed:
            inner.setRight(self._cross().left())
            draw_text(painter, self._cross(), "✕", font("small"), "faint", Qt.AlignmentFlag.AlignCenter)
        draw_text(painter, inner, self.text(), font("chip"), "text")
        self.ring(painter, 4)
        painter.end()


class TagField(LookupEdit):
    """Where a tag is typed: `entered(name)` on Enter or a click on a suggestion, `left` when given up."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(lookup, "tags.field", tr("Tag"), free=True)
        self.setPlaceholderText(tr("type a tag"))
        self.setFixedWidth(px(150))
        self.picked.connect(self._on_picked)

    def _on_picked(self, hit: Hit) -> None:
        self.set_hit(None)
        self.entered.emit(hit.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, popup = event.key(), self.popup()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            hit, typed = popup.current(), self.text().strip()
            popup.hide()
            self.set_hit(None)
            if hit is not None or typed:
                self.entered.emit(hit.title if hit is not None else typed)
        elif key == Qt.Key.Key_Escape and not popup.isVisible():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.popup().hide()
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()


class TagStrip(Flow):
    """Tags, "+ tag" and the notes: `added(name)`, `taken_off(key)`, `notes_wanted()`."""

    added = Signal(str)
    taken_off = Signal(str)
    notes_wanted = Signal()

    def __init__(self, lookup: Lookup, *, fixed: bool = False) -> None:
        super().__init__(gap=6, line_gap=4)
        named(self, "tags", tr("Tags and notes"))
        self.set_margins(0, px(4), 0, 0)
        self._fixed = fixed
        self._chips: list[TagChip] = []
        self.add_button = button(tr("+ tag"), "tags.add", kind="quiet", tooltip=tr("Put a tag on (Ctrl+T)"))
        self.field = TagField(lookup)
        self.notes_button = button(
            "", "notes.open", kind="quiet", tooltip=tr("Notes about this (Ctrl+Shift+T)")
        )
        self.notes_button.setIcon(icon("note", "text_soft"))
        for part in (self.add_button, self.field, self.notes_button):
            self.add(part)
        self.field.hide()
        self.add_button.setVisible(not fixed)
        self.add_button.clicked.connect(self.start)
        self.notes_button.clicked.connect(self.notes_wanted)
        self.field.entered.connect(self.added)
        self.field.left.connect(self._close_field)
        self.set_notes(0)

    def set_tags(self, tags: Sequence[TagText]) -> None:
        """Show these tags; the keyboard stays in the strip if it was on a tag that is gone."""
        at = next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        for chip in self._chips:
            self.take(chip)
        self._chips = [TagChip(tag, fixed=self._fixed) for tag in tags]
        for number, chip in enumerate(self._chips):
            chip.taken_off.connect(self.taken_off)
            self.add(chip, number)
        if at >= 0:
            near = self._chips[min(at, len(self._chips) - 1)] if self._chips else self.add_button
            near.setFocus(Qt.FocusReason.TabFocusReason)

    def tags(self) -> list[str]:
        """The names of the tags that are shown."""
        return [chip.tag.name for chip in self._chips]

    def set_notes(self, count: int) -> None:
        """Say how many notes there are."""
        text = ntr("{n} note", "{n} notes", count) if count else tr("Add a note")
        self.notes_button.setText(text)
        self.notes_button.setAccessibleName(text)

    def start(self) -> None:
        """Open the field for one more tag and put the keyboard into it."""
        if not self._fixed:
            self.add_button.hide()
            self.field.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.offer()

    def _close_field(self) -> None:
        held = self.field.hasFocus()
        self.field.clear()
        self.field.hide()
        self.add_button.show()
        if held:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
