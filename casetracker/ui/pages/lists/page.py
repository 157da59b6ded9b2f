"""Lists and rules: what the whole office shares – terms, tags, places."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.store import vocabularies
from casetracker.ui.desk import Desk
from casetracker.ui.pages.lists.places import PlacesTab
from casetracker.ui.pages.lists.tags import TagsTab
from casetracker.ui.pages.lists.terms import TermsTab
from casetracker.ui.pages.page import Page
from casetracker.ui.widgets.tabs import TabPages


class ListsPage(Page):
    """The lists of the office behind tabs; a key of a list, as `show_record` is given it, shows that list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "lists", tr(N_("Lists and rules")))
        self.tabs = TabPages("lists.tabs")
        self.terms, self.tags, self.places = TermsTab(desk), TagsTab(desk), PlacesTab()
        self.tabs.add("terms", tr(N_("Terms")), self.terms)
        self.tabs.add("tags", tr(N_("Tags")), self.tags)
        self.tabs.add("places", tr(N_("Places")), self.places)
        self.tabs.chosen.connect(lambda _: self.refresh())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def refresh(self) -> None:
        """Read again what is in front."""
        shown = self.tabs.page(self.tabs.strip.selected())
        if isinstance(shown, TermsTab | TagsTab | PlacesTab):
            shown.refresh()
        self.desk.status.emit(ntr("{n} list", "{n} lists", len(vocabularies.every_list())))

    def show_record(self, record_id: str) -> None:
        """Show this list of terms; for an empty key, what is in front."""
        if record_id:
            self.tabs.select("terms")
            self.terms.show_list(record_id)
        self.refresh()
