"""What the running program hides from others on the same computer, and how it starts itself again.

Nothing here needs Qt: the command line may use it too.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_DUMPABLE = 4  # linux/prctl.h
_NO_WINDOWS_REPORT = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX (errhandlingapi.h)


def keep_to_itself() -> None:
    """Make new files readable by this user only, and see that a crash leaves no image of the memory behind.

    The key of the open casebook is in that memory. What a system does not know of is passed over.
    """
    os.umask(0o077)
    with suppress(ImportError, ValueError, OSError):
        resource = importlib.import_module("resource")  # POSIX only
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    windows = vars(ctypes).get("windll")
    if windows is not None:
        windows.kernel32.SetErrorMode(_NO_WINDOWS_REPORT)


def settle_memory() -> None:
    """Take what stays for good (modules, tables, widgets) out of the collector's sight.

    Without it, looking through all of that stopped the window for a quarter of a second now and then.
    """
    gc.freeze()


def command_for(path: Path, today: dt.date | None = None) -> tuple[str, list[str]]:
    """Return the program and its words that open a casebook in a new process, also from a frozen build."""
    words = [] if getattr(sys, "frozen", False) else ["-m", "casetracker"]
    day = ["--today", today.isoformat()] if today else []
    return sys.executable, [*words, "open", str(path), *day]
