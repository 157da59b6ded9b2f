"""Families: the list, and the page of one family."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.store.penalties import tenge
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.data import Chip
from casetracker.ui.pages.case.rows import promise_row
from casetracker.ui.pages.consent_table import ConsentTable
from casetracker.ui.pages.consents.card import ConsentCard
from casetracker.ui.pages.contact_card import ContactCard
from casetracker.ui.pages.documents.box import DocumentsBox
from casetracker.ui.pages.documents.dropping import Dropping
from casetracker.ui.pages.family import edit
from casetracker.ui.pages.family.call import edit_entry, log_call
from casetracker.ui.pages.family.cards import AuthorityCard, LogCard
from casetracker.ui.pages.family.data import FamilyData, MemberLine, PenaltyLine, read
from casetracker.ui.pages.page import ListPage, RecordPane, tone
from casetracker.ui.pages.reprisals_card import ReprisalsCard
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader, initials_of
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.tabs import TabPages


class FamilyPage(ListPage):
    """The list of families beside a family."""

    views_key = "families"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "families", tr(N_("Families")), list_width=340)
        self.set_empty(
            "users-group",
            tr(N_("No families yet")),
            tr(N_("A family is who speaks for one or more detained relatives. Record the first one.")),
            tr(N_("New family")),
            lambda: edit.new_family(self, desk),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} family", "{n} families", number)

    def make_record(self) -> RecordPane:
        return FamilyPane(self.desk)


class FamilyPane(RecordPane):
    """One family: safe-contact instructions first, then who they are and what they live through."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "family")
        self.data: FamilyData | None = None
        self.header = PageHeader("family.header")
        self.call_button = self.header.add_action("family.call", tr(N_("Log a call…")))
        self.call_button.setToolTip(tr(N_("Ctrl+Shift+L")))
        self.call_button.clicked.connect(lambda: log_call(self, desk, self.record_id))
        self.link_button = self.header.add_action("family.link", tr(N_("Link case…")))
        self.link_button.clicked.connect(lambda: edit.link_case(self, desk, self.record_id))
        self.edit_button = self.header.add_action("family.edit", tr(N_("Edit")), primary=True)
        self.edit_button.clicked.connect(lambda: edit.edit_family(self, desk, self.record_id))
        for each in (self.call_button, self.link_button, self.edit_button):
            each.setEnabled(not desk.store.read_only)
        self.safe = Banner(object_name="family.safe_contact")
        self._banners = QWidget()
        banners = QVBoxLayout(self._banners)
        banners.setContentsMargins(24, 14, 24, 0)
        banners.addWidget(self.safe)
        self._scroll = ScrollPage("family.scroll", tr(N_("Family")))
        self.cards = CardColumns()
        self._build_cards()
        self._scroll.body.addWidget(self.cards)
        self._scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.header, self._banners):
            layout.addWidget(widget)
        self.tabs = TabPages("family.tabs")
        self.tabs.add("summary", tr(N_("Summary")), self._scroll)
        layout.addWidget(self.tabs, 1)

    def _build_cards(self) -> None:
        desk = self.desk
        self.members = self._card(
            tr(N_("Members")),
            "members",
            (Column("", 3), Column("", 3), Column("", 0), Column("", 0)),
            tr(N_("No member is recorded yet.")),
        )
        self.members.table.chosen.connect(lambda key: desk.open("Person", key))
        self.doubts = named(label("", "soft", wrap=True), "family.doubts")
        self.members.body.insertWidget(1, self.doubts)
        self.cases = self._card(
            tr(N_("Cases of the family")),
            "cases",
            (Column("", 3), Column("", 0)),
            tr(N_("No case is linked yet. Use “Link case…”.")),
        )
        self.cases.table.chosen.connect(lambda key: desk.open("Case", key))
        self.authority = AuthorityCard()
        self.authority.link_clicked.connect(lambda: edit.edit_family(self, desk, self.record_id))
        self.authority.table.chosen.connect(lambda key: desk.open("Person", key))
        self.cards.add(self.authority)
        self.contact = ContactCard(tr(N_("Contact")), "card.contact")
        self.cards.add(self.contact)
        self.log = LogCard()
        self.log.link_clicked.connect(lambda: log_call(self, desk, self.record_id))
        self.log.table.chosen.connect(lambda key: edit_entry(self, desk, key))
        self.cards.add(self.log, wide=True)
        owed = (Column(tr(N_("Promised by")), 2), Column(tr(N_("What")), 2), Column(tr(N_("Due")), 0))
        self.promises = self._card(
            tr(N_("Open promises")), "promises", owed, tr(N_("Nothing is owed to this family.")), wide=True
        )
        self.promises.table.chosen.connect(lambda key: desk.open("Promise", key.split(":")[0]))
        self._build_wide_cards()

    def _build_wide_cards(self) -> None:
        columns = (
            Column(tr(N_("Who")), 2),
            Column(tr(N_("Where")), 3),
            Column("", 0),
            Column(tr(N_("Penalty")), 3),
            Column(tr(N_("Amount")), 0),
            Column("", 0),
        )
        self.penalties = self._card(
            tr(N_("Protests and penalties")),
            "penalties",
            columns,
            tr(N_("No member was at a recorded protest.")),
            wide=True,
        )
        self.penalties.table.chosen.connect(lambda key: self.desk.open(*key.split(":")[:2]))
        self.reprisals = ReprisalsCard("reprisals")
        self.reprisals.chosen.connect(lambda key: self.desk.open("Reprisal", key))
        self.cards.add(self.reprisals, wide=True)
        self.cost = named(label("", "soft", wrap=True), "family.cost")
        self.penalties.body.insertWidget(0, self.cost)
        self.matrix = ConsentCard(self.desk, "family.consents")
        self.cards.add(self.matrix, wide=True)
        self.consent_card = self.cards.add(Card(tr(N_("Every answer")), "card.consents"), wide=True)
        self.consents = ConsentTable("family.consents", about=True)
        self.consent_card.add(self.consents)
        self.documents = DocumentsBox(self.desk)
        self.cards.add(self.documents, wide=True)
        Dropping(self, self.documents)
        self.notes_card = self.cards.add(Card(tr(N_("Internal notes")), "card.notes"), wide=True)
        self._notes = named(label("", wrap=True, selectable=True), "family.notes")
        self.notes_card.add(self._notes)

    def _card(
        self, title: str, name: str, columns: Sequence[Column], none: str, *, wide: bool = False
    ) -> TableCard:
        made = TableCard(title, name, columns, none)
        self.cards.add(made, wide=wide)
        return made

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_initials(initials_of(data.petitioner or data.name))
        self.header.set_title(data.name)
        self.header.set_subtitle(
            tr(N_("petitioner: {name}"), name=data.petitioner) if data.petitioner else "",
            tr(N_("representative: {name}"), name=data.representative) if data.representative else "",
        )
        self.header.set_chips([ChipText(c.text, tone(c.tone)) for c in data.chips])
        self.safe.set(tr(N_("Safe contact")), data.safe_contact)
        self._banners.setVisible(bool(data.safe_contact))
        self._fill(data)
        self.documents.show_record("Family", data.id)
        self.cards.arrange()
        return True

    def _fill(self, data: FamilyData) -> None:
        self.members.set_rows([_member_row(m) for m in data.members])
        self.cases.set_rows(
            [
                TableRow(
                    c.case_id,
                    (
                        Cell(c.name, " · ".join(p for p in (c.ref, c.since) if p), bold=True),
                        chip_cell(c.status),
                    ),
                )
                for c in data.cases
            ]
        )
        self.promises.set_rows([promise_row(p) for p in data.open_promises])
        self.doubts.setText("\n".join(data.doubts))
        self.doubts.setVisible(bool(data.doubts))
        self.contact.set_contacts(data.contact_id, data.contacts, data.contact)  # the banner stays above
        self.authority.set_authorities(data.authorities)
        self.log.set_log(data)
        self.matrix.set_abouts(data.abouts)
        self.reprisals.set_reprisals(data.reprisals)
        self.consents.set_answers([(c.about, c.line) for c in data.consents])
        self.consent_card.setVisible(bool(data.consents))
        self.penalties.set_rows([_penalty_row(p, n) for n, p in enumerate(data.penalties)])
        self.cost.setText(cost_text(data))
        self.cost.setVisible(bool(self.cost.text()))
        self.notes_card.setVisible(bool(data.notes))
        self._notes.setText(data.notes)


