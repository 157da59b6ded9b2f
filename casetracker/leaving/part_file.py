"""A file that is there completely or not at all: written beside its place first, renamed when it is whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, in_window


@contextmanager
def writing(
    path: Path, together: Callable[[Path], AbstractContextManager[None]] | None = None
) -> Iterator[Path]:
    """Give the path of a part file; when the `with` ends well it gets its name, else it is removed.

    `together` is given the whole part file and makes a context in which it gets its name: an entry in a
    register. If that cannot be made, or fails when it ends, the file has no name, and what had it is back.
    Raises `UserError` with one sentence where the disk, the folder or an open file is in the way.
    """
    part = path.with_name(path.name + ".part")
    try:
        _make(part)
        yield part
        _flush(part)
        _name(part, path, together(part) if together else None)
        _flush_folder(path.parent)
    except OSError as trouble:
        raise UserError(_sentence(trouble, path)) from trouble
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _make(part: Path) -> None:
    """Create the part file empty, readable by this user only where the system knows such rights."""
    with suppress(FileNotFoundError):
        part.unlink()  # of a run that was killed
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _name(part: Path, path: Path, together: AbstractContextManager[None] | None) -> None:
    if together is None:
        part.replace(path)
        return
    before = path.with_name(path.name + ".before")
    had = path.is_file()
    if had:
        path.replace(before)
    named = False
    try:
        with together:
            part.replace(path)
            named = True
    except BaseException:
        if named:
            path.unlink()
        if had:
            before.replace(path)
        raise
    before.unlink(missing_ok=True)


def _flush(part: Path) -> None:
    with part.open("r+b") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name last; Windows cannot open folders and needs no such thing."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:  # some network file systems refuse; the file itself is safe
            pass
        finally:
            os.close(handle)


def _sentence(trouble: OSError, path: Path) -> str:
    if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
        return in_window(N_("The disk is full: “{name}” was not saved; make room or choose another place."),
                  name=path.name)  # fmt: skip
    if isinstance(trouble, FileNotFoundError | NotADirectoryError):
        return in_window(N_("The folder “{folder}” does not exist; choose another place for “{name}”."),
                  folder=path.parent, name=path.name)  # fmt: skip
    if isinstance(trouble, IsADirectoryError) or path.is_dir():
        return in_window(N_("“{name}” is a folder; choose another name for the file."), name=path.name)
    if trouble.errno == errno.EROFS or not os.access(path.parent, os.W_OK):
        return in_window(N_("Nothing may be written in “{folder}”; choose another place for “{name}”."),
                  folder=path.parent, name=path.name)  # fmt: skip
    if isinstance(trouble, PermissionError):
        return in_window(N_("“{name}” cannot be replaced; close it where it is open and try again."),
                  name=path.name)  # fmt: skip
    return in_window(N_("“{name}” could not be saved ({reason}); choose another place."),
              name=path.name, reason=trouble.strerror or type(trouble).__name__)  # fmt: skip
