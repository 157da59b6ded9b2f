"""A casebook on disk: the folder `NAME.casebook/`, made whole or not at all; one writer at a time."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from casetracker.errors import Damaged, NotACasebook, ReadOnly, UserError
from casetracker.i18n import N_, tr
from casetracker.model import terms
from casetracker.store import keyfile, lock, meta, own_rows, reaching, recovery, rekey, rights, upgrade
from casetracker.store.backups import swap
from casetracker.store.checks import RECORDS, Finding, check_files
from casetracker.store.durable import sync_file, sync_folder
from casetracker.store.engine import Engines, connect, open_engine, user_errors
from casetracker.store.keyslots import (
    VERSION,
    Bounds,
    DataKey,
    KdfParameters,
    Kind,
    Opened,
    Owner,
    Slot,
    new_slot,
)
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.place import place_warning
from casetracker.store.trouble import BUSY, READ_ONLY, Busy

__all__ = [
    "Casebook",
    "Finding",
    "casebook_folder",
    "check_casebook",
    "create_casebook",
    "folder_of",
    "open_casebook",
    "passphrase_problem",
    "place_warning",
]

SUFFIX = ".casebook"
_INSIDE = (RECORDS, keyfile.FIRST, keyfile.SECOND, lock.NAME)  # what people click on instead of the folder
_ALTERED = N_(
    "The key files of this casebook were changed by somebody who does not have its key, so nothing can be "
    "saved; bring keys.json and keys.json.bak back from a backup, and find out who did it."
)
_LAST_WAIT = 1000  # milliseconds that closing waits for somebody else's read


@dataclass
class Casebook:
    """An open casebook. Only the store uses the engines; whoever opens it closes it.

    `why_read_only` is a sentence for the user if nothing can be saved, else "".
    """

    folder: Path
    id: str
    user: str  # the name of whose slot opened it
    user_id: str
    engines: Engines = field(repr=False)
    why_read_only: str = ""
    upgraded_from: Path | None = None  # the safety copy, if the tables were brought up to date just now
    before_closing: list[Callable[[], None]] = field(default_factory=list, repr=False)
    rights: rights.Rights = field(default_factory=rights.Rights)
    first_passphrase: bool = False  # somebody else chose it: it is to be changed
    log: sa.Engine | None = field(default=None, repr=False)  # adds to the audit log where nothing is saved
    keys_altered: bool = False  # somebody without the key changed the key files
    _key: DataKey = field(repr=False, kw_only=True)
    _bounds: Bounds | None = field(repr=False, kw_only=True)
    _lock: lock.WriterLock | None = field(repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """The folder's name without its ending."""
        return self.folder.name.removesuffix(SUFFIX)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved."""
        return bool(self.why_read_only)

    @property
    def engine(self) -> sa.Engine:
        """The engine for reading; edits use `engines.editing`."""
        return self.engines.reading

    @property
    def evidence_key(self) -> bytes:
        """The key of the files in `evidence/`."""
        return self._key.evidence_key

    @property
    def answers_key(self) -> bytes:
        """The key of the files in `answers/`."""
        return self._key.answers_key

    @property
    def bounds(self) -> Bounds | None:
        """What slots may ask for here."""
        return self._bounds

    @property
    def key(self) -> DataKey:
        """The key of everything, for the store's own modules (backups)."""
        return self._key

    def close(self) -> None:
        """Fold the write-ahead log into `records.db`, close everything, let the lock go. Harmless twice."""
        self.say_goodbye()
        terms.set_own()  # the next casebook has its own
        self.engines.dispose()
        if self._lock is None:
            return
        with suppress(Exception), closing(connect(self.folder / RECORDS, self._key, mode="rw")) as last:
            last.execute(f"PRAGMA busy_timeout={_LAST_WAIT}").fetchall()
            last.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._lock.let_go()
        self._lock = None

    def compact(self) -> None:
        """Write `records.db` anew without the places that were freed, and remove copies made by upgrades.

        For what was erased: SQLite overwrites what it frees, but a page may still hold what moved within it.
        Raises Busy or what the disk complains of; everything that was saved stays saved.
        """
        self.engines.dispose()
        with user_errors(), closing(connect(self.folder / RECORDS, self._key, mode="rw")) as connection:
            connection.execute("PRAGMA secure_delete=ON").fetchall()
            connection.execute("VACUUM").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for copy in self.folder.glob("before-upgrade-*.db"):
            with suppress(OSError):
                copy.unlink()

    def say_goodbye(self) -> None:
        """Do what is to be done before the records are closed; what fails there waits for the next time."""
        while self.before_closing:
            with suppress(UserError):
                self.before_closing.pop()()

    @contextmanager
    def records_let_go(self) -> Iterator[None]:
        """Nobody in this program has the records open, and nobody gets them, inside the `with`."""
        pool = self.engines.reading.pool
        sa.event.listen(pool, "checkout", _gone)
        try:
            until = time.monotonic() + _LAST_WAIT / 1000
            while isinstance(pool, QueuePool) and pool.checkedout() and time.monotonic() < until:
                time.sleep(0.01)
            if isinstance(pool, QueuePool) and pool.checkedout():
                raise Busy(tr(BUSY))
            self.engines.dispose()
            yield
        finally:
            sa.event.remove(pool, "checkout", _gone)

    def check(self) -> list[Finding]:
        """Return what is wrong with the files; an empty list means sound."""
        return check_files(self.folder, self._key, self.id, read_only=self.read_only)

    def change_passphrase(self, secret: str, new: str, *, kdf: KdfParameters | None = None) -> None:
        """Take a new passphrase for the user of `secret` (the old one, or the recovery code).

        Copies of the folder made before still open with the old one. Raises WrongPassphrase, ReadOnly.
        """
        with self.changing_keys():
            keys, opened = keyfile.unlock(self.folder, secret, self._bounds)
            kept = [slot for slot in keys.slots if (slot.kind, slot.user) != ("passphrase", opened.slot.user)]
            keyfile.write(self.folder, keys.with_slots(self._slot(new, opened, kdf), *kept).sealed(self._key))
        self.first_passphrase = False

    def new_recovery_code(self, secret: str, *, kdf: KdfParameters | None = None, code: str = "") -> str:
        """Make a new recovery code for the user whom `secret` belongs to; the old code no longer opens.

        `code` is one that was made already, of parts.
        """
        code = code or recovery.new_code()
        with self.changing_keys():
            keys, opened = keyfile.unlock(self.folder, secret, self._bounds)
            kept = [slot for slot in keys.slots if (slot.kind, slot.user) != ("recovery", opened.slot.user)]
            made = self._slot(code, opened, kdf, kind="recovery")
            keyfile.write(self.folder, keys.with_slots(*kept, made).sealed(self._key))
        return code

    @contextmanager
    def changing_keys(self) -> Iterator[None]:
        """The right to write the key files, also for those who may change no record while nobody else writes.

        Raises ReadOnly where the folder cannot be written to, another program has it, or the key files were
        changed by somebody without the key.
        """
        if self._lock is None and not self.rights.why_not_write:
            raise ReadOnly(self.why_read_only or tr(READ_ONLY))
        if self.keys_altered:
            raise ReadOnly(tr(_ALTERED))
        own = None if self._lock else lock.WriterLock(self.folder)
        if own is not None and not own.take():
            raise ReadOnly(own.why_not)
        try:
            yield
        finally:
            reaching.let_go(own)

    def _slot(
        self, secret: str, who: Opened, kdf: KdfParameters | None, *, kind: Kind = "passphrase"
    ) -> Slot:
        owner = Owner(self.id, who.slot.user, who.user_name)
        return new_slot(secret, who.key, owner, kind=kind, kdf=kdf, bounds=self._bounds)

    def __enter__(self) -> Casebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _gone(*_: object) -> None:
    raise Busy(tr(BUSY))


