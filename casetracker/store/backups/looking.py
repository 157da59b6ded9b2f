"""Whether a backup is what was written: opened, read and counted, its evidence compared with its hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store.backups.manifest import Inside, KeptFile
from casetracker.store.backups.place import DAMAGED, Backup
from casetracker.store.checks import RECORDS, Finding
from casetracker.store.engine import connect
from casetracker.store.evidence import FOLDER
from casetracker.store.keyslots import DataKey
from casetracker.store.trouble import DAMAGED as SPOILT
from casetracker.store.trouble import translate

_PIECE = 1024 * 1024
_TABLES = "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE ?"
_QUESTIONS: tuple[tuple[str, list[Any]], ...] = (
    ("cipher_integrity_check", []),
    ("integrity_check", [("ok",)]),
    ("foreign_key_check", []),
)


def look_at(
    backup: Backup, key: DataKey, progress: Progress | None = None, *, only: Sequence[KeptFile] | None = None
) -> list[Finding]:
    """Return what is wrong with a backup; an empty list means that it is what was written.

    `only` names the files of the evidence that are read; without it, all are. A backup with a fault is
    marked, and is no longer taken for a good one. Raises Cancelled.
    """
    report = progress or Silent()
    found = list(_of_files(backup, report))
    if not found:
        found += _of_records(backup, key)
    found += of_evidence(backup.folder.parent, backup.manifest.evidence if only is None else only, report)
    mark(backup, sound=not found)
    return found


def mark(backup: Backup, *, sound: bool) -> None:
    """Write down that a fault was found, or that there is none."""
    with suppress(OSError):
        if sound:
            (backup.folder / DAMAGED).unlink(missing_ok=True)
        else:
            (backup.folder / DAMAGED).touch()


def inside_of(path: Path, key: DataKey) -> Inside:
    """Read from a copy of the records what its manifest says: counts, last action, head of the audit log."""
    with closing(connect(path, key, mode="ro&immutable=1")) as connection:
        return inside_of_connection(connection)


def inside_of_source(folder: Path, key: DataKey) -> Inside:
    """Read the same from an open casebook, of one moment."""
    try:
        with closing(connect(folder / RECORDS, key, mode="ro")) as connection:
            connection.execute("BEGIN")
            return inside_of_connection(connection)
    except sqlcipher.Error as error:
        raise translate(error) or error from error


def inside_of_connection(connection: Any) -> Inside:
    """Read it from an open connection of the driver."""
    names = [name for (name,) in connection.execute(_TABLES, ("text_word%",))]
    counts = {name: _count(connection, name) for name in sorted(names)}
    last = 0
    if "audit_actions" in counts:
        last = connection.execute("SELECT coalesce(max(number), 0) FROM audit_actions").fetchone()[0]
    return Inside(counts, last, _head(connection, counts))


def _count(connection: Any, table: str) -> int:
    # The name is one that the database itself said.
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608


def _head(connection: Any, counts: dict[str, int]) -> str:
    """Return the newest link of the chain of the audit log, where the tables have one."""
    if "audit_entries" not in counts:
        return ""
    row = connection.execute("SELECT link FROM audit_entries ORDER BY seq DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _of_files(backup: Backup, progress: Progress) -> list[Finding]:
    found = []
    for each in backup.manifest.files:
        problem = differs(backup.folder / each.name, each, progress)
        if problem:
            found.append(Finding(each.name, problem))
    return found


def _of_records(backup: Backup, key: DataKey) -> list[Finding]:
    path = backup.folder / RECORDS
    try:
        said = backup.manifest.inside(key)
        for pragma, sound in _QUESTIONS:
            with closing(connect(path, key, mode="ro&immutable=1")) as connection:
                if connection.execute(f"PRAGMA {pragma}").fetchall() != sound:
                    return [Finding(RECORDS, tr(N_("The records in this backup are damaged.")))]
        if inside_of(path, key) != said:
            return [Finding(RECORDS, tr(N_("The records in this backup are not those that were copied.")))]
    except (sqlcipher.Error, OSError, UserError) as error:
        return [Finding(RECORDS, str(translate(error) or tr(SPOILT)))]
    return []


def of_evidence(place: Path, files: Sequence[KeptFile], progress: Progress) -> list[Finding]:
    """Return which sealed files beside the backups are missing or not what was copied."""
    found = []
    for number, each in enumerate(files):
        progress.step(number, len(files))
        if problem := differs(place / FOLDER / each.name, each, progress):
            found.append(Finding(f"{FOLDER}/{each.name}", problem))
    return found


def differs(path: Path, kept: KeptFile, progress: Progress) -> str:
    """Return what is wrong with a file, as a sentence; empty if it is the one that was copied."""
    found = hashlib.sha256()
    try:
        if path.stat().st_size == kept.size:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    found.update(piece)
                    progress.step(0, 0)
    except FileNotFoundError:
        return tr(N_("The file is missing."))
    except OSError as error:
        return str(translate(error))
    return "" if found.hexdigest() == kept.sha256 else tr(N_("The file is not the one that was copied."))
