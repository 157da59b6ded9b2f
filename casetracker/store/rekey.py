"""A new data key for a casebook: for when somebody leaves who knew the old one, or may have told it.

In this order, so that the program may end anywhere: the new key is sealed to every slot that stays, beside
the old one (`coming`); the records are copied under the new key, read back and put in the place of the old
file with one rename; the key files are written anew with the new key alone. Whoever opens the casebook tries
which of the two keys opens the records: with the old one the new key is forgotten, with the new one the rest
is done. There is never a moment when neither opens, nor one when both are needed.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import keyfile, lock, upgrade
from casetracker.store.audit.device import carry
from casetracker.store.checks import RECORDS
from casetracker.store.durable import sync_file
from casetracker.store.engine import connect, user_errors
from casetracker.store.keyslots import FIRST_VERSION, DataKey, Opened

if TYPE_CHECKING:
    from casetracker.store.casebook import Casebook

COPY = ".new-key"  # the ending of the copy under the new key
_PAGES = 2000  # of the file, between two steps of the progress


def who_cannot_stay(keys: keyfile.KeyFile) -> set[str]:
    """Return the ids of users to whom no new key can be sealed: their slots are of the first version."""
    held = {slot.user for slot in keys.slots if slot.kind == "passphrase" and slot.version != FIRST_VERSION}
    return {slot.user for slot in keys.slots} - held


def renew(casebook: Casebook, without: Collection[str] = (), progress: Progress | None = None) -> None:
    """Give the casebook a new data key and close it; the slots of the users in `without` go.

    Every copy made before stays readable with the old key. Raises UserError (nothing was changed then) and
    Cancelled.
    """
    told = progress or Silent()
    with casebook.changing_keys():
        keys = keyfile.newest(casebook.folder)
        if not keys.holds(casebook.key):
            raise UserError(tr(N_("The key files changed meanwhile; close the casebook and open it again.")))
        old, new = casebook.key, DataKey.random()
        staying = [slot for slot in keys.slots if slot.user not in without and slot.version != FIRST_VERSION]
        if not any(slot.user == casebook.user_id for slot in staying):
            raise UserError(tr(N_("You cannot take the key away from yourself; another administrator can.")))
        casebook.say_goodbye()
        with user_errors(), casebook.records_let_go():
            _renew(casebook.folder, keys, (old, new), {slot.user for slot in staying}, told)
        carry(old.evidence_key, new.evidence_key)
        for copy in casebook.folder.glob("before-upgrade-*.db"):  # they open with the old key
            with suppress(OSError):
                copy.unlink()
        casebook.close()


def _renew(
    folder: Path, keys: keyfile.KeyFile, both: tuple[DataKey, DataKey], staying: set[str], told: Progress
) -> None:
    (old, new), records = both, folder / RECORDS
    copy = folder / (RECORDS + COPY)
    try:
        _copy(records, old, copy, new, told)
        slots = [
            replace(slot, coming=slot.sealed_to_it(new, keys.casebook))
            if slot.user in staying and slot.version != FIRST_VERSION
            else slot
            for slot in keys.slots
        ]
        coming = keys.with_slots(*slots).sealed(old)
        keyfile.write(folder, coming)
        upgrade.swap(copy, records, old)
        _finish(folder, coming, new)
    except BaseException:
        now = keyfile.newest(folder)
        if any(slot.coming for slot in now.slots) and _opens(records, old):
            _forget(folder, now, old)
        raise
    finally:
        upgrade.sweep_parts(copy)


def settle(folder: Path, keys: keyfile.KeyFile, opened: Opened) -> tuple[keyfile.KeyFile, Opened]:
    """Finish or forget a change of the key that was cut off; return the slots, and what opens the records."""
    if opened.coming is None:
        return keys, opened
    new = _opens(folder / RECORDS, opened.coming)
    key = opened.coming if new else opened.key
    writer = lock.WriterLock(folder)
    if not opened.altered and writer.take():
        try:
            upgrade.sweep_parts(folder / (RECORDS + COPY))
            keys = _finish(folder, keys, key) if new else _forget(folder, keys, key)
        finally:
            writer.let_go()
    return keys, replace(opened, key=key, coming=None)


def _finish(folder: Path, keys: keyfile.KeyFile, new: DataKey) -> keyfile.KeyFile:
    """Write the key files with the new key alone: who has none of it is no longer in them."""
    slots = [replace(slot, sealed=slot.coming, coming="") for slot in keys.slots if slot.coming]
    return _written(folder, keys.with_slots(*slots).sealed(new))


def _forget(folder: Path, keys: keyfile.KeyFile, old: DataKey) -> keyfile.KeyFile:
    """Write the key files with the old key alone."""
    return _written(folder, keys.with_slots(*(replace(slot, coming="") for slot in keys.slots)).sealed(old))


def _written(folder: Path, keys: keyfile.KeyFile) -> keyfile.KeyFile:
    keyfile.write(folder, keys)
    return keys


def _opens(path: Path, key: DataKey) -> bool:
    with suppress(Exception), closing(connect(path, key, mode="ro")) as connection:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone())
    return False


def _copy(path: Path, old: DataKey, copy: Path, new: DataKey, progress: Progress) -> None:
    """Copy the records under the new key, page by page through SQLite itself, and read the copy back."""
    upgrade.sweep_parts(copy)

    def step(_status: int, remaining: int, total: int) -> None:
        progress.step(total - remaining, total, tr(N_("Copying the records under the new key")))

    with closing(connect(path, old, mode="rw")) as source, closing(connect(copy, new, mode="rwc")) as target:
        source.backup(target, pages=_PAGES, progress=step)
        target.execute("PRAGMA journal_mode=DELETE").fetchall()
    progress.step(0, 0, tr(N_("Reading the copy back")))
    upgrade.verify_copy(copy, new)
    sync_file(copy)
