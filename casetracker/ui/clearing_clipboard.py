"""What was copied out of the casebook does not stay in the clipboard: it is cleared after a while.

Clipboards are read by other programs, and some systems keep a history of them, which no program can clear:
the manual says so.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS = 45


class ClearingClipboard(QObject):
    """Clears the clipboard some seconds after something was copied here, if it still holds that."""

    def __init__(self, parent: QObject, *, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._mine = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._on_change)

    def _on_change(self) -> None:
        # What changes while the keyboard is here was copied here; not every system can be asked whose it is.
        own = self._clipboard.ownsClipboard() or QGuiApplication.focusWindow() is not None
        if own and (text := self._clipboard.text()):
            self._mine = text
            self._timer.start()

    def clear(self) -> None:
        """Clear the clipboard now, if what it holds came from here; for the lock, and at the end."""
        self._timer.stop()
        if self._mine and self._clipboard.text() == self._mine:
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        self._mine = ""
