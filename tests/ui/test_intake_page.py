"""Intake day: consent first, a case in one action, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Family, IntakeEntry, Person
from casetracker.model.confidentiality import Use
from casetracker.model.detention.case import Stage
from casetracker.model.people.intake import IntakeState
from casetracker.model.sources.consent import Answer
from casetracker.store import intake
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.intake.page import IntakePage
from casetracker.ui.pages.intake.sheet import IntakeSheet
from tests.ui.keys import type_into


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> IntakePage:
    made = IntakePage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.on_change)
    made.resize(1200, 900)
    made.show()
    made.show_record("")
    made.refresh()
    qtbot.waitExposed(made)
    return made


def wait(qtbot: QtBot, page: IntakePage, *names: str) -> None:
    """Type names into the queue."""
    for name in names:
        page.newcomer.setFocus()
        type_into(page.newcomer, name)
        qtbot.keyClick(page.newcomer, Qt.Key.Key_Return)


def sheet(page: IntakePage) -> IntakeSheet:
    assert page.sheet is not None
    return page.sheet


class Typist:
    """Types where the keyboard is, goes on with Tab, and counts the keys."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.keys = 0

    def at(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                self._qtbot.keyClicks(self.at(), letter)
            else:
                type_into(self.at(), letter)
        self.keys += len(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.at(), key, modifier)
        self.keys += 1

    def tab_to(self, name: str) -> None:
        passed = []
        for _ in range(60):
            passed.append(self.at().objectName())
            if passed[-1] == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}, but to {passed}")


def test_a_minimal_case_by_the_keyboard_alone(qtbot: QtBot, page: IntakePage, store: Store) -> None:
    wait(qtbot, page, "Сара Ахметқызы", "Next One")
    hands = Typist(qtbot)
    hands.press(Qt.Key.Key_F4)

    assert isinstance(hands.at(), QLineEdit)
    hands.tab_to("ask.K0.NONE")
    for letter in "aaaarn":
        hands.type(letter)
    hands.tab_to("full")
    hands.type("Ақан Бекұлы")
    hands.tab_to("account")
    hands.type("Taken from home.")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (entry, following) = intake.queue(store)
    assert (entry.state, following.state) == (IntakeState.TAKEN_DOWN, IntakeState.WAITING)
    case = store.draft(Case, entry.case_id)
    assert case.values["stage"] is Stage.INTAKE
    answers = {c.values["use"]: c.values["answer"] for c in case.children["consents"]}
    assert answers == {
        Use.K0: Answer.AGREES,
        Use.K3: Answer.AGREES,
        Use.K4: Answer.AGREES,
        Use.K6: Answer.AGREES,
        Use.K9: Answer.REFUSES,
    }
    family = store.draft(Family, case.values["family_id"])
    petitioner = store.draft(Person, family.values["petitioner_id"])
    relative = store.draft(Person, case.values["person_id"])
    assert petitioner.children["names"][0].values["full"] == "Сара Ахметқызы"
    assert relative.children["names"][0].values["full"] == "Ақан Бекұлы"
    assert sheet(page).sheet.entry.id == following.id  # the next was called
    assert hands.keys < 120  # what fifteen words a minute type in well under two minutes


def test_one_undo_takes_the_whole_case_back(qtbot: QtBot, page: IntakePage, store: Store) -> None:
    wait(qtbot, page, "Сара")
    page.next()
    fill(page)
    assert sheet(page).save()

    store.undo()

    with store.reader() as reader:
        assert not [*reader.all(Case), *reader.all(Person), *reader.all(Family)]
    assert intake.queue(store)[0].state is IntakeState.WAITING


def fill(page: IntakePage) -> None:
    sheet(page).ask.questions[Use.K0].set_answer(Answer.AGREES)
    name = sheet(page)._parts["relative.names.0"].editor("full")
    assert isinstance(name, QLineEdit)
    name.setText("Ақан Бекұлы")


def test_nothing_can_be_typed_before_consent(qtbot: QtBot, page: IntakePage, store: Store) -> None:
    wait(qtbot, page, "Сара")
    page.next()
    name = sheet(page)._parts["relative.names.0"].editor("full")

    assert not name.isEnabled()
    assert not sheet(page).save()
    with store.reader() as reader:
        assert not list(reader.all(Person))
    sheet(page).ask.questions[Use.K0].set_answer(Answer.AGREES)
    assert name.isEnabled()


def test_who_agrees_to_nothing_is_not_kept_by_name(qtbot: QtBot, page: IntakePage, store: Store) -> None:
    wait(qtbot, page, "Сара")
    page.next()
    sheet(page).ask.questions[Use.K0].set_answer(Answer.REFUSES)

    qtbot.keyClick(page, Qt.Key.Key_F9)

    (entry,) = intake.queue(store)
    assert (entry.state, entry.name) == (IntakeState.REFUSED, "")


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    qtbot: QtBot, page: IntakePage, store: Store
) -> None:
    wait(qtbot, page, "Сара")
    page.next()
    sheet(page).ask.questions[Use.K0].set_answer(Answer.AGREES)
    part = sheet(page)._parts["case"]
    part.editor("request").setPlainText("Find him")  # type: ignore[attr-defined]

    assert not sheet(page).save()

    assert sheet(page)._parts["relative.names.0"].shown_problems().keys() == {"full"}
    assert part.editor("request").toPlainText() == "Find him"  # type: ignore[attr-defined]


def test_sixty_wait_in_the_order_in_which_they_came(page: IntakePage, store: Store) -> None:
    for number in range(60):
        intake.add_to_queue(store, f"Family {number}")
    page.refresh()

    assert page.list.row_count() == 60
    assert page.list.row_at(59).title == "60.  Family 59"
    page.next()
    assert sheet(page).sheet.entry.values["number"] == 1


def test_the_completion_list_says_what_is_missing(qtbot: QtBot, page: IntakePage, store: Store) -> None:
    wait(qtbot, page, "Сара")
    page.next()
    fill(page)
    kind = sheet(page)._parts["entry"].editor("language")
    assert isinstance(kind, QComboBox)
    assert sheet(page).save()

    (missing,) = intake.to_complete(store)
    assert "date of birth" in missing.missing
    (row,) = page._done.table.rows()
    assert row.cell(0).text == "Ақан Бекұлы"
    person = store.draft(Person, store.draft(Case, missing.case_id).values["person_id"])
    person.add("names", full="Akan")
    store.save(person)
    (less,) = intake.to_complete(store)
    assert set(missing.missing) - set(less.missing) == {"a spelling as in the passport"}


def test_a_day_without_anybody_teaches_what_to_do(page: IntakePage, store: Store) -> None:
    assert page._done._empty.isVisible()
    with store.reader() as reader:
        assert not list(reader.all(IntakeEntry))
