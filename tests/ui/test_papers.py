"""Papers in the window: covered numbers, warnings that keep nobody from saving, parts of names, places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from casetracker.model import Facility, Person
from casetracker.model.dates import KnownDate
from casetracker.model.papers import PaperKind
from casetracker.model.people.person import Sex
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.editors import place_lookup
from casetracker.ui.editing.name_parts import NamePartsDialog
from casetracker.ui.editing.names_grid import NamesGrid
from casetracker.ui.editing.papers import PapersGrid
from casetracker.ui.pages.facilities import FacilitiesPage, FacilityPane
from casetracker.ui.pages.person.edit import edit_person
from casetracker.ui.pages.person.page import PersonPage, PersonPane
from casetracker.ui.widgets.grid_rows import GridRow
from casetracker.ui.widgets.suggestions import LookupEdit
from tests.conftest import Office_

NUMBER = "11010118980101002X"  # a documented vector, of nobody alive


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    made = Desk(store, "Almaty office")
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PersonPage:
    made = PersonPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.on_change)
    made.resize(1200, 900)
    made.show()
    return made


def pane(page: PersonPage) -> PersonPane:
    shown = page.record()
    assert isinstance(shown, PersonPane)
    return shown


def with_paper(store: Store, office: Office_) -> str:
    draft = store.draft(Person, office.person("Нұрлан Болатұлы"))
    draft.add("papers", kind=PaperKind.PRC_ID, number=NUMBER)
    return store.save(draft)


def test_a_number_is_covered_until_somebody_asks(
    qtbot: QtBot, store: Store, office: Office_, page: PersonPage
) -> None:
    page.show_record(with_paper(store, office))
    card = pane(page).papers
    assert card.table.rows()[0].cell(1).text == "•••• 002X"

    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert card.table.rows()[0].cell(1).text == NUMBER
    card.copy_number()
    assert QGuiApplication.clipboard().text() == NUMBER

    page.show_record(office.person("Somebody else"))
    page.show_record(with_paper(store, office))
    assert card.table.rows()[0].cell(1).text == "•••• 002X"


def test_a_warning_says_what_is_odd_and_saving_goes_on(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    person_id = office.person("Нұрлан Болатұлы", sex=Sex.MALE, birth=KnownDate.from_edtf("1971"))
    dialog = edit_person(page, desk, person_id)
    papers = dialog.findChild(PapersGrid)
    assert papers is not None
    papers.grid.grid.set_rows([GridRow("", {"kind": PaperKind.PRC_ID, "number": NUMBER})])
    papers.look()

    assert "1898" in papers.warning.text()
    assert not papers.warning.isHidden()
    assert dialog.save()
    (paper,) = store.draft(Person, person_id).children["papers"]
    assert paper.values["number"] == NUMBER


def test_parts_of_a_name_are_offered_and_taken_only_when_asked(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    person_id = office.person("Нұрлан Болатұлы")
    dialog = edit_person(page, desk, person_id)
    names = dialog.findChild(NamesGrid)
    assert names is not None
    parts = names.parts()
    assert isinstance(parts, NamePartsDialog)
    assert parts.offered == {"given": "Нұрлан", "father": "Болат", "patronymic": "Болатұлы"}
    given = parts.form.editor("given")
    assert isinstance(given, QLineEdit)
    assert given.text() == ""

    parts.take()
    parts.accept()
    assert dialog.save()

    (name,) = store.draft(Person, person_id).children["names"]
    assert (name.values["given"], name.values["patronymic"]) == ("Нұрлан", "Болатұлы")
    page.show_record(person_id)
    (row,) = pane(page).names.table.rows()
    assert "given name Нұрлан" in row.cell(0).note


def test_places_are_suggested_in_any_language_and_free_words_stay(
    qtbot: QtBot, store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    assert [hit.title for hit in place_lookup("新源")][0] == "Künes"
    assert any("abolished" in hit.detail for hit in place_lookup("新源"))
    assert place_lookup("654025")[0].title == "Künes"
    person_id = office.person("Нұрлан")
    dialog = edit_person(page, desk, person_id)
    field = dialog.findChild(LookupEdit, "birthplace")
    assert field is not None
    field.setText("a village by the river")
    assert dialog.save()
    assert store.draft(Person, person_id).values["birthplace"] == "a village by the river"


def test_a_facility_has_a_page(qtbot: QtBot, store: Store, desk: Desk) -> None:
    made = FacilitiesPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    assert made.list.row_count() == 0
    draft = store.draft(Facility)
    draft.values |= {"name": "Künes detention centre", "name_zh": "新源县看守所", "kind": "detention_centre"}
    facility_id = store.save(draft)

    made.refresh()

    shown = made.record()
    assert isinstance(shown, FacilityPane)
    assert shown.record_id == facility_id
    assert shown.header.accessibleName() == "Künes detention centre"
    assert not shown._nobody.isHidden()
