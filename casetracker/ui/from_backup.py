"""A casebook that does not open: its newest good backup is brought back beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.settings import Settings
from casetracker.store.backups.place import Backup
from casetracker.store.backups.restoring import key_of, restore
from casetracker.store.backups.service import newest_for
from casetracker.store.backups.swap import free_name
from casetracker.ui import messages
from casetracker.ui.background import Background


def offer_backup(
    window: QWidget, path: Path, secret: str, settings: Settings, then: Callable[[Path], None]
) -> None:
    """Look for the newest good backup, ask, and bring it back beside; `then` is given the new casebook.

    The casebook that does not open stays as it is, for whoever can save more of it.
    """

    def found(backup: Backup | None) -> None:
        if backup is None:
            said = N_("No good backup of this casebook was found where backups go; is the stick connected?")
            messages.warn(window, tr(said))
        elif _wanted(window, backup):
            title = tr(N_("Bringing the backup back beside"))
            Background(window, title, lambda progress: _bring(backup, path, secret, progress), done).start()

    def done(folder: Any) -> None:
        then(folder)

    Background(window, tr(N_("Reading the backups")), lambda _: newest_for(path, settings), found).start()


def _wanted(window: QWidget, backup: Backup) -> bool:
    when = f"{backup.made_at.astimezone():%d.%m.%Y, %H:%M}"
    answers = (
        messages.Answer("bring", tr(N_("Bring it back beside")), primary=True),
        messages.Answer("no", tr(N_("Cancel")), cancel=True),
    )
    text = tr(N_("The damaged casebook stays as it is; a new one is made beside it, and you open that."))
    return (
        messages.ask(window, tr(N_("The newest good backup is of {when}."), when=when), text, answers)
        == "bring"
    )


def _bring(backup: Backup, path: Path, secret: str, progress: Progress) -> Path:
    name = tr(
        N_("{name} (backup of {when})"), name=path.stem, when=f"{backup.made_at.astimezone():%Y-%m-%d %H%M}"
    )
    target = free_name(path.with_name(name + ".casebook"))
    return restore(backup, target, key_of(backup, secret), progress)[0]
