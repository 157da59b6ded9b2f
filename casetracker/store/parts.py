"""A recovery code parted among several people: any k of n parts give it back, fewer say nothing about it.

SLIP-39 (Shamir's scheme over GF(256), with words and checksums): a published format with published vectors,
by the library of those who wrote it. A part is twenty English words of a list of 1024. What is parted is a
secret of 128 bits; the recovery code is made of it, so that its slot is like any other.
"""

from __future__ import annotations

import re
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from casetracker.i18n import N_, tr
from casetracker.store.recovery import ALPHABET, RANDOM_SIGNS, MistypedCode, with_check

SECRET_BYTES = 16
WORDS = 20  # of a part
FEWEST, MOST = 2, 9


def new_parts(needed: int, of: int) -> tuple[str, list[str]]:
    """Return a new recovery code and its parts, of which `needed` give it back."""
    import shamir_mnemonic  # only here: its list of words is read when it is loaded

    if not FEWEST <= needed <= of <= MOST:
        raise ValueError("needed parts lie between two and all of them")
    secret = secrets.token_bytes(SECRET_BYTES)
    (parts,) = shamir_mnemonic.generate_mnemonics(1, [(needed, of)], secret, iteration_exponent=0)
    return _code_of(secret), parts


def looks_like_parts(text: str) -> bool:
    """Whether what was typed is one part or more: twenty words of the list, or a multiple."""
    words = _words(text)
    if not words or len(words) % WORDS:
        return False
    from shamir_mnemonic.wordlist import WORDLIST

    return set(words) <= set(WORDLIST)


def joined(text: str) -> str:
    """Return the recovery code of the parts, typed one after the other; MistypedCode says what is off."""
    import shamir_mnemonic

    words = _words(text)
    parts = [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)]
    try:
        return _code_of(shamir_mnemonic.combine_mnemonics(dict.fromkeys(parts)))
    except shamir_mnemonic.MnemonicError:
        raise MistypedCode(
            tr(
                N_(
                    "These parts of the recovery code do not give it back: one of them is mistyped, belongs "
                    "to another sheet, or more parts are needed; each has {n} words."
                ),
                n=WORDS,
            )
        ) from None


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower()) if text.isascii() else []


def _code_of(secret: bytes) -> str:
    made = HKDFExpand(hashes.SHA256(), RANDOM_SIGNS, b"casetracker/v1/parts").derive(secret)
    return with_check("".join(ALPHABET[byte & 31] for byte in made))
