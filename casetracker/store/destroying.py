"""Emergency erase: the casebook on this computer becomes unreadable, first by its keys, then by its files.

Without the key files nobody opens the records, whatever of them is left on the disk; so they go first, and
are overwritten before they are removed. What a disk keeps of overwritten files (spare cells of an SSD,
snapshots), and copies and backups elsewhere, are beyond the reach of a program.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import keyfile
from casetracker.store.casebook import Casebook
from casetracker.store.checks import RECORDS
from casetracker.store.durable import sync_descriptor, sync_folder

_HEAD = 1024 * 1024  # bytes of the records that are overwritten; the rest is noise without its key


def destroy(casebook: Casebook, typed: str) -> None:
    """Destroy this casebook; `typed` is its name, as the user wrote it. It cannot be undone.

    Raises UserError if the name is another, or if something could not be removed: what is left is unreadable.
    """
    if typed.strip() != casebook.name:
        raise UserError(tr(N_("That is not the name of this casebook; nothing was erased.")))
    folder = casebook.folder
    casebook.close()
    for name in (keyfile.FIRST, keyfile.SECOND):
        _overwrite(folder / name, whole=True)
    _overwrite(folder / RECORDS, whole=False)
    shutil.rmtree(folder, ignore_errors=True)
    sync_folder(folder.parent)
    if folder.exists():
        raise UserError(
            tr(
                N_(
                    "The keys are destroyed, so nobody can read it; some files in {name} could not be "
                    "removed."
                ),
                name=folder.name,
            )
        )


def _overwrite(path: Path, *, whole: bool) -> None:
    """Write chance over a file, on the disk, and remove it."""
    with suppress(OSError):
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(os.urandom(size if whole else min(size, _HEAD)))
            file.flush()
            sync_descriptor(file.fileno())
    with suppress(OSError):
        path.unlink()
