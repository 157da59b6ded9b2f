"""What can go wrong in ways the user can understand. Anything else is a bug."""

from __future__ import annotations


class UserError(Exception):
    """An expected failure; its text is one sentence that says what is wrong and what to do."""


class Invalid(UserError):
    """A draft that cannot be saved; `problems` maps each field's address (``name.0.full``) to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class Conflict(UserError):
    """Somebody else, or another window, changed the record first."""


class WrongPassphrase(UserError):
    """The passphrase opens no key slot of this casebook."""


class NotACasebook(UserError):
    """The folder or file is no casebook, or a part of it is missing."""


class Damaged(UserError):
    """The records cannot be read as they were written."""


class TooNew(UserError):
    """The casebook was written by a newer program."""


class ReadOnly(UserError):
    """The casebook is open for reading only."""


class TooOld(ReadOnly):
    """The casebook was written by an older program and has to be brought up to date before it is read."""


class NotForAudience(UserError):
    """The report is not made for this audience."""
