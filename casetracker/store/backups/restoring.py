"""Bringing a backup back: as a casebook beside the present one, and in its place only afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import keyfile
from casetracker.store.backups.looking import look_at
from casetracker.store.backups.making import copy_file
from casetracker.store.backups.place import Backup
from casetracker.store.casebook import casebook_folder
from casetracker.store.checks import RECORDS, Finding
from casetracker.store.durable import sync_folder
from casetracker.store.engine import user_errors
from casetracker.store.evidence import FOLDER
from casetracker.store.keyslots import Bounds, DataKey


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
                copy_file(backup.folder / name, part / name, report)
            for number, each in enumerate(backup.manifest.evidence):
                report.step(number, len(backup.manifest.evidence), tr(N_("Documents")))
                if each.name not in bad:
                    copy_file(backup.folder.parent / FOLDER / each.name, part / FOLDER / each.name, report)
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(target.parent)
    return target, found
