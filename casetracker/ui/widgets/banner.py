"""A coloured strip that says something about what is below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.icons import icon
from casetracker.ui.style import Tone, restyle
from casetracker.ui.widgets.naming import button, label, named, show_if


class Banner(QFrame):
    """A title in bold, a text below it, perhaps an action and an ✕.

    `tone` is AMBER (mind this), GREEN (this is well), RED (this is wrong), anything else informs.
    """

    action_clicked = Signal()
    closed = Signal()

    def __init__(
        self, title: str = "", text: str = "", *, tone: Tone = Tone.AMBER, action: str = "",
        closable: bool = False,        object_name: str = "banner", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(object_name)
        self._title = label("", "bold", wrap=True)
        self._text = label("", "soft", wrap=True, selectable=True)
        named(self._text, f"{object_name}.text")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._text)
        outer = self._outer = QHBoxLayout(self)
        outer.setContentsMargins(14, 8, 10, 8)
        outer.addLayout(words, 1)
        self._action = button(action, f"{object_name}.action")
        show_if(self._action, bool(action))
        self._action.clicked.connect(self.action_clicked)
        outer.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        close = named(QPushButton(), f"{object_name}.close", tr("Close"), tr("Close"))
        close.setProperty("kind", "quiet")
        close.setIcon(icon("x", "text_soft"))
        show_if(close, closable)
        close.clicked.connect(self._close)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.set(title, text, tone)

    def set(self, title: str, text: str = "", tone: Tone = Tone.AMBER) -> None:
        """Say something else."""
        self._title.setText(title)
        show_if(self._title, bool(title))
        self._text.setText(text)
        show_if(self._text, bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        self.setProperty("tone", tone.value)
        restyle(self)

    def add_button(self, made: QPushButton) -> None:
        """Put another button after the action."""
        self._outer.insertWidget(2, made, 0, Qt.AlignmentFlag.AlignVCenter)

    def text(self) -> str:
        """All that it says."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
