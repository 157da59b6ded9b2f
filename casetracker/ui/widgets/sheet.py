"""The white sheet on the small windows before a casebook is open, with the name of the program over it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casetracker.ui.icons import app_icon
from casetracker.ui.style import px
from casetracker.ui.widgets.naming import label, named


class Sheet(QFrame):
    """A white frame; put what it holds into `body`."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        named(self, object_name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(24), px(20), px(24), px(20))
        self.body.setSpacing(px(10))


class SmallWindow(QWidget):
    """A window with the mark of the program, a title, a line below it, and a `sheet`."""

    def __init__(self, object_name: str, title: str, text: str = "") -> None:
        super().__init__()
        named(self, object_name, title)
        self.setWindowTitle("Casetracker")  # no name of a casebook: task bars show titles
        self.setWindowIcon(app_icon())
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(px(40), px(40))))
        self.title = named(label(title, "title", wrap=True), f"{object_name}.title")
        self.note = named(label(text, "muted", wrap=True), f"{object_name}.note")
        self.note.setVisible(bool(text))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        head = QHBoxLayout()
        head.setSpacing(px(14))
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.sheet = Sheet(f"{object_name}.sheet")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(28), px(24), px(28), px(24))
        self.body.setSpacing(px(18))
        self.body.addLayout(head)
        self.body.addWidget(self.sheet, 1)