def casebook_folder(path: Path) -> Path:
    """Return the folder that is meant by a name typed without its ending."""
    path = path.absolute()
    return path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX)


def create_casebook(
    folder: Path,
    passphrase: str,
    user: str,
    *,
    kdf: KdfParameters | None = None,
    bounds: Bounds | None = None,
    recovery: bool = True,
    versions: Path | None = None,
) -> tuple[Casebook, str]:
    """Make `NAME.casebook` (the ending is added) and open it; return it and its recovery code, or "".

    It is built in a hidden folder beside it and then renamed, so that a failure leaves nothing. `user` is the
    name for the audit log. Raises UserError if something of this name exists, or what the disk complains of.
    """
    folder = casebook_folder(folder)
    _see_that_it_can_be_made(folder, passphrase)
    key, code = DataKey.random(), _new_code(wanted=recovery)
    with user_errors():
        building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
        try:
            keys = _keys(key, passphrase, code, user, kdf, bounds)
            _build(building, key, keys, versions)
            building.rename(folder)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        sync_folder(folder.parent)
    opened = Opened(key, keys.slots[0], user)
    return _open(folder, keys, opened, bounds=bounds, versions=versions), code


def open_casebook(
    path: Path,
    secret: str,
    *,
    read_only: bool = False,
    bounds: Bounds | None = None,
    kdf: KdfParameters | None = None,
    versions: Path | None = None,
) -> Casebook:
    """Open a casebook with a passphrase or a recovery code; `path` is the folder, or a file in it.

    Brings older tables up to date after a safety copy. If another program has it open, or the place cannot be
    written to, it is opened for reading, and `why_read_only` says so. Raises NotACasebook, WrongPassphrase,
    Damaged, TooNew, UpgradeFailed, Busy, Unreachable: each says what to do.
    """
    folder = folder_of(path)
    with user_errors():
        keys, opened = keyfile.unlock(folder, secret, bounds)
        if not (folder / RECORDS).is_file():
            raise NotACasebook(
                tr(
                    N_(
                        "The file records.db is missing from this folder; bring it back from a copy of "
                        "the whole folder."
                    )
                )
            )
        if not (folder / RECORDS).stat().st_size:
            raise Damaged(
                tr(N_("The file records.db is empty; bring back the newest copy of the whole folder."))
            )
        keys, opened = rekey.settle(folder, keys, opened)
        casebook = _open(
            folder, keys, opened, read_only=read_only or opened.altered, bounds=bounds, versions=versions
        )
        # Where a test allows cheap slots they stay cheap.
        wanted = kdf or (KdfParameters() if bounds is None else opened.slot.parameters)
        return casebook if casebook.read_only else _raise_slot(casebook, secret, opened, wanted)


