"""Writing a small file so that a crash or a power cut leaves the old one or the new one, never half of it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Replace the file in one step; OSError leaves the old one as it was."""
    write_files(path.parent, {path.name: content})


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace files one after the other, each in one step, once there was room for all of them.

    OSError leaves all of them as they were, unless a rename itself fails.
    """
    parts: dict[str, Path] = {}
    try:
        for name, content in contents.items():
            parts[name] = _part(folder, name, content)
        for name, part in parts.items():
            part.replace(folder / name)
    except BaseException:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
        raise
    sync_folder(folder)


def _part(folder: Path, name: str, content: bytes) -> Path:
    """Write what is to become a file beside it, down to the disk."""
    descriptor, made = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync_descriptor(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(made).unlink()
        raise
    return Path(made)


def sync_file(path: Path) -> None:
    """Make the operating system put a finished file on the disk."""
    with path.open("r+b") as file:
        sync_descriptor(file.fileno())


def sync_descriptor(descriptor: int) -> None:
    """`fsync`, and on macOS the call that reaches the disk (there, fsync stops at the drive's cache)."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Put a rename on the disk. Windows has no such call for folders, and some file systems refuse it."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
