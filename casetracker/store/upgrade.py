"""Bringing a casebook to the tables of this program, on a copy that takes the old file's place at the end.

The old file is first kept as a safety copy. The migrations run on a second copy, `records.db.upgrading`; only
when that is whole, sound and on the disk does one rename put it in place. Whenever the program ends before,
the casebook is the old one, to the last byte of its records; whenever after, the new one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from casetracker.errors import Damaged, TooNew, UserError
from casetracker.i18n import N_, tr
from casetracker.store import derived, place_codes, reply_days
from casetracker.store.audit.carrying import carry_over
from casetracker.store.durable import sync_file, sync_folder
from casetracker.store.engine import connect, open_unguarded, user_errors
from casetracker.store.keyslots import DataKey
from casetracker.store.trouble import BUSY, Busy

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADING = ".upgrading"  # the ending of the copy on which migrations run


class UpgradeFailed(UserError):
    """The tables could not be brought up to date; the casebook is as it was."""


def configuration(connection: sa.Connection | None = None, versions: Path | None = None) -> Config:
    """Return Alembic's settings, made here: no file to find in a frozen program. Tests bring `versions`."""
    config = Config()
    for name, value in {
        "script_location": str(MIGRATIONS),
        "version_locations": str(versions or MIGRATIONS / "versions"),
        "path_separator": "newline",  # a folder's name may hold any other sign
        "file_template": "%(rev)s_%(slug)s",
    }.items():
        config.set_main_option(name, value.replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def revisions(versions: Path | None = None) -> list[str]:
    """Return the revisions that this program knows, the newest first."""
    script = ScriptDirectory.from_config(configuration(versions=versions))
    return [each.revision for each in script.walk_revisions()]


def revision_of(connection: sa.Connection) -> str:
    """Return the revision of a casebook's tables, or "" if it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def is_current(connection: sa.Connection, versions: Path | None = None) -> bool:
    """Whether the tables are those of this program. TooNew if a newer one wrote them, Damaged if none are."""
    current, known = revision_of(connection), revisions(versions)
    if not current:
        raise Damaged(tr(N_("The file records.db is empty; bring back the newest copy of the whole folder.")))
    if current not in known:
        raise TooNew(
            tr(N_("This casebook was written by a newer casetracker; install the newest version to open it."))
        )
    return current == known[0]


def create_tables(
    path: Path, key: DataKey, fill: Callable[[sa.Connection], None], versions: Path | None = None,
    revision: str = "head",
) -> None:  # fmt: skip
    """Make a new `records.db` by running every migration, and `fill` it in the same transaction."""
    engine = open_unguarded(path, key, create=True)
    try:
        with user_errors(), engine.begin() as connection:
            command.upgrade(configuration(connection, versions), revision)
            fill(connection)
    finally:
        engine.dispose()


def upgrade(path: Path, key: DataKey, versions: Path | None = None) -> Path | None:
    """Bring `records.db` to the newest revision; return the safety copy, or None if there was nothing to do.

    Raises TooNew, Damaged, UpgradeFailed, or what the disk complains of; the casebook is then as it was.
    """
    engine = open_unguarded(path, key)
    try:
        with user_errors(), engine.connect() as connection:
            if is_current(connection, versions):
                return None
            revision = revision_of(connection)
    finally:
        engine.dispose()
    copy = safety_copy(path, key, revision)
    new = path.with_name(path.name + UPGRADING)
    try:
        with user_errors():
            _backup(path, new, key)
        _migrate(new, key, copy, versions)
        with user_errors():
            verify_copy(new, key)
            sync_file(new)
            swap(new, path, key)
    finally:
        sweep_parts(new)
    return copy


def _migrate(path: Path, key: DataKey, copy: Path, versions: Path | None) -> None:
    """Run the migrations in one transaction and leave one file, without a log beside it."""
    engine = open_unguarded(path, key)
    try:
        with user_errors(), engine.begin() as connection:
            command.upgrade(configuration(connection, versions), "head")
            if versions is None:  # a new program may work them out in a new way
                with Session(connection) as session:
                    derived.rebuild(session)
                    place_codes.rebuild(session)
                    reply_days.rebuild(session)
                    carry_over(session, revisions()[0])
            # Foreign keys are off while tables are rebuilt: make up for it before anything is final.
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise UpgradeFailed(_failed(copy))
        with user_errors():
            fold(path, key)
    except UserError:
        raise
    except Exception as error:
        raise UpgradeFailed(_failed(copy)) from error
    finally:
        engine.dispose()


def swap(new: Path, path: Path, key: DataKey) -> None:
    """Put the new file in place of the old one. A log left beside it would be played into the new file."""
    fold(path, key)
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        raise Busy(tr(BUSY))
    sync_folder(path.parent)
    new.replace(path)
    sync_folder(path.parent)


def fold(path: Path, key: DataKey) -> None:
    """Fold the log into the file and take it away, so that the file alone is the casebook."""
    with closing(connect(path, key, mode="rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()


def sweep_parts(path: Path) -> None:
    """Remove a file that was not finished, with what SQLite left beside it."""
    for left in (path, *(Path(f"{path}{ending}") for ending in ("-wal", "-shm", "-journal"))):
        with suppress(OSError):
            left.unlink()


def _failed(copy: Path) -> str:
    return tr(
        N_(
            "The casebook could not be brought up to date and is as it was before; open it with the "
            "version of "
            "casetracker that wrote it, and tell the people who make casetracker (a copy is kept in {name})."
        ),
        name=copy.name,
    )


def safety_copy(path: Path, key: DataKey, revision: str) -> Path:
    """Copy the records, under the same key, to `before-upgrade-REVISION.db` beside them, and read it."""
    copy = _free_name(path.with_name(f"before-upgrade-{revision}.db"))
    part = copy.with_suffix(".part")
    try:
        with user_errors():
            _backup(path, part, key)
            verify_copy(part, key)
            sync_file(part)
            part.replace(copy)
            sync_folder(copy.parent)
    finally:
        sweep_parts(part)
    return copy


def _backup(path: Path, part: Path, key: DataKey) -> None:
    """Copy through SQLite itself: copying the file alone would miss what is still in its `-wal`."""
    sweep_parts(part)  # what a crash left
    source = connect(path, key, mode="rw")
    try:
        target = connect(part, key, mode="rwc")
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE").fetchall()  # a copy is one file, also on a disc
        finally:
            target.close()
    finally:
        source.close()


def verify_copy(path: Path, key: DataKey) -> None:
    """Raise Damaged unless every page of a copy can be read and is sound."""
    for pragma, sound in (("cipher_integrity_check", []), ("integrity_check", [("ok",)])):
        connection = connect(path, key, mode="rw")  # a fresh one each: a bad page poisons the connection
        try:
            if connection.execute(f"PRAGMA {pragma}").fetchall() != sound:
                raise Damaged(
                    tr(N_("The records are damaged, so no safety copy could be made; nothing was changed."))
                )
        finally:
            connection.close()


def _free_name(path: Path) -> Path:
    """Never write over an earlier copy."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
