"""A list as a table: columns by menu, sorting by the heads, any length, and what is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from casetracker.store.store import Store
from casetracker.store.views import saved
from casetracker.store.views.query import Query
from casetracker.ui.desk import Desk
from casetracker.ui.pages.narrowing.table import Choice, ListTable, choice_of
from casetracker.ui.pages.person.page import PersonPage
from tests.conftest import Office_
from tests.store.counting import Counter
from tests.store.test_tables import fill_people

Key = Qt.Key


def opened(desk: Desk, qtbot: QtBot) -> PersonPage:
    made = PersonPage(desk)
    qtbot.addWidget(made)
    made.resize(1232, 820)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    return made


def choose(page: PersonPage, *names: str) -> None:
    """Set off an entry of the menu of views, or of a menu inside it."""
    assert page.narrowing is not None
    page.narrowing.views.open_menu()
    menu = page.narrowing.views.menu_of_views
    menu.hide()
    for name in names[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.menu() and a.menu().objectName() == name)  # type: ignore[assignment,union-attr]
    next(a for a in menu.actions() if a.objectName() == names[-1]).trigger()
    assert isinstance(menu, QMenu)


def table_of(page: PersonPage) -> ListTable:
    assert page.table is not None
    return page.table


def click_head(qtbot: QtBot, table: ListTable, number: int) -> None:
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(number) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_list_becomes_a_table_and_a_list_again(qtbot: QtBot, desk: Desk, office: Office_) -> None:
    second, first = office.person("Бақыт", ethnicity="Kazakh"), office.person("Асқар")
    page = opened(desk, qtbot)
    choose(page, "table.on")
    table = table_of(page)
    assert table.isVisible()
    assert not page.list.isVisible()
    click_head(qtbot, table, 0)
    assert [table.cells(n)[0] for n in range(2)] == ["Асқар", "Бақыт"]
    click_head(qtbot, table, 0)
    assert [table.cells(n)[0] for n in range(2)] == ["Бақыт", "Асқар"]
    table.setFocus()
    qtbot.keyClick(table, Key.Key_End)
    qtbot.keyClick(table, Key.Key_Return)
    assert page.record().record_id == first
    qtbot.keyClick(table, Key.Key_Home)
    qtbot.keyClick(table, Key.Key_Return)
    assert page.record().record_id == second
    choose(page, "table.on")
    assert page.list.isVisible()
    assert not table.isVisible()


def test_columns_sort_and_widths_are_remembered_without_a_name(
    qtbot: QtBot, desk: Desk, office: Office_
) -> None:
    office.person("Асқар", occupation="baker")
    page = opened(desk, qtbot)
    choose(page, "table.on")
    choose(page, "table.columns", "column.sex")
    choose(page, "table.columns", "column.occupation")
    click_head(qtbot, table_of(page), 0)
    table_of(page).setColumnWidth(0, 222)
    assert table_of(page).cells(0)[-1] == "baker"
    assert desk.tables == ["people|1|name,born,birthplace,ethnicity,occupation|name|222,130,130,130,130"]
    again = opened(desk, qtbot)
    assert table_of(again).isVisible()
    assert table_of(again).widths()[0] == 222
    assert table_of(again).cells(0)[-1] == "baker"


def test_a_view_keeps_the_columns_of_the_table(
    qtbot: QtBot, desk: Desk, office: Office_, store: Store
) -> None:
    office.person("Асқар")
    saved.save(store, "people", "Mine", Query(), columns=("occupation", "name"), sort="-name")
    page = opened(desk, qtbot)
    choose(page, "table.on")
    (view,) = saved.saved(store, "people")
    choose(page, f"view.{view.key}")
    assert table_of(page).choice.columns == ("occupation", "name")
    assert table_of(page).cells(0) == ("", "Асқар")
    page.narrowing.views.save()  # type: ignore[union-attr]
    (view,) = saved.saved(store, "people")
    assert (view.columns, view.sort) == (("occupation", "name"), "-name")


@pytest.mark.parametrize("number", [0, 1])
def test_a_table_of_nobody_and_of_one(qtbot: QtBot, desk: Desk, store: Store, number: int) -> None:
    fill_people(store, number) if number else None
    page = opened(desk, qtbot)
    choose(page, "table.on")
    table = table_of(page)
    table.grab()
    assert table.row_count() == number
    for key in (Key.Key_End, Key.Key_Home, Key.Key_Return, Key.Key_Down):
        qtbot.keyClick(table, key)


def test_a_hundred_thousand_people_cost_a_few_statements(qtbot: QtBot, desk: Desk, store: Store) -> None:
    fill_people(store, 100_000)
    page = opened(desk, qtbot)
    with Counter(store) as counter:
        choose(page, "table.on")
        table = table_of(page)
        table.grab()
        assert table.row_count() == 100_000
        qtbot.keyClick(table, Key.Key_End)
        table.grab()
        click_head(qtbot, table, 0)
        table.grab()
    assert table.cells(99_999)[0] == "Асқар 099999"
    assert counter.statements <= 20


@pytest.mark.parametrize(
    ("held", "choice"),
    [
        (["cases|1|ref|x|1"], choice_of("people", [])),
        (["people|1|nonsense|name|"], Choice(True, choice_of("people", []).columns, "name")),
        (["people|1"], choice_of("people", [])),
        (["people||name|-name|12,x,99999999,-3"], Choice(False, ("name",), "-name", (12,))),
    ],
)
def test_damaged_settings_are_as_none(held: list[str], choice: Choice) -> None:
    assert choice_of("people", held) == choice
