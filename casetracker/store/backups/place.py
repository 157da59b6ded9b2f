"""Where the backups of a casebook lie, which there are, and which may go."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.paths import data_folder
from casetracker.store.backups import manifest
from casetracker.store.backups.manifest import Manifest
from casetracker.store.evidence import FOLDER, PART
from casetracker.store.trouble import Unreachable, disk_trouble

PREFIX = "casetracker-backup-"
DAMAGED = "DAMAGED"  # an empty file that says that a later look found a fault
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")
AWAY = N_(
    "The place for backups is not there just now, so no backup was made; connect the stick or the drive, or "
    "choose another place on the page Backups."
)


@dataclass(frozen=True)
class Keep:
    """How many backups stay: the newest of each of so many days, weeks and months, and always the last
    three.
    """

    days: int = 7
    weeks: int = 4
    months: int = 12


@dataclass(frozen=True)
class Backup:
    """One backup. `good` is False once a look at it found a fault."""

    folder: Path
    manifest: Manifest
    good: bool = True

    @property
    def made_at(self) -> dt.datetime:
        """When it was made, in UTC."""
        return self.manifest.made_at


@dataclass(frozen=True)
class Place:
    """The backups of one casebook under a folder that the user chose."""

    root: Path
    casebook: str

    @property
    def folder(self) -> Path:
        """The folder of this casebook; its name holds a part of the random id and tells nothing."""
        return self.root / f"{PREFIX}{self.casebook[:12]}"

    @property
    def evidence(self) -> Path:
        """The sealed files that all backups share."""
        return self.folder / FOLDER

    def require(self) -> None:
        """Make the folder where its root is there; raises Unreachable where it is not."""
        if self.root == default_root():
            with suppress(OSError):
                self.root.mkdir(parents=True, exist_ok=True)
        if not self.root.is_dir():
            raise Unreachable(tr(AWAY))
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise disk_trouble(error) from error

    def backups(self) -> list[Backup]:
        """Return the backups, the newest first; what cannot be read is none."""
        found = [read for path in self._folders() if (read := self.read(path))]
        return sorted(found, key=lambda each: (each.made_at, each.folder.name), reverse=True)

    def read(self, folder: Path) -> Backup | None:
        """Return the backup in a folder of this place, or None."""
        try:
            found = read_backup(folder)
        except UserError:
            return None
        return found if found.manifest.casebook == self.casebook else None

    def last_good(self) -> Backup | None:
        """Return the newest backup in which no fault was found."""
        return next((each for each in self.backups() if each.good), None)

    def new_name(self, now: dt.datetime, tag: str) -> str:
        """Return the name of a backup of this moment."""
        return f"{now.astimezone(dt.UTC):{_STAMP}}-{tag}"

    def sweep(self) -> None:
        """Remove what an interrupted backup left, and files that no backup names any more."""
        if not self.folder.is_dir():
            return
        for path in self.folder.glob(f".*{PART}"):
            shutil.rmtree(path, ignore_errors=True)
        folders = list(self._folders())
        backups = [self.read(path) for path in folders]
        if not all(backups):
            return  # one of them cannot be read just now: what it needs is not known
        needed = {each.name for b in backups if b for each in b.manifest.evidence}
        for path in self.evidence.glob("??/*"):
            if f"{path.parent.name}/{path.name}" not in needed:
                with suppress(OSError):
                    path.unlink()

    def thin_out(self, keep: Keep, newest: Backup) -> list[Backup]:
        """Remove the backups that are no longer kept, never `newest`; return them."""
        gone = []
        for each in to_remove(self.backups(), keep):
            if each.folder != newest.folder:
                # First the manifest: half of a backup must not pass for one.
                with suppress(OSError):
                    (each.folder / manifest.NAME).unlink()
                    shutil.rmtree(each.folder, ignore_errors=True)
                    gone.append(each)
        for path in self._folders():  # what was half removed, or never finished
            if not (path / manifest.NAME).exists():
                shutil.rmtree(path, ignore_errors=True)
        self.sweep()
        return gone

    def _folders(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()]
        except OSError:
            return []


def default_root() -> Path:
    """Return where backups go if nobody chose: the program's own folder of this user."""
    return data_folder() / "backups"


def read_backup(folder: Path) -> Backup:
    """Return the backup in a folder; raises UserError if there is none that can be read."""
    path = folder / manifest.NAME
    try:
        if path.stat().st_size > manifest.LARGEST:
            raise UserError(tr(N_("“{name}” is no backup of a casebook."), name=folder.name))
        content = path.read_bytes()
    except FileNotFoundError:
        raise UserError(tr(N_("“{name}” is no backup of a casebook."), name=folder.name)) from None
    except OSError as error:
        raise disk_trouble(error) from error
    return Backup(folder, manifest.parse(content), not (folder / DAMAGED).exists())


def to_remove(backups: Sequence[Backup], keep: Keep) -> list[Backup]:
    """Return the backups (the newest first) that are no longer kept.

    Counted by the days of the backups themselves, not from today: a clock that is set back removes nothing. A
    good one is kept rather than one with a fault.
    """
    ordered = sorted(backups, key=lambda each: each.good, reverse=True)  # stable: within, the newest first
    kept = {each.folder for each in backups[:3]}
    rules: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
        (keep.days, lambda at: at.date()),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    )
    for most, bucket in rules:
        seen: set[object] = set()
        for each in ordered:
            name = bucket(each.made_at.astimezone())
            if name not in seen and len(seen) < most:
                seen.add(name)
                kept.add(each.folder)
    return [each for each in backups if each.folder not in kept]
