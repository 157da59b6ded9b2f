"""Cases: the list with its filters, and the page of one case."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case import closing, edit
from casetracker.ui.pages.case.data import CaseData, read
from casetracker.ui.pages.case.rows import entries, promise_row, relative_rows
from casetracker.ui.pages.case.tab_appeals import AppealsTab
from casetracker.ui.pages.case.tab_chronology import ChronologyTab
from casetracker.ui.pages.case.tab_consents import ConsentTab
from casetracker.ui.pages.case.tab_detention import DetentionTab
from casetracker.ui.pages.case.tab_documents import DocumentsTab
from casetracker.ui.pages.case.tab_sources import SourcesTab
from casetracker.ui.pages.case.tab_versions import VersionsTab
from casetracker.ui.pages.case.tabs import (
    CaseTab,
    FamilyTab,
    PromisesTab,
)
from casetracker.ui.pages.deadlines.edit import task_about_case
from casetracker.ui.pages.documents.dropping import Dropping
from casetracker.ui.pages.family.call import log_call_about
from casetracker.ui.pages.page import ListPage, RecordPane, tone
from casetracker.ui.pages.reviews.send import review_of_case
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.cell_table import CellTable, Column
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader, initials_of, picture_of
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.tabs import TabPages
from casetracker.ui.widgets.timeline import Timeline

# The tabs behind the summary, in their order. A new tab is a new file and one line here.
TABS: dict[str, Callable[[Desk], CaseTab]] = {
    "detention": DetentionTab,
    "timeline": ChronologyTab,
    "family": FamilyTab,
    "promises": PromisesTab,
    "appeals": AppealsTab,
    "consents": ConsentTab,
    "sources": SourcesTab,
    "versions": VersionsTab,
    "documents": DocumentsTab,
}


class CasePage(ListPage):
    """The list of cases beside a case."""

    views_key = "cases"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "cases", tr(N_("Cases")))
        self.set_empty(
            "file-text",
            tr(N_("No cases yet")),
            tr(N_("A case is the office's file on one detained relative. Take down the first one.")),
            tr(N_("New case")),
            lambda: edit.new_case(self, desk),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} case", "{n} cases", number)

    def make_record(self) -> RecordPane:
        return CasePane(self.desk)


class CasePane(RecordPane):
    """One case: header, and tabs from summary to sources."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "case")
        self.data: CaseData | None = None
        self.header = PageHeader("case.header")
        for name, text, primary, step in (
            ("case.edit", tr(N_("Edit")), False, lambda: edit.edit_case(self, desk, self.record_id)),
            ("case.pdf", tr(N_("Export PDF…")), True, self._export),
        ):
            self.header.add_action(name, text, primary=primary).clicked.connect(step)
        self.menu = QMenu(self)
        self.header.add_action("case.more", tr(N_("More"))).setMenu(self.menu)
        self._safe = Banner(object_name="case.safe_contact")
        self._contradiction = Banner(object_name="case.contradiction", action=tr(N_("Look at the versions")))
        self.tabs = TabPages("case.tabs")
        self._contradiction.action_clicked.connect(lambda: self.tabs.select("versions"))
        self.summary = SummaryTab(desk, self)
        self.more = {key: kind(desk) for key, kind in TABS.items()}
        kept = self.more["documents"]
        if isinstance(kept, DocumentsTab):
            Dropping(self, kept.box)
        self.tabs.add("summary", self.summary.accessibleName(), self.summary)
        for key, tab in self.more.items():
            self.tabs.add(key, tab.accessibleName(), tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        self._banners = QWidget()
        banners = QVBoxLayout(self._banners)
        banners.setContentsMargins(22, 0, 22, 8)
        banners.addWidget(self._safe)
        banners.addWidget(self._contradiction)
        layout.addWidget(self._banners)
        layout.addWidget(self.tabs, 1)

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_initials(initials_of(data.name), picture_of(data.portrait))
        self.header.set_title(data.name)
        self.header.set_subtitle(*data.others)
        self.header.set_chips([ChipText(c.text, tone(c.tone), c.help) for c in data.chips])
        self._fill_menu(data)
        self._safe.set(tr(N_("Safe contact")), data.safe_contact)
        self._safe.setVisible(bool(data.safe_contact))
        self._contradiction.set(tr(N_("Sources contradict each other")))
        self._contradiction.setVisible(data.contradicted)
        self._banners.setVisible(bool(data.safe_contact) or data.contradicted)
        self.summary.show_case(data)
        for key, tab in self.more.items():
            tab.show_case(data)
            self.tabs.strip.set_count(key, tab.count(data))
        return True

    def _fill_menu(self, data: CaseData) -> None:
        """Offer what can be done to a case in its stage."""
        self.menu.clear()
        link = ("link", tr(N_("Link to event…")), edit.link_event)
        call = ("call", tr(N_("Log a call…")), log_call_about)
        task = ("task", tr(N_("New task…")), task_about_case)
        review = ("review", tr(N_("Review by the family…")), review_of_case)
        for key, text, step in (link, call, task, review, *closing.steps(data.stage)):
            action = self.menu.addAction(text)
            action.setObjectName(f"case.{key}")
            action.triggered.connect(lambda _=False, step=step: step(self, self.desk, self.record_id))

    def _export(self) -> None:
        self.desk.go_to.emit("reports", f"case:{self.record_id}")


class SummaryTab(ScrollPage):
    """The case at a glance: situation, open promises, chronology, family."""

    def __init__(self, desk: Desk, pane: CasePane) -> None:
        super().__init__("case.summary", tr(N_("Summary")))
        self._desk, self._pane = desk, pane
        self._asks = Card(tr(N_("What the family asks")), "card.request")
        self._request = named(label("", wrap=True, selectable=True), "request")
        self._asks.add(self._request)
        self._situation = Card(tr(N_("Situation now")), "card.situation", link=tr(N_("Edit")))
        self._facts = Facts("situation")
        self._situation.add(self._facts)
        self._situation.fill_up()
        self._promises = Card(tr(N_("Open promises")), "card.promises", link=tr(N_("All")))
        columns = (Column(tr(N_("Promised by")), 2), Column(tr(N_("What")), 2), Column(tr(N_("Due")), 0))
        self._owed = CellTable(columns, "open_promises", tr(N_("Open promises")))
        self._nothing_owed = label(tr(N_("Nothing is owed to this case.")), "muted", wrap=True)
        self._promises.add(self._owed)
        self._promises.add(self._nothing_owed)
        self._promises.fill_up()
        self._timeline = Card(tr(N_("Chronology")), "card.timeline", link=tr(N_("Open")))
        self._entries = Timeline("summary_timeline", tr(N_("Chronology")))
        self._timeline.add(self._entries)
        self._timeline.fill_up()
        self._family = Card(tr(N_("Family")), "card.family", link=tr(N_("Open family")))
        self._relatives = CellTable(
            (Column("", 2), Column("", 2), Column("", 0)), "relatives", tr(N_("Family"))
        )
        self._family.add(self._relatives)
        self._family.fill_up()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.body.addWidget(self._asks)
        columns = CardColumns(left=1, right=1)
        for card in (self._situation, self._promises, self._timeline, self._family):
            columns.add(card)
        self.body.addWidget(columns)
        self.body.addStretch(1)

    def _connect(self) -> None:
        desk, pane = self._desk, self._pane
        self._situation.link_clicked.connect(lambda: edit.edit_case(self, desk, pane.record_id))
        self._promises.link_clicked.connect(lambda: pane.tabs.select("promises"))
        self._timeline.link_clicked.connect(lambda: pane.tabs.select("timeline"))
        self._family.link_clicked.connect(self._open_family)
        self._owed.chosen.connect(lambda key: desk.open("Promise", key.split(":")[0]))
        self._entries.chosen.connect(lambda key: desk.open(*key.split(":", 1)))
        self._relatives.chosen.connect(lambda key: desk.open("Person", key))

    def _open_family(self) -> None:
        if self._pane.data and self._pane.data.family_id:
            self._desk.open("Family", self._pane.data.family_id)

    def show_case(self, data: CaseData) -> None:
        """Show a case."""
        self._asks.setVisible(bool(data.request))
        self._request.setText(data.request)
        self._facts.set_facts([Fact(name, value, note) for name, value, note in data.situation])
        owed = data.open_promises[:5]
        self._owed.set_rows([promise_row(p) for p in owed])
        self._owed.setVisible(bool(owed))
        self._nothing_owed.setVisible(not owed)
        self._entries.set_entries(entries(data)[:8])
        self._relatives.set_rows(relative_rows(data)[:6])
