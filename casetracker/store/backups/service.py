"""The backups of one open casebook, by what the user chose: what the window and the command line ask for."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.settings import Settings
from casetracker.store import keyfile
from casetracker.store.backups.comparing import Difference, compare
from casetracker.store.backups.looking import inside_of_source, look_at
from casetracker.store.backups.making import Made, Source, make
from casetracker.store.backups.manifest import Inside
from casetracker.store.backups.place import PREFIX, Backup, Keep, Place, default_root, read_backup
from casetracker.store.backups.restoring import restore
from casetracker.store.backups.swap import free_name
from casetracker.store.casebook import SUFFIX, Casebook
from casetracker.store.checks import Finding
from casetracker.store.keyslots import DataKey
from casetracker.store.store import Store

LATE = dt.timedelta(days=3)
DAILY = dt.timedelta(hours=20)  # a morning that begins a little earlier than the last is a new day too


@dataclass(frozen=True)
class State:
    """How it stands: the last good backup (UTC), whether that is too long ago, whether the place is there."""

    last: dt.datetime | None
    late: bool
    there: bool

    def text(self, now: dt.datetime) -> str:
        """Say it in a sentence, as of this moment."""
        if self.last is None:
            return tr(N_("There is no backup of this casebook yet."))
        local, today = self.last.astimezone(), now.astimezone().date()
        days = (today - local.date()).days
        when = f"{local:%H:%M}" if days == 0 else f"{local:%d.%m.%Y, %H:%M}"
        said = N_("Last good backup: today, {when}.") if days == 0 else N_("Last good backup: {when}.")
        return tr(said, when=when)


@dataclass(frozen=True)
class Restored:
    """A casebook that was made of a backup: where it lies, what is lost, how it differs from the present."""

    folder: Path
    lost: Sequence[Finding]
    differences: Sequence[Difference]


class Backups:
    """Makes, lists, looks at and brings back the backups of one casebook. Its work is not for the window's
    thread: a stick may be slow."""

    def __init__(self, source: Source, settings: Settings) -> None:
        self.source, self.settings = source, settings

    @classmethod
    def of(cls, casebook: Casebook, settings: Settings) -> Backups:
        """Return those of an open casebook."""
        source = Source(casebook.folder, casebook.id, casebook.key, casebook.read_only)
        return cls(source, settings)

    @property
    def place(self) -> Place:
        """Where they lie."""
        return Place(root_of(self.settings), self.source.casebook)

    @property
    def keep(self) -> Keep:
        """How many of them stay."""
        chosen = self.settings
        return Keep(chosen.backup_days, chosen.backup_weeks, chosen.backup_months)

    def state(self, now: dt.datetime) -> State:
        """Return how it stands."""
        place = self.place
        last = place.last_good()
        there = place.root.is_dir() or place.root == default_root()
        return State(last.made_at if last else None, last is None or now - last.made_at > LATE, there)

    def needed(self, now: dt.datetime) -> bool:
        """Whether one is to be made by itself: a day has passed, or something was done since the last."""
        last = self.place.last_good()
        if last is None or not dt.timedelta(0) <= now - last.made_at < DAILY:
            return True
        try:
            then = last.manifest.inside(self.source.key)
            now_there = inside_of_source(self.source.folder, self.source.key)
        except UserError:
            return True
        return _work_in(then) != _work_in(now_there)

    def make(self, progress: Progress | None = None) -> Made:
        """Make one now. Raises UserError, Cancelled."""
        return make(self.source, self.place, progress, keep=self.keep)

    def look_at(self, backup: Backup, progress: Progress | None = None) -> list[Finding]:
        """Read the whole of a backup; return what is wrong with it."""
        return look_at(backup, self.source.key, progress)

    def restore_beside(
        self, backup: Backup, store: Store, key: DataKey | None = None, progress: Progress | None = None
    ) -> Restored:
        """Make a casebook of a backup beside the present one, and say how the two differ.

        `key` is that of the backup where it is not that of today. A copy that cannot be compared goes again.
        """
        key, present = key or self.source.key, self.source.folder
        stamp = f"{backup.made_at.astimezone():%Y-%m-%d %H%M}"
        name = tr(N_("{name} (backup of {when})"), name=present.name.removesuffix(SUFFIX), when=stamp)
        folder, lost = restore(backup, free_name(present.with_name(name + SUFFIX)), key, progress)
        try:
            return Restored(folder, lost, compare(store, folder, key, progress))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _work_in(inside: Inside) -> tuple[object, ...]:
    """What work changes; that a casebook was opened and looked at is noted in the audit log, and no work."""
    counts = {name: n for name, n in inside.counts.items() if not name.startswith(("audit_", "kept_"))}
    return inside.last_action, counts


def root_of(settings: Settings) -> Path:
    """Return the folder that the user chose, or the program's own."""
    return Path(settings.backup_folder) if settings.backup_folder else default_root()


def newest_for(folder: Path, settings: Settings) -> Backup | None:
    """Return the newest good backup of a casebook that does not open.

    Where not even its key files can be read, the newest of any casebook: its passphrase will tell.
    """
    root = root_of(settings)
    try:
        return Place(root, keyfile.newest(folder).casebook).last_good()
    except UserError:
        found = [each for place in root.glob(f"{PREFIX}*") for each in _in(place) if each.good]
        return max(found, key=lambda each: each.made_at, default=None)


def _in(place: Path) -> list[Backup]:
    found = []
    for path in place.iterdir():
        try:
            found.append(read_backup(path))
        except (UserError, OSError):
            continue
    return found
