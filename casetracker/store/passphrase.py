"""What makes a passphrase good enough, and how it becomes bytes. Nothing heavy here: the wizard uses it."""

from __future__ import annotations

import unicodedata

from casetracker.i18n import N_, tr

SHORTEST = 12
FEWEST_WORDS = 4
_SHORTEST_WORD = 3
_FEWEST_DIFFERENT = 5


def passphrase_problem(passphrase: str) -> str:
    """Return a sentence that says why the passphrase is too weak for a new casebook, or "" if it will do."""
    text = unicodedata.normalize("NFC", passphrase)
    words = [word for word in text.split() if len(word) >= _SHORTEST_WORD]
    if len(text) < SHORTEST and len(words) < FEWEST_WORDS:
        return tr(
            N_(
                "Take at least {letters} characters, or {words} words that have nothing to do with each "
                "other."
            ),
            letters=SHORTEST,
            words=FEWEST_WORDS,
        )
    if len(set(text.casefold())) < _FEWEST_DIFFERENT:
        return tr(N_("This repeats the same few characters; take words that nobody would guess."))
    return ""


def as_bytes(passphrase: str) -> bytes:
    """Return what goes into the key derivation: é typed as one sign or as two is the same passphrase."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
