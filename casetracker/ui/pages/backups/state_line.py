"""The line of the first page that says when the last good backup was made, and warns when that is long
ago.
"""

from __future__ import annotations

import datetime as dt

from casetracker.i18n import N_, tr
from casetracker.store.backups.service import State
from casetracker.ui.desk import Desk
from casetracker.ui.rereading import Rereading
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner

_NONE = Tone.GREY


class BackupLine(Banner):
    """Reads it on another thread: a stick may be slow. Hidden where there are no backups to speak of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(action=tr(N_("Backups")), object_name="backup_line")
        self._desk = desk
        self.action_clicked.connect(lambda: desk.go_to.emit("backups", ""))
        self.reading = Rereading(self, tr(N_("Backups")), self._read, self._show)
        desk.backed_up.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Read it again."""
        if self._desk.backups is not None and not self._desk.store.read_only:
            self.reading.start()

    def _read(self) -> State | None:
        backups = self._desk.backups
        return backups.state(dt.datetime.now(dt.UTC)) if backups is not None else None

    def _show(self, state: State | None) -> None:
        self.setVisible(state is not None)
        if state is None:
            return
        text = state.text(dt.datetime.now(dt.UTC))
        if not state.there:
            text += " " + tr(N_("The place for backups is not there just now."))
        self.set("", text, Tone.AMBER if state.late or not state.there else _NONE)
