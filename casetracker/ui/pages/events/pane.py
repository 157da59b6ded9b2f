"""The page of one event: what it was, who was there, which cases it bears on, and what led to it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.chain.card import ChainCard
from casetracker.ui.pages.documents.box import DocumentsBox
from casetracker.ui.pages.documents.dropping import Dropping
from casetracker.ui.pages.events.data import TEXTS, EventData, read
from casetracker.ui.pages.events.edit import edit_event
from casetracker.ui.pages.families_offer import FamiliesOffer
from casetracker.ui.pages.page import RecordPane
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import label, named

_NAMES = dict.fromkeys((*(n for names in TEXTS.values() for n in names), "account", "media"))


class EventPane(RecordPane):
    """One event."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "event")
        self.data: EventData | None = None
        self.header = PageHeader("event.header")
        link = self.header.add_action("event.link", tr(N_("Link to…")))
        change = self.header.add_action("event.edit", tr(N_("Edit")))
        self._page = ScrollPage("event.page", tr(N_("Event")))
        self._offer = FamiliesOffer(desk)
        self._cards = CardColumns()
        self._facts_card, self._facts = self._make_facts()
        self._people_card, self._people = self._make_people()
        self._texts = {name: self._make_text(name) for name in _NAMES}
        self._cases_card, self._cases = self._make_cases()
        self.chain = ChainCard(desk)
        self._cards.add(self.chain, wide=True)
        self.documents = DocumentsBox(desk)
        self._cards.add(self.documents, wide=True)
        Dropping(self, self.documents)
        self._page.body.addWidget(self._offer)
        self._page.body.addWidget(self._cards)
        self._page.body.addStretch(1)
        link.clicked.connect(self.chain.link_to)
        change.clicked.connect(self._edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._page, 1)

    def _card(self, title: str, name: str, *, wide: bool = False) -> Card:
        card = Card(title, f"card.{name}", link=tr(N_("Edit")))
        card.link_clicked.connect(self._edit)
        return self._cards.add(card, wide=wide)

    def _make_facts(self) -> tuple[Card, Facts]:
        card, facts = self._card("", "event"), Facts("event.facts")
        self._no_facts = label(tr(N_("Nothing more is recorded.")), "muted")
        card.add(facts)
        card.add(self._no_facts)
        card.fill_up()
        return card, facts

    def _make_people(self) -> tuple[Card, CellTable]:
        card = self._card(tr(N_("People")), "people")
        table = CellTable(
            (Column(tr(N_("Name")), 2), Column(tr(N_("As what")), 1)), "people", tr(N_("People"))
        )
        table.chosen.connect(lambda key: self.desk.open("Person", key))
        self._nobody = label(tr(N_("Nobody is on the list yet.")), "muted")
        card.add(table)
        card.add(self._nobody)
        card.fill_up()
        return card, table

    def _make_text(self, name: str) -> tuple[Card, object]:
        card = self._card("", f"text.{name}", wide=True)
        text = named(label("", wrap=True, selectable=True), f"event.{name}.text")
        card.add(text)
        return card, text

    def _make_cases(self) -> tuple[Card, CellTable]:
        card = self._card(tr(N_("Cases concerned")), "cases", wide=True)
        columns = (Column(tr(N_("Case")), 2), Column(tr(N_("Why")), 0), Column(tr(N_("Note")), 2))
        table = CellTable(columns, "linked_cases", tr(N_("Cases")))
        table.chosen.connect(lambda key: self.desk.open("Case", key))
        self._no_case = label(tr(N_("No case is linked yet.")), "muted")
        card.add(table)
        card.add(self._no_case)
        return card, table

    # Showing

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_title(data.title)
        self.header.set_subtitle(*data.subtitle)
        self.header.set_chips(chips(data))
        self._facts_card.set_title(data.sort)
        self._facts.set_facts([Fact(name, value) for name, value in data.facts])
        self._no_facts.setVisible(not data.facts)
        self._show_people(data)
        self._show_texts(data)
        self._show_cases(data)
        self.chain.show_record(data.kind.__name__, data.id)
        self.documents.show_record(data.kind.__name__, data.id)
        self._cards.arrange()
        return True

    def _show_people(self, data: EventData) -> None:
        rows = [TableRow(p.person_id, (Cell(p.name, bold=True), Cell(p.part, p.post))) for p in data.people]
        self._people.set_rows(rows)
        self._people.setVisible(bool(rows))
        self._nobody.setVisible(not rows)

    def _show_texts(self, data: EventData) -> None:
        told = {name: (title, text) for name, title, text in data.texts}
        for name, (card, text) in self._texts.items():
            title, words = told.get(name, ("", ""))
            card.set_title(title)
            text.setText(words)  # type: ignore[attr-defined]
            card.setVisible(bool(words))

    def _show_cases(self, data: EventData) -> None:
        rows = [
            TableRow(c.case_id, (Cell(c.name, c.ref, bold=True), Cell(c.role, tone=Tone.BLUE), c.note))
            for c in data.cases
        ]
        self._cases.set_rows(rows)
        self._cases.setVisible(bool(rows))
        self._no_case.setVisible(not rows)
        self._offer.offer(data.id, data.families)

    def _edit(self) -> None:
        if self.record_id:
            edit_event(self, self.desk, self.record_id)


def chips(data: EventData) -> list[ChipText]:
    """Say what kind of event it is, and whether it is still to come."""
    made = [ChipText(data.sort, Tone(data.tone))]
    if data.state:
        made.append(ChipText(data.state, Tone.GREY))
    if data.waiting:
        made.append(ChipText(data.waiting, Tone.AMBER if data.late else Tone.GREEN))
    if data.cases:
        made.append(ChipText(ntr("{n} case", "{n} cases", len(data.cases)), Tone.BLUE))
    return made
