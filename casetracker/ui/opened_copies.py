"""Copies of documents in the clear, made to be looked at with other programs, gone when the casebook closes.

The only place where the program writes an attached file unencrypted without being told where: in a folder of
this user's own, after a warning. A crash leaves it behind, so the next start of the program clears it away.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

PREFIX = "casetracker-open-"


class OpenedCopies(QObject):
    """The copies of one desk; `clear` is called when it closes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folders: list[Path] = []

    def place_for(self, file_name: str) -> Path:
        """Return where a copy may be written: a new folder that only this user can enter."""
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self._folders.append(folder)
        return folder / (_safe(file_name) or "document")

    @staticmethod
    def show(path: Path) -> bool:
        """Show a file with the program that the system has for it; False if there is none."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def paths(self) -> list[Path]:
        """Return the copies that are there."""
        return [path for folder in self._folders for path in folder.glob("*")]

    def clear(self) -> None:
        """Remove all copies. One that another program holds open (Windows) goes at the next start."""
        for folder in self._folders:
            _remove(folder)
        self._folders = [folder for folder in self._folders if folder.exists()]


def clear_left_behind() -> None:
    """Remove what a program that no longer runs left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and int(number) != os.getpid() and not _runs(int(number)):
            _remove(folder)


def _runs(process: int) -> bool:
    if os.name == "nt":
        return False  # there a file that is still looked at cannot be removed anyway
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove(folder: Path) -> None:
    for path in folder.glob("*"):
        with suppress(OSError):
            path.chmod(stat.S_IWUSR | stat.S_IRUSR)
    shutil.rmtree(folder, ignore_errors=True)


def _safe(name: str) -> str:
    """Return a file name without what leads elsewhere or what a system refuses."""
    return "".join(letter for letter in name if letter.isalnum() or letter in " ._-()").strip(" .")[-120:]
