"""How the program and the child that reads strangers' files speak: a length, JSON, and bytes behind it."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import IO, Any

LONGEST_SAID = 4 * 1024 * 1024  # bytes of JSON
LONGEST_BYTES = 512 * 1024 * 1024  # bytes behind it
_STEP = 1024 * 1024

Said = dict[str, Any]


class Garbled(Exception):
    """What the other side sent is no frame, or it ended."""


def send(stream: IO[bytes], said: Said, pieces: Iterable[bytes] = (), length: int = 0) -> None:
    """Write one frame; `length` is that of all pieces together."""
    head = json.dumps(said | {"bytes": length}).encode()
    stream.write(struct.pack(">I", len(head)) + head)
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Said, bytes]:
    """Read one frame; raises `Garbled` for anything that is none."""
    (size,) = struct.unpack(">I", _exactly(stream, 4))
    if size > LONGEST_SAID:
        raise Garbled
    try:
        said = json.loads(_exactly(stream, size))
        length = said["bytes"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(said, dict) or not isinstance(length, int) or not 0 <= length <= LONGEST_BYTES:
        raise Garbled
    return said, _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        piece = stream.read(min(_STEP, length - len(found)))
        if not piece:
            raise Garbled
        found += piece
    return bytes(found)
