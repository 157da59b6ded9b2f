"""The lines for machines at the foot of a passport's page (ICAO 9303, TD3), and their check digits."""

from __future__ import annotations

import re

from casetracker.i18n import N_, tr
from casetracker.model.papers.finding import Finding, Severity

_LENGTH = 44
_VALUES = {"<": 0, **{digit: int(digit) for digit in "0123456789"}}
_VALUES |= {letter: at for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 10)}
# What is checked in the second line: from, to, where its digit stands.
_CHECKED = (
    (N_("number"), 0, 9),
    (N_("date of birth"), 13, 19),
    (N_("date of expiry"), 21, 27),
    (N_("personal number"), 28, 42),
)


def normalised(line: str) -> str:
    """Return a line without spaces, in capitals."""
    return re.sub(r"\s", "", line).upper()


def check_digit(text: str) -> str:
    """Return the check digit of a piece of the zone: weights 7-3-1, A is 10. `KeyError` for other letters."""
    return str(sum(_VALUES[letter] * (7, 3, 1)[at % 3] for at, letter in enumerate(text)) % 10)


def check(line: str) -> list[Finding]:
    """Say which pieces of the second line of a passport do not fit their check digits."""
    plain = normalised(line)
    if len(plain) != _LENGTH or not set(plain) <= set(_VALUES):
        sentence = N_("The second line has 44 characters: capital letters, digits and <; this one has {n}.")
        return [Finding(Severity.WRONG, tr(sentence, n=len(plain)))]
    sentence = N_("The check digit after the {piece} does not fit: it would be {right}.")
    found = []
    for piece, start, end in _CHECKED:
        right = check_digit(plain[start:end])
        empty = set(plain[start:end]) == {"<"}  # an empty personal number may be followed by < instead of 0
        if plain[end] != right and not (empty and plain[end] == "<"):
            found.append(Finding(Severity.WRONG, tr(sentence, piece=tr(piece), right=right)))
    if plain[43] != check_digit(plain[0:10] + plain[13:20] + plain[21:43]):
        found.append(Finding(Severity.WRONG, tr(N_("The last digit does not fit the whole line."))))
    return found
