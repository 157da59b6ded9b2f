"""Bringing a backup back: as a casebook beside the present one, and in its place only afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import keyfile
from casetracker.store.backups.looking import look_at
from casetracker.store.backups.making import _copy
from casetracker.store.backups.place import Backup
from casetracker.store.casebook import SUFFIX, casebook_folder
from casetracker.store.checks import RECORDS, Finding
from casetracker.store.durable import sync_folder
from casetracker.store.engine import user_errors
from casetracker.store.evidence import FOLDER
from casetracker.store.keyslots import Bounds, DataKey

COMING = ".coming"  # the ending of a copy that is about to take the place of a casebook


def key_of(backup: Backup, secret: str, bounds: Bounds | None = None) -> DataKey:
    """Return the key of a backup; a passphrase that opened the casebook then opens it. WrongPassphrase."""
    return keyfile.unlock(backup.folder, secret, bounds)[1].key


def restore(
    backup: Backup, target: Path, key: DataKey, progress: Progress | None = None
) -> tuple[Path, list[Finding]]:
    """Make a casebook of a backup; return its folder and what of the evidence could not be brought back.

    It is looked at first, and built beside and renamed: a failure leaves nothing. Raises UserError if the
    records of the backup are damaged, or something of this name is there.
    """
    report, target = progress or Silent(), casebook_folder(target)
    if os.path.lexists(target):
        raise UserError(
            tr(N_("There is something called {name} already; choose another name."), name=target.name)
        )
    found = look_at(backup, key, report)
    if any(not finding.where.startswith(FOLDER) for finding in found):
        raise UserError(
            tr(
                N_("This backup cannot be used: {what} Take another one, or try “rescue”."),
                what=" ".join(dict.fromkeys(f.what for f in found)),
            )
        )
    bad = {finding.where.removeprefix(f"{FOLDER}/") for finding in found}
    with user_errors():
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".part", dir=target.parent))
        try:
            for name in (RECORDS, keyfile.FIRST, keyfile.SECOND):
                _copy(backup.folder / name, part / name, report)
            for number, each in enumerate(backup.manifest.evidence):
                report.step(number, len(backup.manifest.evidence), tr(N_("Documents")))
                if each.name not in bad:
                    _copy(backup.folder.parent / FOLDER / each.name, part / FOLDER / each.name, report)
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(target.parent)
    return target, found


def take_place(copy: Path, present: Path, aside: Path) -> Path:
    """Put a casebook in place of another one, which is kept under the name `aside`; return where it is now.

    Both must be closed and lie in one folder. Three renames: whenever the program ends between them, `finish`
    brings them to an end, and at no moment is either of the two gone.
    """
    if os.path.lexists(aside):
        raise UserError(
            tr(N_("There is something called {name} already; choose another name."), name=aside.name)
        )
    coming = present.with_name(present.name + COMING)
    with user_errors():
        copy.rename(coming)
        present.rename(aside)
        coming.rename(present)
        sync_folder(present.parent)
    return aside


def finish(present: Path) -> None:
    """Bring to its end an exchange that was interrupted; harmless where there was none."""
    coming = present.with_name(present.name + COMING)
    if present.name.endswith(SUFFIX) and coming.is_dir():
        with suppress(OSError):
            coming.rename(free_name(present))  # its place, or a name beside it if it was not given up yet


def free_name(wanted: Path) -> Path:
    """Return a name beside others that nothing has yet: `NAME 2.casebook`."""
    number, free = 1, wanted
    while os.path.lexists(free):
        number += 1
        free = wanted.with_name(f"{wanted.name.removesuffix(SUFFIX)} {number}{SUFFIX}")
    return free
