"""The words of a file, taken out by another process: a bad PDF can neither hurt the program nor hold it up.

The child gets the file through a pipe and gives back text; nothing is written to the disk. It is this program
started again with the hidden command `read-text`. On POSIX it first limits its own memory, time and files; on
every system it is ended when its time is up. The library is pypdf because it is Python through and through: a
prepared file cannot make it write past the end of a buffer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from casetracker.model.sources.document import TextState
from casetracker.store.pdf_words import LONGEST_TEXT, TIME_OUT

COMMAND = "read-text"
LARGEST_PDF = 64 * 1024 * 1024  # bytes; larger ones are pictures of pages
LARGEST_TEXT = 4 * 1024 * 1024  # bytes of a text that are read
_TEXT_ENDINGS = {".txt", ".md", ".csv", ".log", ".json", ".eml", ".srt", ".vtt"}
_CYRILLIC_SHARE = 0.4
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show a console


@dataclass(frozen=True)
class Read:
    """What came of reading: the words, and whether there were any."""

    state: TextState
    text: str = ""


def readable(name: str) -> bool:
    """Whether a file of this name is one whose words can be taken out."""
    return PurePath(name).suffix.lower() in _TEXT_ENDINGS | {".pdf"}


def read_text(name: str, content: bytes, *, time_out: float = TIME_OUT) -> Read:
    """Return the words of a file; of one that cannot be read, that it was not."""
    if content.startswith(b"%PDF-") or PurePath(name).suffix.lower() == ".pdf":
        text = in_another_process((COMMAND,), content, time_out) if len(content) <= LARGEST_PDF else None
    elif readable(name):
        text = _decoded(content)
    else:
        text = None
    if text is None:
        return Read(TextState.UNREAD)
    text = text.replace("\x00", "").strip()[:LONGEST_TEXT]
    return Read(TextState.FOUND, text) if text else Read(TextState.NONE)


def _decoded(content: bytes) -> str | None:
    """Read text as UTF-8 or UTF-16, else as Windows' Cyrillic if it then looks like that."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    text = content.decode("cp1251", "replace")
    letters = [letter for letter in text if letter.isalpha()]
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in letters)
    return text if letters and cyrillic / len(letters) > _CYRILLIC_SHARE else None


def command_line(command: Sequence[str]) -> list[str]:
    """Return the words that start this program again with a hidden command, also from a frozen build."""
    words = command if getattr(sys, "frozen", False) else ("-m", "casetracker", *command)
    return [sys.executable, *words]


def bare_environment() -> dict[str, str]:
    """Return what a child that reads a stranger's file is told of the environment: no passphrase."""
    return {name: value for name, value in os.environ.items() if "PASSPHRASE" not in name}


def in_another_process(command: Sequence[str], content: bytes, time_out: float = TIME_OUT) -> str | None:
    """Return what a hidden command of this program says of a file; None if it failed or took too long."""
    try:
        done = subprocess.run(  # noqa: S603 - this program itself
            command_line(command),
            input=content,
            capture_output=True,
            timeout=time_out,
            check=False,
            env=bare_environment(),
            creationflags=NO_WINDOW,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
