"""Bringing a package back: the office's own becomes the casebook again that it was made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from casetracker.errors import UserError
from casetracker.exchange.package import locked_zip
from casetracker.exchange.package.contents import ORIGIN, ROWS, Package
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store import unpacking
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.packing import KeptDocument, Origin, Row
from casetracker.store.unpacking import Packed, Unpacked

looks_like_one = locked_zip.looks_like_one


@contextmanager
def opened(path: Path, passphrase: str, progress: Progress) -> Iterator[Package]:
    """Give a package whose seal is whole and that this program can read. Raises `UserError`."""
    with locked_zip.opened(path, passphrase, progress) as archive:
        yield Package(archive, path.name)


def bring_back(
    path: Path,
    package_passphrase: str,
    target: Path,
    passphrase: str,
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
    *,
    kdf: KdfParameters | None = None,
    bounds: Bounds | None = None,
) -> Unpacked:
    """Make the casebook again that a package was made of, as `target`, opened by a passphrase of its own.

    Raises `UserError` for everything that is in the way; nothing is there then that was not there before.
    """
    unpacking.require_place(target, passphrase, bounds)
    with opened(path, package_passphrase, progress) as package:
        return unpacking.unpack(_packed(package), target, passphrase, progress, kdf=kdf, bounds=bounds)


def _packed(package: Package) -> Packed:
    if not package.holds(ORIGIN):
        sentence = N_(
            "“{name}” was made for other readers and holds only what they may see, so no casebook can "
            "be made of it; one for the office itself, of all cases, can be brought back."
        )
        raise UserError(tr(sentence, name=package.name))
    said = package.json(ORIGIN)
    try:
        names = ("casebook", "revision", "user_id", "user_name")
        origin = Origin(*(str(said[name]) for name in names))
    except (KeyError, TypeError) as error:
        raise package.broken(ORIGIN) from error

    def rows(table: str) -> Iterator[Row]:
        path = f"{ROWS}{table}.jsonl"
        if not package.holds(path):
            return  # a table that came later
        for line in package.lines(path):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise package.broken(path) from error
            if not isinstance(row, dict):
                raise package.broken(path)
            yield row

    def file(document: KeptDocument) -> BinaryIO | None:
        path = package.manifest.documents.get(document.id)
        return cast("BinaryIO", package.file(path)) if path else None

    return Packed(origin, rows, file, package.room)
