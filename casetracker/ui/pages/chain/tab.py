"""A tab with the chain of a record; it is read when somebody looks at it."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from casetracker.i18n import N_, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.chain.card import ChainCard
from casetracker.ui.widgets.frame import ScrollPage


class ChainTab(ScrollPage):
    """What led to one record, and what it led to."""

    def __init__(self, desk: Desk, object_name: str) -> None:
        super().__init__(object_name, tr(N_("What led to what")))
        self.card = ChainCard(desk)
        self._waiting = ("", "")
        self.body.addWidget(self.card)
        self.body.addStretch(1)

    def show_record(self, kind: str, record_id: str) -> None:
        """Show the chain of this record."""
        self._waiting = (kind, record_id)
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        kind, record_id = self._waiting
        self._waiting = ("", "")
        if record_id:
            self.card.show_record(kind, record_id)
