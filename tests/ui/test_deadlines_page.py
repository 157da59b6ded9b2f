"""The page of deadlines by keyboard: groups, done, put off, a task of the office's own; card and badge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from casetracker import i18n
from casetracker.model import Case, Task
from casetracker.store.store import Store
from casetracker.ui.pages.case.page import CasePane
from casetracker.ui.pages.deadlines.page import GROUPS, DeadlinesPage
from casetracker.ui.pages.overview import OverviewPage
from casetracker.ui.widgets.nav import Navigation
from tests.conftest import TODAY, Office_
from tests.ui.story import CaseWorker
from tests.ui.test_every_page import nameless, untranslated

Key = Qt.Key


@pytest.fixture
def office_(store: Store, office: Office_) -> Office_:
    """An overdue promise, a meeting in a week, and two tasks."""
    office.meeting(office.case("Relative A", consent=()))
    office.meeting(day="2021-11-19", due=None)
    for what, days in (("Copy the file", 3), ("Write to the lawyer", 50)):
        draft = store.draft(Task)
        draft.values |= {"what": what, "due": TODAY + dt.timedelta(days=days)}
        store.save(draft)
    return office


@pytest.fixture
def worker(qtbot: QtBot, store: Store, office_: Office_) -> CaseWorker:
    return CaseWorker(qtbot, store)


@pytest.fixture
def page(worker: CaseWorker) -> DeadlinesPage:
    worker.window.go("deadlines")
    page = worker.window.page("deadlines")
    assert isinstance(page, DeadlinesPage)
    settled(worker, page)
    worker.bot.waitUntil(lambda: _active(worker))
    return page


def _active(worker: CaseWorker) -> bool:
    worker.window.activateWindow()
    return worker.window.isActiveWindow()


def settled(worker: CaseWorker, page: DeadlinesPage) -> None:
    worker.bot.waitUntil(lambda: page.reading.idle and page.board is not None)


def groups(page: DeadlinesPage) -> dict[str, list[str]]:
    return {
        key: [row.cell(1).text for row in page.tables[key].rows()]
        for key in GROUPS
        if page.tables[key].rows()
    }


def press(worker: CaseWorker, page: DeadlinesPage, key: Qt.Key) -> None:
    """Press a key where the keyboard is, once the window is the active one."""
    worker.bot.waitUntil(lambda: _active(worker))
    focused = worker.window.focusWidget()
    assert focused is not None
    worker.bot.keyClick(focused, key)


PROMISE = "Commissioner for Human Rights: look into each case"
MEETING = "Meeting with the Commissioner for Human Rights"


def test_everything_that_falls_due_stands_in_its_group(worker: CaseWorker, page: DeadlinesPage) -> None:
    assert groups(page) == {
        "overdue": [PROMISE],
        "week": ["Copy the file", MEETING],
        "later": ["Write to the lawyer"],
    }
    assert page.tables["overdue"].rows()[0].cell(0).text == "18 days overdue"
    assert page.cards["overdue"].accessibleName() == "Overdue (1)"
    assert not page.cards["done"].isVisible()
    current = page.current()
    assert current is not None
    assert current.what == PROMISE


def test_arrows_lead_through_all_groups(worker: CaseWorker, page: DeadlinesPage) -> None:
    seen = []
    for _ in range(3):
        press(worker, page, Key.Key_Down)
        current = page.current()
        assert current is not None
        seen.append(current.what)
    assert seen == ["Copy the file", MEETING, "Write to the lawyer"]
    press(worker, page, Key.Key_Up)
    assert worker.window.focusWidget() is page.tables["week"]


def test_d_is_done_and_undo_takes_it_back(worker: CaseWorker, page: DeadlinesPage) -> None:
    press(worker, page, Key.Key_D)
    worker.bot.waitUntil(lambda: groups(page).get("done") == [PROMISE])
    assert "overdue" not in groups(page)
    worker.window.desk.undo()
    worker.bot.waitUntil(lambda: groups(page).get("overdue") == [PROMISE])
    assert "done" not in groups(page)


def test_s_puts_off_for_a_week_and_again_takes_it_up(worker: CaseWorker, page: DeadlinesPage) -> None:
    press(worker, page, Key.Key_S)
    assert page.menu.isVisible()
    action = page.menu.findChild(QAction, "snooze.week")
    assert isinstance(action, QAction)
    page.menu.close()
    action.trigger()
    worker.bot.waitUntil(lambda: groups(page).get("snoozed") == [PROMISE])
    assert page.tables["snoozed"].rows()[0].cell(0).text == "from 19 Nov 2021"
    page.tables["snoozed"].pick(0)
    press(worker, page, Key.Key_S)
    worker.bot.waitUntil(lambda: groups(page).get("overdue") == [PROMISE])


def test_until_a_day_of_ones_own(worker: CaseWorker, page: DeadlinesPage, store: Store) -> None:
    action = page.menu.findChild(QAction, "snooze.until")
    assert isinstance(action, QAction)
    action.trigger()
    dialog = worker.dialog()
    worker.fill(dialog, snoozed="01.12.2021")
    worker.save(dialog)
    worker.bot.waitUntil(lambda: groups(page).get("snoozed") == [PROMISE])
    assert page.tables["snoozed"].rows()[0].cell(0).text == "from 1 Dec 2021"


def test_n_adds_a_task(worker: CaseWorker, page: DeadlinesPage, store: Store) -> None:
    press(worker, page, Key.Key_N)
    dialog = worker.dialog()
    worker.fill(dialog, what="Ask the translator", due="12.11.2021", whose="A. Serik")
    worker.save(dialog)
    worker.bot.waitUntil(lambda: groups(page)["week"][:1] == ["Ask the translator"])
    row = page.tables["week"].rows()[0]
    assert (row.cell(0).text, row.cell(2).text) == ("due today", "A. Serik")


def test_enter_opens_the_record_and_a_task_its_dialog(worker: CaseWorker, page: DeadlinesPage) -> None:
    press(worker, page, Key.Key_Down)
    press(worker, page, Key.Key_Return)
    dialog = worker.dialog()
    worker.fill(dialog, what="Copy the whole file")
    worker.save(dialog)
    worker.bot.waitUntil(lambda: groups(page)["week"][0] == "Copy the whole file")
    page.tables["overdue"].pick(0)
    press(worker, page, Key.Key_Return)
    assert worker.window.nav.selected() == "promises"


def test_a_task_about_a_case_says_so_and_goes_with_it(
    worker: CaseWorker, page: DeadlinesPage, store: Store, office_: Office_
) -> None:
    case = office_.case("Relative B", consent=())
    worker.window.go("cases", case)
    pane = worker.window.page("cases").record()  # type: ignore[attr-defined]
    assert isinstance(pane, CasePane)
    next(a for a in pane.menu.actions() if a.objectName() == "case.task").trigger()
    dialog = worker.dialog()
    worker.fill(dialog, what="Ask for the photograph", due="13.11.2021", whose="")
    worker.save(dialog)
    worker.window.go("deadlines")
    worker.bot.waitUntil(lambda: groups(page)["week"][:1] == ["Ask for the photograph"])
    assert page.tables["week"].rows()[0].cell(2).text == store.draft(Case, case).values["ref"]
    store.delete(Case, case)
    worker.bot.waitUntil(lambda: groups(page)["week"] == ["Copy the file", MEETING])


def test_pills_narrow_the_list(worker: CaseWorker, page: DeadlinesPage) -> None:
    page.narrow("task")
    worker.bot.waitUntil(lambda: sorted(groups(page)) == ["later", "week"])
    assert groups(page)["week"] == ["Copy the file"]
    page.narrow("")
    worker.bot.waitUntil(lambda: "overdue" in groups(page))


def test_the_first_page_shows_the_same_and_the_badge_counts(worker: CaseWorker) -> None:
    overview = worker.window.page("overview")
    assert isinstance(overview, OverviewPage)
    worker.window.go("overview")
    worker.bot.waitUntil(lambda: overview.due.reading.idle and bool(overview.due.table.rows()))
    shown = [row.cell(1).text for row in overview.due.table.rows()]
    assert shown == [PROMISE, "Copy the file", MEETING]
    nav = worker.window.findChild(Navigation)
    assert nav is worker.window.nav
    badge = nav._buttons["deadlines"]
    worker.bot.waitUntil(lambda: badge.badge is not None)
    assert badge.badge is not None
    assert badge.badge.text == "1 overdue"
    overview.due.table.chosen.emit(overview.due.table.rows()[1].key)
    assert worker.window.nav.selected() == "deadlines"
    page = worker.window.page("deadlines")
    assert isinstance(page, DeadlinesPage)
    settled(worker, page)
    worker.bot.waitUntil(lambda: page.current() is not None)
    current = page.current()
    assert current is not None
    assert current.what == "Copy the file"


@pytest.fixture
def made_up_language() -> Iterator[None]:
    before = i18n.current()
    i18n.use(i18n.PSEUDO)
    yield
    i18n.use(before)


def test_what_is_read_there_is_translated(made_up_language: None, qtbot: QtBot, store: Store) -> None:
    draft = store.draft(Task)
    draft.values |= {"what": "文件", "due": dt.date(2021, 10, 25)}
    store.save(draft)
    worker = CaseWorker(qtbot, store)
    worker.window.go("deadlines")
    page = worker.window.page("deadlines")
    assert isinstance(page, DeadlinesPage)
    settled(worker, page)
    assert page.tables["overdue"].rows()
    assert untranslated(page) == set()
    assert nameless(page) == []


def test_an_empty_list_says_what_will_stand_there(qtbot: QtBot, store: Store) -> None:
    worker = CaseWorker(qtbot, store)
    worker.window.go("deadlines")
    page = worker.window.page("deadlines")
    assert isinstance(page, DeadlinesPage)
    settled(worker, page)
    assert groups(page) == {}
    worker.press(page, "deadlines.empty.action")
    worker.dialog().reject()
