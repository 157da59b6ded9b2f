"""Papers in the window: covered numbers, warnings that keep nobody from saving, parts of names, places."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Facility, Person
from casetracker.model.dates import KnownDate
from casetracker.model.papers import PaperKind
from casetracker.model.people.person import Sex
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.editors import place_lookup
from casetracker.ui.editing.name_parts import NamePartsDialog
from casetracker.ui.editing.names_grid import NamesGrid
from casetracker.ui.editing.papers import PapersGrid
from casetracker.ui.pages.case.data import read
from casetracker.ui.pages.facilities import FacilitiesPage, FacilityPane
from casetracker.ui.pages.person.edit import edit_person
from casetracker.ui.pages.person.page import PersonPage, PersonPane
from casetracker.ui.widgets.grid_rows import GridRow
from casetracker.ui.widgets.section import Section
from casetracker.ui.widgets.suggestions import LookupEdit
from tests.conftest import Office_
from tests.ui.conftest import show

NUMBER = "65310119000615009X"  # a documented vector, of nobody alive
SPECIMEN = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"  # of ICAO 9303


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PersonPage:
    return show(PersonPage(desk), desk, qtbot, (1200, 900))


def pane(page: PersonPage) -> PersonPane:
    shown = page.record()
    assert isinstance(shown, PersonPane)
    return shown


def with_paper(store: Store, office: Office_) -> str:
    draft = store.draft(Person, office.person("Нұрлан Болатұлы"))
    draft.add("papers", kind=PaperKind.PRC_ID, number=NUMBER)
    return store.save(draft)


def test_a_number_is_covered_until_somebody_asks(store: Store, office: Office_, page: PersonPage) -> None:
    page.show_record(with_paper(store, office))
    card = pane(page).papers
    assert card.table.rows()[0].cell(1).text == "•••• 009X"

    card.table.setFocus()
    QTest.keyClick(card.table, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert card.table.rows()[0].cell(1).text == NUMBER
    card.copy_number()
    assert QGuiApplication.clipboard().text() == NUMBER

    page.show_record(office.person("Somebody else"))
    page.show_record(with_paper(store, office))
    assert card.table.rows()[0].cell(1).text == "•••• 009X"


def test_a_warning_says_what_is_odd_and_saving_goes_on(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    person_id = office.person("Нұрлан Болатұлы", sex=Sex.MALE, birth=KnownDate.from_edtf("1971"))
    dialog = edit_person(page, desk, person_id)
    papers = dialog.findChild(PapersGrid)
    assert papers is not None
    papers.grid.grid.set_rows([GridRow("", {"kind": PaperKind.PRC_ID, "number": NUMBER})])
    papers.look()

    assert "15.06.1900" in papers.warning.text()
    model = papers.grid.grid.model()
    said = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "15.06.1900" in said  # beside the number, too
    assert not papers.warning.isHidden()
    assert dialog.save()
    (paper,) = store.draft(Person, person_id).children["papers"]
    assert paper.values["number"] == NUMBER


def test_numbers_stay_folded_away_until_somebody_opens_them(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    dialog = edit_person(page, desk, with_paper(store, office))
    papers = dialog.findChild(PapersGrid)

    assert papers is not None
    assert not papers.isVisible()
    assert "Identity papers (1)" in [section.accessibleName() for section in dialog.findChildren(Section)]


def test_the_same_number_on_the_paper_of_somebody_else_is_said(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    with_paper(store, office)
    dialog = edit_person(page, desk, office.person("Қуаныш"))
    papers = dialog.findChild(PapersGrid)
    assert papers is not None
    papers.grid.grid.set_rows(
        [GridRow("", {"kind": PaperKind.PRC_ID, "number": f"{NUMBER[:6]} {NUMBER[6:]}"})]
    )
    papers.look()

    assert "The same number stands on a paper of Нұрлан Болатұлы." in papers.warning.text()


def test_the_lines_for_machines_offer_number_and_expiry(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    person_id = office.person("Айгүл", sex=Sex.MALE)
    dialog = edit_person(page, desk, person_id)
    papers = dialog.findChild(PapersGrid)
    assert papers is not None
    papers.grid.grid.set_rows([GridRow("", {"kind": PaperKind.OTHER, "number": "0"})])
    papers.grid.grid.set_value(0, "number", None)
    lines = papers.lines()
    assert lines is not None
    field = lines.form.editor("mrz")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText(SPECIMEN.replace("7408122", "7408123"))
    assert "date of birth" in lines.said()
    field.setPlainText(SPECIMEN)
    assert lines.said() == "The lines for machines say another sex than the record."
    lines.take()
    lines.accept()

    assert "another sex" in papers.warning.text()
    assert dialog.save()
    (paper,) = store.draft(Person, person_id).children["papers"]
    assert (paper.values["number"], paper.values["expires"]) == ("L898902C3", dt.date(2012, 4, 15))


def test_a_case_says_its_numbers_elsewhere_and_those_of_its_relative(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.add("numbers", scheme="wgeid", number="10012345")
    store.save(case)
    person = store.draft(Person, case.values["person_id"])
    person.add("numbers", scheme="xvd", number="77")
    store.save(person)

    shown = read(store, case.id)

    assert shown is not None
    (said,) = [value for name, value, _ in shown.situation if name == "Numbers elsewhere"]
    assert said.endswith("10012345 · Xinjiang Victims Database 77")


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
    assert place_lookup("新源")[0].title == "Künes"
    assert any("abolished" in hit.detail for hit in place_lookup("新源"))
    assert place_lookup("654025")[0].title == "Künes"
    person_id = office.person("Нұрлан")
    dialog = edit_person(page, desk, person_id)
    field = dialog.findChild(LookupEdit, "birthplace")
    assert field is not None
    field.setText("a village by the river")
    assert dialog.save()
    assert store.draft(Person, person_id).values["birthplace"] == "a village by the river"


def test_a_suggested_place_is_taken_by_keyboard_and_has_its_code(
    store: Store, office: Office_, desk: Desk, page: PersonPage
) -> None:
    person_id = office.person("Нұрлан")
    dialog = edit_person(page, desk, person_id)
    field = dialog.findChild(LookupEdit, "birthplace")
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, "ghulja")
    said = [hit.detail for hit in place_lookup("ghulja")]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert said[1].startswith("Ili")
    assert field.text() == "Ghulja county"
    assert dialog.save()
    with store.reading() as session:
        assert session.get_one(Person, person_id).birthplace_code == place_lookup("ghulja")[1].key


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
