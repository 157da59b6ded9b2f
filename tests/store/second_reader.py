"""A second reader of sealed files, written from the description in SECURITY.md and from nothing else.

It shares no line with the program: whoever has the key of a row can read the file with this and two
packages. `python -m tests.store.second_reader FILE KEY > OUT` writes what a file holds.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.poly1305 import Poly1305

PIECE = 1 << 20


def stream(key: bytes, counter: int, nonce: bytes, data: bytes) -> bytes:
    """ChaCha20 of RFC 8439, section 2.4."""
    start = struct.pack("<I", counter) + nonce
    return Cipher(algorithms.ChaCha20(key, start), mode=None).encryptor().update(data)


def padded(data: bytes) -> bytes:
    """Fill up to sixteen bytes, RFC 8439, section 2.8."""
    return data + bytes(-len(data) % 16)


def piece(key: bytes, nonce: bytes, sealed: bytes, head: bytes) -> bytes:
    """Take one piece apart: its text, and its mark, which must be right."""
    text, mark = sealed[:-16], sealed[-16:]
    mac = Poly1305(stream(key, 0, nonce, bytes(32)))
    mac.update(padded(head) + padded(text) + struct.pack("<QQ", len(head), len(text)))
    mac.verify(mark)
    return stream(key, 1, nonce, text)


def read(path: Path, key: bytes) -> bytes:
    """Return what a sealed file holds; raises if a byte of it is not as it was sealed."""
    data = path.read_bytes()
    head, body = data[:24], data[24:]
    if head[:8] != b"CTEVID\x00\x01" or head[8:].hex() != path.stem:
        raise ValueError("not a sealed file, or one under another's name")
    step, found = PIECE + 16, b""
    pieces = [body[at : at + step] for at in range(0, len(body), step)]
    for number, sealed in enumerate(pieces):
        last = number == len(pieces) - 1
        found += piece(key, number.to_bytes(11, "big") + bytes([last]), sealed, head)
    return found


if __name__ == "__main__":
    content = read(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
    sys.stderr.write(f"SHA-256 {hashlib.sha256(content).hexdigest()}\n")
    sys.stdout.buffer.write(content)
