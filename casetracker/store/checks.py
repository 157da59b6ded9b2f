"""Whether the files of a casebook are sound: `records.db` page by page, and the key files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import keyfile
from casetracker.store.engine import connect, open_engine, user_errors
from casetracker.store.keyslots import DataKey
from casetracker.store.meta import read_identity
from casetracker.store.trouble import DAMAGED, translate

RECORDS = "records.db"
_SALT_BYTES = 16
_MOST = 50  # findings of one kind


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where (a file, or a table in it) and what, in a sentence."""

    where: str
    what: str


def check_files(folder: Path, key: DataKey, casebook: str, *, read_only: bool = False) -> list[Finding]:
    """Return what is wrong with the files; an empty list means sound. Never raises on damage.

    Each question has a connection of its own: a damaged page spoils the connection that met it. The check of
    the pages' seals does not read the `-wal`, so that is folded in first, where the folder may be written to.
    """
    path = folder / RECORDS
    if not path.is_file() or not path.stat().st_size:
        return [Finding(RECORDS, tr(N_("The file is missing or empty."))), *_keys(folder)]
    mode = "rw"
    if read_only:
        mode = "ro" if _can_read(path, key) else "ro&immutable=1"
    else:
        _ask(path, key, mode, "wal_checkpoint(TRUNCATE)", lambda _row: "")
    questions: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("cipher_integrity_check", _page),
        ("integrity_check", _structure),
        ("foreign_key_check", _reference),
    )
    found = [finding for pragma, say in questions for finding in _ask(path, key, mode, pragma, say)]
    return list(
        dict.fromkeys([*found, *_salt(path, key), *_identity(path, key, mode, casebook), *_keys(folder)])
    )


def _ask(path: Path, key: DataKey, mode: str, pragma: str, say: Callable[[Any], str]) -> list[Finding]:
    try:
        with closing(connect(path, key, mode=mode)) as connection:
            rows = connection.execute(f"PRAGMA {pragma}").fetchmany(_MOST)
        return [Finding(RECORDS, what) for what in map(say, rows) if what]
    except (sqlcipher.Error, OSError) as error:
        return [Finding(RECORDS, str(translate(error) or tr(DAMAGED)))]


def _page(row: Any) -> str:
    """SQLCipher says "HMAC verification failed for page 7"."""
    number = re.search(r"page (\d+)", str(row[0]))
    if number:
        return tr(N_("Page {number} was changed or damaged since it was written."), number=number[1])
    return tr(N_("A part of the file was changed or damaged since it was written."))


def _structure(row: Any) -> str:
    return "" if row[0] == "ok" else tr(N_("The structure of the file is damaged ({detail})."), detail=row[0])


def _reference(row: Any) -> str:
    return tr(
        N_("Row {row} of the table {table} points to a row of {parent} that is not there."),
        row=row[1],
        table=row[0],
        parent=row[2],
    )


def _salt(path: Path, key: DataKey) -> Iterator[Finding]:
    """The first bytes are not sealed: we bring our own salt. Another reader would need them."""
    with path.open("rb") as file:
        if file.read(_SALT_BYTES) != key.database_salt:
            yield Finding(
                RECORDS, tr(N_("The first bytes of the file were changed; the records themselves are not."))
            )


def _identity(path: Path, key: DataKey, mode: str, casebook: str) -> Iterator[Finding]:
    engine = open_engine(path, key, read_only=mode != "rw", immutable="immutable" in mode)
    try:
        with user_errors(), engine.connect() as connection:
            if read_identity(connection) != casebook:
                yield Finding(RECORDS, tr(N_("The file does not say that it belongs to this casebook.")))
    except UserError as error:
        yield Finding(RECORDS, str(error))
    finally:
        engine.dispose()


def _keys(folder: Path) -> Iterator[Finding]:
    sound, troubles = keyfile.read_copies(folder)
    for name, error in troubles.items():
        yield Finding(name, str(error))
    if len(set(sound)) > 1:
        yield Finding(keyfile.SECOND, tr(N_("The two copies of the key file differ.")))


def _can_read(path: Path, key: DataKey) -> bool:
    """Whether a reader can use the file without `immutable`, which is for media that cannot be written."""
    try:
        with closing(connect(path, key, mode="ro")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError:
        return False
    except sqlcipher.DatabaseError:
        return True  # damaged: the questions will say so
    return True
