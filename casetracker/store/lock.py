"""One writer at a time: a lock that the system holds, and lets go when the program ends or crashes."""

from __future__ import annotations

import errno
from pathlib import Path

import filelock

from casetracker.i18n import N_, tr

NAME = "casebook.lock"

IN_USE = N_(
    "This casebook is already open in another window or program, so here it can be read but not changed; "
    "close it there and open it again to make changes."
)
READ_ONLY_PLACE = N_(
    "The folder of this casebook, or the medium that it lies on, may not be written to, so it can be "
    "read but not "
    "changed; to make changes, copy the whole folder to another place and open it there."
)
NO_LOCKS = N_(
    "The place of this casebook cannot tell two programs apart, so it can be read but not changed; "
    "to make changes, copy the whole folder to this computer's own disk."
)
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}


class WriterLock:
    """The right to change a casebook. `why_not` is "" while it is held, else a sentence for the user."""

    def __init__(self, folder: Path) -> None:
        self.why_not = ""
        # Not per thread: a casebook is opened by a worker and closed by the window. And no soft lock (a file
        # that merely exists) where the system has no real ones: after a crash nobody could open the casebook.
        self._lock = filelock.FileLock(folder / NAME, thread_local=False, fallback_to_soft=False)

    def take(self) -> bool:
        """Try once. False leaves the reason in `why_not`."""
        self.why_not = ""
        try:
            self._lock.acquire(blocking=False)
        except filelock.Timeout:
            self.why_not = tr(IN_USE)
        except (OSError, NotImplementedError) as error:
            forbidden = getattr(error, "errno", None) in _FORBIDDEN
            self.why_not = tr(READ_ONLY_PLACE) if forbidden else tr(NO_LOCKS)
        return not self.why_not

    def let_go(self) -> None:
        """Give the right back; harmless if it was not held."""
        self._lock.release()
