"""What the program remembers of this user between two runs; never anything that stands in a casebook.

A small JSON file in the user's own settings folder. What cannot be read is passed over: settings are a
convenience, and no reason not to start.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from casetracker.paths import settings_folder

NAME = "settings.json"
MOST_RECENT = 8
_LONGEST_WORD, _LONGEST_PATH = 40, 4096


@dataclass
class Settings:
    """All settings there are, with what they are before anybody chose.

    `recent` are folders of casebooks, the last one opened first; `window_width` and `window_height` are in
    pixels, 0 where the program chooses. `tables` says of each list by which columns it is shown.
    """

    recent: list[str] = field(default_factory=list)
    remember_recent: bool = True
    window_width: int = 0
    window_height: int = 0
    window_maximised: bool = False
    tables: list[str] = field(default_factory=list)
    language: str = ""  # of the window; that of the system where nothing was chosen
    lock_minutes: int = 10  # without anything done, after which the casebook locks; 1 to 60
    backup_folder: str = ""  # where backups go; the program's own folder where nothing was chosen
    backup_days: int = 7  # backups are kept of so many days, weeks and months
    backup_weeks: int = 4
    backup_months: int = 12

    def opened(self, folder: Path) -> None:
        """Put a casebook at the top of the recent ones, unless the user wants none remembered."""
        if self.remember_recent:
            path = str(folder.absolute())
            self.recent = [path, *(each for each in self.recent if each != path)][:MOST_RECENT]

    def forget(self, path: str = "") -> None:
        """Forget one recent casebook, or all of them."""
        self.recent = [each for each in self.recent if path and each != path]


def load(folder: Path | None = None) -> Settings:
    """Read the settings; each value that is missing or of the wrong kind is as it was at first."""
    try:
        read = json.loads(((folder or settings_folder()) / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    fresh = Settings()
    if isinstance(read, dict):
        for each in fields(Settings):
            if each.name in read and _fits(each.name, read[each.name], getattr(fresh, each.name)):
                setattr(fresh, each.name, read[each.name])
    fresh.recent = fresh.recent[:MOST_RECENT]
    return fresh


def save(settings: Settings, folder: Path | None = None) -> bool:
    """Write the settings whole or not at all, readable by this user only; False if it cannot be done."""
    where = folder or settings_folder()
    part = ""
    try:
        where.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f".{NAME}-", dir=where)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=2)
        Path(part).replace(where / NAME)
    except OSError:
        if part:
            with suppress(OSError):
                Path(part).unlink(missing_ok=True)
        return False
    return True


def _fits(name: str, value: Any, example: Any) -> bool:
    """Whether a value is of the kind of the example; a list holds texts, and no number is negative."""
    if isinstance(example, list):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(example, bool):
        return isinstance(value, bool)
    if isinstance(example, str):
        longest = _LONGEST_PATH if name.endswith("_folder") else _LONGEST_WORD
        return isinstance(value, str) and len(value) < longest and "\0" not in value
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 100_000
