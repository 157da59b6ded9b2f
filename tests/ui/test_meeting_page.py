"""The page of a meeting: cases typed in, promises for each, the hand-over and its withdrawal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import ChainLink, Meeting, Office, Person, Protest
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.chain import Joint
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import ledger
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.store.views.query import Query, where
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.meeting.edit import new_meeting
from casetracker.ui.pages.meeting.hand_over import HandOverDialog, WithdrawDialog
from casetracker.ui.pages.meeting.page import MeetingPage, MeetingPane
from casetracker.ui.pages.promises.edit import record_promise
from tests.conftest import TODAY, Office_
from tests.ui.conftest import show
from tests.ui.keys import Typist, type_into

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> MeetingPage:
    return show(MeetingPage(desk), desk, qtbot, (1232, 820))


def pane(page: MeetingPage) -> MeetingPane:
    shown = page.record()
    assert isinstance(shown, MeetingPane)
    return shown


def child(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def field(dialog: EditDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def presented(store: Store, meeting: str) -> list[tuple[str, str | None, str | None]]:
    lines = store.draft(Meeting, meeting).children["presented"]
    return [(p.values["case_id"], p.values["asked"], p.values["answered"]) for p in lines]


def test_cases_are_typed_while_the_meeting_goes_on(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    cases = [office.case(name) for name in ("Бақытжан Нұрланұлы", "Гүлнар Әбдіқызы", "Ерлан Төлегенұлы")]
    meeting = office.meeting(due=None)
    page.refresh()
    record = pane(page)
    grid = record.cases.grid.grid
    typist = Typist(qtbot, grid)
    assert grid.isVisible()  # an empty list is there to be written on
    grid.start()

    typist.line("бақыт", "confirm the place", "will look into the case")
    typist.line("гулнар", "a visit", "refer to MFA")  # as a Russian keyboard writes it
    typist.line("ерлан", "whereabouts")
    qtbot.keyClick(grid, Key.Key_S, CONTROL)

    assert presented(store, meeting) == [
        (cases[0], "confirm the place", "will look into the case"),
        (cases[1], "a visit", "refer to MFA"),
        (cases[2], "whereabouts", None),
    ]
    links = store.draft(Meeting, meeting).children["cases"]
    assert {(x.values["case_id"], x.values["role"]) for x in links} == {
        (case, CaseRole.PRESENTED) for case in cases
    }
    assert store.recent()[0].label.startswith("3 cases presented: Meeting with")
    page.refresh()
    assert [row.key for row in record.cases.table.rows()] == cases
    assert record.cases.table.isVisible()
    assert not record.cases.edit.bar.isVisible()


def test_a_case_presented_twice_is_said_beside_the_grid(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    office.case("Бақытжан Нұрланұлы")
    meeting = office.meeting(due=None)
    page.refresh()
    record = pane(page)
    grid = record.cases.grid.grid
    typist = Typist(qtbot, grid)
    grid.start()
    typist.line("бақыт", "confirm the place")
    typist.line("бақыт", "news of his health")

    qtbot.keyClick(grid, Key.Key_S, CONTROL)

    problem = record.findChild(QLabel, "presented.problem")
    assert isinstance(problem, QLabel)
    assert problem.isVisible()
    assert problem.text() == "A case is on this list twice; remove one of the two lines."
    assert [row.values["asked"] for row in grid.rows()] == ["confirm the place", "news of his health"]
    assert presented(store, meeting) == []
    grid.remove([1])
    qtbot.keyClick(grid, Key.Key_S, CONTROL)
    assert [line[1] for line in presented(store, meeting)] == ["confirm the place"]


def test_a_case_that_nobody_knows_is_kept_as_typed(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    meeting = office.meeting(due=None)
    page.refresh()
    record = pane(page)
    grid = record.cases.grid.grid
    grid.start()
    Typist(qtbot, grid).line("Nobody", "confirm the place")

    assert not record.cases.edit.save()

    assert grid.value(0, "case_id").title == "Nobody"
    assert presented(store, meeting) == []


def test_a_promise_for_each_case(qtbot: QtBot, page: MeetingPage, store: Store, office: Office_) -> None:
    cases = [office.case(f"Relative {n}") for n in "ABC"]
    meeting = office.meeting(*cases, due=None)
    page.refresh()
    dialog = record_promise(page, page.desk, meeting)
    type_into(field(dialog, "words"), "look into each case")
    type_into(field(dialog, "due"), "25.10.2021")
    maker = field(dialog, "made_by_id")
    type_into(maker, "Эльвира")
    qtbot.keyClick(maker, Key.Key_Return)
    assert not dialog.save()  # for which cases?
    assert "Say which cases" in dialog.findChild(QLabel, "covers.problem").text()

    child(dialog, "covers.each").click()
    assert dialog.save()

    (promise,) = store.draft(Meeting, meeting).children["promises"]
    assert [c.values["case_id"] for c in promise.children["covers"]] == cases
    made_by = store.draft(Person, promise.values["made_by_id"])
    assert made_by.values["public_figure"] is True
    assert store.recent()[0].label == "Record promise"
    page.refresh()
    record = pane(page)
    assert [row.cell(5).text for row in record.cases.table.rows()] == ["18 d overdue"] * 3
    chips = [part.text() for part in record.header.findChildren(QWidget, "chip.red")]
    assert chips == ["3 promises open, 3 overdue"]


def test_outcomes_stand_beside_the_presented_cases(page: MeetingPage, store: Store, office: Office_) -> None:
    first, second = office.case("Relative A"), office.case("Relative B")
    meeting = office.meeting(first, second)
    promise = store.draft(Meeting, meeting).children["promises"][0].id
    ledger.set_outcome(store, promise, [second], PromiseOutcome.KEPT, TODAY)

    page.refresh()

    rows = pane(page).cases.table.rows()
    assert [(r.cell(5).text, r.cell(6).text) for r in rows] == [
        ("18 d overdue", "—"),
        ("25 Oct 2021", "kept 12 Nov"),
    ]
    opened: list[tuple[str, str]] = []
    page.desk.go_to.connect(lambda key, record_id: opened.append((key, record_id)))
    pane(page).cases.table.chosen.emit(rows[0].key)
    assert opened == [("promises", promise)]


def hand_over(page: MeetingPage) -> HandOverDialog:
    child(page, "meeting.hand_over").click()
    dialog = page.findChild(HandOverDialog)
    assert isinstance(dialog, HandOverDialog)
    return dialog


def test_a_list_is_handed_over_stays_as_it_is_and_is_withdrawn(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    office.case("Ерлан Төлегенұлы")
    cases = [office.case("Relative A"), office.case("Relative B", consent=(Use.K0,))]
    meeting = office.meeting(*cases)
    page.refresh()
    record = pane(page)
    dialog = hand_over(page)
    rows = dialog.findChildren(QWidget, "hand_over.cases")[0].rows()  # type: ignore[attr-defined]
    assert [(row.cell(0).text, row.cell(1).text, row.cell(1).note) for row in rows] == [
        ("Relative B", "left out", "the family has not agreed to it."),
        ("Relative A", "given", ""),
    ]
    assert dialog.confirm.text() == "Hand over 1 case"
    with qtbot.waitSignal(page.desk.changed):
        dialog.confirm.click()

    (given,) = store.draft(Meeting, meeting).children["handovers"]
    assert given.values["digest"][:8] in " ".join(
        part.text() for part in record.header.findChildren(QWidget, "chip.green")
    )
    assert given.values["digest"] in record.findChild(QLabel, "handed_over").text()
    assert not child(page, "meeting.hand_over").isVisible()

    record.cases.begin()
    grid = record.cases.grid.grid
    Typist(qtbot, grid).line("ерлан", "whereabouts")
    child(page, "presented_edit.bar.save").click()
    assert "withdraw it first" in record.findChild(QLabel, "presented.problem").text()
    assert len(grid.rows()) == 3
    assert [line[0] for line in presented(store, meeting)] == cases

    child(page, "meeting.withdraw").click()
    withdrawal = page.findChild(WithdrawDialog)
    assert isinstance(withdrawal, WithdrawDialog)
    child(withdrawal, "withdraw.do").click()
    assert withdrawal.problem() == "Say why the list was withdrawn."
    type_into(withdrawal.reason, "one case was missing")
    with qtbot.waitSignal(page.desk.changed):
        child(withdrawal, "withdraw.do").click()
    assert record.cases.edit.save()  # what was typed before is still there
    assert len(presented(store, meeting)) == 3
    page.refresh()
    assert "one case was missing" in record.findChild(QLabel, "handed_over").text()
    assert child(page, "meeting.hand_over").isVisible()


def test_answers_can_be_written_after_the_hand_over(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    meeting = office.meeting(office.case())
    page.refresh()
    with qtbot.waitSignal(page.desk.changed):
        hand_over(page).confirm.click()
    record = pane(page)
    record.cases.begin()
    record.cases.grid.grid.set_value(0, "answered", "will look into the case")

    assert record.cases.edit.save()

    assert presented(store, meeting)[0][2] == "will look into the case"


def test_a_case_with_a_promise_does_not_leave_the_list(
    page: MeetingPage, store: Store, office: Office_
) -> None:
    meeting = office.meeting(office.case())
    page.refresh()
    record = pane(page)
    record.cases.begin()
    record.cases.grid.grid.remove([0])

    assert not record.cases.edit.save()

    assert "look into each case" in record.findChild(QLabel, "presented.problem").text()
    record.cases.edit.discard()
    assert len(record.cases.grid.grid.rows()) == 1
    assert len(presented(store, meeting)) == 1


def test_another_meeting_is_not_shown_while_something_is_unsaved(
    qtbot: QtBot, page: MeetingPage, office: Office_
) -> None:
    earlier = office.meeting(day="2021-02-18", due=None)
    later = office.meeting(due=None)
    page.refresh()
    record = pane(page)
    assert record.record_id == later
    record.cases.grid.grid.start()
    Typist(qtbot, record.cases.grid.grid).line("Somebody")

    def stay() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        child(box, "answer.stay").click()

    QTimer.singleShot(0, stay)
    page.list.setFocus()
    qtbot.keyClick(page.list, Key.Key_Down)

    assert record.record_id == later
    assert page.list.current_key() == later
    record.cases.edit.discard()
    qtbot.keyClick(page.list, Key.Key_Down)
    assert record.record_id == earlier


def test_a_case_typed_twice_into_a_new_meeting_is_said_beside_the_grid(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    office.case("Бақытжан Нұрланұлы")
    dialog = new_meeting(page, page.desk)
    office.office()
    name = field(dialog, "office_id")
    type_into(name, "Commissioner")
    qtbot.keyClick(name, Key.Key_Return)
    grid = next(g for g in dialog.findChildren(QWidget, "presented") if hasattr(g, "start"))
    grid.start()  # type: ignore[attr-defined]
    typist = Typist(qtbot, grid)  # type: ignore[arg-type]
    typist.line("бақыт")
    typist.line("бақыт")

    assert not dialog.save()

    said = dialog.findChild(QLabel, "presented.problem")
    assert isinstance(said, QLabel)
    assert said.text() == "A case is on this list twice; remove one of the two lines."
    assert len(grid.rows()) == 2  # type: ignore[attr-defined]
    assert lists_of(store) == []


def lists_of(store: Store) -> list[str]:
    with store.reader() as reader:
        return [meeting.id for meeting in reader.all(Meeting)]


def test_a_new_meeting_is_called_after_its_office(
    qtbot: QtBot, page: MeetingPage, store: Store, office: Office_
) -> None:
    case = office.case()
    dialog = new_meeting(page, page.desk)
    name = field(dialog, "office_id")
    type_into(name, "Ministry of Foreign Affairs")
    qtbot.keyClick(name, Key.Key_Return)
    assert field(dialog, "title").text() == "Meeting with Ministry of Foreign Affairs"
    type_into(field(dialog, "title"), ", second")
    grid = next(g for g in dialog.findChildren(QWidget, "presented") if hasattr(g, "start"))
    grid.start()  # type: ignore[attr-defined]
    Typist(qtbot, grid).line("бақыт", "confirm the place")  # type: ignore[arg-type]

    assert dialog.save()

    with store.reader() as reader:
        (made,) = reader.all(Meeting)
        assert made.title == "Meeting with Ministry of Foreign Affairs, second"
        assert [o.title for o in reader.all(Office)] == ["Ministry of Foreign Affairs"]
        (link,) = made.children("cases")
        assert (link.value("case_id"), link.value("role")) == (case, CaseRole.PRESENTED)


def test_the_header_says_what_the_meeting_follows(page: MeetingPage, store: Store, office: Office_) -> None:
    protest = store.draft(Protest)
    protest.values |= {"title": "Protest in Nur-Sultan", "on": KnownDate.from_edtf("2021-10-01")}
    meeting = office.meeting(due=None, place="Nur-Sultan")
    link = {"about": "Meeting", "about_id": meeting, "to": "Protest", "to_id": store.save(protest)}
    store.save(Draft(ChainLink, values={**link, "joint": Joint.FOLLOWS}))
    draft = store.draft(Meeting, meeting)
    for n in range(2):
        draft.add("participants", person_id=office.person(f"Relative {n}"))
    store.save(draft)

    page.refresh()

    record = pane(page)
    assert record.data is not None
    assert record.data.subtitle == (
        "4 October 2021",
        "Nur-Sultan",
        "2 family members present",
        "follows the protest of 1 October",
    )
    asked: list[tuple[str, str]] = []
    page.desk.go_to.connect(lambda key, what: asked.append((key, what)))
    child(page, "meeting.pdf").click()
    assert asked == [("reports", f"meeting:{meeting}")]


def test_office_and_year_narrow_the_list(page: MeetingPage, office: Office_) -> None:
    akimat = office.office("City akimat")
    office.meeting(due=None)
    wanted = office.meeting(day="2020-07-15", due=None, office_id=akimat)
    page.refresh()

    assert page.narrowing is not None
    page.narrowing.set_query(Query(terms=(where("office", akimat),)))

    assert page.list.row_count() == 1
    assert page.list.row_at(0).key == wanted
    page.narrowing.set_query(Query(terms=(where("year", "2020"),)))
    assert page.list.row_count() == 1
    assert page.status_text() == "2 meetings · 1 shown"
