"""Lists in and out: taking in a list of others, and writing files for other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from casetracker.i18n import N_, tr
from casetracker.store.store import Change
from casetracker.ui.desk import Desk
from casetracker.ui.pages.exchange.files import FilesPane
from casetracker.ui.pages.exchange.giving import GivingPane
from casetracker.ui.pages.exchange.partner import PartnerPane
from casetracker.ui.pages.exchange.taking import TakingPane
from casetracker.ui.pages.page import Page
from casetracker.ui.widgets.tabs import TabPages


class ExchangePage(Page):
    """A list becomes cases, files their documents, cases a file; what a partner office sent is merged."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "exchange", tr(N_("Lists in and out")))
        self.taking = TakingPane(desk)
        self.files = FilesPane(desk)
        self.giving = GivingPane(desk)
        self.partner = PartnerPane(desk)
        self.tabs = TabPages("exchange.tabs")
        self.tabs.add("in", tr(N_("Take in a list")), self.taking)
        self.tabs.add("files", tr(N_("Photographs and statements")), self.files)
        self.tabs.add("out", tr(N_("Files for other programs")), self.giving)
        self.tabs.add("partner", tr(N_("From a partner office")), self.partner)
        self.taking.folder_dropped.connect(self._match)
        self.tabs.chosen.connect(lambda _: self.refresh())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def show_record(self, record_id: str) -> None:
        """Show the page; it has no record of its own."""
        self.refresh()

    def _match(self, paths: list[Path]) -> None:
        self.tabs.select("files")
        self.files.look(paths)

    def refresh(self) -> None:
        """Read again what the tab in front shows."""
        if self.tabs.selected() == "out":
            self.giving.refresh()
        self.desk.status.emit("")

    def on_change(self, change: Change) -> None:
        """What may be given changes with every record; a list that is looked at stays as it is."""
        self.refresh()
