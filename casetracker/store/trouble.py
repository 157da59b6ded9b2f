"""What the driver and the disk complain of, said in sentences that a person can act on; in this one place."""

from __future__ import annotations

import errno
import sqlite3

from casetracker.errors import Damaged, ReadOnly, UserError, WrongPassphrase
from casetracker.i18n import N_, tr

DAMAGED = N_(
    "The records of this casebook are damaged and cannot be read as they were written; "
    "change nothing in the folder, and bring back the newest copy of the whole folder that you have."
)
FULL = N_(
    "The disk is full: nothing was saved; what you typed is still on screen; free some space and save again."
)
GONE = N_(
    "The casebook cannot be reached just now (was the drive or the network taken away, or is the disk "
    "full?): nothing was saved; connect it again or free some space, and save again."
)
BUSY = N_("Another program is writing to the casebook just now; wait a moment and try again.")
READ_ONLY = N_("The casebook is open for reading only, so this cannot be saved.")
WRONG = N_("The passphrase does not open this casebook; look at Caps Lock and at the keyboard's language.")

# SQLite's own texts, for where the driver leaves the number out.
_SAID = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database is locked": sqlite3.SQLITE_BUSY,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}


class DiskFull(UserError):
    """There is no room left where the casebook lies."""


class Unreachable(UserError):
    """The folder cannot be read or written: the drive is gone, or it failed."""


class Busy(UserError):
    """Another connection holds the file longer than we wait."""


def translate(error: BaseException, *, unlocked: bool = True) -> UserError | None:
    """Return what to tell the user, or nothing where the error is a bug or a matter of the caller.

    `error` is what SQLAlchemy, the driver or the operating system raised. `unlocked` says that a key slot did
    open: the key is then right, and "file is not a database" means damage, not a wrong passphrase.
    """
    if isinstance(error, UserError):
        return error
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return disk_trouble(cause)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None and type(cause).__module__.startswith("sqlcipher3"):  # a copy that fails tells no code
        code = _SAID.get(str(cause))
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # the index of the log could not grow
        code = sqlite3.SQLITE_FULL
    return _of_code(code & 0xFF, unlocked=unlocked) if isinstance(code, int) else None


def _of_code(code: int, *, unlocked: bool) -> UserError | None:
    """Turn a primary result code of SQLite into a sentence."""
    if code == sqlite3.SQLITE_NOTADB and not unlocked:
        return WrongPassphrase(tr(WRONG))
    kinds: dict[int, tuple[type[UserError], str]] = {
        sqlite3.SQLITE_NOTADB: (Damaged, DAMAGED),
        sqlite3.SQLITE_CORRUPT: (Damaged, DAMAGED),
        sqlite3.SQLITE_FULL: (DiskFull, FULL),
        sqlite3.SQLITE_READONLY: (ReadOnly, READ_ONLY),
        sqlite3.SQLITE_PERM: (ReadOnly, READ_ONLY),
        sqlite3.SQLITE_BUSY: (Busy, BUSY),
        sqlite3.SQLITE_LOCKED: (Busy, BUSY),
        sqlite3.SQLITE_IOERR: (Unreachable, GONE),
        sqlite3.SQLITE_CANTOPEN: (Unreachable, GONE),
    }
    kind, sentence = kinds.get(code, (None, ""))
    return kind(tr(sentence)) if kind else None


def disk_trouble(error: OSError) -> UserError:
    """Return the sentence for a failure of the operating system to read or write a file."""
    if error.errno in _FULL:
        return DiskFull(tr(FULL))
    if error.errno in _FORBIDDEN:
        return ReadOnly(
            tr(N_("This folder may not be written to; choose another folder, or ask who looks after it."))
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Unreachable(tr(GONE))
    reason = error.strerror or type(error).__name__
    return Unreachable(
        tr(N_("The folder cannot be read or written ({reason}); try another place."), reason=reason)
    )
