"""The casebook locks by itself, the clipboard is cleared, wrong passphrases are counted; clocks are ours."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casetracker.errors import WrongPassphrase
from casetracker.store.store import Store
from casetracker.ui import locking
from casetracker.ui.background import Background
from casetracker.ui.clearing_clipboard import ClearingClipboard
from casetracker.ui.locking import AutoLock
from casetracker.ui.main_window import MainWindow
from casetracker.ui.unlock import Attempts, UnlockWindow, seconds_to_wait
from tests.conftest import Office_


class Clocks:
    """The clock of the day and the steady one, moved by the test."""

    def __init__(self) -> None:
        self.day = self.steady = 1000.0

    def pass_by(self, seconds: float) -> None:
        self.day += seconds
        self.steady += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def window(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


def lock_of(window: QWidget, clocks: Clocks, minutes: int = 10) -> tuple[AutoLock, list[bool]]:
    lock = AutoLock(window, lambda: minutes, clocks=(lambda: clocks.day, lambda: clocks.steady))
    said: list[bool] = []
    lock.wanted.connect(lambda: said.append(True))
    return lock, said


def let_pass(lock: AutoLock, clocks: Clocks, seconds: int) -> None:
    for _ in range(seconds // 5):
        clocks.pass_by(5)
        lock.look()


@pytest.mark.parametrize("minutes", [1, 10, 60])
def test_it_locks_after_the_minutes_that_are_set_and_not_before(
    window: QWidget, clocks: Clocks, minutes: int
) -> None:
    lock, said = lock_of(window, clocks, minutes)
    let_pass(lock, clocks, minutes * 60 - 5)
    assert said == []
    let_pass(lock, clocks, 5)
    assert said == [True]
    let_pass(lock, clocks, 600)
    assert said == [True]  # once


@pytest.mark.parametrize(("minutes", "counted"), [(0, 1), (-5, 1), (10**6, 60)])
def test_strange_minutes_are_brought_into_bounds(
    window: QWidget, clocks: Clocks, minutes: int, counted: int
) -> None:
    lock, said = lock_of(window, clocks, minutes)
    let_pass(lock, clocks, counted * 60 - 5)
    assert said == []
    let_pass(lock, clocks, 5)
    assert said == [True]


@pytest.mark.parametrize("how", ["key", "mouse", "wheel"])
def test_whoever_works_is_not_locked_out(qtbot: QtBot, window: QLineEdit, clocks: Clocks, how: str) -> None:
    lock, said = lock_of(window, clocks)
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    let_pass(lock, clocks, 590)
    handle = window.windowHandle()
    if how == "key":
        QTest.keyClick(handle, Qt.Key.Key_A)
    elif how == "mouse":
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    else:
        lock.eventFilter(handle, QEvent(QEvent.Type.Wheel))
    let_pass(lock, clocks, 590)
    assert said == []
    let_pass(lock, clocks, 10)
    assert said == [True]


def test_long_work_is_not_cut_off(qtbot: QtBot, window: QWidget, clocks: Clocks) -> None:
    import threading

    go_on = threading.Event()
    lock, said = lock_of(window, clocks)
    job = Background(window, "Copying", lambda _: go_on.wait(10)).start()
    let_pass(lock, clocks, 3600)
    assert said == []
    with qtbot.waitSignal(job.finished):
        go_on.set()
    let_pass(lock, clocks, 600)
    assert said == [True]


@pytest.mark.parametrize(("day", "steady"), [(3600, 5), (3600, 3600), (5, 3600), (70, 5)])
def test_a_clock_that_jumped_means_that_the_computer_slept(
    window: QWidget, clocks: Clocks, day: float, steady: float
) -> None:
    lock, said = lock_of(window, clocks, 60)
    clocks.day += day
    clocks.steady += steady
    lock.look()
    assert said == [True]


@pytest.mark.parametrize("day", [-3600, 0, 20])
def test_a_clock_that_was_put_right_does_not(window: QWidget, clocks: Clocks, day: float) -> None:
    lock, said = lock_of(window, clocks, 60)
    clocks.day += day
    clocks.steady += 5
    lock.look()
    assert said == []


def test_the_system_says_that_it_goes_to_sleep(window: QWidget, clocks: Clocks) -> None:
    lock, said = lock_of(window, clocks)
    lock.on_sleep(False)  # it wakes up
    assert said == []
    lock.on_sleep(True)
    assert said == [True]


def test_a_message_of_windows_is_understood() -> None:
    class Msg(ctypes.Structure):  # MSG of winuser.h, as far as it is read
        _fields_ = (("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("first", ctypes.c_void_p))

    for number, first, suspends in (
        (0x0218, 4, True),
        (0x0218, 7, False),
        (0x0100, 4, False),
        (0x0218, 0, False),
    ):
        message = Msg(1, number, first)
        assert locking.is_suspend(ctypes.addressof(message)) is suspends


# The clipboard


def test_what_was_copied_is_cleared(qtbot: QtBot, window: QLineEdit) -> None:
    clearing = ClearingClipboard(window, seconds=0.05)
    clipboard = QGuiApplication.clipboard()
    window.setText("+7 700 000 00 00")
    window.selectAll()
    window.copy()
    assert clipboard.text() == "+7 700 000 00 00"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert clearing._mine == ""


def test_what_somebody_else_copied_since_stays(window: QLineEdit) -> None:
    clearing = ClearingClipboard(window, seconds=60)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("+7 700 000 00 00")
    clearing._mine = "+7 700 000 00 00"
    clipboard.blockSignals(True)
    clipboard.setText("of another program")
    clipboard.blockSignals(False)
    clearing.clear()
    assert clipboard.text() == "of another program"
    clipboard.clear()


# Wrong passphrases


def test_closing_the_window_does_not_forget_wrong_passphrases(qtbot: QtBot, tmp_path: Path) -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])

    def never(_path: Path, _secret: str) -> tuple[object, object]:
        raise WrongPassphrase("no")

    def fresh() -> UnlockWindow:
        made = UnlockWindow(tmp_path / "a.casebook", never, attempts=attempts, wait=seconds_to_wait)
        qtbot.addWidget(made)
        return made

    for number in range(1, 5):
        window = fresh()
        now[0] += 100
        window = fresh()
        window.passphrase.line.setText("wrong")
        window.attempt()
        qtbot.waitUntil(lambda at=number, seen=window: seen.wrong == at)
        qtbot.waitUntil(lambda seen=window: "no" in seen.problem())
    assert attempts.left(tmp_path / "a.casebook") == seconds_to_wait(4) == 4.0
    again = fresh()
    assert "Try again in 4 seconds" in again.problem()
    assert not again.open_button.isEnabled()
    other = UnlockWindow(tmp_path / "b.casebook", never, attempts=attempts)
    qtbot.addWidget(other)
    assert other.open_button.isEnabled()
    now[0] += 5
    assert fresh().open_button.isEnabled()


# No names outside the window


def test_titles_of_windows_carry_no_names(qtbot: QtBot, store: Store) -> None:
    """Task bars and lists of windows show titles; so do programs that take pictures of the screen."""
    case = Office_(store).case("Бақытжан Нұрланұлы")
    window = MainWindow(store, "Almaty office")
    qtbot.addWidget(window)
    window.show()
    window.go("cases", case)
    qtbot.wait(50)
    for each in QGuiApplication.topLevelWindows():
        assert not any(word in each.title() for word in ("Бақытжан", "Almaty", "A. Serik")), each.title()
    assert window.windowTitle() == "Casetracker"
    assert not window.windowFilePath()
    window.close()


_SLEEPS = """
import sys
from jeepney import DBusAddress, new_method_call, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from casetracker.ui.locking import AutoLock

logind = open_dbus_connection("SESSION")
logind.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
app = QGuiApplication([])
lock = AutoLock(app, lambda: 60)
lock.wanted.connect(lambda: (print("locked"), app.quit()))
where = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
begins = sys.argv[1] == "sleeps"
QTimer.singleShot(200, lambda: logind.send(new_signal(where, "PrepareForSleep", "b", (begins,))))
QTimer.singleShot(2000, app.quit)
app.exec()
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="needs a bus of its own")
@pytest.mark.parametrize(("said", "came"), [("sleeps", ["locked"]), ("wakes", [])])
def test_logind_is_heard_over_a_real_bus(said: str, came: list[str]) -> None:
    run = f'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" {sys.executable} - {said}'
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{run} <<'END'\n{_SLEEPS}\nEND"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.stdout.splitlines() == came, told.stderr
