"""The tabs of a protest: the outcome grids, the account, and the cases it bears on."""

from __future__ import annotations

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Protest
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.inline import InlineEdit
from casetracker.ui.pages.families_offer import FamiliesOffer
from casetracker.ui.pages.page import tone
from casetracker.ui.pages.protest.data import ProtestData
from casetracker.ui.pages.protest.edit import edit_protest
from casetracker.ui.pages.protest.outcomes import PenaltyGrid, PeopleGrid
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import label, named


class ProtestTab(ScrollPage):
    """One tab of the page of a protest."""

    def __init__(self, desk: Desk, name: str, title: str) -> None:
        super().__init__(f"protest.{name}", title)
        self.desk = desk
        self.data: ProtestData | None = None

    def show_protest(self, data: ProtestData) -> None:
        """Show a protest."""
        self.data = data
        self.fill(data)

    def fill(self, data: ProtestData) -> None:
        """Fill the tab."""
        raise NotImplementedError

    def write(self) -> None:
        """Open the protest for writing."""
        if self.data:
            edit_protest(self, self.desk, self.data.id)


class OutcomesTab(ProtestTab):
    """Who was there and what the police did with each, written on the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "outcomes", tr(N_("People and outcomes")))
        self.edit = InlineEdit(desk.store, Protest, "outcomes", self._action)
        self.edit.write("participants")
        self.people = PeopleGrid(desk.store, self.edit.draft)
        self.penalties = PenaltyGrid(desk.store, self.edit.draft, self.people)
        for title, name, grid in (
            (tr(N_("Who was there, and what the police did")), "people", self.people),
            (tr(N_("Penalties")), "penalties", self.penalties),
        ):
            card = Card(title, f"card.{name}")
            card.add(grid)
            self.body.addWidget(card)
            self.edit.add("participants", grid)
        self.body.addStretch(1)

    def fill(self, data: ProtestData) -> None:
        self.edit.load(self.desk.store.draft(Protest, data.id))

    def _action(self, draft: Draft) -> str:
        n = len(draft.children["participants"])
        title = self.data.title if self.data else ""
        return ntr("{n} participant of {protest}", "{n} participants of {protest}", n, protest=title)


class AccountTab(ProtestTab):
    """What was demanded, what the police did, and what happened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "account", tr(N_("What happened")))
        about = Card(tr(N_("Protest")), "card.protest", link=tr(N_("Edit")))
        about.link_clicked.connect(self.write)
        self._facts = Facts("protest.facts", label_width=170)
        self._no_facts = label(tr(N_("Nothing more is recorded.")), "muted")
        about.add(self._facts)
        about.add(self._no_facts)
        self._texts = []
        for name, title in (
            ("demands", tr(N_("Demands"))),
            ("police", tr(N_("Police response"))),
            ("officers", tr(N_("What officers said (stays in the office)"))),
            ("account", tr(N_("What happened there"))),
            ("media", tr(N_("Press and video links"))),
        ):
            card = Card(title, f"card.{name}", link=tr(N_("Edit")))
            card.link_clicked.connect(self.write)
            text = named(label("", wrap=True, selectable=True), f"protest.{name}.text")
            card.add(text)
            self._texts.append((card, text))
        for made in (self._texts[0][0], about, *(card for card, _ in self._texts[1:])):
            self.body.addWidget(made)
        self.body.addStretch(1)

    def fill(self, data: ProtestData) -> None:
        self._facts.set_facts([Fact(name, value) for name, value in data.facts])
        self._no_facts.setVisible(not data.facts)
        texts = (data.demands, data.police, data.officers, data.account, data.media)
        for (card, text), value in zip(self._texts, texts, strict=True):
            text.setText(value)
            card.setVisible(bool(value))


class CasesTab(ProtestTab):
    """The cases that the protest bears on, and why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "cases", tr(N_("Cases")))
        self.offer = FamiliesOffer(desk)
        card = Card(tr(N_("Cases spoken for, and those of relatives who were there")), "card.cases",
                    link=tr(N_("Edit")))  # fmt: skip
        card.link_clicked.connect(self.write)
        columns = (Column(tr(N_("Case")), 2), Column(tr(N_("Why")), 0), Column(tr(N_("Note")), 2))
        self.table = CellTable(columns, "linked_cases", tr(N_("Cases")))
        self.table.chosen.connect(lambda key: desk.open("Case", key))
        self._none = label(tr(N_("No case is linked yet.")), "muted")
        card.add(self.table)
        card.add(self._none)
        self.body.addWidget(self.offer)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def fill(self, data: ProtestData) -> None:
        rows = [
            TableRow(c.case_id, (Cell(c.name, c.ref, bold=True), Cell(c.role, tone=tone(c.tone)), c.note))
            for c in data.cases
        ]
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.offer.offer(data.id, data.families)
