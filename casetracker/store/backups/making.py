"""Making a backup: one moment of the records, the key files, the evidence; looked at before it counts."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import filelock
from sqlcipher3 import dbapi2 as sqlcipher

from casetracker import __version__
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import keyfile
from casetracker.store.backups import manifest
from casetracker.store.backups.looking import inside_of_connection, look_at
from casetracker.store.backups.manifest import Inside, KeptFile, Manifest
from casetracker.store.backups.place import Backup, Keep, Place
from casetracker.store.checks import RECORDS, Finding
from casetracker.store.durable import sync_descriptor, sync_file, sync_folder, write_file
from casetracker.store.engine import connect, user_errors
from casetracker.store.evidence import FOLDER, PART
from casetracker.store.keyslots import DataKey
from casetracker.store.trouble import Busy

PAGES = 512  # of the records between two looks at whether the user has had enough: 2 MiB
READ_AGAIN = 7  # of so many files copied earlier, one is read again with each backup
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Source:
    """The casebook that is copied: its folder, id and key. `read_only` where it may not be written to."""

    folder: Path
    casebook: str
    key: DataKey = field(repr=False)
    read_only: bool = False


@dataclass(frozen=True)
class Made:
    """A backup that was made, and what could not be copied as it was put in."""

    backup: Backup
    findings: list[Finding]


def make(
    source: Source,
    place: Place,
    progress: Progress | None = None,
    *,
    keep: Keep | None = None,
    now: dt.datetime | None = None,
) -> Made:
    """Make a backup, look at it, and thin out the older ones.

    Nothing half-written counts as a backup, whatever happens meanwhile. Raises Unreachable if the place is
    not there, Busy if another program makes one just now, Cancelled, or what the disk complains of.
    """
    report, now = progress or Silent(), now or dt.datetime.now(dt.UTC)
    place.require()
    with user_errors(), _alone(place):
        place.sweep()
        name = place.new_name(now, secrets.token_hex(2))
        part = place.folder / f".{name}{PART}"
        part.mkdir(mode=0o700)
        try:
            made = _fill(source, place, part, now.replace(microsecond=0), report)
            final = place.folder / name
            part.rename(final)
            sync_folder(place.folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        backup = Backup(final, made.backup.manifest, not made.findings)
        place.thin_out(keep or Keep(), backup)
    return Made(backup, made.findings)


def _fill(source: Source, place: Place, part: Path, now: dt.datetime, progress: Progress) -> Made:
    """Write everything into a folder and look at it; the manifest comes last, for without it nothing
    counts.
    """
    inside, named, revision = _records(source, part / RECORDS, progress)
    slots = keyfile.newest(source.folder).to_bytes()
    for name in (keyfile.FIRST, keyfile.SECOND):
        write_file(part / name, slots)
    earlier = {each.name: each for b in place.backups() for each in b.manifest.evidence}
    evidence, fresh, findings = _evidence(source, place, named, earlier, progress)
    files = tuple(_kept(part / name, progress) for name in (RECORDS, keyfile.FIRST, keyfile.SECOND))
    bare = Manifest(source.casebook, now, __version__, revision, files, tuple(evidence))
    sealed = manifest.seal(bare, inside, source.key)
    # What was read back must be what was read: the hashes above are those of the file as it lies there.
    backup = Backup(part, sealed)
    found = look_at(backup, source.key, progress, only=[*fresh, *_some(evidence, fresh)])
    if any(finding.where == RECORDS for finding in found):
        raise Spoilt(found)
    write_file(part / manifest.NAME, sealed.to_bytes())
    return Made(backup, [*findings, *found])


class Spoilt(Busy):
    """The copy that was just written cannot be read back as it was written."""

    def __init__(self, found: list[Finding]) -> None:
        said = N_("The backup was written but does not read back as it was: {what} Try another place.")
        super().__init__(tr(said, what=" ".join(dict.fromkeys(f.what for f in found))))


def _records(source: Source, target: Path, progress: Progress) -> tuple[Inside, dict[str, str], str]:
    """Copy one moment of the records; return what they count, the files they name, and their revision."""

    def tell(_status: int, left: int, total: int) -> None:
        progress.step(total - left, total, tr(N_("Records")))

    with closing(_reading(source)) as held:
        held.execute("BEGIN")  # this moment, whatever is saved meanwhile
        inside = inside_of_connection(held)
        named = _named(held)
        revision = held.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        with closing(connect(target, source.key, mode="rwc")) as copy:
            held.backup(copy, pages=PAGES, progress=tell)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # a copy is one file, also on a disc
        held.rollback()
    sync_file(target)
    return inside, named, str(revision)


def _reading(source: Source) -> Any:
    path = source.folder / RECORDS
    if not source.read_only:
        return connect(path, source.key, mode="rw")
    connection = connect(path, source.key, mode="ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.OperationalError:  # a medium that cannot be written
        connection.close()
        return connect(path, source.key, mode="ro&immutable=1")
    return connection


def _named(held: Any) -> dict[str, str]:
    """Return the sealed files that the records name, with the hash of each as it was put in."""
    if not held.execute("SELECT 1 FROM sqlite_master WHERE name = 'documents'").fetchone():
        return {}
    columns = {row[1] for row in held.execute("PRAGMA table_info(documents)")}
    if not {"kept_at", "sealed_sha256"} <= columns:
        return {}
    query = "SELECT kept_at, sealed_sha256 FROM documents WHERE kept_at IS NOT NULL ORDER BY kept_at"
    return {str(place): str(sha256 or "") for place, sha256 in held.execute(query)}


def _evidence(
    source: Source, place: Place, named: dict[str, str], earlier: dict[str, KeptFile], progress: Progress
) -> tuple[list[KeptFile], list[KeptFile], list[Finding]]:
    """Copy the sealed files that are not there yet; return all, those copied now, and what is wrong."""
    kept, fresh, found = [], [], []
    for number, (name, sha256) in enumerate(named.items()):
        progress.step(number, len(named), tr(N_("Documents")))
        there = place.evidence / name
        known = earlier.get(name)
        if known and known.sha256 == sha256 and _size(there) == known.size:
            kept.append(known)
            continue
        try:
            copied = copy_file(source.folder / FOLDER / name, there, progress)
        except FileNotFoundError:
            found.append(Finding(f"{FOLDER}/{name}", tr(N_("The file is missing in the casebook."))))
            continue
        if copied.sha256 != sha256:
            said = tr(N_("The file in the casebook is not the one that was put in."))
            found.append(Finding(f"{FOLDER}/{name}", said))
            with suppress(OSError):
                there.unlink()
            continue
        kept.append(KeptFile(name, copied.size, copied.sha256))
        fresh.append(kept[-1])
    return kept, fresh, found


def copy_file(source: Path, target: Path, progress: Progress) -> KeptFile:
    """Copy a file so that it is there whole or not at all; return its size and hash as they were read."""
    with source.open("rb") as file:
        target.parent.mkdir(parents=True, exist_ok=True)
        part, found, size = target.with_name(f".{target.name}{PART}"), hashlib.sha256(), 0
        try:
            with os.fdopen(
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600), "wb"
            ) as out:
                while piece := file.read(_PIECE):
                    progress.step(0, 0)
                    found.update(piece)
                    out.write(piece)
                    size += len(piece)
                out.flush()
                sync_descriptor(out.fileno())
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    sync_folder(target.parent)
    return KeptFile(target.name, size, found.hexdigest())


_BINARY = getattr(os, "O_BINARY", 0)


def _some(evidence: list[KeptFile], fresh: list[KeptFile]) -> list[KeptFile]:
    """Return a share of the files that were copied earlier, another one each time: a stick forgets slowly."""
    new = {each.name for each in fresh}
    old = [each for each in evidence if each.name not in new]
    return old[secrets.randbelow(READ_AGAIN) :: READ_AGAIN]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _kept(path: Path, progress: Progress) -> KeptFile:
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
            size += len(piece)
            progress.step(0, 0)
    return KeptFile(path.name, size, found.hexdigest())


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """See that no other program makes a backup here meanwhile; a place that knows no locks is used
    without.
    """
    held = filelock.FileLock(place.folder / "backup.lock", thread_local=False, fallback_to_soft=False)
    try:
        held.acquire(blocking=False)
    except filelock.Timeout:
        raise Busy(tr(N_("Another program makes a backup here just now; wait until it is done."))) from None
    except (OSError, NotImplementedError):
        yield
        return
    try:
        yield
    finally:
        held.release()
