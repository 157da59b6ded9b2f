"""Backups: which there are, where they go; making one, looking at one, bringing one back beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.store.backups.place import Backup
from casetracker.store.backups.service import Backups, Restored, State
from casetracker.store.checks import Finding
from casetracker.store.store import Change
from casetracker.ui import messages
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.pages.backups.pane import BackupPane, size_text
from casetracker.ui.pages.backups.place_card import PlaceCard
from casetracker.ui.pages.page import Page
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import button
from casetracker.ui.widgets.record_rows import RecordRow


@dataclass(frozen=True)
class _Read:
    backups: Sequence[Backup]
    state: State


class BackupsPage(Page):
    """The backups of this casebook, the newest first, beside what is known of one of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "backups", tr(N_("Backups")))
        self.choose_folder: Callable[[], str] = self._ask_folder
        self._known: dict[str, Backup] = {}
        self.split = ListBesidePage("backups", self.title, list_width=360)
        self.list = self.split.pane.list
        self.list.set_empty_text(tr(N_("There is no backup of this casebook yet.")))
        self.now = button(tr(N_("Make a backup now")), "backups.now", kind="primary")
        self.now.clicked.connect(self.make)
        self.split.pane.add_filter(self.now)
        self.state = Banner(object_name="backups.state")
        self.state.hide()  # until something is known
        self.places = (PlaceCard(desk), PlaceCard(desk))  # below a backup, and where there is none yet
        for each in self.places:
            each.choose_clicked.connect(self._choose)
            each.changed.connect(self.refresh)
        self.pane = BackupPane(desk, self.places[0])
        self.pane.look_wanted.connect(self._look)
        self.pane.restore_wanted.connect(self._restore)
        self.empty = EmptyState(
            tr(N_("No backup yet")),
            tr(N_("One is made by itself soon after the casebook is opened, and each day after that.")),
            action=tr(N_("Make a backup now")),
            icon_name="device-floppy",
            object_name="backups.empty",
        )
        self.empty.action_clicked.connect(self.make)
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing_yet())
        self._right.addWidget(self.pane)
        self.split.set_page(self._beside())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.list.chosen.connect(self._show)
        desk.backed_up.connect(self.refresh)

    def _nothing_yet(self) -> QWidget:
        made = ScrollPage("backups.nothing", self.title)
        made.body.addWidget(self.empty)
        made.body.addWidget(self.places[1])
        made.body.addStretch(1)
        return made

    def _beside(self) -> QWidget:
        right, above = QWidget(), QWidget()
        line = QVBoxLayout(above)
        line.setContentsMargins(22, 14, 22, 0)
        line.addWidget(self.state)
        lines = QVBoxLayout(right)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(above)
        lines.addWidget(self._right, 1)
        return right

    @property
    def backups(self) -> Backups | None:
        """The backups of the open casebook; None where there is none on a disk."""
        return self.desk.backups

    def show_record(self, record_id: str) -> None:
        """Show the page; a backup is no record."""
        self.refresh()

    def on_change(self, change: Change) -> None:
        """No record changes what is shown here."""

    # What there is

    def refresh(self) -> None:
        """Read the place again, on another thread: a stick may be slow."""
        backups = self.backups
        self.now.setEnabled(backups is not None)
        if backups is None:
            return
        for each in self.places:
            each.show_settings(backups.settings, backups.place.root)

        def read(_: Progress) -> _Read:
            return _Read(backups.place.backups(), backups.state(dt.datetime.now(dt.UTC)))

        Background(self, tr(N_("Reading the backups")), read, self._fill, show_after=2000).start()

    def _fill(self, read: _Read) -> None:
        self._known = {each.folder.name: each for each in read.backups}
        before = self.list.current_key()
        self.list.set_rows([_row(each) for each in read.backups])
        keys = list(self._known)
        key = before if before in keys else next(iter(keys), "")
        self.list.select_number(keys.index(key) if key else -1)
        self._show(key)
        text = read.state.text(dt.datetime.now(dt.UTC))
        if not read.state.there:
            text += " " + tr(N_("The place for backups is not there just now."))
        bad = read.state.late or not read.state.there
        self.state.set("", text, Tone.AMBER if bad else Tone.GREEN)
        self.state.show()
        self.desk.status.emit(ntr("{n} backup", "{n} backups", len(keys)))

    def _show(self, key: str) -> None:
        backup = self._known.get(key)
        if backup is not None:
            self.pane.show_backup(backup)
        self._right.setCurrentIndex(1 if backup else 0)

    # What is done

    def make(self) -> None:
        """Make a backup now, with a bar."""
        backups = self.backups
        if backups is not None:
            Background(self, tr(N_("Making a backup")), backups.make, self._on_made).start()

    def _on_made(self, made: Any) -> None:
        if made.findings:
            messages.warn(self, _said(made.findings), tr(N_("Some documents could not be copied")))
        else:
            self.desk.note.emit(tr(N_("A backup was made and read again.")))
        self.desk.backed_up.emit()

    def _look(self, backup: Backup) -> None:
        backups = self.backups
        if backups is None:
            return

        def look(progress: Progress) -> list[Finding]:
            return backups.look_at(backup, progress)

        def done(found: list[Finding]) -> None:
            if found:
                messages.warn(self, _said(found), tr(N_("This backup has a fault")))
            else:
                messages.tell(self, tr(N_("Every byte of it was read: it is what was copied.")), self.title)
            self.refresh()

        Background(self, tr(N_("Reading the whole backup")), look, done).start()

    def _restore(self, backup: Backup) -> None:
        backups = self.backups
        if backups is None:
            return
        store, key = self.desk.store, self.pane.key_for(backup, backups)
        if key is None:
            return

        def bring(progress: Progress) -> Restored:
            return backups.restore_beside(backup, store, key, progress)

        Background(self, tr(N_("Bringing the backup back beside")), bring, self.pane.show_restored).start()

    # Where they go

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr(N_("Choose a folder or a stick for backups")))

    def _choose(self) -> None:
        backups, folder = self.backups, self.choose_folder()
        if backups is None or not folder:
            return
        if Path(folder).is_relative_to(backups.source.folder):
            messages.warn(self, tr(N_("Choose a place outside the casebook: what befalls it befalls both.")))
            return
        backups.settings.backup_folder = folder
        self.desk.settings_changed.emit()
        self.refresh()


def _row(backup: Backup) -> RecordRow:
    at = backup.made_at.astimezone()
    detail = " · ".join((size_text(backup.manifest.size()), documents_text(backup)))
    chip = ChipText(tr(N_("good")), Tone.GREEN) if backup.good else ChipText(tr(N_("has a fault")), Tone.RED)
    return RecordRow(backup.folder.name, f"{at:%d.%m.%Y, %H:%M}", detail, "", chip)


def documents_text(backup: Backup) -> str:
    """Say how many documents are in a backup."""
    return ntr("{n} document", "{n} documents", len(backup.manifest.evidence))


def _said(findings: Sequence[Finding]) -> str:
    lines = [f"{each.where}: {each.what}" for each in findings[:12]]
    more = len(findings) - len(lines)
    return "\n".join([*lines, ntr("and {n} more", "and {n} more", more)] if more else lines)
