"""The first window, and unlocking a casebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from casetracker.settings import Settings
from casetracker.ui.start import StartWindow
from casetracker.ui.unlock import UnlockWindow, name_of, seconds_to_wait
from tests.ui.keys import type_into
from tests.ui.opening import PASSPHRASE, make_cheaply, open_cheaply, press


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    """A closed casebook with one person in it."""
    return make_cheaply(tmp_path)


# Unlocking


def unlock(qtbot: QtBot, path: Path, wait: Callable[[int], float] = lambda wrong: 0.0) -> UnlockWindow:
    window = UnlockWindow(path, open_cheaply, wait=wait)
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_wrong_passphrase_then_the_right_one(qtbot: QtBot, casebook: Path) -> None:
    window = unlock(qtbot, casebook)
    assert window.title.text() == "Бюро"
    assert "Бюро" not in window.windowTitle()
    line = window.passphrase.line
    qtbot.keyClicks(line, "not this one")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.problem()))
    assert window.problem().startswith("The passphrase does not open this casebook;")
    assert line.selectedText() != ""  # what is typed next replaces it

    qtbot.keyClicks(line, PASSPHRASE)
    with qtbot.waitSignal(window.opened) as opened:
        qtbot.keyClick(line, Qt.Key.Key_Return)

    made, store = opened.args[0]
    with made:
        assert (made.name, store.who, store.read_only) == ("Бюро", "Dana", "")
    assert line.text() == ""


def test_nothing_typed_is_not_an_attempt(qtbot: QtBot, casebook: Path) -> None:
    window = unlock(qtbot, casebook)
    qtbot.keyClick(window.passphrase.line, Qt.Key.Key_Return)

    assert window.problem() == "Type the passphrase of this casebook."
    assert window.wrong == 0


def test_after_wrong_ones_the_next_attempt_waits(qtbot: QtBot, casebook: Path) -> None:
    window = unlock(qtbot, casebook, wait=lambda wrong: 0.2)
    qtbot.keyClicks(window.passphrase.line, "not this one")
    window.attempt()
    qtbot.waitUntil(lambda: window.wrong == 1)
    assert not window.open_button.isEnabled()
    assert window.problem().endswith("Try again in 1 second.")

    window.attempt()  # does nothing now
    qtbot.waitUntil(window.open_button.isEnabled)

    assert window.wrong == 1


def test_each_wrong_attempt_waits_longer_but_not_for_ever() -> None:
    waits = [seconds_to_wait(n) for n in range(1, 12)]

    assert waits[:4] == [0.0, 1.0, 2.0, 4.0]
    assert waits == sorted(waits)
    assert waits[-1] == 30.0


def test_a_folder_that_is_no_casebook_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    window = unlock(qtbot, tmp_path)
    qtbot.keyClicks(window.passphrase.line, PASSPHRASE)
    window.attempt()
    qtbot.waitUntil(lambda: bool(window.problem()))

    assert "is no casebook" in window.problem()
    assert window.wrong == 0


def test_caps_lock_is_noticed_by_what_is_typed(qtbot: QtBot, casebook: Path) -> None:
    window = unlock(qtbot, casebook)
    line = window.passphrase.line
    qtbot.keyClicks(line, "a")
    assert not window.passphrase.caps_lock_seen()
    qtbot.keyClick(line, "A", Qt.KeyboardModifier.NoModifier)
    qtbot.keyPress(line, Qt.Key.Key_1)
    type_into(line, "Ә")  # a capital without Shift
    assert window.passphrase.caps_lock_seen()
    type_into(line, "ә")
    assert not window.passphrase.caps_lock_seen()


def test_what_is_typed_can_be_seen_and_is_hidden_again(qtbot: QtBot, casebook: Path) -> None:
    window = unlock(qtbot, casebook)
    edit = window.passphrase
    assert edit.line.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClick(edit.show_button, Qt.Key.Key_Space)
    assert edit.line.echoMode() is QLineEdit.EchoMode.Normal
    edit.clear()
    assert edit.line.echoMode() is QLineEdit.EchoMode.Password


def test_a_file_in_the_folder_is_called_after_the_folder() -> None:
    assert name_of(Path("Almaty office.casebook/records.db")) == "Almaty office"
    assert name_of(Path("Almaty office")) == "Almaty office"


# The first window


def test_recent_casebooks_are_listed_and_cleared(qtbot: QtBot, casebook: Path) -> None:
    known = Settings(recent=[str(casebook), str(casebook.with_name("gone.casebook"))])
    window = StartWindow(known)
    qtbot.addWidget(window)
    window.show()
    assert [window.recent.row_at(n).title for n in range(2)] == ["Бюро", "gone"]
    assert [window.recent.row_at(n).right for n in range(2)] == ["", "not found"]

    with qtbot.waitSignal(window.open_wanted) as wanted:
        qtbot.keyClick(window.recent, Qt.Key.Key_Return)
    assert wanted.args == [casebook]

    with qtbot.waitSignal(window.changed):
        press(window, "start.clear")
    assert known.recent == []
    assert window.recent.row_count() == 0


def test_a_click_opens_a_recent_casebook(qtbot: QtBot, casebook: Path) -> None:
    window = StartWindow(Settings(recent=[str(casebook)]))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.open_wanted) as wanted:
        qtbot.mouseClick(window.recent.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 15))
    assert wanted.args == [casebook]


def test_another_casebook_is_chosen_in_a_dialog(qtbot: QtBot, casebook: Path) -> None:
    window = StartWindow(Settings(), ask=lambda parent: str(casebook))
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.open_wanted) as wanted:
        press(window, "start.open")
    assert wanted.args == [casebook]
