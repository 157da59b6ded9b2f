"""The page of a family: what it shows, what it covers, and what is written there."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Family, Person, Protest
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import Outcome, Paid, PenaltyAppeal, PenaltyKind
from casetracker.model.people.family import Kinship, Whereabouts
from casetracker.model.people.person import ContactKind
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.contact_card import covered
from casetracker.ui.pages.family import edit
from casetracker.ui.pages.family.page import FamilyPage, FamilyPane
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.chip import ChipRow
from casetracker.ui.widgets.grid import EditGrid
from casetracker.ui.widgets.suggestions import Hit
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.keys import type_into

NUMBER = "+7 000 111 22 33"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> FamilyPage:
    return show(FamilyPage(desk), desk, qtbot, (1200, 900))


def pane(page: FamilyPage) -> FamilyPane:
    shown = page.record()
    assert isinstance(shown, FamilyPane)
    return shown


def cells(table: CellTable) -> list[str]:
    """Return what the lines of a table say, each as one text."""
    model = table.model()
    return [
        " | ".join(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def chips(widget: QWidget) -> list[str]:
    return widget.findChild(ChipRow).texts()  # type: ignore[union-attr]


def family_of(store: Store, case_id: str) -> str:
    return str(store.draft(Case, case_id).values["family_id"])


def with_contact(store: Store, office: Office_, case_id: str) -> str:
    """Give the family of a case a person to call, instructions, and a child; return the family's id."""
    family = store.draft(Family, family_of(store, case_id))
    person = store.draft(Person, family.values["petitioner_id"])
    person.add("contacts", kind=ContactKind.PHONE, value=NUMBER, note="after seven")
    store.save(person)
    child = office.person("Нұрлан Бақытжанұлы", birth=KnownDate.from_edtf("2012-05"))
    detained = store.draft(Case, case_id).values["person_id"]
    family.add(
        "members", person_id=child, kinship=Kinship.SON, to_person_id=detained, whereabouts=Whereabouts.HERE
    )
    family.values |= {"contact_id": person.id, "safe_contact": "Never call before seven."}
    return store.save(family)


def fined(store: Store, person_id: str, *fines: dict[str, object]) -> str:
    """Write a protest at which somebody was fined so often."""
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest in Nur-Sultan", "on": KnownDate.from_edtf("2021-10-01")}
    part = draft.add("participants", person_id=person_id, outcome=Outcome.FINED)
    for fine in fines:
        part.add("penalties", kind=PenaltyKind.FINE, **fine)
    return store.save(draft)


def test_what_the_page_says(store: Store, office: Office_, page: FamilyPage) -> None:
    case_id = office.case()
    family_id = with_contact(store, office, case_id)
    office.meeting(case_id)

    page.show_record(family_id)

    data = pane(page).data
    assert data is not None
    assert [m.name for m in data.members] == ["Petitioner of Бақытжан Нұрланұлы", "Нұрлан Бақытжанұлы"]
    members = cells(pane(page).members.table)
    assert members[0] == "Petitioner of Бақытжан Нұрланұлы | petitioner |  | "
    assert members[1] == "Нұрлан Бақытжанұлы | son of Бақытжан Нұрланұлы | In Kazakhstan | minor"
    (case,) = cells(pane(page).cases.table)
    assert case.startswith("Бақытжан Нұрланұлы\nCT-")
    assert case.endswith("In custody, where unknown")
    (owed,) = cells(pane(page).promises.table)
    assert "look into each case" in owed
    assert owed.endswith("18 d overdue")
    assert chips(pane(page).header) == [
        "1 case",
        "2 members",
        "Consent: officials",
        "Petitioner has no authority",
    ]
    assert page.list.row_count() == 1


def test_instructions_for_safe_contact_stand_on_top(store: Store, office: Office_, page: FamilyPage) -> None:
    plain = family_of(store, office.case("Гүлнар Әбдіқызы"))
    family_id = with_contact(store, office, office.case())

    page.show_record(family_id)
    assert pane(page).safe.isVisible()
    assert "Never call before seven." in pane(page).safe.text()

    page.show_record(plain)
    assert not pane(page).safe.isVisible()


def test_telephone_numbers_are_covered_until_asked_for(
    qtbot: QtBot, store: Store, office: Office_, page: FamilyPage
) -> None:
    other = family_of(store, office.case("Гүлнар Әбдіқызы"))
    family_id = with_contact(store, office, office.case())
    page.show_record(family_id)
    card = pane(page).contact
    table = card.findChild(CellTable)
    assert table is not None
    assert cells(table) == [f"Telephone | {covered(NUMBER)} | "]
    assert NUMBER not in str(cells(table))

    link = card.findChild(QWidget, "card.contact.link")
    assert link is not None
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert cells(table) == [f"Telephone | {NUMBER} | after seven"]

    page.refresh()  # something changed meanwhile: what was asked for stays
    assert card.shown
    page.show_record(other)
    page.show_record(family_id)
    assert cells(table) == [f"Telephone | {covered(NUMBER)} | "]


