"""Facilities: where people are held; a list beside a facility with everybody who was there."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Facility
from casetracker.store import facilities
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.page import ListPage, RecordPane
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.facts import Fact, Facts
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import label

_FACTS = ("other_names", "kind", "tier", "place", "address", "capacity", "seen", "notes")
_FIELDS = ("name", "name_zh", *_FACTS)


class FacilitiesPage(ListPage):
    """The list of facilities beside one."""

    views_key = "facilities"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facilities", tr(N_("Facilities")), list_width=360)
        self.set_empty(
            "building-bank",
            tr(N_("No facility is recorded yet")),
            tr(N_("Detention centres, camps, prisons. Custody events name them; here is who was where.")),
            tr(N_("New facility")),
            lambda: new_facility(self, desk),
        )

    def counted(self, number: int) -> str:
        return ntr("{n} facility", "{n} facilities", number)

    def make_record(self) -> RecordPane:
        return FacilityPane(self.desk)


class FacilityPane(RecordPane):
    """One facility: its names and place, and what happened to whom there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "facility")
        self.header = PageHeader("facility.header")
        edit = self.header.add_action("facility.edit", tr(N_("Edit")), primary=True)
        edit.clicked.connect(lambda: edit_facility(self, desk, self.record_id))
        edit.setEnabled(not desk.store.read_only)
        body = ScrollPage("facility.scroll", tr(N_("Facility")))
        about = Card(tr(N_("About the facility")), "card.facility")
        self.facts = Facts("facility.facts", label_width=170)
        about.add(self.facts)
        body.body.addWidget(about)
        held = Card(tr(N_("Who is or was held there")), "card.held")
        columns = (Column(tr(N_("When")), 0), Column(tr(N_("Case")), 2), Column(tr(N_("What happened")), 2))
        self.held = CellTable(columns, "facility.held", tr(N_("Who is or was held there")))
        self.held.chosen.connect(lambda key: desk.open("Case", key.split(":")[0]))
        self._nobody = label(
            tr(N_("No custody event names this facility yet; it is chosen in the row of the event.")),
            "muted",
            wrap=True,
        )
        held.add(self.held)
        held.add(self._nobody)
        body.body.addWidget(held)
        body.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(body, 1)

    def show_record(self, record_id: str) -> bool:
        with self.desk.store.reader() as reader:
            facility = reader.get(Facility, record_id)
            if facility is None:
                return False
            self.record_id = record_id
            self.header.set_title(facility.title)
            self.header.set_subtitle(facility.text("name_zh"))
            kinds = [facility.text("kind"), facility.text("place")]
            self.header.set_chips([ChipText(text, Tone.BLUE) for text in kinds if text])
            facts = [Fact(facility.label(name), facility.text(name)) for name in _FACTS]
            found = facilities.held_in(reader, record_id)
        self.facts.set_facts([fact for fact in facts if fact.value])
        self.held.set_rows(
            [
                TableRow(
                    f"{h.case_id}:{number}",
                    (h.when.short() if h.when else "", Cell(h.name, h.case_ref, bold=True), h.what),
                )
                for number, h in enumerate(found)
            ]
        )
        self.held.setVisible(bool(found))
        self._nobody.setVisible(not found)
        return True


def new_facility(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new facility."""
    return _dialog(parent, desk, desk.store.draft(Facility), tr(N_("New facility")))


def edit_facility(parent: QWidget, desk: Desk, facility_id: str) -> EditDialog:
    """Open the dialog for a facility."""
    draft = desk.store.draft(Facility, facility_id)
    return _dialog(parent, desk, draft, draft.values["name"])


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str) -> EditDialog:
    dialog = EditDialog(parent.window(), desk.store, draft, title)
    dialog.add_section(tr(N_("Facility")), ("", Form(desk.store, draft, _FIELDS)))
    dialog.finish()
    dialog.saved.connect(lambda facility_id: desk.open("Facility", facility_id))
    dialog.open()
    return dialog
