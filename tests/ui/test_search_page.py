"""The page of the search: results while typing, by kind, with reasons, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casetracker.store.search import Hit
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.search import SearchPage
from casetracker.ui.pages.search.results import in_bold
from casetracker.ui.widgets.chip import FilterChip
from tests.conftest import Office_
from tests.ui.keys import type_into

Key, Left = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, office: Office_) -> SearchPage:
    office.case("Ерлан Күнболатұлы", account="Taken from the <market> at noon; the baker saw it.")
    office.case("Асқар")
    made = SearchPage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    with qtbot.waitExposed(made):
        made.show()
    return made


def kinds(page: SearchPage) -> list[str]:
    return [line.hit.entity for line in page.results.lines]


def test_results_come_while_typing_with_the_reason(qtbot: QtBot, page: SearchPage) -> None:
    assert page._stack.currentWidget() is page._teach
    page.show_record("")
    type_into(page.field, "kunbolat")
    qtbot.waitUntil(lambda: bool(page.hits()))
    assert kinds(page)[:2] == ["Case", "Person"]
    said = {label.text() for label in page.results.findChildren(QLabel)}
    assert "sounds like Ерлан Күнболатұлы" in said
    assert page.said.text() == f"{len(page.hits())} results"
    page.look("no such word anywhere")
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page._nothing)
    page.look("")
    assert page._stack.currentWidget() is page._teach


def test_words_of_a_text_are_bold_and_its_signs_are_no_markup(qtbot: QtBot, page: SearchPage) -> None:
    page.look("market")
    qtbot.waitUntil(lambda: bool(page.hits()))
    (line,) = page.results.lines
    assert "in “What happened”" in line.hit.why
    rich = [label.text() for label in line.findChildren(QLabel) if "<b>" in label.text()]
    assert len(rich) == 1
    assert "&lt;<b>market</b>&gt;" in rich[0]
    assert in_bold("a <i> & b", "nothing") == "a &lt;i&gt; &amp; b"


def test_pills_show_one_kind(qtbot: QtBot, page: SearchPage) -> None:
    page.look("kunbolat")
    qtbot.waitUntil(lambda: bool(page.hits()))
    every = len(page.results.lines)

    def pill() -> FilterChip:
        found = [p for p in page.pills.parts() if p.objectName() == "search.kind.Person"]
        assert isinstance(found[0], FilterChip)
        return found[0]

    qtbot.mouseClick(pill(), Left)
    assert set(kinds(page)) == {"Person"}
    qtbot.mouseClick(pill(), Left)
    assert len(page.results.lines) == every


def test_down_and_enter_open_a_hit(qtbot: QtBot, page: SearchPage, desk: Desk) -> None:
    page.look("kunbolat")
    qtbot.waitUntil(lambda: bool(page.hits()))
    qtbot.keyClick(page.field, Key.Key_Down)
    qtbot.keyClick(page.results.lines[0], Key.Key_Down)
    second = page.results.lines[1]
    assert page.window().focusWidget() is second
    with qtbot.waitSignal(desk.go_to) as told:
        qtbot.keyClick(second, Key.Key_Return)
    assert told.args == ["people", second.hit.id]
    qtbot.keyClick(page.results.lines[0], Key.Key_Up)
    assert page.window().focusWidget() is page.field
    with qtbot.waitSignal(desk.go_to) as told:
        qtbot.keyClick(page.field, Key.Key_Return)
    assert told.args == ["cases", page.results.lines[0].hit.id]


def test_what_comes_late_is_dropped(page: SearchPage) -> None:
    page._typed = "second"
    page._take(("first", [Hit("Case", "x", "Late", "", "")]))
    assert page.hits() == ()


def test_the_box_at_the_top_leads_to_all_results(qtbot: QtBot, store: Store, office: Office_) -> None:
    office.case("Ерлан Күнболатұлы")
    window = MainWindow(store)
    qtbot.addWidget(window)
    window.show()
    window.top.search.start()
    type_into(window.top.search.field, "kunbolat")
    qtbot.waitUntil(lambda: window.top.search.popup().isVisible())
    popup = window.top.search.popup()
    last = popup.list.row_count() - 1
    assert popup.list.row_at(last).title == "All results…"
    popup.move_by(last)
    qtbot.keyClick(window.top.search.field, Key.Key_Return)
    page = window.page("search")
    assert isinstance(page, SearchPage)
    assert (window.nav.selected(), page.field.text()) == ("search", "kunbolat")
    qtbot.waitUntil(lambda: bool(page.hits()))
    window.close()
