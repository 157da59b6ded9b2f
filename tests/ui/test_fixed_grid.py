"""Grids of shared lists: some columns are only read, some grids take no new rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casetracker.ui.widgets.grid import EditGrid, GridColumn, GridRow
from tests.ui.keys import Typist

Key = Qt.Key


@pytest.fixture
def grid(qtbot: QtBot) -> EditGrid:
    columns = [
        GridColumn("code", "Code", fixed=True),
        GridColumn("en", "English"),
        GridColumn("kk", "Kazakh"),
    ]
    made = EditGrid([*columns, GridColumn("used", "In use", fixed=True)], "terms", "Terms")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.set_rows(rows())
    made.show()
    return made


def rows(**changed: str) -> list[GridRow]:
    first = {"code": "a", "en": "first", "kk": "бірінші", "used": "1"} | changed
    return [GridRow("a", first), GridRow("b", {"code": "b", "en": "second", "kk": "екінші"})]


def at(grid: EditGrid) -> tuple[int, int]:
    return grid.currentIndex().row(), grid.currentIndex().column()


def test_typing_passes_over_what_is_only_read(grid: EditGrid, qtbot: QtBot) -> None:
    typist = Typist(qtbot, grid)
    grid.start()
    assert at(grid) == (2, 1)  # not the code
    typist.line("third", "үшінші")
    assert grid.rows()[2].values == {"en": "third", "kk": "үшінші"}
    assert at(grid) == (3, 1)
    grid.commit()
    grid.setCurrentIndex(grid.model().index(0, 2))
    typist.press(Key.Key_F2)
    typist.press(Key.Key_Tab)
    assert at(grid) == (1, 1)  # past "in use" and the next code


def test_what_is_only_read_cannot_be_emptied(grid: EditGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(0, 0))
    qtbot.keyClick(grid, Key.Key_Backspace)
    assert grid.value(0, "code") == "a"
    grid.setCurrentIndex(grid.model().index(0, 1))
    qtbot.keyClick(grid, Key.Key_Backspace)
    assert grid.value(0, "en") is None


def test_a_list_that_is_closed_has_no_blank_line(grid: EditGrid, qtbot: QtBot) -> None:
    grid.set_grows(False)
    grid.set_rows(rows())
    assert grid.model().rowCount() == 2
    grid.setCurrentIndex(grid.model().index(1, 1))
    for _ in range(3):
        Typist(qtbot, grid).press(Key.Key_Return)
    assert at(grid) == (1, 1)
    assert len(grid.rows()) == 2


def test_other_values_of_the_same_rows_do_not_disturb_the_typing(grid: EditGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(1, 1))
    typist = Typist(qtbot, grid)
    typist.press(Key.Key_F2)
    typist.text("!")
    grid.update_rows(rows(en="FIRST", used="7"))
    assert grid.value(0, "en") == "FIRST"
    typist.text("?")
    typist.press(Key.Key_Tab)
    assert grid.value(1, "en") == "!?"
    assert at(grid) == (1, 2)


def test_a_line_that_is_begun_stays_when_the_others_change(grid: EditGrid, qtbot: QtBot) -> None:
    grid.start()
    typist = Typist(qtbot, grid)
    typist.text("third")
    typist.press(Key.Key_Tab)
    grid.update_rows(rows(used="7"))
    assert [row.values.get("en") for row in grid.rows()] == ["first", "second", "third"]
    grid.commit()
    grid.update_rows(rows()[:1])  # other rows: they are shown as they are
    assert [row.key for row in grid.rows()] == ["a"]