def _raise_slot(casebook: Casebook, secret: str, opened: Opened, kdf: KdfParameters) -> Casebook:
    """Make the slot anew if this program asks more of whoever guesses; what is in the way of it waits."""
    slot = opened.slot
    weaker = slot.parameters.work < kdf.work
    if slot.kind == "passphrase" and not slot.first and (slot.version < VERSION or weaker):
        with suppress(UserError):
            casebook.change_passphrase(secret, secret, kdf=kdf if weaker else slot.parameters)
    return casebook


def check_casebook(path: Path, secret: str, *, bounds: Bounds | None = None) -> list[Finding]:
    """Check the files of a casebook that may be too damaged to open. Raises only if no key slot opens."""
    folder = folder_of(path)
    keys, opened = keyfile.unlock(folder, secret, bounds)
    keys, opened = rekey.settle(folder, keys, opened)
    writer, _why = reaching.take_lock(folder, read_only=False)
    try:
        return check_files(folder, opened.key, keys.casebook, read_only=writer is None)
    finally:
        if writer:
            writer.let_go()


def folder_of(path: Path) -> Path:
    """Return the casebook that is meant: this folder, or the one around this file. NotACasebook if none."""
    path = path.absolute()
    if not path.exists():
        swap.finish(casebook_folder(path))
    if not path.exists() and casebook_folder(path).is_dir():
        path = casebook_folder(path)
    folder = path.parent if path.name in _INSIDE and not path.is_dir() else path
    if not folder.exists():
        raise NotACasebook(
            tr(
                N_("There is no casebook at {name}; was it moved, or is its drive not connected?"),
                name=path.name,
            )
        )
    if not folder.is_dir() or not any((folder / name).exists() for name in _INSIDE):
        raise NotACasebook(
            tr(
                N_(
                    "“{name}” is no casebook; a casebook is a folder whose name ends in .casebook, with "
                    "records.db in it."
                ),
                name=folder.name,
            )
        )
    return folder


