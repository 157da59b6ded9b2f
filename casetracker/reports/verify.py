"""Whether a paper in hand is one that this office gave out, and whether it is still as it was given."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.reports.protection import is_locked, unlocked
from casetracker.reports.releases import audience_words
from casetracker.reports.signature import Signed, signed
from casetracker.store import release_register
from casetracker.store.certificates import known
from casetracker.store.release_register import Registered
from casetracker.store.store import Store

_MARK = re.compile(r"\b(RL-[2-9A-Z]{4})\s+([2-9A-Z]{4}-[2-9A-Z]{4})\b")


class Verdict(Enum):
    """What is known of a paper; the value is the word for scripts."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """A verdict with the sentence for people, and what the register says of the paper."""

    verdict: Verdict
    sentence: str
    release: Registered | None = None
    signature: Signed | None = None
    locked: bool = False  # more could be said with its password


def verify(store: Store, path: Path, password: str = "") -> Verified:
    """Compare a file with the release register, and say what its signature says.

    A genuine one is known by its hash, so also where it is locked. One that was changed is known by the
    number and code on its pages, as long as somebody left them there. Raises `UserError` if it cannot be read
    at all, or the password is not the one.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise UserError(
            tr(N_("“{name}” cannot be read; is it there, and may you read it?"), name=path.name)
        ) from None
    digest = hashlib.sha256(data).hexdigest()
    locked = is_locked(data)
    opened = unlocked(data, password) if locked and password else data
    if opened is None:
        raise UserError(tr(N_("“{name}” does not open with this password."), name=path.name))
    signature = None if locked and not password else signed(data, known(store), password)
    said = _compared(store, digest, opened, locked=locked and not password)
    sentence = " ".join(filter(None, (said.sentence, signature.sentence if signature else "")))
    return replace(said, sentence=sentence, signature=signature, locked=locked and not password)


def _compared(store: Store, digest: str, data: bytes, *, locked: bool) -> Verified:
    """Compare a file with the register; a locked one only as a whole."""
    if found := release_register.with_digest(store, digest):
        return Verified(Verdict.GENUINE, _genuine(found), found)
    for ref, code in _marks(data):
        if (found := release_register.with_mark(store, ref, code)) is not None:
            return Verified(Verdict.ALTERED, _altered(found), found)
    sentence = N_("Not known here: this is no paper of the release register, or its number was taken away.")
    if locked:
        sentence = N_(
            "It is not a paper as it was given out. It is locked; with its password more can be said."
        )
    return Verified(Verdict.UNKNOWN, tr(sentence))


def _marks(data: bytes) -> list[tuple[str, str]]:
    """Return the numbers with their codes that stand on the pages, each once."""
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []  # what is no PDF, or no longer one, or locked, is not known here
    return list(dict.fromkeys(_MARK.findall(text)))


def _genuine(found: Registered) -> str:
    sentence = N_("Genuine: {ref}, released {day} to {whom}.")
    return " ".join(filter(None, (_told(sentence, found), _asked_back(found.recalled))))


def _altered(found: Registered) -> str:
    sentence = N_("Altered: it bears {ref}, released {day} to {whom}, but is not the file that was given.")
    return _told(sentence, found)


def _told(sentence: str, found: Registered) -> str:
    day = KnownDate.on(found.released).text()
    return tr(sentence, ref=found.ref, day=day, whom=found.addressee or audience_words(found.audience))


def _asked_back(day: dt.date | None) -> str:
    return tr(N_("It was asked back on {day}."), day=KnownDate.on(day).text()) if day else ""
