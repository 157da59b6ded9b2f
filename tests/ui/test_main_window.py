"""The window: every shortcut does one thing, the search opens what it finds, undo is said in words."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from casetracker.model import Case
from casetracker.store import lists
from casetracker.store.store import Store
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages import PAGES
from casetracker.ui.widgets.banner import Banner
from tests.conftest import Office_
from tests.ui.keys import type_into
from tests.ui.story import CaseWorker

Key = Qt.Key
Shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def worker(qtbot: QtBot, store: Store, office: Office_) -> CaseWorker:
    office.case("Бақытжан Нұрланұлы")
    office.case("Гүлнар Әбдіқызы")
    return CaseWorker(qtbot, store)


def said(worker: CaseWorker) -> str:
    return worker.find(worker.window, QLabel, "status.saved").text()


def test_no_shortcut_stands_twice(worker: CaseWorker) -> None:
    """Of two actions with the same keys Qt sets off neither."""
    keys = [a.shortcut() for a in worker.window.findChildren(QAction)]
    whole = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut
    keys += [s.key() for s in worker.window.findChildren(QShortcut) if s.context() in whole]
    counted = Counter(k.toString() for k in keys if not k.isEmpty())
    assert [k for k, n in counted.items() if n > 1] == []
    assert counted[QKeySequence("Ctrl+K").toString()] == 1


def test_the_search_opens_what_it_finds(worker: CaseWorker, qtbot: QtBot) -> None:
    worker.keys(worker.window, Key.Key_K)
    field = worker.window.focusWidget()
    type_into(field, "гулнар")
    qtbot.waitUntil(lambda: worker.window.top.search.popup().isVisible())
    qtbot.keyClick(field, Key.Key_Return)
    assert worker.window.nav.selected() == "cases"
    assert worker.window.page("cases").record().data.name == "Гүлнар Әбдіқызы"  # type: ignore[attr-defined]


def test_the_first_nine_pages_have_keys(worker: CaseWorker) -> None:
    for number, key in enumerate(list(PAGES)[:9], 1):
        worker.keys(worker.window, Key(Key.Key_0 + number))
        assert worker.window.nav.selected() == key


def test_undo_and_redo_say_what_they_did(worker: CaseWorker, store: Store, qtbot: QtBot) -> None:
    worker.keys(worker.window, Key.Key_Z)
    assert lists.count(store, Case) == 1
    assert said(worker) == "Undone: New Case"
    qtbot.waitUntil(lambda: worker.window.nav._buttons["cases"].count == "1")
    worker.keys(worker.window, Key.Key_Z, Shift)
    assert lists.count(store, Case) == 2
    assert said(worker) == "Done again: New Case"


def test_a_number_opens_the_list_behind_it(worker: CaseWorker, qtbot: QtBot) -> None:
    worker.window.go("overview")
    overview = worker.window.page("overview")
    qtbot.mouseClick(overview.custody, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert worker.window.nav.selected() == "cases"
    assert worker.window.page("cases").count() == 2  # type: ignore[attr-defined]
    worker.window.go("overview")
    qtbot.mouseClick(overview.overdue, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert worker.window.nav.selected() == "promises"


def test_locking_asks_for_it(worker: CaseWorker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.window.lock_requested):
        worker.keys(worker.window, Key.Key_L)


def test_a_casebook_that_is_only_read_says_so(qtbot: QtBot, store: Store, office: Office_) -> None:
    office.case("Бақытжан Нұрланұлы")
    store.read_only = "Another program has this casebook open, so nothing can be changed here."
    worker = CaseWorker(qtbot, store)
    assert "Another program" in worker.find(worker.window, Banner, "read_only").text()
    worker.keys(worker.window, Key.Key_N)
    assert worker.window.findChildren(EditDialog) == []
    worker.keys(worker.window, Key.Key_Z)
    assert "Another program" in said(worker)


def test_who_clicks_a_page_can_use_its_keys_at_once(worker: CaseWorker, qtbot: QtBot) -> None:
    window = worker.window
    entry = worker.find(window, QAbstractButton, "nav.cases")
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert window.page("cases").isAncestorOf(window.focusWidget())
    qtbot.mouseClick(worker.find(window, QAbstractButton, "nav.intake"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(window.focusWidget(), Key.Key_F2)
    field = worker.find(window, QLineEdit, "intake.newcomer")
    assert window.focusWidget() is field
    type_into(field, "Серік Болатов")
    qtbot.keyClick(field, Key.Key_Return)
    assert window.page("intake").list.row_count() == 1  # type: ignore[attr-defined]
