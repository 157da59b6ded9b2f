"""The pages of a damaged `records.db`, each with its seal checked, read without SQLite.

SQLCipher 4 seals every page of 4,096 bytes with HMAC-SHA512 over ciphertext, IV and page number (its design
document, zetetic.net/sqlcipher/design). A page whose seal does not hold is not decrypted at all: an altered
value must never be shown. The log beside the file is played in first, as far as its checksums hold
(sqlite.org/fileformat2.html#walformat).
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from casetracker.store.keyslots import DataKey

SIZE = 4096
_IV, _SEAL = 16, 64
USABLE = SIZE - _IV - _SEAL
_SALT = 16
_MAGIC = b"SQLite format 3\0"
_HEADER, _FRAME = 32, 24
_WAL_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}


@dataclass(frozen=True)
class Pages:
    """What could be read: the plain pages by number, and the numbers of those that could not."""

    good: dict[int, bytes]
    bad: tuple[int, ...]
    count: int


def read_pages(path: Path, key: DataKey) -> Pages:
    """Read all pages of a file and of the log beside it."""
    raw = _sealed_pages(path)
    salt = bytes(byte ^ 0x3A for byte in key.database_salt)
    seal_key = hashlib.pbkdf2_hmac("sha512", key.database_key, salt, 2, 32)
    good: dict[int, bytes] = {}
    for number, page in raw.items():
        plain = _opened(page, number, key.database_key, seal_key)
        if plain is not None:
            good[number] = plain
    return Pages(good, tuple(number for number in raw if number not in good), len(raw))


def _sealed_pages(path: Path) -> dict[int, bytes]:
    content = path.read_bytes() if path.exists() else b""
    raw = {at // SIZE + 1: content[at : at + SIZE] for at in range(0, len(content), SIZE)}
    log = path.with_name(path.name + "-wal")
    frames, last = _frames(log.read_bytes() if log.exists() else b"")
    raw |= frames
    if last:
        raw = {number: page for number, page in raw.items() if number <= last}
    return dict(sorted(raw.items()))


def _opened(page: bytes, number: int, key: bytes, seal_key: bytes) -> bytes | None:
    if len(page) != SIZE:
        return None
    start = _SALT if number == 1 else 0
    sealed = page[start : SIZE - _SEAL]
    wanted = hmac.new(seal_key, sealed + struct.pack("<I", number), "sha512").digest()
    if not hmac.compare_digest(wanted, page[SIZE - _SEAL :]):
        return None
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[USABLE : USABLE + _IV])).decryptor()
    plain = cipher.update(page[start:USABLE]) + cipher.finalize()
    return (_MAGIC if number == 1 else b"") + plain


def _frames(log: bytes) -> tuple[dict[int, bytes], int]:
    """Return the newest sealed page of each number in the log, up to its last whole commit, and the size."""
    if len(log) < _HEADER:
        return {}, 0
    magic, _version, size, _number, salt1, salt2, *sums = struct.unpack(">8I", log[:_HEADER])
    order = _WAL_MAGIC.get(magic)
    if order is None or size != SIZE or _sum(log[:24], (0, 0), order) != tuple(sums):
        return {}, 0
    found: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    last, total = 0, (sums[0], sums[1])
    for at in range(_HEADER, len(log) - _FRAME - SIZE + 1, _FRAME + SIZE):
        number, commit, one, two, *sums = struct.unpack(">6I", log[at : at + _FRAME])
        page = log[at + _FRAME : at + _FRAME + SIZE]
        total = _sum(page, _sum(log[at : at + 8], total, order), order)
        if (one, two) != (salt1, salt2) or total != tuple(sums):
            break
        waiting[number] = page
        if commit:
            found |= waiting
            waiting, last = {}, commit
    return found, last


def _sum(content: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = start
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
