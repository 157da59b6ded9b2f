"""Short codes of the newest entry of the log, to be kept outside the casebook, and their comparison.

A code is the number of an entry, the first 80 bits of its link and a group of check, in the letters of the
recovery code: "1482-7F3Q-K2MA-9XTP-H0VC-QX4E". Whoever rewrites the log before that entry would have to find
a second log with the same 80 bits. No list of words: the users read in three languages and two scripts, and
the office knows these groups from the recovery sheet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store import meta
from casetracker.store.audit.chaining import head
from casetracker.store.audit.entries import heads
from casetracker.store.audit.verifying import Break, ChainReport
from casetracker.store.recovery import ALPHABET, GROUP, grouped
from casetracker.store.store import Store

_BITS = 80
_SIGNS, _CHECK = _BITS // 5, 4
_READ_AS = str.maketrans("OILАВЕКМНОРСТУХ", "011ABEKMH0PCTYX")
_BETWEEN = re.compile(r"[\s\-_.·\u2010-\u2015\u2212\u00ad]+")


@dataclass(frozen=True)
class Anchor:
    """A code that was read: of which entry, and how its link begins."""

    seq: int
    signs: str

    def __str__(self) -> str:
        signs = self.signs + _check(self.seq, self.signs)
        return f"{self.seq}-{grouped(signs)}"


def anchor(store: Store) -> str:
    """Return the code of the newest entry of the log of an open casebook; "" of an empty log."""
    with store.reading() as session:
        return anchor_of(session)


def anchor_of(session: Session) -> str:
    """Return the code of the newest entry of the log, for whoever has no store (a backup being verified)."""
    now = head(session, meta.read_identity(session.connection()))
    return str(Anchor(now.seq, signs_of(now.link.hex()))) if now.seq else ""


def listed(store: Store, limit: int = 500) -> list[tuple[dt.datetime, str]]:
    """Return the codes of the signed heads, the newest first, each with its moment (UTC, without a zone)."""
    query = sa.select(heads.c.at, heads.c.seq, heads.c.link).order_by(heads.c.seq.desc()).limit(limit)
    with store.reading() as session:
        return [(row.at, str(Anchor(row.seq, signs_of(row.link)))) for row in session.execute(query)]


def signs_of(link: str) -> str:
    """Return the signs that stand for a link."""
    number = int(link, 16) >> (4 * len(link) - _BITS)
    return "".join(ALPHABET[number >> 5 * at & 31] for at in range(_SIGNS - 1, -1, -1))


def read_anchor(text: str) -> Anchor:
    """Read a code as it was typed, in any case, with any dashes; raises `UserError` if a sign is wrong."""
    parts = [part for part in _BETWEEN.split(text.strip().upper()) if part]
    signs = "".join(parts[1:]).translate(_READ_AS)
    if not parts or not parts[0].isdecimal() or len(signs) != _SIGNS + _CHECK:
        raise UserError(
            tr(
                N_("A code of the log is a number and {n} groups of four signs; look at the paper again."),
                n=(_SIGNS + _CHECK) // GROUP,
            )
        )
    found = Anchor(int(parts[0]), signs[:_SIGNS])
    if signs[_SIGNS:] != _check(found.seq, found.signs):
        raise UserError(
            tr(N_("One of the signs of this code is wrong; compare it group by group with the paper."))
        )
    return found


def compare(report: ChainReport, wanted: Anchor) -> Break | None:
    """Say whether the log still holds the entry that a code was made of; None if it does."""
    link = report.links.get(wanted.seq)
    if link is None:
        return Break(
            wanted.seq,
            tr(
                N_(
                    "The log ends at entry {length}, but the code is of entry {seq}: its newest part was cut "
                    "off, or an older copy of the casebook was put in its place."
                ),
                length=report.length,
                seq=wanted.seq,
            ),
        )
    if signs_of(link) != wanted.signs:
        return Break(
            wanted.seq,
            tr(
                N_(
                    "Entry {seq} of the log is not the one that the code was made of: the log was written "
                    "anew from an entry before it, or the code is of another casebook."
                ),
                seq=wanted.seq,
            ),
        )
    return None


def _check(seq: int, signs: str) -> str:
    found = hashlib.sha256(f"casetracker/v1/anchor-check {seq} {signs}".encode()).digest()
    return "".join(ALPHABET[byte & 31] for byte in found[:_CHECK])
