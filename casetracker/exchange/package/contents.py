"""What is in a package, with the size and hash of each file; written piece by piece, read within bounds."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from casetracker import __version__
from casetracker.errors import Damaged, TooNew
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress

FORMAT, VERSION = "casetracker-package", 1
MANIFEST, RECORDS, INDEX = "manifest.json", "records.json", "index.html"
ROWS, FILES, ORIGIN = "casebook/", "files/", "casebook/origin.json"
LARGEST_MANIFEST = 256 * 1024**2  # bytes
LONGEST_LINE = 64 * 1024**2  # bytes of one row
STEEPEST, _SMALL = 500, 10 * 1024**2  # times; what is smaller unpacked does no harm
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Inside:
    """One file of a package: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What a package says of itself; `documents` maps ids to the files that hold them."""

    about: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Inside] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """Write it."""
        said = {"format": FORMAT, "version": VERSION, "program": __version__, **self.about}
        said["documents"] = self.documents
        said["files"] = {name: asdict(inside) for name, inside in self.files.items()}
        return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


class Filling:
    """Puts files into the inner zip and remembers their hashes."""

    def __init__(self, archive: zipfile.ZipFile, progress: Progress) -> None:
        self._archive, self._progress = archive, progress
        self.manifest = Manifest()

    def put(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Write a file; `packed` says whether it is worth packing (pictures and films are not)."""
        found, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # when it was made stands in the manifest
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._archive.open(info, "w", force_zip64=True) as file:
            for piece in pieces:
                self._progress.step(0, 0)
                file.write(piece)
                found.update(piece)
                size += len(piece)
        self.manifest.files[name] = Inside(size, found.hexdigest())

    def put_text(self, name: str, text: Iterable[str]) -> None:
        """Write a text in UTF-8."""
        self.put(name, (piece.encode() for piece in text))

    def finish(self) -> None:
        """Write the manifest, which comes last."""
        self._archive.writestr(MANIFEST, self.manifest.as_json(), zipfile.ZIP_DEFLATED)


# Reading


class Package:
    """An opened package: every file is read within the size it says, and compared with its hash."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self.name = archive, name
        self._there = {info.filename: info for info in archive.infolist()}
        self.manifest = self._manifest()
        for path, inside in self.manifest.files.items():
            self._require_fit(path, inside)

    @property
    def about(self) -> dict[str, Any]:
        """What the package says of itself."""
        return self.manifest.about

    @property
    def room(self) -> int:
        """How many bytes all of it takes when it is unpacked."""
        return sum(inside.size for inside in self.manifest.files.values())

    def holds(self, path: str) -> bool:
        """Whether there is a file of this name."""
        return path in self.manifest.files

    def pieces(self, path: str) -> Iterator[bytes]:
        """Yield what a file holds; raises `Damaged` at its end where it is not what the manifest says."""
        inside = self.manifest.files.get(path)
        if inside is None:
            raise self.broken(path)
        found, size = hashlib.sha256(), 0
        with self._open(path) as file:
            while piece := self._read(file, path):
                size += len(piece)
                if size > inside.size:
                    raise self.broken(path)
                found.update(piece)
                yield piece
        if found.hexdigest() != inside.sha256:
            raise self.broken(path)

    def lines(self, path: str) -> Iterator[bytes]:
        """Yield the lines of a file."""
        held = b""
        for piece in self.pieces(path):
            *whole, held = (held + piece).split(b"\n")
            yield from whole
            if len(held) > LONGEST_LINE:
                raise self.broken(path)
        if held:
            yield held

    def json(self, path: str) -> Any:
        """Return a whole file of JSON; raises `Damaged` where it is none."""
        try:
            return json.loads(b"".join(self.pieces(path)))
        except (ValueError, RecursionError) as error:
            raise self.broken(path) from error

    def file(self, path: str) -> IO[bytes]:
        """Return a file to be read from its beginning; its hash is the reader's to compare."""
        return self._open(path)

    def _open(self, path: str) -> IO[bytes]:
        try:
            return self._archive.open(path)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise self.broken(path) from error

    def _read(self, file: IO[bytes], path: str) -> bytes:
        try:
            return file.read(_PIECE)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise self.broken(path) from error

    def _require_fit(self, path: str, inside: Inside) -> None:
        info = self._there.get(path)
        if info is None or info.file_size != inside.size:
            raise self.broken(path)
        if info.file_size > _SMALL and info.file_size > STEEPEST * max(info.compress_size, 1):
            sentence = N_("“{name}” was made to fill the memory of whoever opens it; it was not opened.")
            raise Damaged(tr(sentence, name=self.name))

    def _manifest(self) -> Manifest:
        info = self._there.get(MANIFEST)
        if info is None or info.file_size > LARGEST_MANIFEST:
            raise self.broken(MANIFEST)
        try:
            said = json.loads(self._archive.read(MANIFEST))
            if said["format"] != FORMAT:
                raise self.broken(MANIFEST)
            if int(said["version"]) > VERSION:
                sentence = N_(
                    "“{name}” was written by a newer casetracker; install the newest version first."
                )
                raise TooNew(tr(sentence, name=self.name))
            files = {str(k): Inside(int(v["size"]), str(v["sha256"])) for k, v in said.pop("files").items()}
            documents = {str(k): str(v) for k, v in said.pop("documents").items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile) as error:
            raise self.broken(MANIFEST) from error
        return Manifest(said, files, documents)

    def broken(self, path: str) -> Damaged:
        """Return the error that says that a file in it is not what it was."""
        sentence = N_("“{name}” is not whole: “{path}” in it is missing or changed; take it again.")
        return Damaged(tr(sentence, name=self.name, path=path))
