"""A field for a passphrase: hidden unless one asks to see it, with a hint when Caps Lock is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.icons import icon
from casetracker.ui.widgets.icon_button import icon_button
from casetracker.ui.widgets.naming import label, named


class _Line(QLineEdit):
    caps_lock = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        letter = event.text()
        if len(letter) == 1 and letter.lower() != letter.upper():  # Qt cannot be asked; what was typed tells
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.caps_lock.emit(False)
        super().focusOutEvent(event)


class PassphraseEdit(QWidget):
    """A line, a button that shows what was typed, and below them the hint.

    `changed` after every change; `entered` when Enter was pressed.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, f"{object_name}.box")
        self.line = named(_Line(), object_name, accessible_name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.line.setInputMethodHints(
            hints.ImhSensitiveData
            | hints.ImhNoPredictiveText
            | hints.ImhNoAutoUppercase
            | hints.ImhHiddenText
        )
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.show_button = icon_button("eye", f"{object_name}.show", tr(N_("Show what is typed")))
        self.show_button.setCheckable(True)
        self.show_button.toggled.connect(self._on_show)
        self._caps = named(label(tr(N_("Caps Lock is on.")), "note"), f"{object_name}.caps")
        self._caps.hide()
        self.line.caps_lock.connect(self._caps.setVisible)
        beside = QHBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(self.line, 1)
        beside.addWidget(self.show_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(beside)
        layout.addWidget(self._caps)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed, and hide what is typed next."""
        self.line.clear()
        self.show_button.setChecked(False)

    def caps_lock_seen(self) -> bool:
        """Whether the hint is shown."""
        return not self._caps.isHidden()

    def _on_show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_button.setIcon(icon("eye-off" if shown else "eye", "text_soft"))
        text = tr(N_("Hide what is typed")) if shown else tr(N_("Show what is typed"))
        self.show_button.setAccessibleName(text)
        self.show_button.setToolTip(text)
