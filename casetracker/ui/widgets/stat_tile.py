"""A tile with one big number that opens the list behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casetracker.ui.style import Tone, px, restyle
from casetracker.ui.widgets.naming import label, named, show_if


class StatTile(QPushButton):
    """Label, number, note; `clicked` asks for the list. `tone` colours the number."""

    def __init__(
        self, title: str, object_name: str, *, number: str = "", note: str = "", tone: Tone = Tone.BLACK,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = named(label(title, "muted", wrap=True), f"{object_name}.title")
        self._number = named(label(number, "figure"), f"{object_name}.number")
        self._note = named(label(note, "muted", wrap=True), f"{object_name}.note")
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 15, 12, 15)
        layout.setSpacing(0)
        for part in (self._title, self._number, self._note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setMinimumWidth(40)
            layout.addWidget(part)
        layout.addStretch(1)
        self.set(number, note, tone)

    def set(self, number: str, note: str = "", tone: Tone = Tone.BLACK) -> None:
        """Show another number."""
        self._number.setText(number)
        self._note.setText(note)
        show_if(self._note, bool(note))
        self._number.setProperty("tone", tone.value)
        restyle(self._number)
        said = ": ".join((self._title.text(), number))
        self.setAccessibleName(f"{said}, {note}" if note else said)

    def number(self) -> str:
        """The number as it is shown."""
        return self._number.text()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._layout.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        width = max(self.width(), px(120))
        return QSize(px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(60))
