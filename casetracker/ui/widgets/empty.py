"""What a page shows while there is nothing on it yet: what it is for, and the button that begins."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casetracker.ui.icons import icon
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import button, label, named, show_if


class EmptyState(QWidget):
    """An icon, a title, a sentence and perhaps a button; `action_clicked` when it was pressed."""

    action_clicked = Signal()

    def __init__(
        self, title: str, text: str = "", *, action: str = "", icon_name: str = "folder-open",
        object_name: str = "empty",
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, object_name, title)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        picture = QLabel()
        picture.setPixmap(icon(icon_name, "line_field").pixmap(48, 48))
        self._text = label(text, "muted", wrap=True)
        self._text.setAlignment(middle)
        self._text.setFixedWidth(px(400))
        self._text.setMinimumHeight(self._text.heightForWidth(px(400)))  # which a centred one is not given
        show_if(self._text, bool(text))
        self._button = button(action, f"{object_name}.action", kind="primary")
        show_if(self._button, bool(action))
        self._button.clicked.connect(self.action_clicked)
        layout.addStretch(2)
        for part in (picture, label(title, "lead"), self._text, self._button):
            layout.addWidget(part, 0, middle)
        layout.addStretch(3)
