"""The tab of the rules: the program's rules marked, own ones written over them by keyboard and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model import DayOff, DeadlineRule, IndexRate, clock
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.pages.lists.page import ListsPage
from casetracker.ui.pages.rules.panel import RulesPanel
from casetracker.ui.widgets.cell_table import CellTable, TableRow
from tests.ui.keys import type_into

Key = Qt.Key


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    made = Desk(store, "Almaty office")
    yield made
    clock.set_own()
    made.close()


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> RulesPanel:
    page = ListsPage(desk)
    qtbot.addWidget(page)
    desk.changed.connect(page.on_change)
    page.resize(1232, 820)
    with qtbot.waitExposed(page):
        page.show()
    page.show_record("rules")
    made = page.tabs.page("rules")
    assert isinstance(made, RulesPanel)
    return made


def row(table: CellTable, key: str) -> TableRow:
    return next(row for row in table.rows() if row.key == key)


def texts(table: CellTable, key: str) -> list[str]:
    return [cell if isinstance(cell, str) else cell.text for cell in row(table, key).cells]


def open_line(qtbot: QtBot, table: CellTable, key: str) -> EditDialog:
    """Open a line with Enter."""
    table.setFocus()
    table.selectRow([row.key for row in table.rows()].index(key))
    qtbot.keyClick(table, Key.Key_Return)
    return dialog_of(table)


def dialog_of(part: QWidget) -> EditDialog:
    (shown,) = [d for d in part.window().findChildren(EditDialog) if d.isVisible()]
    return shown


def write(dialog: EditDialog, name: str, text: str) -> None:
    field = dialog.findChild(QLineEdit, name)
    assert field is not None, name
    field.setFocus()
    field.clear()
    type_into(field, text)


def test_an_own_term_takes_the_place_of_the_programs_until_it_is_undone(
    qtbot: QtBot, panel: RulesPanel, store: Store
) -> None:
    table = panel.cards["rules"].table
    assert texts(table, "appeal_reply")[1] == "15 working days"
    assert texts(table, "appeal_reply")[-1] == "program"
    dialog = open_line(qtbot, table, "appeal_reply")
    write(dialog, "amount", "20")
    assert not dialog.save()  # where is that written, and since when?
    write(dialog, "source", "Order of the office")
    write(dialog, "dated", "01.02.2021")
    assert dialog.save()
    qtbot.waitUntil(lambda: texts(table, "appeal_reply")[1] == "20 working days")

    cells = row(table, "appeal_reply").cells
    assert texts(table, "appeal_reply")[-1] == "own, instead of the program's"
    assert row(table, "appeal_reply").cell(3).note == "1 Feb 2021 · not verified"
    assert len(cells) == 5
    assert clock.current()["appeal_reply"].amount == 20
    store.undo()
    qtbot.waitUntil(lambda: texts(table, "appeal_reply")[1] == "15 working days")
    assert clock.current()["appeal_reply"].amount == 15


def test_what_is_not_verified_says_so(panel: RulesPanel) -> None:
    table = panel.cards["rules"].table

    assert row(table, "penalty_appeal").cell(3).note == "not verified"
    assert row(table, "appeal_reply").cell(3).note == "29 Jun 2020"


def test_a_rule_of_the_offices_own_is_added(qtbot: QtBot, panel: RulesPanel, store: Store) -> None:
    add = panel.findChild(QPushButton, "card.rules.terms.link")
    assert add is not None
    add.setFocus()
    qtbot.keyClick(add, Key.Key_Space)
    dialog = dialog_of(panel)
    for name, text in (
        ("label_en", "Ask the embassy again"),
        ("amount", "45"),
        ("source", "Decision of the office"),
        ("dated", "01.02.2021"),
    ):
        write(dialog, name, text)
    unit = dialog.findChild(QComboBox, "unit")
    assert unit is not None
    unit.setCurrentText("days")
    assert dialog.save()

    with store.reader() as reader:
        (own,) = reader.all(DeadlineRule)
    key = own.text("key")
    table = panel.cards["rules"].table
    qtbot.waitUntil(lambda: any(row.key == key for row in table.rows()))
    assert texts(table, key)[:2] == ["Ask the embassy again", "45 days"]
    assert texts(table, key)[-1] == "own"


def test_a_day_off_is_added(qtbot: QtBot, panel: RulesPanel, store: Store) -> None:
    add = panel.findChild(QPushButton, "card.rules.days.link")
    assert add is not None
    add.setFocus()
    qtbot.keyClick(add, Key.Key_Space)
    dialog = dialog_of(panel)
    write(dialog, "day", "25.10.2021")
    write(dialog, "source", "Resolution No. 1")
    worked = dialog.findChild(QComboBox, "worked")
    assert worked is not None
    worked.setCurrentText("No")
    assert dialog.save()

    table = panel.cards["days"].table
    qtbot.waitUntil(lambda: any(row.key == "2021-10-25" for row in table.rows()))
    assert texts(table, "2021-10-25")[:2] == ["25 October 2021", "day off"]
    with store.reader() as reader:
        assert [d.value("day") for d in reader.all(DayOff)] == [dt.date(2021, 10, 25)]


def test_an_own_rate_takes_the_place_of_the_programs(qtbot: QtBot, panel: RulesPanel, store: Store) -> None:
    table = panel.cards["rates"].table
    dialog = open_line(qtbot, table, "2021-01-01")
    write(dialog, "tenge", "2900")
    write(dialog, "source", "Law on the budget")
    assert dialog.save()

    qtbot.waitUntil(lambda: texts(table, "2021-01-01")[1] == "2900 tenge")
    with store.reader() as reader:
        assert [r.value("tenge") for r in reader.all(IndexRate)] == [2900]
    store.undo()
    qtbot.waitUntil(lambda: texts(table, "2021-01-01")[1] == "2917 tenge")
