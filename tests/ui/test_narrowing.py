"""Narrowing a list by keyboard: the field, conditions as chips, the sentence, and views."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from casetracker.model import Person, PersonName
from casetracker.model.detention.custody import CustodyKind
from casetracker.store.store import Store
from casetracker.store.views import saved
from casetracker.store.views.query import OR, Query, Term, where
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.case.page import CasePage
from casetracker.ui.pages.narrowing.bar import NarrowBar
from casetracker.ui.pages.person.page import PersonPage
from tests.conftest import Office_
from tests.ui.keys import type_into

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Modifiers = Qt.KeyboardModifier
CAMP = ((CustodyKind.CAMP, "2019"),)
FREE = ((CustodyKind.CAMP, "2019"), (CustodyKind.RELEASED, "2020"))


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, office: Office_) -> CasePage:
    office.case("Ерлан Серікұлы", custody=CAMP)
    office.case("Ерболат", custody=FREE)
    presented = office.case("Асқар", custody=CAMP)
    office.meeting(presented)
    made = CasePage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.on_change)
    made.resize(1232, 820)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.refresh()
    return made


@pytest.fixture
def bar(page: CasePage) -> NarrowBar:
    assert page.narrowing is not None
    return page.narrowing


def names(page: CasePage) -> set[str]:
    return {page.list.row_at(n).title for n in range(page.list.row_count())}


def action(menu: QMenu | None, name: str) -> QAction:
    assert menu is not None
    found = {a.objectName(): a for a in menu.actions()}
    assert name in found, sorted(found)
    return found[name]


def submenu(menu: QMenu, name: str) -> QMenu:
    return next(a.menu() for a in menu.actions() if a.menu() and a.menu().objectName() == name)  # type: ignore[union-attr,return-value]


def test_typing_narrows_the_list_in_any_script(qtbot: QtBot, page: CasePage, bar: NarrowBar) -> None:
    assert names(page) == {"Ерлан Серікұлы", "Ерболат", "Асқар"}
    bar.field.setFocus()
    type_into(bar.field, "erlan")
    qtbot.waitUntil(lambda: page.list.row_count() == 1)
    assert names(page) == {"Ерлан Серікұлы"}
    assert bar.said.text() == "All cases with “erlan”"
    assert page.status_text() == "3 cases · 1 shown"
    bar.field.clear()
    qtbot.waitUntil(lambda: page.list.row_count() == 3)
    assert not bar.said.isVisible()


def test_a_condition_is_added_denied_joined_and_removed_by_keys(
    qtbot: QtBot, page: CasePage, bar: NarrowBar
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.list.setFocus()
    qtbot.keyClick(page, Key.Key_F, Modifiers.ControlModifier | Modifiers.ShiftModifier)
    menu = bar.findChild(QMenu, "narrow.conditions")
    assert menu is not None
    assert menu.isVisible()
    action(menu, "condition.presented").trigger()
    menu.hide()
    assert names(page) == {"Асқар"}

    (chip,) = bar.terms()
    assert bar.window().focusWidget() is chip
    qtbot.keyClick(chip, Key.Key_Return)
    action(bar.menu_of_chip(), "not").trigger()
    assert names(page) == {"Ерлан Серікұлы", "Ерболат"}
    assert bar.said.text() == "Cases never presented to an official"

    bar.offer()
    menu.hide()
    status = submenu(menu, "condition.status")
    status.aboutToShow.emit()
    action(status, "option.CAMP").trigger()
    assert names(page) == {"Ерлан Серікұлы"}
    assert bar.said.text() == "Cases never presented to an official and whose status is Camp"

    qtbot.keyClick(bar.terms()[1], Key.Key_Return)
    action(bar.menu_of_chip(), "join.or").trigger()
    assert names(page) == {"Ерлан Серікұлы", "Ерболат", "Асқар"}
    assert [chip.text() for chip in bar.terms()] == [
        "never presented to an official ✕",
        "or whose status is Camp ✕",
    ]
    qtbot.keyClick(bar.terms()[0], Key.Key_Delete)
    assert names(page) == {"Ерлан Серікұлы", "Асқар"}
    cross = bar.terms()[0]
    qtbot.mouseClick(cross, Left, pos=QPoint(cross.width() - 8, cross.height() // 2))
    assert bar.terms() == []
    assert page.list.row_count() == 3


def test_the_options_of_a_chip_can_be_several_and_one_stays(bar: NarrowBar, page: CasePage) -> None:
    bar.set_query(Query(terms=(where("status", "CAMP"),)))

    def option(name: str) -> QAction:
        bar.terms()[0].menu_wanted.emit()
        menu = bar.menu_of_chip()
        assert menu is not None
        menu.hide()
        (options,) = (a.menu() for a in menu.actions() if a.menu())
        return action(options, f"option.{name}")  # type: ignore[arg-type]

    assert not option("CAMP").isEnabled()
    option("RELEASED").trigger()
    assert page.list.row_count() == 3
    assert bar.said.text() == "Cases whose status is Camp or Released"
    option("CAMP").trigger()
    assert names(page) == {"Ерболат"}


@pytest.mark.parametrize(
    ("condition", "wrong", "typed", "said"),
    [
        (
            "no_contact",
            ("often", "Type a whole number"),
            "60",
            "without contact with the family for 60 days",
        ),
        ("arrested_before", ("sometime", "Type a day"), "1.1.2019", "arrested before 1 January 2019"),
        ("family", (" ", "Type something first"), "erlan", "of the family “erlan”"),
    ],
)
def test_what_a_condition_needs_is_typed_in_a_line(
    qtbot: QtBot, bar: NarrowBar, condition: str, wrong: tuple[str, str], typed: str, said: str
) -> None:
    menu = bar.findChild(QMenu, "narrow.conditions")
    assert menu is not None
    bar.offer()
    menu.hide()
    action(menu, f"condition.{condition}").trigger()
    field = bar.asking.findChild(QLineEdit, "narrow.ask.field")
    assert isinstance(field, QLineEdit)
    assert bar.window().focusWidget() is field
    type_into(field, wrong[0])
    qtbot.keyClick(field, Key.Key_Return)
    assert wrong[1] in bar.asking._problem.text()
    assert bar.asking.isVisible()
    field.clear()
    type_into(field, typed)
    qtbot.keyClick(field, Key.Key_Return)
    assert bar.said.text() == f"Cases {said}"
    assert not bar.asking.isVisible()


def test_a_place_is_picked_in_any_language_and_escape_gives_up(
    qtbot: QtBot, bar: NarrowBar, page: CasePage
) -> None:
    condition = bar.listed.by_key["county"]
    bar._ask(condition)
    field = bar.asking.findChild(QLineEdit, "narrow.ask.field")
    assert isinstance(field, QLineEdit)
    type_into(field, "额敏")
    qtbot.keyClick(field, Key.Key_Return)
    assert bar.query.terms == (where("county", "654221"),)
    assert page.list.row_count() == 3
    bar._ask(condition)
    qtbot.keyClick(bar.asking.findChildren(QLineEdit)[-1], Key.Key_Escape)
    assert not bar.asking.isVisible()
    assert len(bar.query.terms) == 1


def test_a_pill_becomes_a_condition_and_a_link_too(qtbot: QtBot, bar: NarrowBar, page: CasePage) -> None:
    pill = next(chip for chip in bar.chips.parts() if chip.objectName() == "filter.custody")
    qtbot.mouseClick(pill, Left)
    assert [chip.text() for chip in bar.terms()] == ["in custody ✕"]
    assert page.list.row_count() == 2
    page.narrow("RELEASED")
    assert names(page) == {"Ерболат"}
    page.narrow("")
    assert page.list.row_count() == 3


def test_a_list_on_which_nothing_is_so_keeps_the_record(page: CasePage, bar: NarrowBar) -> None:
    shown = page.record().record_id
    bar.set_query(Query("nobody at all"))
    assert page.list.row_count() == 0
    assert page.record().record_id == shown
    assert page._right.currentWidget() is page.record()


# Views


def test_what_is_easily_forgotten_is_one_click_away(bar: NarrowBar, page: CasePage) -> None:
    bar.views.open_menu()
    bar.views.menu_of_views.hide()
    action(bar.views.menu_of_views, "view.not_presented").trigger()
    assert names(page) == {"Ерлан Серікұлы", "Ерболат"}
    assert bar.said.text() == "Cases never presented to an official and not closed"
    assert bar.views.text() == "Never presented"
    bar.views.open_menu()
    bar.views.menu_of_views.hide()
    action(bar.views.menu_of_views, "view.everything").trigger()
    assert page.list.row_count() == 3


def test_a_view_is_saved_found_again_changed_renamed_and_deleted(
    qtbot: QtBot, bar: NarrowBar, page: CasePage, store: Store
) -> None:
    def step(name: str) -> None:
        bar.views.open_menu()
        bar.views.menu_of_views.hide()
        action(bar.views.menu_of_views, name).trigger()

    def answer(text: str) -> None:
        field = bar.asking._field
        assert field is not None
        field.selectAll()
        type_into(field, text)
        qtbot.keyClick(field, Key.Key_Return)

    query = Query(terms=(where("custody"), Term("presented", join=OR)))
    bar.set_query(query)
    step("view.save_as")
    answer("For Geneva")
    (view,) = saved.saved(store, "cases")
    assert (view.name, view.query) == ("For Geneva", query)
    assert bar.views.text() == "For Geneva"

    step("view.save_as")
    answer("for geneva")
    assert "already" in bar.asking._problem.text()
    bar.asking.give_up()
    page.narrow("")
    step(f"view.{view.key}")
    assert bar.query == query
    bar.set_query(query.without(1))
    step("view.save")
    step("view.rename")
    answer("For May")
    (view,) = saved.saved(store, "cases")
    assert (view.name, view.query) == ("For May", query.without(1))
    step("view.delete")
    assert saved.saved(store, "cases") == []
    assert len(bar.terms()) == 1  # the list stays as it was
    store.undo()
    assert [v.name for v in saved.saved(store, "cases")] == ["For May"]


def test_a_long_list_is_narrowed_on_another_thread_and_the_last_query_stands(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    people = [{"id": f"{n:032}", "version": 1, "confidentiality": 1} for n in range(2100)]
    names = [
        {
            "id": f"n{n:031}",
            "version": 1,
            "confidentiality": 1,
            "person_id": f"{n:032}",
            "full": f"Асқар {n}",
            "folded": f"аскар {n}",
            "position": 0,
        }
        for n in range(2100)
    ]
    with store.rewriting("many") as session:
        session.execute(sa.insert(Person.__table__), people)
        session.execute(sa.insert(PersonName.__table__), names)
    made = PersonPage(desk)
    qtbot.addWidget(made)
    made.refresh()
    assert made.list.row_count() == 2100
    assert made.narrowing is not None
    made.narrowing.set_query(Query("аскар 1"))
    made.narrowing.set_query(Query("аскар 2099"))
    assert made.list.row_count() == 2100  # nothing was waited for
    qtbot.waitUntil(lambda: made.list.row_count() == 1)
    assert made.list.row_at(0).title == "Асқар 2099"
    made.narrowing.set_query(Query(terms=(where("case"),)))
    qtbot.waitUntil(lambda: made.list.row_count() == 0)
    made.narrow("")
    assert made.list.row_count() == 2100
    qtbot.waitUntil(lambda: not made.findChildren(Background))
