"""A tab with the documents of a record; they are read when somebody looks at it."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from casetracker.i18n import N_, tr
from casetracker.store import documents
from casetracker.ui.desk import Desk
from casetracker.ui.pages.documents.box import DocumentsBox
from casetracker.ui.widgets.frame import ScrollPage


class DocumentsTab(ScrollPage):
    """The documents that hang on one record."""

    def __init__(self, desk: Desk, object_name: str) -> None:
        super().__init__(object_name, tr(N_("Documents")))
        self.box = DocumentsBox(desk)
        self._desk = desk
        self._waiting = ("", "")
        self.body.addWidget(self.box)
        self.body.addStretch(1)

    def show_record(self, kind: str, record_id: str) -> int:
        """Show the documents of this record; return how many they are."""
        self._waiting = (kind, record_id)
        self.box.expect(kind, record_id)
        if self.isVisible():
            self._read()
        return documents.count(self._desk.store, about_id=record_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        kind, record_id = self._waiting
        self._waiting = ("", "")
        if record_id:
            self.box.show_record(kind, record_id)
