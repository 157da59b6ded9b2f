"""People: the list, and the page of one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.store import portraits, release_register
from casetracker.store.promises import Inherited
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.rows import promise_row
from casetracker.ui.pages.consent_table import ConsentTable
from casetracker.ui.pages.consents.ask import ask_about_themselves
from casetracker.ui.pages.contact_card import ContactCard
from casetracker.ui.pages.documents.dropping import Dropping
from casetracker.ui.pages.documents.tab import DocumentsTab
from casetracker.ui.pages.family.page import TableCard, chip_cell
from casetracker.ui.pages.given_out.card import ReleasesCard
from casetracker.ui.pages.page import ListPage, RecordPane, tone
from casetracker.ui.pages.person import edit
from casetracker.ui.pages.person.data import Link, PersonData, read
from casetracker.ui.pages.person.erase import erase_person
from casetracker.ui.pages.person.papers import PaperCard
from casetracker.ui.pages.reprisals_card import ReprisalsCard
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.card_columns import CardColumns
from casetracker.ui.widgets.cell_table import Cell, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader, initials_of, picture_of
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.tabs import TabPages


class PersonPage(ListPage):
    """The list of people beside a person."""

    views_key = "people"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "people", tr(N_("People")), list_width=340)
        self.set_empty(
            "users",
            tr(N_("Nobody is recorded yet")),
            tr(N_("Relatives, petitioners and officials appear here as they are named in records.")),
            tr(N_("New person")),
            lambda: edit.new_person(self, desk),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} person", "{n} people", number)

    def make_record(self) -> RecordPane:
        return PersonPane(self.desk)


class PersonPane(RecordPane):
    """One person: names in all scripts, facts, and everything they are part of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "person")
        self.data: PersonData | None = None
        self.header = PageHeader("person.header")
        self.edit_button = self.header.add_action("person.edit", tr(N_("Edit")), primary=True)
        self.edit_button.clicked.connect(lambda: edit.edit_person(self, desk, self.record_id))
        self.edit_button.setEnabled(not desk.store.read_only)
        self.menu = QMenu(self)
        erase = self.menu.addAction(tr(N_("Erase this person…")))
        erase.setObjectName("person.erase")
        erase.setEnabled(not desk.store.read_only)
        erase.triggered.connect(lambda: erase_person(self, desk, self.record_id))
        self.unpicture = self.menu.addAction(tr(N_("Take the portrait away")))
        self.unpicture.setObjectName("person.unpicture")
        self.unpicture.triggered.connect(lambda: portraits.take_away(desk.store, self.record_id))
        self.header.add_action("person.more", tr(N_("More"))).setMenu(self.menu)
        self._scroll = ScrollPage("person.scroll", tr(N_("Person")))
        self.cards = CardColumns(left=1, right=1)
        self._build_cards()
        self._scroll.body.addWidget(self.cards)
        self._scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        self.tabs = TabPages("person.tabs")
        self.tabs.add("summary", tr(N_("Summary")), self._scroll)
        self.documents = DocumentsTab(desk, "person.documents")
        Dropping(self, self.documents.box)
        self.tabs.add("documents", tr(N_("Documents")), self.documents)
        layout.addWidget(self.tabs, 1)

    def _build_cards(self) -> None:
        about = self.cards.add(Card(tr(N_("About the person")), "card.facts"))
        self.facts = Facts("person.facts")
        about.add(self.facts)
        about.fill_up()
        linked = (Column("", 3), Column("", 2), Column("", 0))
        self.cases = self._linked(tr(N_("Cases")), "person.cases", tr(N_("No case.")), linked)
        spellings = (
            Column(tr(N_("Name")), 3),
            Column(tr(N_("Language and script")), 2),
            Column(tr(N_("Kind, seen in")), 3),
            Column("", 0),
        )
        self.names = TableCard(
            tr(N_("All spellings")), "person.names", spellings, tr(N_("No name is recorded."))
        )
        self.cards.add(self.names, wide=True)
        self.papers = PaperCard()
        self.cards.add(self.papers)
        where = (Column("", 1), Column("", 2), Column("", 0))
        self.addresses = TableCard(
            tr(N_("Addresses and numbers elsewhere")), "person.addresses", where, tr(N_("None is recorded."))
        )
        self.cards.add(self.addresses)
        two = (Column("", 1), Column("", 1))
        self.families = self._linked(tr(N_("Families")), "person.families", tr(N_("No family.")), two)
        self.contact = ContactCard(tr(N_("Contacts")), "card.person.contact")
        self.cards.add(self.contact)
        self.events = self._linked(
            tr(N_("Protests and meetings")), "person.events", tr(N_("No event.")), linked, wide=True
        )
        owed = (Column(tr(N_("Promised at")), 2), Column(tr(N_("What")), 2), Column(tr(N_("State")), 0))
        self.promises = TableCard(tr(N_("Promises made")), "person.promises", owed, "")
        self.promises.table.chosen.connect(lambda key: self.desk.open("Promise", key.split(":")[0]))
        self.cards.add(self.promises, wide=True)
        title = tr(N_("Inherited with the post"))
        self.inherited = TableCard(
            title, "person.inherited", (*owed[:2], Column(tr(N_("From")), 1), owed[2]), ""
        )
        self.inherited.table.chosen.connect(lambda key: self.desk.open("Promise", key.split(":")[0]))
        self.cards.add(self.inherited, wide=True)
        self.reprisals = ReprisalsCard("person.reprisals")
        self.reprisals.chosen.connect(lambda key: self.desk.open("Reprisal", key))
        self.cards.add(self.reprisals, wide=True)
        self._build_consents()

    def _build_consents(self) -> None:
        self.consent_card = self.cards.add(
            Card(
                tr(N_("Consents about their own data")),
                "card.person.consents",
                link="" if self.desk.store.read_only else tr(N_("Ask…")),
            ),
            wide=True,
        )
        self.consent_card.link_clicked.connect(lambda: ask_about_themselves(self, self.desk, self.record_id))
        self.consents = ConsentTable("person.consents", about=False)
        self._no_consents = label(tr(N_("They were not asked yet; missing means no.")), "muted", wrap=True)
        self.consent_card.add(self.consents)
        self.consent_card.add(self._no_consents)
        self.releases = ReleasesCard(self.desk, "person.releases")
        self.cards.add(self.releases, wide=True)
        self.notes_card = self.cards.add(Card(tr(N_("Internal notes")), "card.person.notes"), wide=True)
        self._notes = named(label("", wrap=True, selectable=True), "person.notes")
        self.notes_card.add(self._notes)

    def _linked(
        self, title: str, name: str, none: str, columns: Sequence[Column], *, wide: bool = False
    ) -> TableCard:
        made = TableCard(title, name, columns, none)
        made.table.chosen.connect(lambda key: self.desk.open(*key.split(":")[:2]))
        self.cards.add(made, wide=wide)
        return made

    def show_record(self, record_id: str) -> bool:
        data = read(self.desk.store, record_id)
        if data is None:
            return False
        self.record_id, self.data = record_id, data
        self.header.set_initials(initials_of(data.name), picture_of(data.portrait))
        self.unpicture.setVisible(bool(data.portrait) and not self.desk.store.read_only)
        self.header.set_title(data.name)
        self.header.set_subtitle(*data.others)
        self.header.set_chips([ChipText(c.text, tone(c.tone)) for c in data.chips])
        self._fill(data)
        self.tabs.strip.set_count("documents", self.documents.show_record("Person", data.id))
        self.cards.arrange()
        return True

    def _fill(self, data: PersonData) -> None:
        self.facts.set_facts([Fact(name, value) for name, value in data.facts])
        self.names.set_rows(
            [
                TableRow(
                    str(number),
                    (
                        Cell(n.full, n.parts, bold=n.main),
                        " · ".join(p for p in (n.language, n.script) if p),
                        Cell(n.kind, n.seen_in),
                        Cell(tr(N_("main")), tone=Tone.BLUE) if n.main else Cell(),
                    ),
                )
                for number, n in enumerate(data.names)
            ]
        )
        self.cases.set_rows([_link_row(link, n) for n, link in enumerate(data.cases)])
        self.families.set_rows([_link_row(link, n) for n, link in enumerate(data.families)])
        self.events.set_rows([_link_row(link, n) for n, link in enumerate(data.events)])
        self.promises.set_rows([promise_row(p) for p in data.promises])
        self.promises.setVisible(bool(data.promises))
        self.inherited.set_rows([_inherited_row(each) for each in data.inherited])
        self.inherited.setVisible(bool(data.inherited))
        self.reprisals.set_reprisals(data.reprisals)
        self.contact.set_contacts(data.id, data.contacts, safe=data.safe_contact)
        self.consents.set_answers([("", line) for line in data.consents])
        self._no_consents.setVisible(not data.consents)
        given = release_register.of_person(self.desk.store, data.id)
        self.releases.set_releases(given)
        self.releases.setVisible(bool(given))
        self.papers.set_papers(data.id, data.papers)
        known = [(*address,) for address in data.addresses] + [(*number, "") for number in data.numbers]
        self.addresses.set_rows(
            [
                TableRow(str(n), (Cell(kind, muted=True), where, Cell(when, muted=True)))
                for n, (kind, where, when) in enumerate(known)
            ]
        )
        self.notes_card.setVisible(bool(data.notes))
        self._notes.setText(data.notes)


def _inherited_row(each: Inherited) -> TableRow:
    made = promise_row(each.owed)
    office, what, state = made.cells
    return TableRow(made.key, (office, what, Cell(each.made_by, each.post), state))


def _link_row(link: Link, number: int) -> TableRow:
    key = ":".join((*link.target, str(number)))
    return TableRow(key, (Cell(link.title, link.detail, bold=True), Cell(link.part), chip_cell(link.chip)))
