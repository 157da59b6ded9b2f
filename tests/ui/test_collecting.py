"""Circles of objects are cleared away on the thread of the window, whoever asks for memory."""

from __future__ import annotations

import gc
import threading

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from casetracker.jobs import Progress
from casetracker.ui.background import Background


class Circle:
    """Says on which thread it was taken apart."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        self.itself = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(threading.current_thread())


def test_a_worker_clears_nothing_away(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    gone: list[threading.Thread] = []
    came: list[int] = []

    def work(_: Progress) -> int:
        Circle(gone)
        return len([[n] for n in range(200_000)])  # Python would clear away a hundred times

    Background(parent, "work", work, came.append).start()
    qtbot.waitUntil(lambda: bool(came))
    qtbot.waitUntil(lambda: bool(gone), timeout=20_000)

    assert gone == [threading.main_thread()]
    assert not gc.isenabled()
