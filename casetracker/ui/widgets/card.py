"""A white card with a title and, at its right, a link to more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.ui.widgets.naming import button, label, named, reads_only, show_if


class Card(QFrame):
    """A titled card; put its content into `body`. `link_clicked` says that the link was used."""

    link_clicked = Signal()

    def __init__(
        self, title: str, object_name: str, *, link: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, object_name, title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 13, 15, 15)
        outer.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = label(title, "bold", wrap=True)
        self._link = button(link, f"{object_name}.link", kind="link")
        show_if(self._link, bool(link))
        self._link.clicked.connect(self.link_clicked)
        head.addWidget(self._title, 1)
        head.addWidget(self._link)
        self._head = QWidget()
        self._head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        show_if(self._head, bool(title or link))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addWidget(self._head)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)
        show_if(self._head, bool(title or self._link.text()))

    def set_link(self, link: str) -> None:
        """Change what the link says; an empty text takes it away."""
        self._link.setText(link)
        self._link.setAccessibleName(link)
        self._show_link()

    def _show_link(self) -> None:
        edits = self._link.text() == tr(N_("Edit"))
        show_if(self._link, bool(self._link.text()) and not (edits and reads_only(self)))

    def showEvent(self, event: QShowEvent) -> None:
        self._show_link()
        super().showEvent(event)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what the card holds already."""
        self.body.addWidget(widget, stretch)

    def fill_up(self) -> None:
        """Keep what the card holds at the top when the card is taller."""
        self.body.addStretch(1)
