"""The editor of a date as known: one line that reads what is typed, and a panel to put a date together."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.model.dates import KnownDate, parse
from casetracker.ui.date_panel import DatePanel
from casetracker.ui.icons import icon
from casetracker.ui.style import restyle
from casetracker.ui.widgets.naming import label, named


class DateEditor(QWidget):
    """A line for dates in any usual form ("15.10.2018", "about Oct 2018", "before spring 2018").

    Below the line stands what was understood, or what is wrong. The button (or Alt+Down) opens the panel.
    `changed` after every change by the user.
    """

    changed = Signal()

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._value: KnownDate | None = None
        self._own_words: str | None = None
        self._problem = ""
        self.line = named(QLineEdit(), f"{object_name}.line", accessible_name)
        self.line.setPlaceholderText(tr("15.10.2018, Oct 2018, about 2018…"))
        self.line.setClearButtonEnabled(False)
        self._open = named(
            QPushButton(), f"{object_name}.open", tr("Put the date together"), tr("Put the date together")
        )
        self._open.setProperty("kind", "quiet")
        self._open.setIcon(icon("calendar", "text_soft"))
        self._open.setAutoDefault(False)
        self._note = named(label("", "note", wrap=True), f"{object_name}.note")
        self._note.hide()
        self._panel: DatePanel | None = None
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(row)
        layout.addWidget(self._note)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(self._tidy)
        self.line.installEventFilter(self)
        self._open.clicked.connect(self.open_panel)

    def value(self) -> KnownDate | None:
        """The date, or None when the line is empty or cannot be read (then `problem` says why)."""
        return self._value

    def set_value(self, value: KnownDate | None) -> None:
        """Show a date, without a signal."""
        self._value, self._problem = value, ""
        self._own_words = value.words if value and value.edtf else None
        self.line.setText(_shown(value))
        self.line.setCursorPosition(0)
        self._say()

    def problem(self) -> str:
        """What is wrong with what was typed or chosen, or ""."""
        return self._problem

    def understood(self) -> str:
        """What is shown below the line: what was understood, or what is wrong."""
        return self._note.text()

    def type_text(self, text: str) -> None:
        """Read a text as if it had been typed."""
        self.line.setText(text)
        self._on_typed(text)

    def panel(self) -> DatePanel:
        """The panel; it is made when it is first asked for."""
        if self._panel is None:
            self._panel = DatePanel(self.objectName(), self)
            self._panel.changed.connect(self._on_panel)
            self._panel.done.connect(self._panel.close)
        return self._panel

    def open_panel(self) -> None:
        """Open the panel under the line, on the date as it stands."""
        panel = self.panel()
        panel.set_value(self._value)
        self._say()
        panel.move(self.mapToGlobal(QPoint(0, self.line.height() + 2)))
        panel.show()
        panel.relation.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
                self.open_panel()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        try:
            read = parse(text) if text.strip() else None
            if read and read.edtf and self._own_words and not read.words:
                read = replace(read, words=self._own_words)  # a corrected date does not unsay what was said
            self._value, self._problem = read, ""
        except ValueError as error:
            self._value, self._problem = None, str(error)
        self._say()
        self.changed.emit()

    def _on_panel(self) -> None:
        panel = self.panel()
        try:
            self._value, self._problem = panel.value(), ""
            self._own_words = self._value.words if self._value else None
            self.line.setText(_shown(self._value))
        except ValueError as error:
            self._value, self._problem = None, str(error)
        self._say()
        self.changed.emit()

    def _tidy(self) -> None:
        """Write the date as the program writes it, once the user has left the line."""
        if self._value is not None and not self._problem:
            self.line.setText(_shown(self._value))
            self._say()

    def _say(self) -> None:
        text = self._problem or self._meant()
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._note.setProperty("role", "problem" if self._problem else "note")
        restyle(self._note)
        self.line.setProperty("problem", "true" if self._problem else "false")
        self.line.setAccessibleDescription(text)
        restyle(self.line)
        if self._panel is not None:
            said = self._problem or (self._value.text() if self._value else "")
            self._panel.say(said, wrong=bool(self._problem))

    def _meant(self) -> str:
        """What is worth saying below the line: the date in words, and the person's own words."""
        value = self._value
        if value is None:
            return ""
        if value.edtf is None:
            return tr("Kept in these words; it can be found by text only.")
        said = "" if value.text() == self.line.text().strip() else value.text()
        own = tr("said: “{words}”", words=value.words) if value.words else ""
        return " · ".join(part for part in (said, own) if part)


def _shown(value: KnownDate | None) -> str:
    if value is None:
        return ""
    return value.text() if value.edtf else value.words or ""
