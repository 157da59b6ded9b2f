"""How the records of a casebook are reached: the lock, the tables of this program, an engine to read with."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa

from casetracker.errors import Damaged, ReadOnly, TooOld
from casetracker.i18n import N_, tr
from casetracker.store import keyfile, lock, meta, rights, upgrade
from casetracker.store.checks import RECORDS
from casetracker.store.engine import Cover, open_engine, open_log
from casetracker.store.keyslots import DataKey

_OLD = N_(
    "This casebook was written by an older casetracker and must be brought up to date first; "
    "open it once where it can be written to and no other program has it open."
)
_STRANGERS = N_(
    "The records in this folder do not belong to its key files; "
    "bring back the newest copy of the whole folder."
)


def rights_of(engine: sa.Engine, user: str, versions: Path | None) -> rights.Rights:
    """Return what the user of a slot may do. Raises NotAllowed."""
    if versions is not None:  # the tables of a test have no users
        return rights.Rights(user_id=user)
    with engine.connect() as connection:
        return rights.of(connection, user)


def let_go(writer: lock.WriterLock | None) -> None:
    """Give the right to write back, if it was held."""
    if writer:
        writer.let_go()


def take_lock(folder: Path, *, read_only: bool) -> tuple[lock.WriterLock | None, str]:
    """Return the lock of the one who may write, or nothing and the reason."""
    if read_only:
        return None, tr(N_("This casebook was opened for reading only."))
    writer = lock.WriterLock(folder)
    if not writer.take():
        return None, writer.why_not
    # The lock file may be there and writable in a folder where SQLite can make no log.
    if not all(os.access(each, os.W_OK) for each in (folder, folder / RECORDS)):
        writer.let_go()
        return None, tr(lock.READ_ONLY_PLACE)
    return writer, ""


def bring_up_to_date(
    engine: sa.Engine,
    folder: Path,
    keys: keyfile.KeyFile,
    key: DataKey,
    versions: Path | None,
    *,
    writing: bool,
) -> Path | None:
    """See that the records are those of the keys; upgrade, mend the key files; return the safety copy."""
    with engine.connect() as connection:
        current = upgrade.is_current(connection, versions)
        if meta.read_identity(connection) != keys.casebook:
            raise Damaged(tr(_STRANGERS))
    if not writing:
        if not current:
            raise TooOld(tr(_OLD))
        return None
    engine.dispose()
    copy = None if current else upgrade.upgrade(folder / RECORDS, key, versions)
    keyfile.mend(folder, keys)
    return copy


def log_engine(path: Path, key: DataKey) -> sa.Engine | None:
    """Return what adds to the log for those who may change nothing; None where nothing can be written."""
    writable = all(os.access(each, os.W_OK) for each in (path.parent, path))
    return open_log(path, key) if writable else None


def reading_engine(path: Path, key: DataKey, cover: Cover | None = None) -> sa.Engine:
    """Return an engine that only reads; on a medium that cannot be written, one that needs no `-shm`."""
    engine = open_engine(path, key, read_only=True, cover=cover)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        return engine
    except sa.exc.OperationalError as error:
        engine.dispose()
        if os.access(path.parent, os.W_OK) or getattr(error.orig, "sqlite_errorname", "") == "SQLITE_BUSY":
            raise
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise ReadOnly(
            tr(
                N_(
                    "The newest changes are not yet part of records.db, and here they cannot be put in; "
                    "copy the whole folder to a place that can be written to, and open it there."
                )
            )
        )
    return open_engine(path, key, immutable=True, cover=cover)
