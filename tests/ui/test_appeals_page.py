"""The page of appeals by keyboard: recording one, a reply for all its cases, extension, the tab of a case."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Appeal, Office
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.post import BodyKind
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.appeals.edit import new_appeal
from casetracker.ui.pages.appeals.page import AppealsPage
from casetracker.ui.pages.appeals.pane import AppealPane
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.case.tab_appeals import AppealsTab
from casetracker.ui.widgets.cell_table import CellTable
from casetracker.ui.widgets.suggestions import LookupEdit
from tests.conftest import Office_
from tests.ui.conftest import show
from tests.ui.keys import Typist, type_into

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
OCTOBER = dt.date(2021, 10, 1)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> AppealsPage:
    return show(AppealsPage(desk), desk, qtbot, (1232, 820))


@pytest.fixture
def ministry(store: Store) -> str:
    draft = store.draft(Office)
    draft.values |= {"name": "Ministry of Foreign Affairs", "body": BodyKind.MINISTRY}
    return store.save(draft)


def appeal(store: Store, office_id: str, *cases: str, **values: object) -> str:
    draft = store.draft(Appeal)
    draft.values |= {"office_id": office_id, "subject": "A question", "received": OCTOBER, **values}
    for case in cases:
        draft.add("cases", case_id=case, asked="where he is held")
    return store.save(draft)


def pane(page: AppealsPage) -> AppealPane:
    shown = page.record()
    assert isinstance(shown, AppealPane)
    return shown


def dialog_of(page: QWidget) -> EditDialog:
    (shown,) = [d for d in page.window().findChildren(EditDialog) if d.isVisible()]
    return shown


def write(dialog: EditDialog, name: str, text: str) -> None:
    field = dialog.findChild(QLineEdit, name)
    assert field is not None, name
    field.setFocus()
    field.clear()
    type_into(field, text)


def save(qtbot: QtBot, dialog: EditDialog) -> None:
    """Save with Ctrl+Enter; the dialog closes."""

    def active() -> bool:
        dialog.activateWindow()  # asked too early, it is not heard
        return dialog.isActiveWindow()

    qtbot.waitUntil(active)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert not dialog.isVisible(), text_of(dialog, "edit_problem.text")


def press(qtbot: QtBot, parent: QWidget, name: str) -> None:
    """Press a button by the keyboard."""
    found = parent.findChild(QPushButton, name)
    assert found is not None, name
    found.setFocus()
    qtbot.keyClick(found, Key.Key_Space)


def text_of(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text() if found.isVisible() else ""


def cells(table: CellTable, column: int) -> list[str]:
    return [row.cell(column).text for row in table.rows()]


def test_an_appeal_is_written_down_with_its_cases(
    qtbot: QtBot, page: AppealsPage, store: Store, ministry: str, office: Office_
) -> None:
    office.case("Бақытжан Нұрланұлы")
    dialog = new_appeal(page, page.desk)
    to = dialog.findChild(LookupEdit, "office_id")
    assert isinstance(to, LookupEdit)
    to.setFocus()
    type_into(to, "ministry")
    qtbot.keyClick(to, Key.Key_Return)
    write(dialog, "registered", "ЗТ-2021-17")
    grid = dialog.findChild(ChildGrid, "")
    assert isinstance(grid, ChildGrid)
    grid.grid.start()
    Typist(qtbot, grid.grid).line("бақытжан", "where he is held")
    save(qtbot, dialog)

    with store.reader() as reader:
        (made,) = reader.all(Appeal)
        (case,) = made.children("cases")
        assert made.value("office_id") == ministry
        assert made.text("subject") == "Appeal: Ministry of Foreign Affairs"
        assert (made.text("registered"), made.value("sent")) == ("ЗТ-2021-17", store.today())
        assert case.text("asked") == "where he is held"


def test_the_clock_says_how_it_was_worked_out(page: AppealsPage, store: Store, ministry: str) -> None:
    appeal(store, ministry)
    page.refresh()

    assert text_of(page, "clock.words") == "15 working days overdue"
    assert text_of(page, "clock.due") == "Reply due 22 October 2021"
    assert "15 working days from the day it was received there" in text_of(page, "clock.how")
    assert "art. 76" in text_of(page, "clock.basis")


def test_a_reply_is_recorded_for_all_cases_at_once(
    qtbot: QtBot, page: AppealsPage, store: Store, ministry: str, office: Office_
) -> None:
    appeal(store, ministry, *(office.case(name) for name in ("Ерлан", "Асқар", "Берік")))
    page.refresh()
    press(qtbot, page, "appeal.reply")
    dialog = dialog_of(page)
    write(dialog, "number", "11-2/4410")
    grid = dialog.findChild(ChildGrid)
    assert isinstance(grid, ChildGrid)
    assert len(grid.grid.rows()) == 3
    grid.grid.set_value(0, "result", "refused")
    press(qtbot, dialog, "reply.same")
    save(qtbot, dialog)
    qtbot.waitUntil(lambda: text_of(page, "clock.words") == "Answered late")

    assert cells(pane(page).cases, 2) == ["Refused"] * 3
    assert page.list.row_at(0).chip is not None
    assert store.can_undo() == "Record a reply"
    store.undo()
    qtbot.waitUntil(lambda: text_of(page, "clock.words") == "15 working days overdue")


def test_cases_that_a_reply_passes_over_are_counted(
    qtbot: QtBot, page: AppealsPage, store: Store, ministry: str, office: Office_
) -> None:
    appeal(store, ministry, *(office.case(name) for name in ("Ерлан", "Асқар", "Берік")))
    page.refresh()
    press(qtbot, page, "appeal.reply")
    dialog = dialog_of(page)
    grid = dialog.findChild(ChildGrid)
    assert isinstance(grid, ChildGrid)
    grid.grid.set_value(0, "result", "answered")
    save(qtbot, dialog)
    qtbot.waitUntil(pane(page).silent.isVisible)

    assert pane(page).silent.text() == "The reply says nothing of 2 cases in the appeal."
    assert cells(pane(page).cases, 2) == ["Answered", "no reply", "no reply"]


def test_an_extension_moves_the_last_day_and_can_be_undone(
    qtbot: QtBot, page: AppealsPage, store: Store, ministry: str
) -> None:
    appeal(store, ministry)
    page.refresh()
    press(qtbot, page, "appeal.course")
    dialog = dialog_of(page)
    write(dialog, "extended_until", "22.11.2021")
    save(qtbot, dialog)

    qtbot.waitUntil(lambda: text_of(page, "clock.words") == "6 working days left")
    assert text_of(page, "clock.due") == "Reply due 22 November 2021"
    store.undo()
    qtbot.waitUntil(lambda: text_of(page, "clock.words") == "15 working days overdue")


def test_a_reply_from_before_the_sending_is_refused_with_a_sentence(
    qtbot: QtBot, page: AppealsPage, store: Store, ministry: str
) -> None:
    appeal(store, ministry, sent=OCTOBER)
    page.refresh()
    press(qtbot, page, "appeal.reply")
    dialog = dialog_of(page)
    write(dialog, "on", "30.09.2021")

    assert not dialog.save()
    assert "before the appeal was sent" in text_of(dialog, "edit_problem.text")
    dialog.dirty = False
    dialog.reject()


def test_an_office_of_which_nothing_is_known_is_asked_about(
    qtbot: QtBot, page: AppealsPage, store: Store
) -> None:
    unknown = store.draft(Office)
    unknown.values["name"] = "Some office"
    appeal(store, store.save(unknown))
    page.refresh()
    assert pane(page).no_body.isVisible()
    press(qtbot, page, "appeal.no_body.action")
    dialog = dialog_of(page)
    body = dialog.findChild(QComboBox, "body")
    assert body is not None
    body.setCurrentText("Ministry")
    save(qtbot, dialog)

    qtbot.waitUntil(lambda: text_of(page, "clock.words") == "15 working days overdue")
    assert not pane(page).no_body.isVisible()


def test_pills_narrow_the_list(qtbot: QtBot, page: AppealsPage, store: Store, ministry: str) -> None:
    appeal(store, ministry, subject="Late")
    answered = appeal(store, ministry, subject="Answered")
    draft = store.draft(Appeal, answered)
    draft.add("replies", on=dt.date(2021, 10, 8), kind=ReplyKind.SUBSTANTIVE)
    store.save(draft)
    page.refresh()
    assert page.list.row_count() == 2

    page.narrow("overdue")

    assert [page.list.row_at(n).title for n in range(page.list.row_count())] == ["Late"]
    assert page.status_text() == "2 appeals · 1 shown"


def test_a_reply_is_opened_by_enter(
    qtbot: QtBot, page: AppealsPage, store: Store, ministry: str, office: Office_
) -> None:
    sent = appeal(store, ministry, office.case("Ерлан"))
    draft = store.draft(Appeal, sent)
    draft.add("replies", on=dt.date(2021, 10, 8), kind=ReplyKind.INTERIM, number="7")
    store.save(draft)
    page.refresh()
    table = pane(page).replies
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Key.Key_Return)
    dialog = dialog_of(page)
    write(dialog, "number", "7-A")
    save(qtbot, dialog)

    with store.reader() as reader:
        (made,) = reader.all(Appeal)
        assert [r.text("number") for r in made.children("replies")] == ["7-A"]


def test_the_tab_of_a_case_tells_the_reply_for_this_case_alone(
    qtbot: QtBot, desk: Desk, store: Store, ministry: str, office: Office_
) -> None:
    mine, other = office.case("Ерлан"), office.case("Асқар")
    sent = appeal(store, ministry, mine, other)
    draft = store.draft(Appeal, sent)
    reply = draft.add("replies", on=dt.date(2021, 10, 8), kind=ReplyKind.SUBSTANTIVE)
    reply.add("cases", case_id=mine, result="refused", said="not their business")
    reply.add("cases", case_id=other, result="answered", said="he is at home")
    store.save(draft)
    page = CasePage(desk)
    qtbot.addWidget(page)
    page.resize(1232, 820)
    with qtbot.waitExposed(page):
        page.show()
    page.show_record(mine)
    tabs = page.record().tabs  # type: ignore[attr-defined]
    tabs.select("appeals")
    tab = tabs.page("appeals")
    assert isinstance(tab, AppealsTab)

    (row,) = tab.table.rows()

    assert (row.cell(2).text, row.cell(2).note) == ("Refused", "not their business")
    opened: list[tuple[str, str]] = []
    desk.go_to.connect(lambda key, what: opened.append((key, what)))
    tab.table.setFocus()
    tab.table.selectRow(0)
    qtbot.keyClick(tab.table, Key.Key_Return)
    assert opened == [("appeals", sent)]
