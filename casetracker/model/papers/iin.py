"""The individual identification number of Kazakhstan (ЖСН, ИИН): twelve digits.

Source: domain standards, §5.7. Since Resolution 853 of 26 August 2013 the digits are not tied to the
holder's data any more: a birth date or sex that differs is something to look at, not an error.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from casetracker.i18n import N_, tr
from casetracker.model.papers.finding import NOTHING_KNOWN, Finding, Known, Severity, SexInPapers
from casetracker.model.papers.prc import date_differs

_FIRST = range(1, 12)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def normalised(number: str) -> str:
    """Return a number without spaces and dashes, in plain digits."""
    return re.sub(r"[\s\-‐-―−]", "", unicodedata.normalize("NFKC", number))


def check_digit(first: str) -> str | None:
    """Return the check digit of the first eleven; nothing when such a number is never issued."""
    digits = [int(digit) for digit in first]
    for weights in (_FIRST, _SECOND):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return str(rest)
    return None


def born(number: str) -> dt.date | None:
    """Return the birth date that a number was made from; nothing when it does not look like one."""
    plain = normalised(number)
    century = {"1": "18", "2": "18", "3": "19", "4": "19", "5": "20", "6": "20"}.get(plain[6:7])
    try:
        return dt.datetime.strptime(f"{century}{plain[:6]}", "%Y%m%d").date() if century else None  # noqa: DTZ007
    except ValueError:
        return None


def sex(number: str) -> SexInPapers | None:
    """Return the sex that a number was made from; nothing when it does not say."""
    digit = normalised(number)[6:7]
    return None if digit not in {*"123456"} else "MALE" if digit in "135" else "FEMALE"


def check(number: str, known: Known = NOTHING_KNOWN) -> list[Finding]:
    """Say what is odd about a number, the gravest first; an empty list when nothing is."""
    plain = normalised(number)
    if not re.fullmatch(r"[0-9]{12}", plain):
        sentence = N_("An IIN has twelve digits; this one has {n} characters.")
        return [Finding(Severity.WRONG, tr(sentence, n=len(plain)))]
    return [*_check_digit(plain), *_check_meaning(plain, known)]


def _check_digit(plain: str) -> list[Finding]:
    right = check_digit(plain[:11])
    if right == plain[11]:
        return []
    if right is None:
        return [Finding(Severity.WRONG, tr(N_("No IIN begins with these eleven digits.")))]
    return [
        Finding(
            Severity.WRONG,
            tr(N_("The last digit does not fit the others: it would be {right}."), right=right),
        )
    ]


def _check_meaning(plain: str, known: Known) -> list[Finding]:
    if plain[4] in "456":
        return [Finding(Severity.NOTICE, tr(N_("This looks like the number of a company (BIN).")))]
    if plain[6] not in "123456":
        return [
            Finding(
                Severity.NOTICE, tr(N_("The seventh digit is unusual; foreigners often have such numbers."))
            )
        ]
    birth = born(plain)
    if birth is None:
        return [
            Finding(
                Severity.NOTICE, tr(N_("The first six digits are no date; since 2013 they need not be one."))
            )
        ]
    found = date_differs(birth, known)
    if known.sex not in {None, sex(plain)}:
        sentence = N_("The number was made for the other sex; since 2013 it need not match.")
        found.append(Finding(Severity.NOTICE, tr(sentence)))
    return found
