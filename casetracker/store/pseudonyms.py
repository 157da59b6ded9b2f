"""Stable names for people who may not be named, and the codes by which a released paper is known again.

Both are keyed hashes with a key that is random for each casebook and lies in it. The same person has the same
pseudonym in all papers for one audience in one year, another one for other readers and in the next year; from
a pseudonym nobody can find the person without the casebook, nor tell whether two readers speak of the same.
"""

from __future__ import annotations

import hashlib
import hmac

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model.confidentiality import Audience
from casetracker.store.edit import REF_LETTERS
from casetracker.store.meta import casebook_table

LENGTH = 6  # of a pseudonym: among a thousand people two are confused once in a thousand casebooks
_CODE = 8  # letters of the code on a paper: 39 bits, which nobody can guess from outside


def key_of(session: Session) -> str:
    """Return the key of this casebook; "" in one that has no identity yet."""
    return session.scalar(sa.select(casebook_table.c.paper_key)) or ""


def pseudonym(key: str, audience: Audience, year: int, person_id: str) -> str:
    """Return how somebody is called for an audience in a year, such as "7F3-QK2"; "" without a key."""
    return _letters(key, LENGTH, "pseudonym", audience.value, str(year), person_id, parts=3) if key else ""


def check_code(key: str, *told: str) -> str:
    """Return the code that stands on a paper beside its number: only this casebook can make it."""
    return _letters(key, _CODE, "paper", *told, parts=4)


def _letters(key: str, count: int, *told: str, parts: int) -> str:
    """Return letters that are read out on the telephone, in groups of `parts`."""
    message = "\0".join(told).encode("utf-8")
    number = int.from_bytes(hmac.new(bytes.fromhex(key), message, hashlib.sha256).digest())
    letters = ""
    for _ in range(count):
        number, at = divmod(number, len(REF_LETTERS))
        letters += REF_LETTERS[at]
    return "-".join(letters[start : start + parts] for start in range(0, count, parts))
