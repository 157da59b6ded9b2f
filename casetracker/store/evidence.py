"""The files of documents in `NAME.casebook/evidence/`: put in sealed, read and checked, never altered.

The order in which a file is put in is such that a crash leaves no row without its file: it is written under a
name that ends in `.part`, reaches the disk, gets its name, and then the row is committed. What is left over
without a row is swept away when the casebook is opened.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import BinaryIO

from casetracker.errors import Damaged, UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import sealed
from casetracker.store.durable import sync_descriptor, sync_folder
from casetracker.store.engine import user_errors
from casetracker.store.sealed import Opened, Seal

FOLDER, ENDING, PART = "evidence", ".cta", ".part"
ROOM = 64 * 1024 * 1024  # bytes that have to stay free on the disk
_PLACE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.cta")


class Missing(UserError):
    """The sealed file of a document is not where it should be."""


class Evidence:
    """The folder of sealed files of one casebook."""

    def __init__(self, casebook: Path) -> None:
        self.folder = casebook / FOLDER

    def put_in(self, source: Path, progress: Progress | None = None) -> tuple[str, Seal]:
        """Seal a copy of a file; return where it lies and its seal. The row is the caller's to write.

        Raises `UserError` for what cannot be read or has no room, and what the disk complains of.
        """
        with user_errors():
            try:
                size = source.stat().st_size
                file = source.open("rb")
            except OSError as error:
                raise UserError(tr(N_("“{name}” cannot be read."), name=source.name)) from error
            with file:
                self._require_room(size, source.name)
                return self.seal(file, size, progress)

    def seal(
        self,
        file: BinaryIO,
        size: int,
        progress: Progress | None = None,
        *,
        again: tuple[str, str] | None = None,
    ) -> tuple[str, Seal]:
        """Seal what an open file, or one in memory, holds; as `put_in`.

        `again` is where it lay and with which key: the same content becomes the same sealed file once more.
        """
        key = b""
        with user_errors():
            name = sealed.new_name()
            if again is not None:
                name, key = self._path(again[0]).stem, bytes.fromhex(again[1])
            path = self._made(name)
            part = path.with_name(path.name + PART)
            try:
                with _private(part) as target:
                    seal = sealed.seal(file, target, name, size, progress or Silent(), key=key)
                    target.flush()
                    sync_descriptor(target.fileno())
                part.replace(path)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise
            sync_folder(path.parent)
        return f"{name[:2]}/{name}{ENDING}", seal

    def _require_room(self, size: int, name: str) -> None:
        """Refuse at once what would fill the disk after minutes of writing."""
        try:
            free = shutil.disk_usage(self.folder.parent).free
        except OSError:
            return
        if size + ROOM > free:
            raise UserError(
                tr(
                    N_("There is not enough room on the disk for “{name}”; free some, then add it."),
                    name=name,
                )
            )

    def _made(self, name: str) -> Path:
        """Return where a file of this name goes; the folders on the way are made."""
        folder = self.folder / name[:2]
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder)
            sync_folder(self.folder.parent)
        return folder / f"{name}{ENDING}"

    def pieces(self, kept_at: str, key: str) -> Iterator[bytes]:
        """Return what a document holds, a piece at a time; raises `Missing` or `Damaged`."""
        path = self._path(kept_at)
        with user_errors(), self._file(path) as file:
            yield from sealed.pieces(file, path.stem, key)

    def opened(self, kept_at: str, key: str) -> Opened:
        """Return what a document holds, to be read at any place; raises `Missing` or `Damaged`."""
        path = self._path(kept_at)
        with user_errors():
            file = self._file(path)
            try:
                return Opened(file, path.stem, key)
            except BaseException:
                file.close()
                raise

    @staticmethod
    def _file(path: Path) -> BinaryIO:
        try:
            return path.open("rb")
        except FileNotFoundError:
            raise Missing(
                tr(N_("The file of this document is missing; bring it back from a copy of the folder."))
            ) from None

    def content(self, kept_at: str, key: str) -> bytes:
        """Return all that a document holds; for small ones."""
        return b"".join(self.pieces(kept_at, key))

    def copy_out(
        self,
        pieces: Iterable[bytes],
        target: Path,
        together: AbstractContextManager[object],
        progress: Progress | None = None,
    ) -> None:
        """Write what a document holds to a file of its own, in the clear, readable by this user only.

        It gets its name inside `together`, which writes that down: both happen or neither.
        """
        part = target.with_name(f".{target.name}{PART}")
        report = progress or Silent()
        with user_errors():
            try:
                with _private(part) as file:
                    for number, piece in enumerate(pieces):
                        report.step(number, 0)
                        file.write(piece)
                with together:
                    part.replace(target)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise

    def problem(self, kept_at: str, key: str, sha256: str, progress: Progress | None = None) -> str:
        """Return what is wrong with a file, as a sentence; empty if it is what was put in."""
        found, report = hashlib.sha256(), progress or Silent()
        try:
            for number, piece in enumerate(self.pieces(kept_at, key)):
                report.step(number, 0)
                found.update(piece)
        except (Missing, Damaged) as error:
            return str(error)
        if found.hexdigest() != sha256:
            return tr(N_("The file is not the one that was put in: its hash differs."))
        return ""

    def throw_away(self, kept_at: str) -> None:
        """Remove a file that has no row; harmless if it is gone."""
        with suppress(OSError):
            self._path(kept_at).unlink()

    def sweep(self, known: Collection[str]) -> int:
        """Remove what lies here without belonging to a row; return how many files that were.

        Only what has the name of a sealed file, finished or not, is touched.
        """
        gone = 0
        for path in self.folder.glob("??/*"):
            place = f"{path.parent.name}/{path.name}"
            if _PLACE.fullmatch(place.removesuffix(PART)) and place not in known:
                with suppress(OSError):
                    path.unlink()
                    gone += 1
        return gone

    def _path(self, kept_at: str) -> Path:
        if not _PLACE.fullmatch(kept_at):
            raise Missing(tr(N_("The row of this document does not name a file of this casebook.")))
        return self.folder / kept_at


def _private(path: Path) -> BinaryIO:
    """Open a new file that only this user may read."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")
