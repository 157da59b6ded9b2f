"""The tracer of writes, built for this machine; and what a disk holds after the power went at some moment.

The model is that of SQLite's own crash tests (sqlite.org/testing.html): what was not yet synced may be there,
not be there, or be torn at 512 bytes with a few sectors of garbage. Renames and removals count as done: the
program syncs the folder. Linux only, with gcc.
"""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "io_trace.c"
WRITE, TRUNCATE, SYNC, UNLINK, ACK, RENAME = 1, 2, 3, 4, 5, 6
_SECTOR = 512


def why_not() -> str:
    """Return why writes cannot be traced here; empty if they can."""
    if not sys.platform.startswith("linux"):
        return "writes are traced on Linux only"
    return "" if shutil.which("gcc") else "gcc is needed to build the tracer"


@cache
def library(folder: Path) -> Path:
    """Build the tracer into a folder."""
    built = folder / "io_trace.so"
    words = ["gcc", "-O2", "-shared", "-fPIC", "-o", str(built), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run(words, check=True)
    return built


def environment(library: Path, below: Path, log: Path) -> dict[str, str]:
    """Return the environment in which a program's writes below a folder are written down."""
    more = {"LD_PRELOAD": str(library), "IO_TRACE_BELOW": f"{below}/", "IO_TRACE_LOG": str(log)}
    return os.environ | more | {"PYTHONHASHSEED": "0"}


def acknowledge(number: int) -> None:
    """Write into the trace that so much is saved for good; in a traced process only."""
    ctypes.CDLL(None).io_ack(ctypes.c_uint64(number))


def full_after(size: int) -> None:
    """Let the disk be full after so many more bytes; -1: never."""
    ctypes.CDLL(None).io_full_after(ctypes.c_int64(size))


@dataclass(frozen=True)
class Step:
    """One thing that was done to a file."""

    op: int
    name: str
    offset: int
    data: bytes


def steps(log: Path, below: Path) -> list[Step]:
    """Read a trace; names are relative to the folder."""
    found, raw, at = [], log.read_bytes(), 0
    while at < len(raw):
        op, length, offset, _, size = struct.unpack_from("<BIQQQ", raw, at)
        at += 29
        name, at = raw[at : at + length].decode(), at + length
        data, at = raw[at : at + size], at + size
        if op == RENAME:
            data = os.path.relpath(data.decode(), below).encode()
        found.append(Step(op, name if op == ACK else os.path.relpath(name, below), offset, data))
    return found


class Disk:
    """Files by name: what is there for certain, and what was written since the last sync of each."""

    def __init__(self) -> None:
        self.files: dict[str, bytearray] = {}
        self.waiting: dict[str, list[Step]] = {}
        self.acked = 0

    def do(self, step: Step) -> None:
        """Follow one step."""
        if step.op == ACK:
            self.acked = step.offset
        elif step.op == SYNC:
            self._settle(step.name)
        elif step.op == UNLINK:
            self.files.pop(step.name, None)
            self.waiting.pop(step.name, None)
        elif step.op == RENAME:
            self._rename(step.name, step.data.decode())
        elif not step.name.endswith("-shm"):
            self.files.setdefault(step.name, bytearray())
            self.waiting.setdefault(step.name, []).append(step)

    def _settle(self, name: str) -> None:
        for step in self.waiting.pop(name, []):
            _apply(self.files[name], step.op, step.offset, step.data)

    def _rename(self, old: str, new: str) -> None:
        for held in (self.files, self.waiting):
            moved = {
                new + name[len(old) :]: value
                for name, value in held.items()
                if name == old or name.startswith(f"{old}/")
            }
            for name in list(held):
                if name in (old, new) or name.startswith((f"{old}/", f"{new}/")):
                    del held[name]  # type: ignore[attr-defined]
            held.update(moved)  # type: ignore[attr-defined]

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return what the files may hold after the power went now."""
        how = chance.choice(("none", "all", "some", "some", "torn", "torn"))
        found = {name: bytearray(content) for name, content in self.files.items()}
        for name, waiting in self.waiting.items():
            for step in waiting:
                for op, offset, data in _left(step, how, chance):
                    _apply(found[name], op, offset, data)
        return {name: bytes(content) for name, content in found.items()}


def _left(step: Step, how: str, chance: random.Random) -> Iterator[tuple[int, int, bytes]]:
    whole = how == "all" or (how != "none" and chance.random() < 0.5)
    if how == "torn" and step.op == WRITE:
        for at in range(0, len(step.data), _SECTOR):
            sector, luck = step.data[at : at + _SECTOR], chance.random()
            if luck < 0.6:
                yield WRITE, step.offset + at, sector
            elif luck < 0.65:
                yield WRITE, step.offset + at, chance.randbytes(len(sector))
    elif whole:
        yield step.op, step.offset, step.data


def _apply(content: bytearray, op: int, offset: int, data: bytes) -> None:
    end = offset + len(data)
    if op == TRUNCATE:
        del content[offset:]
        end = offset
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if op == WRITE:
        content[offset:end] = data
