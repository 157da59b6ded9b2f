"""A casebook made of the rows and files of a package: the same casebook again, under a new key.

It keeps the id of the casebook it comes from, because its audit log is bound to that; so `casetracker check`
goes through the whole log as before. It is built beside its place and renamed when it is whole and looked at.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Damaged, TooNew, UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress
from casetracker.store import found_texts, keyfile, name_keys, recovery, upgrade
from casetracker.store.audit import guard, verifying
from casetracker.store.backups.swap import free_name, take_place
from casetracker.store.casebook import casebook_folder, open_casebook
from casetracker.store.checks import RECORDS
from casetracker.store.durable import sync_file, sync_folder
from casetracker.store.engine import open_unguarded, user_errors
from casetracker.store.evidence import ROOM, Evidence
from casetracker.store.history import AuditChange
from casetracker.store.keyslots import Bounds, DataKey, KdfParameters, Owner, new_slot
from casetracker.store.packing import AT_ONCE, KeptDocument, Origin, Row, documents_of, stored, tables
from casetracker.store.passphrase import passphrase_problem
from casetracker.store.rights import OF_USERS


@dataclass(frozen=True)
class Packed:
    """What a package gives: whose it is, the rows of each table, the file of a document, and its size."""

    origin: Origin
    rows: Callable[[str], Iterable[Row]]
    file: Callable[[KeptDocument], BinaryIO | None]  # None where it was missing when the package was made
    room: int  # bytes that all of it takes


@dataclass
class Unpacked:
    """The casebook that was made, its recovery code, what it holds, and what a person should know."""

    folder: Path
    code: str
    rows: int = 0
    documents: int = 0
    notes: list[str] = field(default_factory=list)


def require_place(target: Path, passphrase: str, bounds: Bounds | None = None) -> Path:
    """Return the folder that the casebook gets. Raises `UserError` unless it is free, or an empty casebook.

    An empty casebook, in which nothing was written yet, gives up its place; `passphrase` must open it.
    """
    folder = casebook_folder(target)
    if not os.path.lexists(folder):
        if problem := passphrase_problem(passphrase):
            raise UserError(problem)
        if not folder.parent.is_dir():
            sentence = N_("The folder {name} does not exist; make it first.")
            raise UserError(tr(sentence, name=folder.parent.name))
        return folder
    with open_casebook(folder, passphrase, bounds=bounds) as there, Session(there.engine) as session:
        if there.read_only:
            raise UserError(there.why_read_only)
        written = sa.select(sa.exists().where(AuditChange.entity.not_in(OF_USERS)))
        if session.scalar(written):
            sentence = N_(
                "Something was written into “{name}” already, and a package becomes a casebook of its own; "
                "give a name that is not there yet."
            )
            raise UserError(tr(sentence, name=folder.name))
    return folder


def unpack(
    packed: Packed,
    target: Path,
    passphrase: str,
    progress: Progress,
    *,
    kdf: KdfParameters | None = None,
    bounds: Bounds | None = None,
) -> Unpacked:
    """Make a casebook of a package; whatever goes wrong, or is stopped, leaves things as they were.

    Raises `UserError` for a place that is taken or has no room, `TooNew`, `Damaged`, `Cancelled`.
    """
    folder = require_place(target, passphrase, bounds)
    if packed.origin.revision not in upgrade.revisions():
        sentence = N_("This package was written by a newer casetracker; install the newest version first.")
        raise TooNew(tr(sentence))
    _require_room(folder.parent, packed.room)
    key, made = DataKey.random(), Unpacked(folder, recovery.new_code())
    with user_errors():
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", suffix=".part", dir=folder.parent))
        try:
            _write_records(part / RECORDS, key, packed, made, progress)
            _write_evidence(part, key, packed, made, progress)
            keyfile.write(part, _keys(packed.origin, key, passphrase, made.code, kdf, bounds))
            _put_in_place(part, folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(folder.parent)
    return made


def _require_room(place: Path, size: int) -> None:
    with suppress(OSError):
        if size + ROOM > shutil.disk_usage(place).free:
            need = (size + ROOM) // 1024**2 + 1
            sentence = N_(
                "There is not enough room on the disk: {n} MB are needed; free some, then try again."
            )
            raise UserError(tr(sentence, n=need))


def _keys(
    origin: Origin,
    key: DataKey,
    passphrase: str,
    code: str,
    kdf: KdfParameters | None,
    bounds: Bounds | None,
) -> keyfile.KeyFile:
    owner = Owner(origin.casebook, origin.user_id, origin.user_name)
    slots = (
        new_slot(passphrase, key, owner, kdf=kdf, bounds=bounds),
        new_slot(code, key, owner, kind="recovery", kdf=kdf, bounds=bounds),
    )
    return keyfile.KeyFile(origin.casebook, slots).sealed(key)


def _put_in_place(part: Path, folder: Path) -> None:
    if not os.path.lexists(folder):
        part.rename(folder)
        return
    aside = take_place(part, folder, free_name(folder.with_name(f"{folder.stem} (empty){folder.suffix}")))
    shutil.rmtree(aside, ignore_errors=True)  # in which nothing was written, as `require_place` saw


# The records


def _write_records(path: Path, key: DataKey, packed: Packed, made: Unpacked, progress: Progress) -> None:
    upgrade.create_tables(
        path, key, lambda c: _fill(c, packed, made, progress), revision=packed.origin.revision
    )
    if (copy := upgrade.upgrade(path, key)) is not None:
        copy.unlink()  # the package is still there
    engine = open_unguarded(path, key)
    try:
        with engine.begin() as connection:
            progress.step(0, 0, tr(N_("the search")))
            name_keys.rebuild(connection)
            found_texts.rebuild(connection)
            _look_at(connection, packed, made)
    finally:
        engine.dispose()
    upgrade.fold(path, key)
    sync_file(path)


def _fill(connection: sa.Connection, packed: Packed, made: Unpacked, progress: Progress) -> None:
    """Write the rows of all tables in place of those that the migrations put there."""
    there, names = set(sa.inspect(connection).get_table_names()), tables()
    guarded = guard.GUARDED[-1] in there
    if guarded:
        guard.take_down(connection)
    for name in reversed(names):
        if name in there:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')  # noqa: S608
    for number, name in enumerate(names):
        if name not in there:
            continue
        for chunk in _chunks(packed.rows(name)):
            progress.step(number, len(names), tr(N_("Records")))
            _insert(connection, name, chunk)
            made.rows += len(chunk)
    if guarded:
        guard.put_up(connection)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _insert(connection: sa.Connection, table: str, rows: list[Row]) -> None:
    known = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
    marks, columns = ", ".join("?" for _ in known), ", ".join(f'"{name}"' for name in known)
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608
    try:
        if any(set(row) != set(known) for row in rows):
            raise ValueError(table)
        values = [tuple(stored(row[name]) for name in known) for row in rows]
        connection.exec_driver_sql(statement, values)
    except (ValueError, sa.exc.IntegrityError) as error:
        raise Damaged(_broken(table)) from error


def _broken(what: str) -> str:
    sentence = N_("The package is not whole: “{what}” in it cannot be read; take it again from its office.")
    return tr(sentence, what=what)


def _look_at(connection: sa.Connection, packed: Packed, made: Unpacked) -> None:
    """See that every reference leads somewhere, and say where the audit log does not hold."""
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Damaged(_broken(str(broken[0])))
    with Session(connection) as session:
        report = verifying.verify(session)
    if report.casebook != packed.origin.casebook:
        raise Damaged(_broken("casebook"))
    if report.first_break is not None:
        sentence = N_("The audit log in the package does not hold (entry {n}: {what}); ask who made it.")
        made.notes.append(tr(sentence, n=report.first_break.seq, what=report.first_break.what))


# The evidence


def _write_evidence(folder: Path, key: DataKey, packed: Packed, made: Unpacked, progress: Progress) -> None:
    engine = open_unguarded(folder / RECORDS, key)
    try:
        with Session(engine) as session:
            documents = documents_of(session)
    finally:
        engine.dispose()
    upgrade.fold(folder / RECORDS, key)
    evidence, missing = Evidence(folder), 0
    for number, document in enumerate(documents):
        progress.step(number, len(documents), tr(N_("Documents")))
        file = packed.file(document)
        if file is None:
            missing += 1
            continue
        with file:
            again = (document.kept_at, document.key)
            _, seal = evidence.seal(file, document.size, progress, again=again)
        if seal.sha256 != document.sha256:
            raise Damaged(_broken(document.file_name))
        made.documents += 1
    if missing:
        sentence = ntr(
            "{n} document was missing or damaged already when the package was made.",
            "{n} documents were missing or damaged already when the package was made.",
            missing,
        )
        made.notes.append(sentence)
