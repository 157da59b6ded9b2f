"""The search field at the top of the window: Ctrl+K, type, arrow keys, Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import colour, font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import text_width
from casetracker.ui.widgets.suggestions import Hit, Popup

_PAUSE_MS = 120  # a search for each key of a fast typist would be thrown away


class _Field(QLineEdit):
    """Shows the shortcut at its right end while it is empty, and passes its keys on."""

    key = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        self.textChanged.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        """The hint ends before the shortcut; what is typed has the whole field."""
        self.setTextMargins(0, 0, 0 if self.text() else self._wide() + px(6), 0)

    def _wide(self) -> int:
        return text_width(self._keys, font("small")) + px(11)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        watched = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.key() in watched:
            self.key.emit(event.key())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text():
            return
        wide = self._wide()
        box = QRect(self.width() - wide - px(11), (self.height() - px(17)) // 2, wide, px(17))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line_field")))
        painter.setBrush(colour("paper"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font("small"))
        painter.setPen(colour("faint"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._keys)
        painter.end()


class SearchBox(QWidget):
    """`typed(text)` asks for hits a moment after the last key; answer with `show_hits`; `chosen(key)`."""

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "search_box")
        hint = hint or tr("Search names in any script, case numbers, places…")
        self.field = named(_Field(), "search", tr("Search"), hint)
        self.field.setPlaceholderText(hint)
        self.field.setFixedHeight(px(32))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        self._popup: Popup | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.field.text().strip()))
        self.field.textEdited.connect(self._on_text)
        self.field.key.connect(self._on_key)
        self.field.left.connect(self.close_list)
        shortcut = QShortcut(QKeySequence("Ctrl+K"), self)
        shortcut.activated.connect(self.start)

    def start(self) -> None:
        """Put the keyboard into the field and mark what stands there."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def text(self) -> str:
        """What stands in the field."""
        return self.field.text().strip()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, or say that nothing was; not if the user has left the field meanwhile."""
        if self.text() and self.field.hasFocus():
            self.popup().offer(hits, first=True, empty=tr("Nothing found."))

    def close_list(self) -> None:
        """Close the list of hits."""
        if self._popup is not None:
            self._popup.hide()

    def popup(self) -> Popup:
        """The list under the field."""
        if self._popup is None:
            self._popup = Popup(self.field)
            self._popup.picked.connect(self._choose)
        return self._popup

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.close_list()

    def _on_key(self, key: int) -> None:
        shown = self._popup is not None and self._popup.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            self.popup().move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if shown and not self._pause.isActive():
                if (hit := self.popup().current()) is not None:
                    self._choose(hit)
            elif self.text():
                self._pause.stop()
                self.typed.emit(self.text())
        elif key == Qt.Key.Key_Escape:
            self.close_list() if shown else self.field.clear()

    def _choose(self, hit: Hit) -> None:
        self.close_list()
        self.field.clear()
        self.chosen.emit(hit.key)
