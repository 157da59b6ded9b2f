"""The tab of documents of a case: those kept for it, and those that hang on it."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.model import Case
from casetracker.store import documents
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.tabs import CaseTab
from casetracker.ui.pages.documents.box import DocumentsBox


class DocumentsTab(CaseTab):
    """The documents of a case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "documents", tr(N_("Documents")))
        self.box = DocumentsBox(desk)
        self.body.addWidget(self.box)
        self.body.addStretch(1)

    def show_case(self, data: CaseData) -> None:
        self.box.expect(Case.__name__, data.id)
        super().show_case(data)

    def count(self, data: CaseData) -> int:
        return documents.count(self.desk.store, data.id)

    def fill(self, data: CaseData) -> None:
        self.box.show_record(Case.__name__, data.id)
