"""What is written down when the program is at fault: kinds of errors and places in it, never a value."""

from __future__ import annotations

import datetime as dt
import os
import platform
import traceback
from pathlib import Path

from casetracker import __version__
from casetracker.paths import log_folder


def report_of(error: BaseException, more: str = "") -> str:
    """Return where an error came from, without any value: neither its message nor what variables held.

    `more` stands beside the versions (that of Qt, where there is a window).
    """
    system = f"{platform.system()} {platform.release()}"
    parts = (f"casetracker {__version__}", f"Python {platform.python_version()}", more, system)
    lines = [", ".join(part for part in parts if part)]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame, line in traceback.walk_tb(seen.__traceback__):
            module = frame.f_globals.get("__name__", "?")  # not the path: it would tell who the user is
            lines.append(f"  {module}:{line} {frame.f_code.co_name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def write_report(error: BaseException) -> Path | None:
    """Write the report into the log folder, for this user only; return the file, or None if it cannot be."""
    name = f"crash-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(report_of(error) + "\n")
    except OSError:
        return None
    return path
