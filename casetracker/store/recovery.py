"""The recovery code: printed on the recovery sheet, opens the casebook when the passphrase is lost.

Eight groups of four signs of Crockford's base 32 (no I, L, O, U; https://www.crockford.com/base32.html):
seven groups of chance (140 bits) and one of check, so that a wrong, missing or swapped sign is noticed before
the slow key derivation, and can be said to the user.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from casetracker.errors import WrongPassphrase
from casetracker.i18n import N_, tr

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
RANDOM_SIGNS = 28
CHECK_SIGNS = 4
LENGTH = RANDOM_SIGNS + CHECK_SIGNS
# Typed in haste, or with the Cyrillic keyboard on: what looks the same on paper is the same sign.
_READ_AS = str.maketrans("OILАВЕКМНОРСТУХ", "011ABEKMH0PCTYX")
_BETWEEN = re.compile(r"[\s\-_.\u2010-\u2015\u2212\u00ad]+")
_ALIKE_AT_MOST = 6


class MistypedCode(WrongPassphrase):
    """What was typed is a recovery code with a mistake in it."""


def new_code() -> str:
    """Return a new code, written in groups: "7F3Q-…"."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SIGNS))
    return with_check(signs)


def with_check(signs: str) -> str:
    """Return a code of these signs, with its check, as it is printed."""
    return grouped(signs + _check(signs))


def grouped(signs: str) -> str:
    """Return the signs in groups of four, as they are printed."""
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def parse_code(text: str) -> str:
    """Return the bare signs of a typed code, in any case, with any dashes; MistypedCode says what is off."""
    signs = _signs(text)
    strange = sorted({sign for sign in signs if sign not in ALPHABET})
    if strange:
        raise MistypedCode(
            tr(N_("A recovery code has no “{sign}”; look at the recovery sheet again."), sign=strange[0])
        )
    if len(signs) != LENGTH:
        raise MistypedCode(
            tr(
                N_(
                    "A recovery code has {length} signs, and this one has {n}; look at the recovery "
                    "sheet again."
                ),
                length=LENGTH,
                n=len(signs),
            )
        )
    if _check(signs[:RANDOM_SIGNS]) != signs[RANDOM_SIGNS:]:
        raise MistypedCode(
            tr(
                N_(
                    "One of the signs of this recovery code is wrong; compare it group by group with the "
                    "recovery sheet."
                )
            )
        )
    return signs


def is_code(text: str) -> bool:
    """Whether the text is a recovery code without a mistake."""
    try:
        parse_code(text)
    except MistypedCode:
        return False
    return True


def looks_like_code(text: str) -> bool:
    """Whether the text was probably meant as a recovery code: about as long, in groups, of its signs only."""
    signs = _signs(text)
    wrong = sum(sign not in ALPHABET for sign in signs)
    groups = [group for group in _BETWEEN.split(text.strip()) if group]
    shaped = len(groups) == 1 or sum(len(group) == GROUP for group in groups) >= len(groups) - 2
    has_digit = any(sign.isdigit() for sign in text)
    return shaped and has_digit and wrong <= 1 and abs(len(signs) - LENGTH) <= _ALIKE_AT_MOST


def _signs(text: str) -> str:
    return _BETWEEN.sub("", text).upper().translate(_READ_AS)


def _check(signs: str) -> str:
    """The last group (20 bits) over all the others; a hash, so that swapped neighbours are noticed too."""
    digest = hashlib.sha256(b"casetracker/v1/recovery-check" + signs.encode()).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:CHECK_SIGNS])
