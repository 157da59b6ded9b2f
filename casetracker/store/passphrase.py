"""What makes a passphrase good enough, and how it becomes bytes. Nothing heavy here: the wizard uses it."""

from __future__ import annotations

import re
import secrets
import unicodedata

from casetracker.i18n import N_, tr

SHORTEST = 12
FEWEST_WORDS = 4
_SHORTEST_WORD = 3
_FEWEST_DIFFERENT = 5
PACKAGE_WORDS = 7  # made-up ones, about 85 bits
_PACKAGE_LETTERS, _PACKAGE_WORDS = 24, 6
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
# Beginnings of words that are rude in Kazakh, Russian or English.
_NOT_SO = re.compile(
    "suk|sik|kot|pid|ped|fag|fak|fuk|nig|neg|tit|dik|pis|pop|bit|bol|am[aiou]|kak|gov|gon|gad|naz|rap|lox|loh"
)


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


def made_up_words(count: int) -> str:
    """Return so many made-up words drawn at random, about 12 bits each.

    Each syllable is a consonant and a vowel that are written alike in what Kazakh, Russian and English
    speakers hear, so that they can be told by telephone to somebody who shares no language with a word list.
    """
    words: list[str] = []
    while len(words) < count:
        word = "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(2))
        if not _NOT_SO.match(word) and word not in words:
            words.append(word)
    return " ".join(words)


def package_passphrase_problem(passphrase: str) -> str:
    """Return why a passphrase is too weak for a file that others may get hold of, or "" if it will do.

    The encryption of zips lets whoever has the file guess millions of times a second, so more is asked than
    of a casebook.
    """
    text = unicodedata.normalize("NFC", passphrase)
    words = [word for word in text.split() if len(word) >= _SHORTEST_WORD]
    if len(text) < _PACKAGE_LETTERS and len(words) < _PACKAGE_WORDS:
        return tr(
            N_(
                "A package can be carried away and guessed at: take at least {letters} characters, or "
                "{words} words that have nothing to do with each other."
            ),
            letters=_PACKAGE_LETTERS,
            words=_PACKAGE_WORDS,
        )
    return passphrase_problem(passphrase)
