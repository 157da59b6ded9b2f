"""The navigation: every entry is in sight on a low window, and the keyboard reaches all of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casetracker.ui.widgets.nav import Navigation

Key = Qt.Key


def made(qtbot: QtBot, entries: int, height: int) -> Navigation:
    nav = Navigation("Casetracker", "Office.casebook")
    nav.set_signed_in("A. Serik", "Case worker")
    for number in range(entries):
        if number in (entries // 2, entries - 1):
            nav.add_separator("Events and promises")
        nav.add_entry(str(number), f"Entry {number}")
    qtbot.addWidget(nav)
    nav.resize(nav.width(), height)
    nav.show()
    return nav


def in_sight(nav: Navigation, key: str) -> bool:
    entry, area = nav._buttons[key], nav._scroll.viewport()
    top = entry.mapTo(area, entry.rect().topLeft()).y()
    return top >= 0 and top + entry.height() <= area.height()


def headings(nav: Navigation) -> list[str]:
    return [w.text() for w in nav._scroll.findChildren(QLabel) if w.isVisible()]


@pytest.mark.parametrize("height", [600, 700, 900])
def test_sixteen_entries_are_all_in_sight(qtbot: QtBot, height: int) -> None:
    nav = made(qtbot, 16, height)
    qtbot.waitUntil(lambda: in_sight(nav, "15"))
    assert in_sight(nav, "0")
    assert headings(nav) == (["Events and promises"] * 2 if height == 900 else [])


def test_groups_get_their_words_back_with_the_room(qtbot: QtBot) -> None:
    nav = made(qtbot, 16, 600)
    nav.resize(nav.width(), 1000)
    qtbot.waitUntil(lambda: bool(headings(nav)))
    nav.resize(nav.width(), 600)
    qtbot.waitUntil(lambda: not headings(nav))


def test_the_keyboard_reaches_what_is_out_of_sight(qtbot: QtBot) -> None:
    nav = made(qtbot, 40, 600)
    assert not in_sight(nav, "39")
    nav._buttons["0"].setFocus()
    for number in range(39):
        qtbot.keyClick(nav._buttons[str(number)], Key.Key_Down)
    assert nav.focusWidget() is nav._buttons["39"]
    assert in_sight(nav, "39")
    nav.select("0")
    assert in_sight(nav, "0")
    with qtbot.waitSignal(nav.chosen) as chosen:
        qtbot.keyClick(nav._buttons["39"], Key.Key_Return)
    assert chosen.args == ["39"]
