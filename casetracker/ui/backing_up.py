"""Backups that are made by themselves: after opening, and each day while the casebook is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Cancelled, Progress
from casetracker.store.backups.making import Made
from casetracker.store.backups.service import Backups
from casetracker.ui import messages
from casetracker.ui.background import Background

FIRST_MS = 15_000  # what the user came for goes first
EVERY_MS = 60 * 60 * 1000
_NO_WINDOW_MS = 24 * 60 * 60 * 1000  # nobody waits for it


class BackingUp(QWidget):
    """Looks each hour whether a backup is needed and makes it, without a window and without a question.

    `said(text)` when one was made or could not be made; the same trouble is said once, not each hour.
    """

    said = Signal(str)

    def __init__(self, backups: Backups, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._backups = backups
        self._trouble = ""
        self._running: Background | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        if not backups.source.read_only:
            self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Make a backup if one is needed."""
        self._timer.setInterval(EVERY_MS)
        if self._running is None:
            title = tr(N_("Making a backup"))
            self._running = Background(
                self, title, self._work, self._on_made, failed=self._on_failed, show_after=_NO_WINDOW_MS
            )
            self._running.finished.connect(self._on_finished)
            self._running.start()

    def _work(self, progress: Progress) -> Made | None:
        if not self._backups.needed(dt.datetime.now(dt.UTC)):
            return None
        return self._backups.make(progress)

    def _on_made(self, made: Any) -> None:
        if made is None:
            return
        self._trouble = ""
        if made.findings:
            text = tr(N_("A backup was made, but some documents could not be copied; see the page Backups."))
        else:
            text = tr(N_("A backup was made and read again."))
        self.said.emit(text)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            if str(error) != self._trouble:
                self._trouble = str(error)
                self.said.emit(self._trouble)
        elif not isinstance(error, Cancelled):
            messages.crashed(self.window(), error)

    def _on_finished(self) -> None:
        self._running = None
