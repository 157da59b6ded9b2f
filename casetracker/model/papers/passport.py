"""Numbers of passports and cards: what shape they have.

Source: domain standards, §5.8. The shapes of Kazakh papers are from general knowledge and unverified, so a
number of another shape is something to look at, never an error. A passport gets a new number at each
renewal.
"""

from __future__ import annotations

import re
import unicodedata

from casetracker.i18n import N_, tr
from casetracker.model.papers.finding import Finding, Severity

PRC = re.compile(r"G[0-9]{8}|E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|(?:SE|PE|DE)[0-9]{7}")
KAZAKHSTAN = re.compile(r"N[0-9]{8}")
KAZAKHSTAN_CARD = re.compile(r"[0-9]{9}")
# Cyrillic letters that look like the Latin ones of passports.
_LOOKALIKES = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")


def normalised(number: str) -> str:
    """Return a number without spaces and dashes, in capital Latin letters and plain digits."""
    plain = unicodedata.normalize("NFKC", number.replace("№", "")).upper().translate(_LOOKALIKES)
    return re.sub(r"[\s\-‐-―−]", "", plain)


def check_prc(number: str) -> list[Finding]:
    """Say what is odd about the number of a Chinese passport."""
    sentence = N_("A Chinese passport has nine characters, as E12345678, EA1234567 or G12345678.")
    return _check(number, PRC, sentence, Severity.WRONG)


def check_kazakhstan(number: str) -> list[Finding]:
    """Say what is odd about the number of a Kazakh passport."""
    return _check(
        number, KAZAKHSTAN, N_("A Kazakh passport usually has N and eight digits."), Severity.NOTICE
    )


def check_kazakhstan_card(number: str) -> list[Finding]:
    """Say what is odd about the number of a Kazakh identity card."""
    return _check(
        number, KAZAKHSTAN_CARD, N_("A Kazakh identity card usually has nine digits."), Severity.NOTICE
    )


def _check(number: str, shape: re.Pattern[str], sentence: str, severity: Severity) -> list[Finding]:
    return [] if shape.fullmatch(normalised(number)) else [Finding(severity, tr(sentence))]
