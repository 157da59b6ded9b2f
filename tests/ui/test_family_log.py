"""Calls with a family: logged from three places, above them how the family may be reached."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case, ContactEntry, Family, Person, Reprisal
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import Part
from casetracker.model.people.kinship import Kinship
from casetracker.model.people.person import Sex
from casetracker.store import relations
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.pages.contact_card import ContactCard
from casetracker.ui.pages.family import edit
from casetracker.ui.pages.family.call import edit_entry, log_call
from casetracker.ui.pages.family.page import FamilyPage
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.pages.reprisals_card import ReprisalsCard
from casetracker.ui.widgets.suggestions import Hit
from tests.conftest import TODAY, Office_
from tests.ui.conftest import show
from tests.ui.story import CaseWorker
from tests.ui.test_family_page import cells, chips, family_of, pane, with_contact

DAY = dt.timedelta(days=1)
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> FamilyPage:
    return show(FamilyPage(desk), desk, qtbot, (1200, 900))


def log_of(store: Store, family_id: str) -> list[dict[str, object]]:
    return [c.values for c in store.draft(Family, family_id).children["contact_log"]]


def test_a_call_is_logged_under_the_instructions(store: Store, office: Office_, page: FamilyPage) -> None:
    family_id = with_contact(store, office, office.case())
    page.show_record(family_id)
    assert pane(page).log.last.text() == "No contact is written down yet."

    dialog = log_call(page, page.desk, family_id)
    assert dialog is not None
    card = dialog.findChild(ContactCard, "call.contact")
    assert card is not None
    assert "Never call before seven." in card.safe.text()
    assert dialog.findChild(QPushButton, "delete") is None  # it would be the family that goes
    worker = dialog.findChild(QWidget, "said")
    worker.setPlainText("asks when the Commissioner answers")  # type: ignore[union-attr]
    dialog.findChild(QWidget, "next_due").setText("20.11.2021")  # type: ignore[union-attr]
    assert dialog.save()

    [entry] = log_of(store, family_id)
    assert entry["said"] == "asks when the Commissioner answers"
    assert entry["by"] == "A. Serik"
    assert entry["on"] == TODAY
    assert entry["reached"] is True
    page.show_record(family_id)
    assert pane(page).log.last.text() == "Last contact today"
    assert pane(page).log.chips.texts() == ["call by 20.11.2021"]
    (row,) = cells(pane(page).log.table)
    assert "asks when the Commissioner answers" in row
    assert store.undo() == "Log a call"
    assert log_of(store, family_id) == []


def test_the_call_that_was_owed_is_made_by_the_next_contact(
    store: Store, office: Office_, page: FamilyPage
) -> None:
    family_id = with_contact(store, office, office.case())
    draft = store.draft(Family, family_id)
    draft.add("contact_log", on=TODAY - 30 * DAY, next_due=TODAY - 4 * DAY)
    store.save(draft)
    page.show_record(family_id)
    assert pane(page).log.chips.texts() == ["call is 4 days late"]

    in_vain = log_call(page, page.desk, family_id)
    assert in_vain is not None
    in_vain.findChild(QWidget, "reached").setCurrentText("No")  # type: ignore[union-attr]
    assert in_vain.save()
    with store.reader() as reader:
        assert len(relations.calls_due(reader)) == 1
    spoken = log_call(page, page.desk, family_id)
    assert spoken is not None
    assert spoken.save()

    with store.reader() as reader:
        assert relations.calls_due(reader) == []
    done = {e["on"]: e["done"] for e in log_of(store, family_id)}
    assert done[TODAY - 30 * DAY] == TODAY


def test_from_a_case_the_call_is_about_it(store: Store, office: Office_, page: FamilyPage) -> None:
    case = office.case()

    dialog = log_call(page, page.desk, case_id=case)

    assert dialog is not None
    assert dialog.save()
    [entry] = log_of(store, family_of(store, case))
    assert entry["case_id"] == case
    assert entry["person_id"] == store.draft(Family, family_of(store, case)).values["petitioner_id"]


def test_an_entry_is_completed_later(store: Store, office: Office_, page: FamilyPage) -> None:
    family_id = family_of(store, office.case())
    draft = store.draft(Family, family_id)
    entry = draft.add("contact_log", on=TODAY - DAY, next_due=TODAY)
    store.save(draft)

    dialog = edit_entry(page, page.desk, entry.id)
    dialog.findChild(QWidget, "done").setText("12.11.2021")  # type: ignore[union-attr]
    assert dialog.save()

    assert store.draft(ContactEntry, entry.id).values["done"] == TODAY


def test_the_shortcut_logs_a_call_with_the_family_that_is_shown(
    qtbot: QtBot, store: Store, office: Office_
) -> None:
    case = office.case()
    at = CaseWorker(qtbot, store)
    for page, record in (("cases", case), ("families", family_of(store, case))):
        at.window.go(page, record)
        at.keys(at.window, Qt.Key.Key_L, CTRL_SHIFT)
        dialog = at.dialog()
        assert dialog.accessibleName() == "Log a call: Family of Бақытжан Нұрланұлы"
        assert dialog.save()
    assert [e["case_id"] for e in log_of(store, family_of(store, case))] == [case, None]


def test_the_menu_of_a_case_logs_a_call(qtbot: QtBot, store: Store, office: Office_) -> None:
    at = CaseWorker(qtbot, store)
    at.window.go("cases", office.case())

    at.find(at.window, QAction, "case.call").trigger()  # type: ignore[type-var]

    assert at.dialog().save()


def test_nothing_is_logged_where_it_is_only_read(store: Store, office: Office_, page: FamilyPage) -> None:
    family_id = family_of(store, office.case())
    store.read_only = "Somebody else has the casebook open."

    assert log_call(page, page.desk, family_id) is None


# Safe contact


def test_no_number_is_seen_without_the_instructions(
    qtbot: QtBot, store: Store, office: Office_, page: FamilyPage
) -> None:
    family_id = with_contact(store, office, office.case())
    page.show_record(family_id)
    assert pane(page).safe.isVisibleTo(page)  # it does not scroll away
    assert "Never call before seven." in pane(page).safe.text()

    people = PersonPage(page.desk)
    qtbot.addWidget(people)
    people.show()
    family = store.draft(Family, family_id)
    for member in family.children["members"]:
        people.show_record(member.values["person_id"])
        card = people.record().findChild(ContactCard)
        assert card is not None
        assert "Never call before seven." in card.safe.text()
        assert card.safe.isVisibleTo(people)
    people.show_record(store.draft(Case, office.case("Гүлнар")).values["person_id"])
    assert not people.record().findChild(ContactCard).safe.isVisibleTo(people)  # type: ignore[union-attr]


# Authority and kinship on the page


def test_who_may_act_is_typed_and_shown(store: Store, office: Office_, page: FamilyPage) -> None:
    family_id = family_of(store, office.case())
    petitioner = store.draft(Family, family_id).values["petitioner_id"]

    dialog = edit.edit_family(page, page.desk, family_id)
    grid = next(g for g in dialog.findChildren(ChildGrid) if g.name == "authorities")
    grid.grid.start()
    grid.grid.set_value(0, "person_id", Hit(petitioner, "Petitioner"))
    grid.grid.set_value(0, "document", "simple_power")
    grid.grid.set_value(0, "until", "01.12.2021")
    assert dialog.save()

    page.show_record(family_id)
    (row,) = cells(pane(page).authority.table)
    assert "Power of attorney, in simple form" in row
    assert "until 01.12.2021" in row
    assert row.endswith("ends soon")
    assert "Petitioner's authority ends 1 Dec" in chips(pane(page).header)


def test_the_dialog_says_who_is_what_to_whom(store: Store, office: Office_, page: FamilyPage) -> None:
    family_id = family_of(store, office.case())
    sister = office.person("Айгүл", sex=Sex.FEMALE)
    brother = office.person("Нұрлан", sex=Sex.MALE)
    family = store.draft(Family, family_id)
    family.add("members", person_id=brother, kinship=Kinship.ELDER_BROTHER, to_person_id=sister)
    store.save(family)

    dialog = edit.edit_family(page, page.desk, family_id)
    said = dialog.findChild(edit.KinshipSaid)
    assert said is not None
    assert said.text() == "Нұрлан is the elder brother of Айгүл; Айгүл is the younger sister of Нұрлан."
    grid = next(g for g in dialog.findChildren(ChildGrid) if g.name == "members")
    grid.grid.set_value(1, "kinship", Kinship.MOTHERS_BROTHER)
    grid.edited.emit()

    assert said.text() == "Нұрлан is the mother's brother of Айгүл; Айгүл is the sister's daughter of Нұрлан."
    dialog.dirty = False
    dialog.reject()


def test_a_kinship_that_does_not_fit_is_said_on_the_page(
    store: Store, office: Office_, page: FamilyPage
) -> None:
    family_id = family_of(store, office.case())
    family = store.draft(Family, family_id)
    man = store.draft(Person, office.person("Нұрлан", sex=Sex.MALE))
    family.add("members", person_id=man.id, kinship=Kinship.WIFE)
    store.save(family)

    page.show_record(family_id)

    assert "does not fit the sex" in pane(page).doubts.text()


def test_reprisals_stand_on_the_pages_of_family_and_person(
    qtbot: QtBot, store: Store, office: Office_, page: FamilyPage
) -> None:
    family_id = family_of(store, office.case())
    petitioner = store.draft(Family, family_id).values["petitioner_id"]
    page.show_record(family_id)
    assert not pane(page).reprisals.isVisibleTo(page)
    draft = store.draft(Reprisal)
    draft.values |= {"title": "A call from an unknown number", "form": "call"}
    draft.values["on"] = KnownDate.from_edtf("2021-10-03")
    draft.add("participants", person_id=petitioner, part=Part.TARGET)
    store.save(draft)

    page.show_record(family_id)
    people = PersonPage(page.desk)
    qtbot.addWidget(people)
    people.show_record(petitioner)

    for card in (pane(page).reprisals, people.record().findChild(ReprisalsCard)):
        assert isinstance(card, ReprisalsCard)
        (row,) = cells(card.table)
        assert "A call\nPetitioner of Бақытжан Нұрланұлы" in row
        assert "nothing is linked" in row
        assert row.endswith("not reported")
