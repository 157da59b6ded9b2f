"""Lists and rules: what the whole office shares, behind tabs; a new tab is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.store import vocabularies
from casetracker.ui.desk import Desk
from casetracker.ui.pages.lists.places import PlacesTab
from casetracker.ui.pages.lists.tags import TagsTab
from casetracker.ui.pages.lists.terms import TermsTab
from casetracker.ui.pages.offices.panel import OfficesPanel
from casetracker.ui.pages.page import Page
from casetracker.ui.pages.rules.panel import RulesPanel
from casetracker.ui.widgets.tabs import TabPages


class Refreshed(Protocol):
    """What each tab can do."""

    def refresh(self) -> None:
        """Read again what it shows."""


# Key, name, and what makes the tab; it has `refresh`, which is called whenever it comes to the front.
TABS: tuple[tuple[str, str, Callable[[Desk], QWidget]], ...] = (
    ("terms", N_("Terms"), TermsTab),
    ("tags", N_("Tags"), TagsTab),
    ("places", N_("Places"), PlacesTab),
    ("rules", N_("Rules"), RulesPanel),
    ("offices", N_("Offices and posts"), OfficesPanel),
)


class ListsPage(Page):
    """The lists of the office behind tabs; a key of a list, as `show_record` is given it, shows that list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "lists", tr(N_("Lists and rules")))
        self.tabs = TabPages("lists.tabs")
        for key, text, make in TABS:
            self.tabs.add(key, tr(text), make(desk))
        self.tabs.chosen.connect(lambda _: self.refresh())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def refresh(self) -> None:
        """Read again what is in front."""
        cast(Refreshed, self.tabs.page(self.tabs.strip.selected())).refresh()
        self.desk.status.emit(ntr("{n} list", "{n} lists", len(vocabularies.every_list())))

    def show_record(self, record_id: str) -> None:
        """Show the tab of this key, or this list of terms; for an empty key, what is in front."""
        if record_id in {key for key, _, _ in TABS}:
            self.tabs.select(record_id)
        elif record_id:
            self.tabs.select("terms")
            cast(TermsTab, self.tabs.page("terms")).show_list(record_id)
        self.refresh()
