"""Asking about consents by keyboard, seeing who said what, and taking it back."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Case, Family, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.sources.consent import Answer
from casetracker.store import handover
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.case.tab_consents import ConsentTab
from casetracker.ui.pages.consents.answers import edit_answers
from casetracker.ui.pages.consents.ask import AskPart, ask_about_case, ask_about_themselves
from casetracker.ui.pages.consents.card import ConsentCard
from casetracker.ui.pages.consents.withdraw import WithdrawPart, withdraw
from casetracker.ui.pages.family.page import FamilyPage
from casetracker.ui.pages.person.page import PersonPage
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.tabs import TabPages
from tests.conftest import TODAY, Office_
from tests.ui.test_family_page import cells, family_of, pane

BEFORE = dt.date(2021, 1, 5)
DAY = dt.timedelta(days=1)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


Asking = tuple[Store, Office_, Desk, QWidget]


@pytest.fixture
def asking(store: Store, office: Office_, desk: Desk, host: QWidget) -> Asking:
    """All that it takes to ask."""
    return store, office, desk, host


def part(dialog: EditDialog) -> AskPart:
    found = dialog.findChild(AskPart)
    assert isinstance(found, AskPart)
    return found


def answers(
    store: Store, case: str, use: Use
) -> list[tuple[Answer, dt.date, dt.date | None, dt.date | None]]:
    found = [c.values for c in store.draft(Case, case).children["consents"] if c.values["use"] is use]
    return sorted(((v["answer"], v["given"], v["until"], v["withdrawn"]) for v in found), key=lambda a: a[1])


def petitioner(store: Store, case: str) -> str:
    return str(store.draft(Family, family_of(store, case)).values["petitioner_id"])


def test_all_uses_are_asked_by_one_letter_each(
    qtbot: QtBot, store: Store, office: Office_, desk: Desk, host: QWidget
) -> None:
    case = office.case(consent=())
    dialog = ask_about_case(host, desk, case, petitioner(store, case))
    ask = part(dialog).ask
    ask.questions[Use.K0].setFocus()
    for letter in (Qt.Key.Key_A, Qt.Key.Key_A, Qt.Key.Key_N, Qt.Key.Key_R):
        focused = ask.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, letter)
    dialog.findChild(QComboBox, "explained_in").setCurrentText("Kazakh")  # type: ignore[union-attr]
    assert dialog.save()

    said = {c.values["use"]: c.values for c in store.draft(Case, case).children["consents"]}
    assert {use: v["answer"] for use, v in said.items()} == {
        Use.K0: Answer.AGREES,
        Use.K1: Answer.AGREES,
        Use.K3: Answer.REFUSES,
    }
    assert said[Use.K0]["explained_in"].name == "KK"
    assert said[Use.K0]["explained_by"] == "A. Serik"
    assert said[Use.K0]["capacity"] == "closest_relative"
    assert store.undo() == "Ask about consents"
    assert store.draft(Case, case).children["consents"] == []


def test_asking_needs_somebody_who_answers_and_an_answer(
    store: Store, office: Office_, desk: Desk, host: QWidget
) -> None:
    case = office.case(consent=())
    dialog = ask_about_case(host, desk, case)
    assert not dialog.save()
    assert "person_id" in part(dialog).shown_problems()

    again = ask_about_case(host, desk, case, petitioner(store, case))
    assert not again.save()
    assert part(again).shown_problems() == {"person_id": "No question was answered yet."}
    part(again).ask.questions[Use.K3].set_answer(Answer.AGREES)
    assert again.save()  # and is not written twice after the attempt that failed
    assert len(store.draft(Case, case).children["consents"]) == 1
    dialog.dirty = False
    dialog.reject()


@pytest.mark.parametrize(
    ("before", "now", "ends"),
    [
        (Answer.AGREES, Answer.AGREES, (TODAY - DAY, None)),
        (Answer.AGREES, Answer.REFUSES, (None, TODAY)),
        (Answer.REFUSES, Answer.AGREES, (None, TODAY)),
    ],
)
def test_a_new_answer_ends_the_one_before_by_a_date(
    asking: Asking, before: Answer, now: Answer, ends: tuple[dt.date | None, dt.date | None]
) -> None:
    store, office, desk, host = asking
    case = office.case(consent=())
    who = petitioner(store, case)
    draft = store.draft(Case, case)
    draft.add("consents", person_id=who, use=Use.K3, answer=before, given=BEFORE)
    draft.add("consents", person_id=office.person("Мақпал"), use=Use.K3, answer=before, given=BEFORE)
    store.save(draft)

    dialog = ask_about_case(host, desk, case, who)
    part(dialog).ask.questions[Use.K3].set_answer(now)
    assert dialog.save()

    found = answers(store, case, Use.K3)
    assert (before, BEFORE, *ends) in found
    assert (now, TODAY, None, None) in found
    assert (before, BEFORE, None, None) in found  # of the other relative


def test_the_body_is_kept_for_the_uses_that_name_one(
    store: Store, office: Office_, desk: Desk, host: QWidget
) -> None:
    case = office.case(consent=())
    dialog = ask_about_case(host, desk, case, petitioner(store, case))
    dialog.findChild(QWidget, "body").setText("Ministry of Foreign Affairs")  # type: ignore[union-attr]
    for use in (Use.K3, Use.K4):
        part(dialog).ask.questions[use].set_answer(Answer.AGREES)
    assert dialog.save()

    bodies = {c.values["use"]: c.values["body"] for c in store.draft(Case, case).children["consents"]}
    assert bodies == {Use.K3: None, Use.K4: "Ministry of Foreign Affairs"}


def test_a_person_answers_for_their_own_data(
    store: Store, office: Office_, desk: Desk, host: QWidget
) -> None:
    person = office.person("Мақпал")
    dialog = ask_about_themselves(host, desk, person)
    part(dialog).ask.questions[Use.K9].set_answer(Answer.REFUSES)
    assert dialog.save()

    [said] = store.draft(Person, person).children["consents"]
    assert (said.values["use"], said.values["answer"]) == (Use.K9, Answer.REFUSES)
    assert (said.values["case_id"], said.values["capacity"]) == (None, "self")


def test_the_page_of_a_person_asks_too(qtbot: QtBot, store: Store, office: Office_, desk: Desk) -> None:
    person = office.person("Мақпал")
    page = PersonPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_record(person)

    page.findChild(QPushButton, "card.person.consents.link").click()  # type: ignore[union-attr]

    dialog = next(d for d in page.findChildren(EditDialog) if d.isVisible())
    assert "Мақпал" in dialog.accessibleName()
    part(dialog).ask.questions[Use.K11].set_answer(Answer.AGREES)
    assert dialog.save()
    assert len(store.draft(Person, person).children["consents"]) == 1


def test_withdrawing_shows_what_was_given_out(
    store: Store, office: Office_, desk: Desk, host: QWidget
) -> None:
    case = office.case(consent=(Use.K0, Use.K3, Use.K6))
    handover.hand_over(store, office.meeting(case))

    dialog = withdraw(host, desk, case)
    table = dialog.findChild(CellTable, "withdraw.given")
    assert table is not None
    (row,) = cells(table)
    assert "Commissioner for Human Rights" in row
    assert row.endswith("still out")
    boxes = dialog.findChild(WithdrawPart).uses  # type: ignore[union-attr]
    ticked = {use for use, box in boxes.items() if box.isChecked()}
    assert ticked == {Use.K3, Use.K6}  # keeping it in the office is not what is taken back, mostly
    boxes[Use.K6].setChecked(False)
    assert dialog.save()

    assert answers(store, case, Use.K3) == [
        (Answer.AGREES, BEFORE, None, TODAY),
        (Answer.REFUSES, TODAY, None, None),
    ]
    assert answers(store, case, Use.K6) == [(Answer.AGREES, BEFORE, None, None)]


@pytest.mark.parametrize("forbids", [True, False])
def test_who_takes_back_may_forbid_it_whoever_else_agrees(asking: Asking, forbids: bool) -> None:
    store, office, desk, host = asking
    draft = store.draft(Case, office.case(consent=(Use.K3,)))
    aunt = office.person("Мақпал")
    draft.add("consents", person_id=aunt, use=Use.K3, answer=Answer.AGREES, given=BEFORE)
    case = store.save(draft)

    dialog = withdraw(host, desk, case)
    found = dialog.findChild(WithdrawPart)
    assert isinstance(found, WithdrawPart)
    assert found.forbids.isChecked()
    found.forbids.setChecked(forbids)
    assert dialog.save()

    with store.reader(Audience.OFFICIAL) as reader:
        assert (reader.refusal(case) == "") is not forbids
    assert len(answers(store, case, Use.K3)) == (3 if forbids else 2)


def test_nothing_ticked_withdraws_nothing(store: Store, office: Office_, desk: Desk, host: QWidget) -> None:
    case = office.case()
    dialog = withdraw(host, desk, case)
    found = dialog.findChild(WithdrawPart)
    assert isinstance(found, WithdrawPart)
    found.uses[Use.K3].setChecked(False)

    assert not dialog.save()
    assert found.shown_problems() == {"withdrawn": "Tick what is taken back."}
    dialog.dirty = False
    dialog.reject()
    assert answers(store, case, Use.K3) == [(Answer.AGREES, BEFORE, None, None)]


def test_a_slip_can_be_mended_in_the_grid(store: Store, office: Office_, desk: Desk, host: QWidget) -> None:
    case = office.case()
    dialog = edit_answers(host, desk, case)
    assert dialog.findChild(QPushButton, "delete") is None
    assert dialog.save()
    assert len(store.draft(Case, case).children["consents"]) == 1


def test_the_tab_of_a_case_shows_the_matrix(qtbot: QtBot, store: Store, office: Office_, desk: Desk) -> None:
    case = office.case(consent=(Use.K3,))
    handover.hand_over(store, office.meeting(case))
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_record(case)
    page.findChild(TabPages).select("consents")  # type: ignore[union-attr]
    tab = page.findChild(ConsentTab)
    assert isinstance(tab, ConsentTab)

    table = tab.matrix.matrix.table()
    assert table is not None
    lines = cells(table)
    assert len(lines) == len(Use)
    assert "agreed" in lines[3]
    assert lines[3].endswith("yes")
    assert lines[4].endswith("no")
    given = page.findChild(CellTable, "consents.given")
    assert given is not None
    assert len(cells(given)) == 1


def test_the_page_of_a_family_shows_each_case_and_the_members_own_data(
    qtbot: QtBot, store: Store, office: Office_, desk: Desk
) -> None:
    family = family_of(store, office.case(consent=(Use.K3,)))
    page = FamilyPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.show_record(family)
    card = pane(page).findChild(ConsentCard)
    assert isinstance(card, ConsentCard)
    assert [card.about.itemText(n) for n in range(card.about.count())] == [
        "Бақытжан Нұрланұлы",
        "Their own data",
    ]

    card.about.setCurrentIndex(1)

    assert card.shown().matrix.case_id == ""
    assert not card.withdraw.isVisibleTo(page)
    table = card.matrix.table()
    assert table is not None
    assert "—" in cells(table)[3]
    card.ask.click()
    [whom] = card.whom.actions()
    assert whom.text() == "Petitioner of Бақытжан Нұрланұлы"
    whom.trigger()
    card.whom.hide()
    dialog = next(d for d in page.findChildren(EditDialog) if d.isVisible())
    part(dialog).ask.questions[Use.K9].set_answer(Answer.AGREES)
    assert dialog.save()
    page.refresh()
    assert "agreed" in cells(table)[9]
    assert card.about.currentIndex() == 1  # a change elsewhere does not turn the page
