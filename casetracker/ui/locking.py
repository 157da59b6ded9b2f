"""When the casebook locks by itself: after nothing was done for a while, and when the computer goes to sleep.

Sleep is told by the system where it can be asked (logind on Linux, power messages on Windows). Everywhere a
clock that jumped tells it afterwards: the timer that should have run every few seconds did not, or the clock
of the day went on while the other stood still.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from ctypes import POINTER, c_uint, c_void_p, cast
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from casetracker.ui.background import Background

EVERY_MS = 5_000
JUMP = 60.0  # seconds that a step of the timer may be late before the computer is taken to have slept
SHORTEST, LONGEST = 1, 60  # minutes
_DONE = {
    *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
    *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod),
}
_POWER_BROADCAST, _SUSPENDS = 0x0218, 0x0004  # WM_POWERBROADCAST, PBT_APMSUSPEND (winuser.h)

Clock = Callable[[], float]


class AutoLock(QObject):
    """Says when to lock: `wanted`. `minutes` are asked for anew; `clocks` are the day's and a steady one."""

    wanted = Signal()

    def __init__(
        self,
        parent: QObject,
        minutes: Callable[[], int],
        *,
        clocks: tuple[Clock, Clock] = (time.time, time.monotonic),
    ) -> None:
        super().__init__(parent)
        self._minutes, (self._day, self._steady) = minutes, clocks
        self._touched = self._steady()
        self._before = self._day(), self._steady()
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())
        self._sleep = _listen_for_sleep(self)

    # What the user does. The filter sits on the window that has the keyboard: an application's own would see
    # every event of every widget, and slow them all.

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)
        self.touch()

    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _DONE:
            self.touch()
        return False

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._steady()

    # What the clocks say

    @Slot()
    def look(self) -> None:
        """Lock if nothing was done for long enough, or if the computer slept; work under way is done."""
        day, steady = self._day(), self._steady()
        passed = max(day - self._before[0], steady - self._before[1])
        self._before = day, steady
        if passed > JUMP + EVERY_MS / 1000:
            self.lock()
            return
        parent = self.parent() or self
        if any(job.is_running() for job in parent.findChildren(Background)):
            self.touch()
        minutes = min(max(self._minutes(), SHORTEST), LONGEST)
        if steady - self._touched >= minutes * 60:
            self.lock()

    @Slot()
    def lock(self) -> None:
        """Ask for the lock, once."""
        if self._timer.isActive():
            self._timer.stop()
            self.wanted.emit()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """Hear from the system that the computer goes to sleep, or wakes up."""
        if begins:
            self.lock()


def _listen_for_sleep(lock: AutoLock) -> Any:
    """Let the system say when the computer goes to sleep; return what has to be kept, if anything."""
    if sys.platform == "win32":
        return _install(_PowerMessages(lock))
    if sys.platform.startswith("linux"):
        _ask_logind(lock)
    return None


def _ask_logind(lock: AutoLock) -> bool:
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:  # a build without it: the clock tells
        return False
    bus = QDBusConnection.systemBus()
    where = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
    slot: Any = SLOT("on_sleep(bool)")  # a text; the types of PySide say bytes, which it refuses
    try:
        return bus.isConnected() and bus.connect(*where, "PrepareForSleep", lock, slot)
    except (TypeError, ValueError):  # another PySide: the clock tells
        return False


class _PowerMessages(QAbstractNativeEventFilter):
    """Hears the messages by which Windows says that it goes to sleep."""

    def __init__(self, lock: AutoLock) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if bytes(
            kind.data() if isinstance(kind, QByteArray) else kind
        ) == b"windows_generic_MSG" and is_suspend(int(message)):
            QTimer.singleShot(0, self._lock, self._lock.lock)
        return False, 0


def is_suspend(message: int) -> bool:
    """Whether the message of Windows at this address says that the computer goes to sleep.

    A MSG begins with the window (a pointer), the number of the message, and its first parameter at the next
    pointer's place.
    """
    number = cast(message + _POINTER, POINTER(c_uint)).contents.value
    first = cast(message + 2 * _POINTER, POINTER(c_void_p)).contents.value or 0
    return number == _POWER_BROADCAST and first == _SUSPENDS


_POINTER = 8 if sys.maxsize > 2**32 else 4


def _install(messages: _PowerMessages) -> _PowerMessages:
    app = QGuiApplication.instance()
    if app is not None:
        app.installNativeEventFilter(messages)
    return messages
