"""The drawn chain: lines in lanes that do not cross, height by its text, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from casetracker.ui.style import Tone
from casetracker.ui.widgets.chain import ChainItem, ChainLine, ChainView, placed

Key = Qt.Key


@pytest.mark.parametrize(
    ("lines", "lanes"),
    [
        ([(0, 1), (1, 2)], [0, 0]),
        ([(0, 2), (1, 2)], [1, 0]),
        ([(0, 2), (2, 4)], [1, 1]),
        ([(0, 3), (1, 4)], [1, 2]),
        ([(0, 4), (0, 2), (2, 4)], [1, 2, 1]),
    ],
)
def test_lines_that_overlap_run_in_lanes_of_their_own(lines: list[tuple[int, int]], lanes: list[int]) -> None:
    assert [line.lane for line in placed([ChainLine(*ends) for ends in lines])] == lanes


def view(qtbot: QtBot, *told: tuple[str, ...]) -> ChainView:
    made = ChainView("chain", "What led to what")
    items = [
        ChainItem(f"Protest:{n}", "Protest", f"{n} Oct", f"Day {n}", said, Tone.AMBER, n == 1)
        for n, said in enumerate(told)
    ]
    made.set_chain(items, [ChainLine(n, n + 1) for n in range(len(told) - 1)])
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def rows(chain: ChainView) -> list[QAbstractButton]:
    return chain.findChildren(QAbstractButton)


def test_an_item_says_all_of_itself_to_a_screen_reader(qtbot: QtBot) -> None:
    first, second = rows(view(qtbot, (), ("follows up “Day 0” · documented",)))

    assert first.accessibleName() == "Protest, 0 Oct: Day 0"
    assert second.accessibleDescription() == "follows up “Day 0” · documented"
    assert second.toolTip().endswith("documented")


def test_an_item_is_as_tall_as_what_it_tells(qtbot: QtBot) -> None:
    few, many = rows(view(qtbot, ("one",), ("one", "two", "three")))
    assert many.heightForWidth(500) > few.heightForWidth(500)


def test_the_keyboard_goes_up_and_down_and_opens(qtbot: QtBot) -> None:
    chain = view(qtbot, (), (), ())
    opened: list[str] = []
    chain.chosen.connect(opened.append)
    first, _, last = rows(chain)
    first.setFocus()

    for _ in range(4):
        qtbot.keyClick(chain.focusWidget(), Key.Key_Down)
    assert last.hasFocus()
    qtbot.keyClick(last, Key.Key_Up)
    qtbot.keyClick(chain.focusWidget(), Key.Key_Return)
    assert opened == ["Protest:1"]


def test_a_line_that_passes_by_is_drawn_at_the_left(qtbot: QtBot) -> None:
    chain = view(qtbot, ())
    items = [ChainItem(f"Protest:{n}", "Protest", "", f"Day {n}") for n in range(3)]

    inked = {}
    for end in (1, 2):
        chain.set_chain(items, [ChainLine(0, end, "solid")])
        inked[end] = ink_below_the_dot(rows(chain)[1])
    assert inked[1] == 0 < inked[2]


def ink_below_the_dot(row: QAbstractButton) -> int:
    """How many pixels are drawn at the left of the text, below the dot and the arrow that ends there."""
    row.resize(500, row.heightForWidth(500))
    image = row.grab().toImage()
    ratio = image.devicePixelRatio()
    line = int((row.height() - 6) * ratio)
    ground = image.pixelColor(image.width() - 1, line)
    return sum(image.pixelColor(x, line) != ground for x in range(int(30 * ratio)))