class TableCard(Card):
    """A card with one table, and a sentence for when it is empty."""

    def __init__(self, title: str, name: str, columns: Sequence[Column], none: str) -> None:
        super().__init__(title, f"card.{name}")
        self.table = CellTable(columns, f"table.{name}", title)
        self._none = label(none, "muted", wrap=True)
        self.add(self.table)
        self.add(self._none)
        self.fill_up()

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show these rows."""
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)


def chip_cell(chip: Chip | None) -> Cell:
    """Return a chip as a cell of a table."""
    return Cell(chip.text, tone=tone(chip.tone)) if chip else Cell()


def _member_row(member: MemberLine) -> TableRow:
    return TableRow(
        member.person_id,
        (
            Cell(member.name, member.others),
            Cell(member.kin),
            chip_cell(member.whereabouts),
            chip_cell(member.chip),
        ),
    )


def _penalty_row(line: PenaltyLine, number: int) -> TableRow:
    cells = (
        Cell(line.person),
        Cell(line.event, line.when),
        chip_cell(line.outcome),
        Cell(line.penalty),
        Cell(line.amount),
        chip_cell(line.paid),
    )
    return TableRow(":".join((*line.target, str(number))), cells)


def cost_text(data: FamilyData) -> str:
    """Say what fines cost the family, and how much of it is paid."""
    cost = data.cost
    if not cost.owed and not cost.cancelled:
        return ""
    parts = [
        tr(N_("Fines: {amount}"), amount=tenge(cost.owed)),
        tr(N_("paid {amount}"), amount=tenge(cost.paid)) if cost.paid else "",
        tr(N_("partly paid {amount}"), amount=tenge(cost.partly)) if cost.partly else "",
        tr(N_("not paid {amount}"), amount=tenge(cost.unpaid)) if cost.unpaid else "",
        tr(N_("cancelled {amount}"), amount=tenge(cost.cancelled)) if cost.cancelled else "",
    ]
    return " · ".join(p for p in parts if p)