@pytest.mark.parametrize("value", ["+7 000 111 22 33", "0", "12345", "a@example.org"])
def test_what_is_covered_cannot_be_read(value: str) -> None:
    shown = covered(value)

    assert (value[: len(value) * 2 // 3] or value) not in shown
    assert shown[: len(shown) // 2 or 1].strip("•") == ""


def test_fines_are_added_up(store: Store, office: Office_, page: FamilyPage) -> None:
    case_id = office.case()
    family = store.draft(Family, family_of(store, case_id))
    fined(
        store,
        family.values["petitioner_id"],
        {"amount": 58340, "paid": Paid.YES},
        {"amount": 29170, "paid": Paid.NO},
        {"amount": 10000, "appeal": PenaltyAppeal.CANCELLED},
    )

    page.show_record(family.id)

    assert pane(page).cost.text() == (
        "Fines: 87,510 tenge · paid 58,340 tenge · not paid 29,170 tenge · cancelled 10,000 tenge"
    )
    assert len(cells(pane(page).penalties.table)) == 3


def test_consent_is_told_as_it_stands(store: Store, office: Office_, page: FamilyPage) -> None:
    agreed, silent = office.case(), office.case("Гүлнар Әбдіқызы", consent=())
    family_id = family_of(store, agreed)
    page.show_record(family_id)
    assert "Consent: officials" in chips(pane(page).header)

    moved = store.draft(Case, silent)
    moved.values["family_id"] = family_id
    store.save(moved)
    page.refresh()
    assert "Consent for officials: 1 of 2 cases" in chips(pane(page).header)

    for case_id in (agreed, silent):
        draft = store.draft(Case, case_id)
        for consent in draft.children["consents"]:
            consent.values["withdrawn"] = dt.date(2021, 11, 1)
        store.save(draft)
    page.refresh()
    assert "No consent for officials" in chips(pane(page).header)


def test_answers_given_together_are_one_line(store: Store, office: Office_, page: FamilyPage) -> None:
    page.show_record(family_of(store, office.case(consent=(Use.K0, Use.K3))))

    (line,) = cells(pane(page).consents)
    assert line.startswith("keep, officials | Petitioner of Бақытжан Нұрланұлы\nabout Бақытжан Нұрланұлы")


def test_links_lead_on(qtbot: QtBot, store: Store, office: Office_, page: FamilyPage, desk: Desk) -> None:
    case_id = office.case()
    page.show_record(family_of(store, case_id))

    with qtbot.waitSignal(desk.go_to) as went:
        pane(page).cases.table.setCurrentIndex(pane(page).cases.table.model().index(0, 0))
        qtbot.keyClick(pane(page).cases.table, Qt.Key.Key_Return)

    assert went.args == ["cases", case_id]


# Writing


def test_a_new_person_in_two_places_is_one_person(qtbot: QtBot, store: Store, desk: Desk) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = edit.new_family(window, desk)
    name, petitioner = (dialog.findChild(QWidget, n) for n in ("name", "petitioner_id"))
    assert name is not None
    assert petitioner is not None
    qtbot.keyClicks(name, "Family of Baqytzhan")
    qtbot.keyClicks(petitioner, "Aigul Serikqyzy")
    qtbot.keyClick(petitioner, Qt.Key.Key_Return)
    grid = members_of(dialog)
    grid.set_value(0, "person_id", Hit("", "Aigul Serikqyzy"))
    grid.set_value(0, "kinship", Kinship.WIFE)
    grid.set_value(1, "person_id", Hit("", "Nurlan"))

    save = dialog.findChild(QPushButton, "save")
    assert save is not None
    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.mouseClick(save, Qt.MouseButton.LeftButton)

    family = store.draft(Family, saved.args[0])
    people = [m.values["person_id"] for m in family.children["members"]]
    assert family.values["petitioner_id"] == people[0]
    assert len(set(people)) == 2
    with store.reader() as reader:
        assert sorted(p.title for p in reader.all(Person)) == ["Aigul Serikqyzy", "Nurlan"]


def members_of(dialog: EditDialog) -> EditGrid:
    grid = dialog.findChild(EditGrid, "members")
    assert grid is not None
    return grid


def test_who_petitions_is_a_member_of_a_new_family(
    qtbot: QtBot, store: Store, office: Office_, desk: Desk
) -> None:
    known = office.person("Айгүл Серікқызы")
    window = QWidget()
    qtbot.addWidget(window)
    dialog = edit.new_family(window, desk)
    dialog.draft.values["petitioner_id"] = known
    edit._petitioner_is_member(dialog.draft)
    edit._petitioner_is_member(dialog.draft)

    assert [m.values["person_id"] for m in dialog.draft.children["members"]] == [known]
    dialog.dirty = False
    dialog.reject()


def test_a_member_twice_is_refused_and_nothing_is_lost(
    qtbot: QtBot, store: Store, office: Office_, page: FamilyPage, desk: Desk
) -> None:
    family_id = family_of(store, office.case())
    dialog = edit.edit_family(page, desk, family_id)
    grid = members_of(dialog)
    grid.set_value(1, "person_id", grid.value(0, "person_id"))

    assert not dialog.save()

    assert dialog.isVisible()
    assert len(grid.rows()) == 2
    grid.remove([1])
    assert dialog.save()


def test_a_case_is_linked_and_the_link_is_taken_back(
    qtbot: QtBot, store: Store, office: Office_, page: FamilyPage, desk: Desk
) -> None:
    mine, theirs = office.case(), office.case("Гүлнар Әбдіқызы")
    family_id, former = family_of(store, mine), family_of(store, theirs)
    page.show_record(family_id)
    dialog = edit.link_case(page, desk, family_id)
    qtbot.addWidget(dialog)

    dialog.save()
    assert dialog.row.problem() == "Pick a case of the list."

    type_into(dialog.case, "гулнар")
    qtbot.keyClick(dialog.case, Qt.Key.Key_Return)
    assert "Family of Гүлнар Әбдіқызы" in dialog.note.text()
    with qtbot.waitSignal(desk.changed):
        dialog.save()

    assert family_of(store, theirs) == family_id
    assert len(cells(pane(page).cases.table)) == 2
    store.undo()
    assert family_of(store, theirs) == former
