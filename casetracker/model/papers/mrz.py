"""The lines for machines on passports and cards (ICAO 9303: TD3 and TD1), and their check digits.

A year in them has two digits: that of a birth may be of either century, that of an expiry is after 1980.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model.papers.finding import NOTHING_KNOWN, Finding, Known, Severity, SexInPapers

_VALUES = {"<": 0, **{digit: int(digit) for digit in "0123456789"}}
_VALUES |= {letter: at for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 10)}
_FIRST_EXPIRY = 80  # passports with such lines were not made before


@dataclass(frozen=True)
class _Layout:
    """Where pieces stand: (from, to), a check digit right behind; `whole` is what the last digit is of."""

    number: tuple[int, int]
    birth: tuple[int, int]
    expires: tuple[int, int]
    sex: int
    whole: tuple[tuple[int, int], ...]
    last: int
    personal: tuple[int, int] | None = None


_PASSPORT = _Layout((0, 9), (13, 19), (21, 27), 20, ((0, 10), (13, 20), (21, 43)), 43, (28, 42))
_CARD = _Layout((5, 14), (30, 36), (38, 44), 37, ((5, 30), (30, 37), (38, 45), (48, 59)), 59)


@dataclass(frozen=True)
class Zone:
    """What the lines say; `births` are the days that the two digits of the year can mean."""

    number: str
    births: tuple[dt.date, ...]
    sex: SexInPapers | None
    expires: dt.date | None


def normalised(text: str) -> str:
    """Return lines without spaces, in capitals."""
    return re.sub(r"\s", "", text).upper()


def check_digit(text: str) -> str:
    """Return the check digit of a piece of the zone: weights 7-3-1, A is 10. `KeyError` for other letters."""
    return str(sum(_VALUES[letter] * (7, 3, 1)[at % 3] for at, letter in enumerate(text)) % 10)


def _laid_out(text: str) -> tuple[str, _Layout] | None:
    """Return the part with the digits and its layout: line 2 of a passport, lines 1 and 2 of a card."""
    plain = normalised(text)
    if not set(plain) <= set(_VALUES):
        return None
    if len(plain) in {44, 88}:
        return plain[-44:], _PASSPORT
    return (plain[:60], _CARD) if len(plain) in {60, 90} else None


def read(text: str) -> Zone | None:
    """Take the lines apart; nothing when they have not the shape of such lines."""
    found = _laid_out(text)
    if found is None:
        return None
    plain, at = found
    sexes: dict[str, SexInPapers] = {"M": "MALE", "F": "FEMALE"}
    born, until = plain[slice(*at.birth)], plain[slice(*at.expires)]
    births = tuple(day for century in ("19", "20") if (day := _day(century + born)))
    expires = _day(("19" if until[:2] >= str(_FIRST_EXPIRY) else "20") + until)
    return Zone(plain[slice(*at.number)].replace("<", ""), births, sexes.get(plain[at.sex]), expires)


def _day(digits: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None


def check(text: str) -> list[Finding]:
    """Say which pieces of the lines do not fit their check digits."""
    found = _laid_out(text)
    if found is None:
        sentence = N_(
            "The second line of a passport has 44 characters, a card three lines of 30: capital letters, "
            "digits and <; here are {n}."
        )
        return [Finding(Severity.WRONG, tr(sentence, n=len(normalised(text))))]
    plain, at = found
    wrong = [*_pieces(plain, at)]
    if plain[at.last] != check_digit("".join(plain[slice(*piece)] for piece in at.whole)):
        wrong.append(Finding(Severity.WRONG, tr(N_("The last digit does not fit the whole line."))))
    return wrong


def _pieces(plain: str, at: _Layout) -> list[Finding]:
    named = (
        (N_("number"), at.number),
        (N_("date of birth"), at.birth),
        (N_("date of expiry"), at.expires),
        (N_("personal number"), at.personal),
    )
    sentence = N_("The check digit after the {piece} does not fit: it would be {right}.")
    found = []
    for name, piece in named:
        if piece is None:
            continue
        held, end = plain[slice(*piece)], piece[1]
        right = check_digit(held)
        empty = set(held) == {"<"}  # an empty personal number may be followed by < instead of 0
        if plain[end] != right and not (empty and plain[end] == "<"):
            found.append(Finding(Severity.WRONG, tr(sentence, piece=tr(name), right=right)))
    return found


def compare(text: str, number: str, known: Known = NOTHING_KNOWN) -> list[Finding]:
    """Say where the lines differ from the number beside them, in one writing, and from the record."""
    zone = read(text)
    if zone is None:
        return []
    found = []
    if number and zone.number and zone.number != number:
        found.append(tr(N_("The lines for machines hold another number: {number}."), number=zone.number))
    if known.sex and zone.sex and known.sex != zone.sex:
        found.append(tr(N_("The lines for machines say another sex than the record.")))
    if zone.births and not any(known.may_be_born(day) for day in zone.births):
        found.append(tr(N_("The lines for machines say another date of birth than the record.")))
    return [Finding(Severity.NOTICE, sentence) for sentence in found]
