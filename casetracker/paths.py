"""Where things lie: what ships with the program, and the user's own folders."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs


def resource(name: str) -> Path:
    """Return what ships with the program, in a checkout, in a wheel and in a frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources" / name
    beside = Path(__file__).parent / "resources"
    return (beside if beside.is_dir() else Path(__file__).parent.parent / "resources") / name


def settings_folder() -> Path:
    """Return the folder of this user's settings; it never holds anything of a casebook."""
    return Path(platformdirs.user_config_dir("casetracker", appauthor=False))


def log_folder() -> Path:
    """Return the folder of the log, which holds names of fields and ids, never values."""
    return Path(platformdirs.user_log_dir("casetracker", appauthor=False))


def data_folder() -> Path:
    """Return the folder in which the program keeps what it made itself: the example casebook."""
    return Path(platformdirs.user_data_dir("casetracker", appauthor=False))
