"""A list of suggestions under a field, worked by the keys of the field itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import px
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.record_list import ROW_HEIGHT, RecordList
from casetracker.ui.widgets.record_rows import RecordRow


@dataclass(frozen=True)
class Hit:
    """Something that was found: its key, what it is called, more in grey, and perhaps a chip."""

    key: str
    title: str
    detail: str = ""
    chip: ChipText | None = None


_MOST_LINES = 6
Lookup = Callable[[str], Sequence[Hit]]


class Popup(QFrame):
    """The list under a field; a plain child of the window, so that the keyboard stays in the field."""

    picked = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._field = field
        self._hits: list[Hit] = []
        self.list = RecordList("suggestions", tr("Suggestions"), self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._on_click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.list)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def offer(self, hits: Sequence[Hit], *, first: bool, empty: str = "") -> None:
        """Show these hits, the first picked out if `first`; with none, the text `empty`, or nothing."""
        self._hits = list(hits)
        self.list.set_empty_text(empty)
        self.list.set_rows([RecordRow(hit.key, hit.title, hit.detail, chip=hit.chip) for hit in hits])
        self.list.select_number(0 if first and hits else -1)
        if not hits and not empty:
            self.hide()
            return
        fits = len(hits) <= _MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)
        self._place()
        self.show()
        self.raise_()

    def current(self) -> Hit | None:
        """The hit that is picked out."""
        number = self.list.currentIndex().row()
        return self._hits[number] if self.isVisible() and 0 <= number < len(self._hits) else None

    def move_by(self, steps: int) -> None:
        """Pick out the hit so many places further down."""
        last = len(self._hits) - 1
        number = self.list.currentIndex().row()
        self.list.select_number(max(0, min(last, number + steps)) if last >= 0 else -1)

    def _place(self) -> None:
        window = self._field.window()
        if self.parent() is not window:
            self.setParent(window)
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        tall = px(ROW_HEIGHT) * max(1, min(len(self._hits), _MOST_LINES)) + 2
        wide = max(self._field.width(), px(280))
        above = below.y() - self._field.height() - 4 - tall
        top = above if below.y() + tall > window.height() and above >= 0 else below.y()
        self.setGeometry(QRect(min(below.x(), max(0, window.width() - wide)), top, wide, tall))

    def _on_click(self, index: QModelIndex) -> None:
        hit = self._hits[index.row()]
        self.hide()
        self.picked.emit(hit)


class LookupEdit(QLineEdit):
    """A field in which one types a few letters and picks what was meant.

    `picked(Hit)` when something was picked, `cleared` when the text no longer stands for it. With
    `free=True` a text that was not found may stay (a person who is not recorded yet).
    """

    picked = Signal(object)
    cleared = Signal()

    def __init__(
        self,
        lookup: Lookup,
        object_name: str,
        accessible_name: str,
        *,
        free: bool = False,
        eager: bool = False,
    ) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self._lookup, self._free, self._eager = lookup, free, eager
        self._hit: Hit | None = None
        self._popup: Popup | None = None
        self.textEdited.connect(self._on_typed)

    def hit(self) -> Hit | None:
        """What was picked, or None."""
        return self._hit

    def set_hit(self, hit: Hit | None) -> None:
        """Show what is picked, without a signal."""
        self._hit = hit
        self.setText(hit.title if hit else "")
        self.setCursorPosition(0)

    def offer(self, typed: str = "") -> None:
        """Open the list for this text."""
        hits = self._lookup(typed)
        self.popup().offer(hits, first=bool(hits) and (self._eager or not self._free))

    def popup(self) -> Popup:
        """The list under the field."""
        if self._popup is None:
            self._popup = Popup(self)
            self._popup.picked.connect(self.take)
        return self._popup

    def settle(self) -> None:
        """Take what is picked out in the list, as Enter and Tab do; close the list."""
        if self._popup is not None:
            hit = self._popup.current()
            self._popup.hide()
            if hit is not None:
                self.take(hit)
                return
        if self._hit is None and not self._free and self.text():
            self.clear()

    def take(self, hit: Hit) -> None:
        """Pick this hit and say so."""
        self.set_hit(hit)
        self.picked.emit(hit)

    def _on_typed(self, text: str) -> None:
        if self._hit is not None:
            self._hit = None
            self.cleared.emit()
        if text.strip():
            self.offer(text.strip())
        else:
            self.popup().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, popup = event.key(), self._popup
        shown = popup is not None and popup.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if shown and popup is not None:
                popup.move_by(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.offer("" if self._hit else self.text().strip())
        elif key == Qt.Key.Key_Escape and shown and popup is not None:
            popup.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown:
            self.settle()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    def hideEvent(self, event: object) -> None:
        if self._popup is not None:
            self._popup.hide()
