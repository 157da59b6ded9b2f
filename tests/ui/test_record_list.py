"""The list of records: two lines each, by mouse and by keyboard, of any length."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.fetched_rows import PAGE
from casetracker.ui.widgets.record_list import RecordList
from casetracker.ui.widgets.record_rows import RecordRow

Key = Qt.Key
MANY = 100_000


class Source:
    """Rows made when they are asked for, with a note of what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def fetch(self, offset: int, limit: int) -> Sequence[RecordRow]:
        self.asked.append((offset, limit))
        return [row(number) for number in range(offset, min(offset + limit, MANY))]


def row(number: int) -> RecordRow:
    return RecordRow(
        f"k{number}", f"Гүлнар {number}", "CT-4K9M · Ili", "96 d ago", ChipText("Camp", Tone.AMBER)
    )


@pytest.fixture
def records(qtbot: QtBot) -> RecordList:
    made = RecordList("cases.list", "Cases")
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    return made


def test_a_hundred_thousand_rows_cost_a_page(records: RecordList) -> None:
    source = Source()
    records.set_source(MANY, source.fetch)
    records.grab()

    assert records.row_count() == MANY
    assert source.asked == [(0, PAGE)]


def test_the_end_of_a_long_list_is_reached_at_once(qtbot: QtBot, records: RecordList) -> None:
    source = Source()
    records.set_source(MANY, source.fetch)
    records.select_number(0)
    with qtbot.waitSignal(records.chosen) as told:
        qtbot.keyClick(records, Key.Key_End)
    records.grab()

    assert told.args == [f"k{MANY - 1}"]
    assert source.asked[-1] == (MANY - PAGE, PAGE)
    assert len(source.asked) <= 2
    assert records.visualRect(records.currentIndex()).bottom() <= records.viewport().height()


def test_arrow_keys_choose_and_enter_opens(qtbot: QtBot, records: RecordList) -> None:
    records.set_rows([row(number) for number in range(5)])
    with qtbot.waitSignal(records.chosen) as first:
        qtbot.keyClick(records, Key.Key_Down)
    with qtbot.waitSignals([records.chosen]):
        qtbot.keyClick(records, Key.Key_Down)
    with qtbot.waitSignal(records.opened) as opened:
        qtbot.keyClick(records, Key.Key_Return)

    assert first.args == ["k0"]
    assert opened.args == ["k1"]


def test_a_click_chooses(qtbot: QtBot, records: RecordList) -> None:
    records.set_rows([row(number) for number in range(5)])
    where = records.visualRect(records.model().index(2, 0)).center()
    with qtbot.waitSignal(records.chosen) as told:
        qtbot.mouseClick(records.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert told.args == ["k2"]


def test_the_chosen_record_stays_chosen_when_all_is_read_again(qtbot: QtBot, records: RecordList) -> None:
    records.set_rows([row(number) for number in range(5)])
    assert records.select("k3")
    with qtbot.assertNotEmitted(records.chosen):
        records.set_rows([row(9), row(3), row(1)])
    assert records.current_key() == "k3"
    records.set_rows([row(9)])
    assert records.current_key() == ""


def test_a_chosen_record_stays_chosen_in_a_list_that_is_fetched(records: RecordList) -> None:
    source = Source()
    records.set_source(MANY, source.fetch)
    records.select_number(50)
    records.set_source(MANY, source.fetch)

    assert records.current_key() == "k50"


def test_a_row_that_went_away_meanwhile_is_no_error(records: RecordList) -> None:
    records.set_source(10, lambda offset, limit: [])
    records.grab()

    assert records.row_at(3).key == ""


def test_typing_letters_fetches_nothing(qtbot: QtBot, records: RecordList) -> None:
    source = Source()
    records.set_source(MANY, source.fetch)
    records.grab()
    qtbot.keyClicks(records, "zzz")

    assert len(source.asked) == 1


def test_what_a_screen_reader_says(records: RecordList) -> None:
    records.set_rows([row(1)])
    said = records.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Гүлнар 1, Camp, CT-4K9M · Ili, 96 d ago"


def test_an_empty_list_says_so(records: RecordList) -> None:
    records.set_rows([])
    without = records.grab().toImage()
    records.set_empty_text("No cases yet. Make the first one with New.")

    assert records.grab().toImage() != without


def test_arabic_script_is_drawn_joined_and_from_the_right(records: RecordList) -> None:
    """The first letter of the name stands at the right end of it: the ends of a palindrome differ."""
    records.set_rows([RecordRow("a", "ئابدۇراخمان")])
    name = records.grab().toImage()
    records.set_rows([RecordRow("a", " ".join("ئابدۇراخمان"))])

    assert ink(records.grab().toImage()) > ink(name)  # apart, the letters need more room than joined


def ink(image: object) -> int:
    """How far to the right the first line of the first row reaches."""
    dark = [
        x
        for x in range(12, image.width() - 12)  # type: ignore[attr-defined]
        for y in range(10, 29)
        if image.pixelColor(x, y).lightness() < 120  # type: ignore[attr-defined]
    ]
    return max(dark)
