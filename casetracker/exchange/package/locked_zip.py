"""A zip in a zip: the outer one is encrypted (AES-256) and holds one nameless entry, the inner one the files.

The encryption of zips (WinZip AE-2, which 7-Zip, WinZip, WinRAR and archivers of macOS open) leaves names,
number and sizes of the files in the clear; so all of them are inside one zip that is encrypted as a whole.
Its key derivation is weak (PBKDF2, 1,000 rounds): what protects a package is a passphrase
that nobody can guess, and so the program asks for a long one or draws it (`passphrase`).

What is read is first compared with its seal (HMAC) from end to end; then it is decrypted piece by piece in
memory where it is asked for. Nothing decrypted touches the disk.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from casetracker.errors import Damaged, UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.store.passphrase import as_bytes

INSIDE = "package.zip"  # the one name that anybody can see
_PIECE = 1024 * 1024
_AES, _STRENGTHS, _ROUNDS = 99, {1: 8, 2: 12, 3: 16}, 1000  # WinZip AE: method, bytes of salt, PBKDF2
_CHECK, _SEAL, _BLOCK = 2, 10, 16  # bytes of the passphrase's check, of the seal, of AES
_EXTRA = 0x9901


class NotAPackage(UserError):
    """The file is no package of this program."""


@contextmanager
def writing(path: Path, passphrase: str) -> Iterator[zipfile.ZipFile]:
    """Give the inner zip to be filled; the file is whole when the `with` ends."""
    import pyzipper

    with pyzipper.AESZipFile(path, "w", pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES) as outer:
        outer.setpassword(as_bytes(passphrase))
        with (
            outer.open(INSIDE, "w", force_zip64=True) as entry,
            zipfile.ZipFile(_Onward(entry), "w") as inner,
        ):
            yield inner


class _Onward(io.RawIOBase):
    """A file that is only written onward, so that nothing is gone back to and nothing held in memory."""

    def __init__(self, target: BinaryIO) -> None:
        super().__init__()
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._target.write(data)


def looks_like_one(path: Path) -> bool:
    """Whether a file is a package, as far as can be told without its passphrase."""
    with (
        suppress(OSError, zipfile.BadZipFile, ValueError, NotImplementedError),
        zipfile.ZipFile(path) as outer,
    ):
        parts = outer.infolist()
        return [p.filename for p in parts] == [INSIDE] and bool(parts[0].flag_bits & 1)
    return False


@contextmanager
def opened(path: Path, passphrase: str, progress: Progress) -> Iterator[zipfile.ZipFile]:
    """Give the inner zip of a package whose seal is whole.

    Raises `NotAPackage`, `WrongPassphrase`, `Damaged` where it was changed or not copied whole.
    """
    try:
        file = path.open("rb")
    except OSError:
        raise UserError(
            tr(N_("“{name}” cannot be read; is it there, and may you read it?"), name=path.name)
        ) from None
    with file:
        entry = _entry(path, file)
        start, size, salt, check = _place(path, file, entry)
        key, seal_key = _keys(path, passphrase, salt, check, entry)
        _require_seal(path, file, start, size, seal_key, progress)
        try:
            inner = zipfile.ZipFile(io.BufferedReader(_Decrypted(file, start, size, key), _PIECE))
        except zipfile.BadZipFile:
            raise NotAPackage(tr(_NONE, name=path.name)) from None
        with inner:
            yield inner


_NONE = N_("“{name}” is no package of casetracker.")
_BROKEN = N_(
    "“{name}” was changed, damaged or not copied whole; take it again from where it came. "
    "Nothing was taken in."
)


def _entry(path: Path, file: BinaryIO) -> zipfile.ZipInfo:
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        file.seek(0)
        begun = file.read(4) == b"PK\x03\x04"
        raise (
            Damaged(tr(_BROKEN, name=path.name)) if begun else NotAPackage(tr(_NONE, name=path.name))
        ) from None
    if [p.filename for p in parts] != [INSIDE] or not parts[0].flag_bits & 1:
        raise NotAPackage(tr(_NONE, name=path.name))
    return parts[0]


def _place(path: Path, file: BinaryIO, entry: zipfile.ZipInfo) -> tuple[int, int, bytes, bytes]:
    """Return where the encrypted bytes begin, how many they are, the salt and the passphrase's check."""
    strength = _strength(entry)
    file.seek(entry.header_offset)
    head = file.read(30)
    if strength not in _STRENGTHS or len(head) < 30 or entry.compress_type != _AES:
        raise Damaged(tr(_BROKEN, name=path.name))
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), io.SEEK_CUR)
    salt, check = file.read(_STRENGTHS[strength]), file.read(_CHECK)
    size = entry.compress_size - len(salt) - _CHECK - _SEAL
    if size < 0:
        raise Damaged(tr(_BROKEN, name=path.name))
    return file.tell(), size, salt, check


def _strength(entry: zipfile.ZipInfo) -> int:
    extra, at = entry.extra, 0
    while at + 4 <= len(extra):
        kind, length = (int.from_bytes(extra[at + n : at + n + 2], "little") for n in (0, 2))
        if kind == _EXTRA and length >= 7:
            return extra[at + 8]
        at += 4 + length
    return 0


def _keys(
    path: Path, passphrase: str, salt: bytes, check: bytes, entry: zipfile.ZipInfo
) -> tuple[bytes, bytes]:
    bits = {8: 16, 12: 24, 16: 32}[len(salt)]
    made = hashlib.pbkdf2_hmac("sha1", as_bytes(passphrase), salt, _ROUNDS, 2 * bits + _CHECK)
    if not hmac.compare_digest(made[-_CHECK:], check):
        raise WrongPassphrase(
            tr(N_("This passphrase does not open “{name}”; it was told with the package."), name=path.name)
        )
    return made[:bits], made[bits : 2 * bits]


def _require_seal(path: Path, file: BinaryIO, start: int, size: int, key: bytes, progress: Progress) -> None:
    found, left = hmac.new(key, digestmod="sha1"), size
    file.seek(start)
    while left:
        progress.step((size - left) // _PIECE, size // _PIECE, tr(N_("comparing with its seal")))
        piece = file.read(min(left, _PIECE))
        if not piece:
            raise Damaged(tr(_BROKEN, name=path.name))
        found.update(piece)
        left -= len(piece)
    if not hmac.compare_digest(found.digest()[:_SEAL], file.read(_SEAL)):
        raise Damaged(tr(_BROKEN, name=path.name))


class _Decrypted(io.RawIOBase):
    """What is encrypted in a part of a file, decrypted where it is read (AES in counter mode)."""

    def __init__(self, file: BinaryIO, start: int, size: int, key: bytes) -> None:
        super().__init__()
        self._file, self._start, self._size, self._key = file, start, size, key
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: object) -> int:
        from Cryptodome.Cipher import AES
        from Cryptodome.Util import Counter

        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        wanted = max(0, min(len(view), self._size - self._at))
        if not wanted:
            return 0
        block, within = divmod(self._at, _BLOCK)
        self._file.seek(self._start + block * _BLOCK)
        sealed = self._file.read(within + wanted)
        counter = Counter.new(128, initial_value=block + 1, little_endian=True)
        plain = AES.new(self._key, AES.MODE_CTR, counter=counter).decrypt(sealed)[within:]
        view[: len(plain)] = plain
        self._at += len(plain)
        return len(plain)