def _see_that_it_can_be_made(folder: Path, passphrase: str) -> None:
    if not passphrase:
        raise UserError(tr(N_("A casebook needs a passphrase.")))
    if os.path.lexists(folder):
        raise UserError(
            tr(N_("There is something called {name} already; choose another name."), name=folder.name)
        )
    if not folder.parent.is_dir():
        raise UserError(tr(N_("The folder {name} does not exist; make it first."), name=folder.parent.name))


def _new_code(*, wanted: bool) -> str:
    return recovery.new_code() if wanted else ""


def _keys(
    key: DataKey, passphrase: str, code: str, user: str, kdf: KdfParameters | None, bounds: Bounds | None
) -> keyfile.KeyFile:
    owner = Owner(secrets.token_hex(16), secrets.token_hex(16), user)
    slots = [new_slot(passphrase, key, owner, kdf=kdf, bounds=bounds)]
    if code:
        slots.append(new_slot(code, key, owner, kind="recovery", kdf=kdf, bounds=bounds))
    return keyfile.KeyFile(owner.casebook, tuple(slots)).sealed(key)


def _build(building: Path, key: DataKey, keys: keyfile.KeyFile, versions: Path | None) -> None:
    records = building / RECORDS
    upgrade.create_tables(
        records, key, lambda connection: meta.write_identity(connection, keys.casebook), versions
    )
    sync_file(records)
    keyfile.write(building, keys)


def _open(
    folder: Path,
    keys: keyfile.KeyFile,
    opened: Opened,
    *,
    read_only: bool = False,
    bounds: Bounds | None,
    versions: Path | None,
) -> Casebook:
    records = folder / RECORDS
    writer, why = reaching.take_lock(folder, read_only=read_only)
    why = tr(_ALTERED) if opened.altered else why
    engine: sa.Engine | None = None
    try:
        engine = open_engine(records, opened.key) if writer else reaching.reading_engine(records, opened.key)
        with user_errors():
            copy = reaching.bring_up_to_date(
                engine, folder, keys, opened.key, versions, writing=writer is not None
            )
            may = reaching.rights_of(engine, opened.slot.user, versions)
            if may.why_not_write:
                # Another program may write meanwhile; and nothing this user does can.
                engine.dispose()
                reaching.let_go(writer)
                writer, why = None, why or may.why_not_write
                cover = own_rows.cover(opened.slot.user) if may.own_rows_only else None
                engine = reaching.reading_engine(records, opened.key, cover)
    except BaseException:
        if engine:
            engine.dispose()
        if writer:
            writer.let_go()
        raise
    who, engines = opened.slot.user, Engines.of(engine)
    return Casebook(
        folder,
        keys.casebook,
        opened.user_name,
        who,
        engines,
        why,
        copy,
        rights=may,
        first_passphrase=bool(opened.slot.first),
        log=None if writer or read_only else reaching.log_engine(records, opened.key),
        keys_altered=opened.altered,
        _key=opened.key,
        _bounds=bounds,
        _lock=writer,
    )
