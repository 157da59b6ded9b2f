"""What protects a paper when it is whole: a password for the way, a signature of the office, or both.

Locked first and signed then: the signature stands over the locked bytes and is added behind them, which is
the one order that leaves it intact (ISO 32000-2, 7.6.1: what is in a signature itself is never encrypted).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store.certificates import SigningKey
from casetracker.store.passphrase import made_up_words, passphrase_problem

LONGEST = 127  # bytes; AES-256 as ISO 32000-2 has it reads no more of a password
_WORDS = 5


@dataclass(frozen=True)
class Protection:
    """Locks and signs a finished paper, as `ReleaseWanted.protect` is to; nothing asked for, nothing done."""

    password: str = field(default="", repr=False)
    key: SigningKey | None = None

    def __bool__(self) -> bool:
        return bool(self.password or self.key)

    def __call__(self, data: bytes) -> bytes:
        """Return the paper as it leaves; raises `UserError` if the password will not do."""
        if self.password:
            data = lock(data, self.password)
        if self.key:
            from casetracker.reports.signature import sign  # half a second to load, for some papers only

            data = sign(data, self.key, self.password)
        return data


def lock(data: bytes, password: str) -> bytes:
    """Return the PDF encrypted with AES-256 (revision 6); it opens with this password and no other.

    Raises `UserError` if the password will not do.
    """
    if problem := password_problem(password):
        raise UserError(problem)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as paper:
        paper.save(out, encryption=pikepdf.Encryption(user=password, owner=password, R=6))
    return out.getvalue()


def password_problem(password: str) -> str:
    """Return a sentence that says why a password will not do for a paper; "" if it will."""
    if not password.isascii() or not password.isprintable() or password != password.strip():
        return tr(
            N_(
                "Take Latin letters, digits and signs for the password of a paper: not every program that "
                "opens PDFs reads other letters."
            )
        )
    if len(password) > LONGEST:
        return tr(N_("A password for a paper has at most {n} signs."), n=LONGEST)
    return passphrase_problem(password)


def new_password() -> str:
    """Return a password of five made-up words, about 60 bits, as `made_up_words` draws them."""
    return made_up_words(_WORDS)


def is_locked(data: bytes) -> bool:
    """Whether a PDF asks for a password before it opens."""
    try:
        with pikepdf.open(io.BytesIO(data)):
            return False
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False


def unlocked(data: bytes, password: str) -> bytes | None:
    """Return the PDF as it is without its password, for reading; None if the password is not the one."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), password=password) as paper:
            paper.save(out, deterministic_id=True)  # a form that comes twice is the same form
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return None
    return out.getvalue()


class Locked(UserError):
    """A file opens only with its password."""


def readable(data: bytes, password: str = "") -> bytes:
    """Return a PDF that came in so that it can be read; raises `Locked`, `UserError` for a wrong password."""
    if not is_locked(data):
        return data
    if not password:
        raise Locked(tr(N_("This file is locked with a password.")))
    opened = unlocked(data, password)
    if opened is None:
        raise UserError(tr(N_("This file does not open with this password.")))
    return opened


def password_in(path: Path) -> str:
    """Return the first line of a file as a password; raises `UserError` if there is none."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(
            tr(N_("“{name}” cannot be read as a file with a password."), name=path.name)
        ) from None
    if not lines or not lines[0].strip():
        raise UserError(
            tr(N_("There is no password in “{name}”; it belongs in the first line."), name=path.name)
        )
    return lines[0].strip()
