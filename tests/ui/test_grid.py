"""The grid that is filled in by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from casetracker.model.dates import parse
from casetracker.ui.widgets.grid import EditGrid, GridColumn, GridRow, Kind
from casetracker.ui.widgets.suggestions import Hit
from tests.ui.keys import type_into

Key = Qt.Key
PEOPLE = [Hit("p1", "Айгүл Серікқызы", "wife"), Hit("p2", "Aigul Omarova"), Hit("p3", "ئايگۈل")]
OUTCOMES = ((1, "present"), (2, "detained"), (3, "fined"))


def look_up(typed: str) -> Sequence[Hit]:
    return [hit for hit in PEOPLE if typed.casefold() in hit.title.casefold()]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    grid = EditGrid(
        [
            GridColumn("person", "Person", Kind.LOOKUP, lookup=look_up, hint="Type a name…"),
            GridColumn("outcome", "Outcome", Kind.CHOICE, 140, OUTCOMES),
            GridColumn("on", "On", Kind.DATE, 140),
            GridColumn("note", "Note"),
        ],
        "participants",
        "Participants",
    )
    after = QLineEdit()
    after.setObjectName("after")
    layout = QVBoxLayout(made)
    layout.addWidget(grid)
    layout.addWidget(after)
    layout.addStretch(1)
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


@pytest.fixture
def grid(window: QWidget) -> EditGrid:
    return window.findChild(EditGrid, "participants")


def editor(grid: EditGrid) -> QLineEdit:
    """The field of the cell that is being typed in."""
    made = grid.focusWidget()
    assert isinstance(made, QLineEdit), made
    return made


def enter(qtbot: QtBot, grid: EditGrid, *texts: str) -> None:
    """Type a line, with Tab between the cells and Enter at the end."""
    for place, text in enumerate(texts):
        if place:
            qtbot.keyClick(editor(grid), Key.Key_Tab)
        type_into(editor(grid), text)
    qtbot.keyClick(editor(grid), Key.Key_Return)


def values(grid: EditGrid) -> list[list[object]]:
    return [[row.values.get(key) for key in ("person", "outcome", "on", "note")] for row in grid.rows()]


def test_three_people_by_keyboard(qtbot: QtBot, window: QWidget, grid: EditGrid) -> None:
    added: list[int] = []
    grid.row_added.connect(added.append)
    grid.start()
    enter(qtbot, grid, "Қ. Төлеу", "d", "1.10.2021", "taken at the door")
    enter(qtbot, grid, "مۇھەممەد", "fi", "Oct 2021")
    enter(qtbot, grid, "Новый человек", "pr")

    assert values(grid) == [
        [Hit("", "Қ. Төлеу"), 2, parse("2021-10-01"), "taken at the door"],
        [Hit("", "مۇھەممەد"), 3, parse("2021-10"), None],
        [Hit("", "Новый человек"), 1, None, None],
    ]
    assert added == [0, 1, 2]


def test_typing_begins_an_entry_without_any_other_key(qtbot: QtBot, grid: EditGrid) -> None:
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 3))
    type_into(grid, "n")
    type_into(editor(grid), "ote")
    qtbot.keyClick(editor(grid), Key.Key_Return)

    assert values(grid) == [[None, None, None, "note"]]


def test_somebody_known_is_picked_with_the_arrow_key(qtbot: QtBot, grid: EditGrid) -> None:
    grid.start()
    type_into(editor(grid), "ай")
    qtbot.keyClick(editor(grid), Key.Key_Down)
    qtbot.keyClick(editor(grid), Key.Key_Tab)

    assert grid.value(0, "person") == PEOPLE[0]


def test_a_name_alike_is_not_taken_for_the_same_person(qtbot: QtBot, grid: EditGrid) -> None:
    """Whoever types a full name and goes on has not said that it is the recorded namesake."""
    grid.start()
    type_into(editor(grid), "Aigul Omarova")
    qtbot.keyClick(editor(grid), Key.Key_Tab)

    assert grid.value(0, "person") == Hit("", "Aigul Omarova")


def test_a_choice_opens_its_list_and_passing_through_takes_nothing(qtbot: QtBot, grid: EditGrid) -> None:
    grid.start()
    type_into(editor(grid), "X")
    qtbot.keyClick(editor(grid), Key.Key_Tab)
    assert editor(grid).popup().isVisible()
    qtbot.keyClick(editor(grid), Key.Key_Tab)

    assert grid.value(0, "outcome") is None


def test_an_unknown_choice_is_not_kept(qtbot: QtBot, grid: EditGrid) -> None:
    grid.start()
    enter(qtbot, grid, "X", "zzz")

    assert grid.value(0, "outcome") is None


def test_an_impossible_date_is_kept_and_marked(qtbot: QtBot, grid: EditGrid) -> None:
    grid.start()
    enter(qtbot, grid, "X", "", "30.2.2021")
    shown = grid.model().index(0, 2)

    assert grid.unreadable() == {(0, "on"): "February 2021 has no day 30."}
    assert shown.data() == "30.2.2021"
    assert shown.data(Qt.ItemDataRole.ToolTipRole) == "February 2021 has no day 30."
    grid.set_value(0, "on", parse("28.2.2021"))
    assert grid.unreadable() == {}


def test_enter_in_the_last_line_begins_a_new_one(qtbot: QtBot, grid: EditGrid) -> None:
    grid.set_rows([GridRow("r1", {"note": "a"})])
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 3))
    qtbot.keyClick(grid, Key.Key_Return)

    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 0)
    assert editor(grid).objectName() == "cell.1.person"


def test_tab_walks_through_lines_and_out_of_the_grid(qtbot: QtBot, window: QWidget, grid: EditGrid) -> None:
    grid.set_rows([GridRow("r1", {"note": "a"})])
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 3))
    qtbot.keyClick(grid, Key.Key_Tab)
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(grid, Key.Key_Tab)

    assert window.focusWidget().objectName() == "after"


def test_escape_leaves_a_cell_as_it_was(qtbot: QtBot, grid: EditGrid) -> None:
    grid.set_rows([GridRow("r1", {"note": "as it was"})])
    grid.setCurrentIndex(grid.model().index(0, 3))
    qtbot.keyClick(grid, Key.Key_F2)
    type_into(editor(grid), "something else")
    qtbot.keyClick(editor(grid), Key.Key_Escape)

    assert grid.value(0, "note") == "as it was"


def test_delete_takes_lines_out_and_they_can_come_back(qtbot: QtBot, grid: EditGrid) -> None:
    rows = [GridRow(key, {"note": key}) for key in "abc"]
    grid.set_rows(rows)
    grid.setCurrentIndex(grid.model().index(1, 0))
    with qtbot.waitSignal(grid.removed) as told:
        qtbot.keyClick(grid, Key.Key_Delete)

    assert [row.key for row in grid.rows()] == ["a", "c"]
    grid.restore(told.args[0])
    assert [row.key for row in grid.rows()] == ["a", "b", "c"]


def test_the_blank_line_cannot_be_taken_out(qtbot: QtBot, grid: EditGrid) -> None:
    grid.setCurrentIndex(grid.model().index(0, 0))
    with qtbot.assertNotEmitted(grid.removed):
        qtbot.keyClick(grid, Key.Key_Delete)


def test_backspace_empties_a_cell(qtbot: QtBot, grid: EditGrid) -> None:
    grid.set_rows([GridRow("a", {"note": "x"})])
    grid.setCurrentIndex(grid.model().index(0, 3))
    with qtbot.waitSignal(grid.changed):
        qtbot.keyClick(grid, Key.Key_Backspace)

    assert grid.value(0, "note") is None


def test_passing_through_a_cell_changes_nothing(qtbot: QtBot, grid: EditGrid) -> None:
    full = {"person": PEOPLE[0], "outcome": 2, "on": parse("about Oct 2018"), "note": "x"}
    grid.set_rows([GridRow("a", full)])
    before = values(grid)
    grid.setCurrentIndex(grid.model().index(0, 0))
    with qtbot.assertNotEmitted(grid.changed):
        qtbot.keyClick(grid, Key.Key_F2)
        for _ in range(4):
            qtbot.keyClick(editor(grid), Key.Key_Tab)

    assert values(grid) == before


def test_problems_are_shown_in_their_cell(grid: EditGrid) -> None:
    grid.set_rows([GridRow("a", {"note": "x"})])
    grid.set_problems({(0, "outcome"): "Say what became of them."})
    said = grid.model().index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Outcome: . Say what became of them"
