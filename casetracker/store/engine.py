"""Connections to `records.db`: SQLCipher under SQLAlchemy, so that nothing leaves it in the clear.

Every setting has a measured reason. The key goes in with its salt (96 digits), or a torn first sector after a
power cut makes the file unopenable; `temp_store` stays in memory, or sorting writes plain text to a temporary
file; ATTACH is refused, because it can make an unencrypted copy; parameters stay out of error texts, because
they are names; `synchronous` is FULL, because NORMAL loses commits that were acknowledged.
The key is never in a URL, an argument of a program or the environment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import NullPool, Pool, QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from casetracker.errors import UserError
from casetracker.i18n import N_, of_window, tr
from casetracker.store.keyslots import DataKey
from casetracker.store.trouble import translate

OLDEST_SQLITE = (
    3,
    51,
    3,
)  # before it, a write-ahead log could damage the file (sqlite.org/wal.html#walresetbug)
WAIT = 10.0  # seconds that a writer waits for another
BEGIN = "casetracker_begin"  # the execution option that makes a transaction an edit

_ATTACH, _PRAGMA, _READ, _INSERT = 24, 19, 20, 18  # action codes of sqlite3_set_authorizer
_ASKING = frozenset(
    {_PRAGMA, _READ, 21, 22, 31, 32, 33}
)  # select, transaction, function, savepoint, recursive
_FROZEN = frozenset(
    {
        *("temp_store", "temp_store_directory", "synchronous", "journal_mode", "query_only"),
        *("key", "rekey", "hexkey", "hexrekey", "textkey", "textrekey", "cipher_plaintext_header_size"),
    }
)
_LOG = frozenset({"audit_accesses", "audit_entries", "audit_heads"})
_ALWAYS = ("temp_store=2", "foreign_keys=ON", "trusted_schema=OFF", "cache_size=-65536")
_WRITING = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "secure_delete=ON",
)


@dataclass(frozen=True)
class Engines:
    """One pool, two ways to begin: a reading transaction never stands in the way of a save."""

    reading: sa.Engine
    editing: sa.Engine

    @classmethod
    def of(cls, engine: sa.Engine) -> Engines:
        """Make both of one engine."""
        return cls(engine, engine.execution_options(**{BEGIN: "IMMEDIATE"}))

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self.reading.dispose()


@dataclass(frozen=True)
class Cover:
    """Views that lie over all tables of a connection, and the tables that may be read past them.

    Only views whose name begins with the `mark` read tables.
    """

    views: Sequence[str]
    past: frozenset[str]
    mark: str


def open_engine(
    path: Path,
    key: DataKey,
    *,
    read_only: bool = False,
    immutable: bool = False,
    cover: Cover | None = None,
) -> sa.Engine:
    """Return the engine of a file that exists. Connections are made later: errors come with the first query.

    `immutable` is for media that cannot be written: it needs no lock and no `-shm`, and reads no `-wal`.
    With a `cover` nothing can be written, and nothing read but what its views show.
    """
    require_sound_sqlite(sqlcipher.sqlite_version_info)
    mode = "ro&immutable=1" if immutable else "ro" if read_only or cover else "rw"

    def creator() -> Any:
        connection = connect(path, key, mode=mode)
        try:
            for view in cover.views if cover else ():
                connection.execute(view)
            settings = ("query_only=ON",) if read_only or immutable or cover else _WRITING
            for pragma in settings:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        connection.set_authorizer(_covered(cover) if cover else _guard)
        return connection

    return _engine(creator, QueuePool)


def open_log(path: Path, key: DataKey) -> sa.Engine:
    """Return an engine that can add to the audit log and do nothing else: for users who may change nothing.

    What they look at is noted all the same. It reads the chain, which it goes on with, and no record. Each
    connection is its own, so that nothing is held while nothing is noted.
    """
    require_sound_sqlite(sqlcipher.sqlite_version_info)

    def creator() -> Any:
        connection = connect(path, key, mode="rw")
        try:
            for pragma in _WRITING:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        connection.set_authorizer(_log_only)
        return connection

    return _engine(creator, NullPool).execution_options(**{BEGIN: "IMMEDIATE"})


def open_unguarded(path: Path, key: DataKey, *, create: bool = False) -> sa.Engine:
    """Return an engine for migrations only: no authorizer, and foreign keys off, as rebuilding a table needs.

    Every transaction begins IMMEDIATE; each connection is its own.
    """
    require_sound_sqlite(sqlcipher.sqlite_version_info)

    def creator() -> Any:
        connection = connect(path, key, mode="rwc" if create else "rw")
        try:
            for pragma in (*_WRITING, "foreign_keys=OFF"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            connection.close()
            raise
        return connection

    return _engine(creator, NullPool).execution_options(**{BEGIN: "IMMEDIATE"})


def connect(path: Path, key: DataKey, *, mode: str) -> Any:
    """Return a bare, keyed connection of the driver (`mode` as in SQLite's URI: ro, rw, rwc)."""
    uri = f"{file_uri(path)}?mode={mode}"
    connection = sqlcipher.connect(uri, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        # First: with a wrong key SQLCipher would write to standard error.
        connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
        connection.execute(f"PRAGMA key=\"x'{key.database_key.hex()}{key.database_salt.hex()}'\"").fetchall()
        for pragma in _ALWAYS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        # SQLite's own knows the letters of English only; PostgreSQL's knows all, as the searches expect.
        connection.create_function("lower", 1, _lower, deterministic=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def file_uri(path: Path) -> str:
    """Return SQLite's URI for a file, also for drives and shares of Windows (``file:////server/share/…``)."""
    name = path.absolute().as_posix()
    return "file://" + quote(name if name.startswith("/") else f"/{name}")


def require_sound_sqlite(version: tuple[int, ...]) -> None:
    """Raise UserError if the driver carries a SQLite that can damage the file."""
    if version < OLDEST_SQLITE:
        raise UserError(
            tr(
                N_(
                    "This program was put together with SQLite {version}, which can damage records; "
                    "install it anew."
                ),
                version=".".join(str(number) for number in version),
            )
        )


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn what the driver and the disk complain of inside the `with` into UserErrors; let bugs through."""
    try:
        yield
    except Exception as error:
        with of_window():  # also while a paper is made in another language
            told = translate(error)
        if told is None or told is error:
            raise
        raise told from error


def _engine(creator: Callable[[], Any], pool: type[Pool]) -> sa.Engine:
    # Not the dialect `sqlite+pysqlcipher`: with a creator it sends an empty key.
    engine = sa.create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=creator, poolclass=pool, hide_parameters=True
    )
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "reset", _reset)
    return engine


def _begin(connection: sa.Connection) -> None:
    """Edits take the write lock at once; readers begin deferred, or a long report would block every save."""
    edit = connection.get_execution_options().get(BEGIN) == "IMMEDIATE"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if edit else "BEGIN")


def _reset(connection: Any, *_: object) -> None:
    """End a transaction whose COMMIT failed (a reference to nothing): SQLAlchemy takes it for ended."""
    if connection.in_transaction:
        connection.rollback()


def _guard(action: int, name: str | None, value: str | None, *_: object) -> int:
    """Refuse what would write plain text, or take back one of the settings above."""
    if action == _ATTACH:
        return int(sqlcipher.SQLITE_DENY)
    if action == _PRAGMA and name and name.lower() in _FROZEN and value is not None:
        return int(sqlcipher.SQLITE_DENY)
    return int(sqlcipher.SQLITE_OK)


def _log_only(action: int, name: str | None, value: str | None, *_: object) -> int:
    """Refuse all but adding lines to the log, and reading those that are there."""
    known = name in _LOG or name in ("sqlite_master", "sqlite_schema")
    if (action == _INSERT and name in _LOG) or (action == _READ and known):
        return int(sqlcipher.SQLITE_OK)
    if action == _READ or action not in _ASKING:
        return int(sqlcipher.SQLITE_DENY)
    return _guard(action, name, value)


def _covered(cover: Cover) -> Callable[..., int]:
    """Refuse also what reads a table itself instead of the view that lies over it, and what does not ask.

    Above all nobody may lay a view of their own over a table: within a view tables are read.
    """

    def guard(
        action: int, name: str | None, value: str | None, schema: str | None, inside: str | None
    ) -> int:
        ours = inside is not None and inside.startswith(cover.mark)
        direct = action == _READ and schema == "main" and not ours and name not in cover.past
        if direct or action not in _ASKING:
            return int(sqlcipher.SQLITE_DENY)
        return _guard(action, name, value)

    return guard
