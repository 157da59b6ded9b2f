"""Reading something again and again on another thread, for what takes a moment in a large casebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casetracker.ui.background import Background

_NEVER = 60_000  # no window says that it is being read


class Rereading(QObject):
    """Reads when it is asked to, never twice at once: what is asked for meanwhile is read once, afterwards.

    `read` runs on the other thread, `show` in that of the window; `finished` when nothing is left to read.
    """

    finished = Signal()

    def __init__(
        self, parent: QWidget, title: str, read: Callable[[], Any], show: Callable[[Any], None]
    ) -> None:
        super().__init__(parent)
        self._parent, self._title, self._read, self._show = parent, title, read, show
        self._running: Background | None = None
        self._again = False

    @property
    def idle(self) -> bool:
        """Whether nothing is being read."""
        return self._running is None

    def start(self) -> None:
        """Read, or read once more after what is being read."""
        if self._running is not None:
            self._again = True
            return
        work = Background(self._parent, self._title, lambda _: self._read(), self._show, show_after=_NEVER)
        self._running = work
        work.finished.connect(self._on_read)
        work.start()

    def _on_read(self) -> None:
        self._running = None
        if self._again:
            self._again = False
            self.start()
        else:
            self.finished.emit()
