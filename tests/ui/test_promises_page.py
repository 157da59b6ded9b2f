"""The ledger of promises: pills, the promise beside it, and what became of it at one click."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import Meeting, Promise
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store.store import Store
from casetracker.store.views.query import Query, where
from casetracker.ui.desk import Desk
from casetracker.ui.pages.promises import PromisesPage
from casetracker.ui.pages.promises.edit import edit_promise
from casetracker.ui.pages.promises.page import PromisePane
from tests.conftest import TODAY, Office_
from tests.ui.conftest import show


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PromisesPage:
    return show(PromisesPage(desk), desk, qtbot, (1232, 820))


def pane(page: PromisesPage) -> PromisePane:
    shown = page.record()
    assert isinstance(shown, PromisePane)
    return shown


def promise_of(store: Store, meeting: str) -> str:
    return store.draft(Meeting, meeting).children["promises"][0].id


def outcomes(store: Store, promise: str) -> list[PromiseOutcome | None]:
    return [c.values["outcome"] for c in store.draft(Promise, promise).children["covers"]]


def press(page: PromisesPage, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    found.click()


def target(page: PromisesPage) -> str:
    found = page.findChild(QLabel, "outcome.target")
    assert isinstance(found, QLabel)
    return found.text()


def test_one_click_says_what_became_of_all_open_cases(
    qtbot: QtBot, page: PromisesPage, store: Store, office: Office_
) -> None:
    promise = promise_of(store, office.meeting(office.case("Relative A"), office.case("Relative B")))
    page.refresh()
    assert target(page) == "Today, for all 2 cases that are still open (or pick out one):"

    with qtbot.waitSignal(page.desk.changed):
        press(page, "outcome.kept")

    assert outcomes(store, promise) == [PromiseOutcome.KEPT] * 2
    covers = store.draft(Promise, promise).children["covers"]
    assert {c.values["outcome_on"] for c in covers} == {TODAY}
    assert page.list.row_at(0).chip is not None
    assert page.list.row_at(0).chip.text == "Kept"
    assert target(page).startswith("Nothing is owed any more.")
    assert not pane(page).quick[PromiseOutcome.KEPT].isEnabled()
    with qtbot.waitSignal(page.desk.changed):
        page.desk.undo()
    assert outcomes(store, promise) == [None, None]
    assert page.list.row_at(0).chip.text == "18 d overdue"


def test_a_case_is_picked_out(qtbot: QtBot, page: PromisesPage, store: Store, office: Office_) -> None:
    promise = promise_of(store, office.meeting(office.case("Relative A"), office.case("Relative B")))
    page.refresh()
    table = pane(page).table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert target(page).startswith("Today, for Relative B (CT-")

    with qtbot.waitSignal(page.desk.changed):
        press(page, "outcome.refused")

    assert outcomes(store, promise) == [None, PromiseOutcome.REFUSED]
    assert [row.cell(2).text for row in table.rows()] == ["—", "refused 12 Nov"]


@pytest.mark.parametrize("outcome", list(PromiseOutcome)[1:])
def test_every_outcome_has_its_button(
    qtbot: QtBot, page: PromisesPage, store: Store, office: Office_, outcome: PromiseOutcome
) -> None:
    promise = promise_of(store, office.meeting(office.case()))
    page.refresh()

    with qtbot.waitSignal(page.desk.changed):
        press(page, f"outcome.{outcome.name.lower()}")

    assert outcomes(store, promise) == [outcome]


def test_the_pills_narrow_the_ledger(page: PromisesPage, store: Store, office: Office_) -> None:
    case = office.case()
    akimat = office.office("City akimat")
    late = promise_of(store, office.meeting(case))
    soon = promise_of(store, office.meeting(case, due=dt.date(2021, 12, 1), office_id=akimat))
    page.refresh()
    assert [page.list.row_at(n).key for n in range(2)] == [late, soon]

    page.narrow("overdue")
    assert page.list.row_count() == 1
    assert page.list.row_at(0).key == late
    assert page.status_text() == "2 promises · 1 shown"
    assert page.narrowing is not None
    page.narrowing.set_query(Query(terms=(where("office", akimat),)))
    assert page.list.row_count() == 1
    assert page.list.row_at(0).key == soon


def test_a_promise_is_shown_from_elsewhere_though_the_pills_leave_it_out(
    page: PromisesPage, store: Store, office: Office_
) -> None:
    promise = promise_of(store, office.meeting(office.case(), due=dt.date(2022, 1, 1)))
    page.narrow("overdue")
    assert page.list.row_count() == 0

    page.show_record(promise)

    record = pane(page)
    assert record.isVisible()
    assert record.data is not None
    assert record.data.words == "look into each case"


def test_an_outcome_is_written_with_its_day_and_what_came_of_it(
    qtbot: QtBot, page: PromisesPage, store: Store, office: Office_
) -> None:
    promise = promise_of(store, office.meeting(office.case()))
    page.refresh()
    dialog = edit_promise(page, page.desk, promise)
    grid = next(g for g in dialog.findChildren(QWidget, "covers") if hasattr(g, "set_value"))
    grid.set_value(0, "outcome", PromiseOutcome.PARTLY)  # type: ignore[attr-defined]
    grid.set_value(0, "outcome_on", "28.10.2021")  # type: ignore[attr-defined]
    grid.set_value(0, "outcome_note", "copies were asked for")  # type: ignore[attr-defined]

    with qtbot.waitSignal(page.desk.changed):
        assert dialog.save()

    (row,) = pane(page).table.rows()
    assert (row.cell(2).text, row.cell(2).note) == ("partly kept 28 Oct", "copies were asked for")
    assert row.cell(1).text == "18 d overdue"
