"""Protests: the list, and the page of one protest with its outcome grid."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.chain.tab import ChainTab
from casetracker.ui.pages.documents.dropping import Dropping
from casetracker.ui.pages.documents.tab import DocumentsTab
from casetracker.ui.pages.page import ListPage, RecordPane
from casetracker.ui.pages.protest.court import CourtTab
from casetracker.ui.pages.protest.data import ProtestData, people_text, read
from casetracker.ui.pages.protest.edit import edit_protest, new_protest
from casetracker.ui.pages.protest.tabs import AccountTab, CasesTab, OutcomesTab, ProtestTab
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.tabs import TabPages


class ProtestPage(ListPage):
    """The list of protests beside a protest."""

    views_key = "protests"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "protests", tr(N_("Protests")), list_width=300)
        self.set_empty(
            "speakerphone",
            tr(N_("No protests yet")),
            tr(N_("Record the day and the place first; then type who was there and what happened to them.")),
            tr(N_("New protest")),
            lambda: new_protest(self, desk),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} protest", "{n} protests", number)

    def make_record(self) -> RecordPane:
        return ProtestPane(self.desk)


class ProtestPane(RecordPane):
    """One protest: header, outcome grids, account, cases."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "protest")
        self.data: ProtestData | None = None
        self.header = PageHeader("protest.header")
        self.header.add_action("protest.edit", tr(N_("Edit"))).clicked.connect(
            lambda: edit_protest(self, desk, self.record_id)
        )
        self.outcomes, self.account, self.cases = OutcomesTab(desk), AccountTab(desk), CasesTab(desk)
        self.tabs = TabPages("protest.tabs")
        self._all: dict[str, ProtestTab] = {
            "outcomes": self.outcomes,
            "account": self.account,
            "court": CourtTab(desk),
            "cases": self.cases,
        }
        self.chain = ChainTab(desk, "protest.chain")
        self.documents = DocumentsTab(desk, "protest.documents")
        Dropping(self, self.documents.box)
        for key, tab in (*self._all.items(), ("chain", self.chain), ("documents", self.documents)):
            self.tabs.add(key, tab.accessibleName(), tab)
        self._notice = Banner(object_name="notice")
        self.outcomes.edit.shortcut(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        notice = QVBoxLayout()
        notice.setContentsMargins(22, 0, 22, 8)
        notice.addWidget(self._notice)
        layout.addLayout(notice)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.outcomes.edit.bar)

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_title(data.title)
        self.header.set_subtitle(*data.subtitle)
        self.header.set_chips(chips(data))
        for tab in self._all.values():
            tab.show_protest(data)
        self.chain.show_record("Protest", data.id)
        self.tabs.strip.set_count("documents", self.documents.show_record("Protest", data.id))
        self._notice.set("", data.notice, Tone.AMBER)
        self._notice.setVisible(bool(data.notice))
        self.tabs.strip.set_count("outcomes", data.people)
        self.tabs.strip.set_count("court", len(data.penalties))
        self.tabs.strip.set_count("cases", len(data.cases))
        return True

    def may_leave(self) -> bool:
        return self.outcomes.edit.may_leave()


def chips(data: ProtestData) -> list[ChipText]:
    """Say how many people there were, and what was done to them."""
    made = [ChipText(data.state, Tone.AMBER if data.late else Tone.GREEN)] if data.state else []
    if data.people:
        made.append(ChipText(people_text(data.people), Tone.BLUE))
    if data.detained:
        made.append(ChipText(ntr("{n} detained", "{n} detained", data.detained), Tone.RED))
    if data.fined:
        text = ntr("{n} fined", "{n} fined", data.fined)
        made.append(ChipText(f"{text} · {data.fines_text}" if data.fines else text, Tone.AMBER))
    return made
