"""The editor of dates as known: typed, or put together, without anybody typing EDTF."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from casetracker.model.dates import KnownDate, Relation, Season
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.date_panel import PartEditor
from tests.ui.keys import type_into

Key = Qt.Key

TYPED = [  # the vectors of the field's standards
    ("15 Oct 2018", "2018-10-15"),
    ("15.10.2018", "2018-10-15"),
    ("October 2018", "2018-10"),
    ("2018", "2018"),
    ("about October 2018", "2018-10~"),
    ("maybe October 2018", "2018-10?"),
    ("between April and September 2017", "[2017-04..2017-09]"),
    ("from April to September 2017", "2017-04/2017-09"),
    ("since March 2018", "2018-03/.."),
    ("before October 2018", "[..2018-09]"),
    ("autumn 2017", "2017-23"),
]

BUILT = [
    (Relation.ON, ("2018", 10, 15), (), (False, False), "2018-10-15"),
    (Relation.ON, ("2018", 10, ""), (), (True, False), "2018-10~"),
    (Relation.ON, ("2018", 10, ""), (), (False, True), "2018-10?"),
    (Relation.ON, ("2018", 10, ""), (), (True, True), "2018-10%"),
    (Relation.ON, ("2017", Season.AUTUMN, ""), (), (False, False), "2017-23"),
    (Relation.ON, ("2014", "decade", ""), (), (False, False), "201X"),
    (Relation.ON, ("2018", "unknown", ""), (), (False, False), "2018-XX"),
    (Relation.BETWEEN, ("2017", 4, ""), ("2017", 9, ""), (False, False), "[2017-04..2017-09]"),
    (Relation.FROM_TO, ("2017", 4, ""), ("2017", 9, ""), (False, False), "2017-04/2017-09"),
    (Relation.SINCE_ONGOING, ("2018", 3, ""), (), (False, False), "2018-03/.."),
    (Relation.SINCE_END_UNKNOWN, ("2018", 3, ""), (), (False, False), "2018-03/"),
    (Relation.BEFORE, ("2018", 10, ""), (), (False, False), "[..2018-09]"),
    (Relation.AFTER, ("2018", 10, ""), (), (False, False), "[2018-11..]"),
]


@pytest.fixture
def editor(qtbot: QtBot) -> DateEditor:
    made = DateEditor("detained", "Detained")
    qtbot.addWidget(made)
    made.resize(420, 80)
    made.show()
    return made


@pytest.mark.parametrize(("text", "edtf"), TYPED)
def test_a_typed_date_is_understood(qtbot: QtBot, editor: DateEditor, text: str, edtf: str) -> None:
    with qtbot.waitSignals([editor.changed]):
        type_into(editor.line, text)
    value = editor.value()

    assert value is not None
    assert value.edtf == edtf
    assert editor.problem() == ""
    qtbot.keyClick(editor.line, Key.Key_Return)
    assert editor.line.text() == value.text()


def test_what_was_understood_is_shown_in_words(editor: DateEditor) -> None:
    type_into(editor.line, "2018-10~")

    assert editor.understood() == "about October 2018"


def test_an_impossible_day_is_refused_and_what_was_typed_stays(qtbot: QtBot, editor: DateEditor) -> None:
    type_into(editor.line, "30.02.2021")
    qtbot.keyClick(editor.line, Key.Key_Return)

    assert editor.value() is None
    assert editor.problem() == "February 2021 has no day 30."
    assert editor.line.text() == "30.02.2021"
    assert editor.line.accessibleDescription() == editor.problem()
    assert editor.findChild(QLabel, "detained.note").isVisible()


def test_an_end_before_the_start_is_refused(editor: DateEditor) -> None:
    type_into(editor.line, "from May 2018 to March 2018")

    assert editor.problem() == "The end is before the start."


def test_words_are_kept_as_words(editor: DateEditor) -> None:
    type_into(editor.line, "after Qurban ait")

    assert editor.value() == KnownDate.in_words("after Qurban ait")


def test_an_emptied_line_is_no_date(qtbot: QtBot, editor: DateEditor) -> None:
    editor.set_value(KnownDate.from_edtf("2018"))
    editor.line.selectAll()
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClick(editor.line, Key.Key_Delete)

    assert editor.value() is None
    assert editor.problem() == ""


def test_setting_a_value_is_no_change(qtbot: QtBot, editor: DateEditor) -> None:
    value = KnownDate.from_edtf("2018-10~", "around the harvest")
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_value(value)

    assert editor.value() == value
    assert editor.line.text() == "about October 2018"
    assert editor.understood() == "said: “around the harvest”"


def test_a_corrected_date_keeps_what_the_person_said(editor: DateEditor) -> None:
    editor.set_value(KnownDate.from_edtf("2018-10~", "around the harvest"))
    editor.line.selectAll()
    type_into(editor.line, "Sep 2018")

    assert editor.value() == KnownDate.from_edtf("2018-09", "around the harvest")


def choose(combo: QComboBox, value: object) -> None:
    """Pick a value from a list as a user does, by its place."""
    places = [place for place in range(combo.count()) if combo.itemData(place) == value]
    combo.setCurrentIndex(places[0])
    combo.activated.emit(places[0])


def fill(part: PartEditor, year: str, month: object, day: object) -> None:
    part.year.clear()
    type_into(part.year, year)
    choose(part.month, month)
    if day:
        choose(part.day, day)


@pytest.mark.parametrize("built", BUILT, ids=lambda built: built[-1])
def test_a_date_is_put_together(qtbot: QtBot, editor: DateEditor, built: tuple) -> None:
    relation, first, second, marks, edtf = built
    qtbot.keyClick(editor.line, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    panel = editor.panel()
    assert panel.isVisible()
    panel.relation.setCurrentIndex(list(Relation).index(relation))
    panel.relation.activated.emit(panel.relation.currentIndex())
    assert panel.second.isVisible() == relation.needs_second
    fill(panel.first, *first)
    if second:
        fill(panel.second, *second)
    for box, wanted in zip((panel.about, panel.uncertain), marks, strict=True):
        if wanted:
            qtbot.keyClick(box, Key.Key_Space)
    value = editor.value()

    assert value is not None
    assert value.edtf == edtf
    assert editor.line.text() == value.text()
    panel.close()
    QApplication.processEvents()
    editor.open_panel()
    assert editor.panel().value() == value
    panel.close()


def test_the_panel_says_what_is_wrong(editor: DateEditor) -> None:
    editor.open_panel()
    panel = editor.panel()
    fill(panel.first, "2021", 2, 30)

    assert editor.value() is None
    assert panel.findChild(QLabel, "detained.understood").text() == "February 2021 has no day 30."
    panel.close()


def test_words_alone_and_clear(qtbot: QtBot, editor: DateEditor) -> None:
    editor.open_panel()
    panel = editor.panel()
    type_into(panel.findChild(QLineEdit, "detained.words"), "in the year of the sheep")
    assert editor.value() == KnownDate.in_words("in the year of the sheep")
    qtbot.mouseClick(panel.findChild(QPushButton, "detained.clear"), Qt.MouseButton.LeftButton)
    assert editor.value() is None
    qtbot.mouseClick(panel.findChild(QPushButton, "detained.done"), Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
