"""Values that must not stand in a file, and the ways in which they could stand in it all the same.

A value can be written with capitals or without, with hyphens, the surname first, in the digits of another
script, with or without the number of the country, or turned round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ahocorasick_rs import BytesAhoCorasick

FEWEST_LETTERS = 3  # shorter values are found everywhere; Chinese ones of two signs are looked for too
FEWEST_BYTES = 6  # of a value sought in raw bytes, where shorter ones turn up by chance
FEWEST_DIGITS = 6  # of a telephone or identity number
MOST_DIGITS = 10  # its end is sought: +7, 8 and 0086 are written before the same number, or left out
_JOINING = str.maketrans("", "", "-\u2010\u2011\u2012\u2013\u00b7\u2019\u02bc'`")  # inside and between names
_EMBEDDINGS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]")
WORDS_OF_THE_FORMAT = frozenset(
    re.findall(
        r"\w+",
        """catalog outlines resources procset encoding metadata registry ordering supplement identity parent
        contents subtype filter length firstchar lastchar basefont fontdescriptor tounicode truetype xobject
        border""",
    )
)


@dataclass(frozen=True)
class Sought:
    """A withheld value with the forms in which it is looked for, in texts and in raw bytes."""

    value: str
    text: frozenset[str]
    digits: str
    raw: frozenset[bytes]
    words: frozenset[str]


def fold(text: str) -> str:
    """Return the text without blanks, hyphens, marks of direction and the difference of capitals."""
    plain = unicodedata.normalize("NFKC", _EMBEDDINGS.sub("", text)).casefold()
    return "".join(plain.translate(_JOINING).split())


def all_sought(values: Iterable[str]) -> list[Sought]:
    """Return what is looked for, each value once; too short ones are left out."""
    return [found for value in dict.fromkeys(values) if (found := sought_for(value))]


def in_text(text: str, values: Iterable[Sought]) -> Iterator[str]:
    """Yield the values that stand in a text, in any of their forms."""
    folded, digits = fold(text), _numbers(text)
    for s in values:
        if (
            any(form in folded for form in s.text)
            or (s.digits and (s.digits in digits or s.digits[::-1] in digits))
            or (len(s.words) > 1 and all(word in folded for word in s.words) and _spread(s, text))
        ):
            yield s.value


class InBytes:
    """Looks for many values in raw bytes at once: there are ten times more forms than values."""

    def __init__(self, values: Iterable[Sought]) -> None:
        self._of: dict[bytes, list[str]] = {}
        for s in values:
            for form in s.raw:
                self._of.setdefault(form, []).append(s.value)
        self._forms = list(self._of)
        self._automaton = BytesAhoCorasick(self._forms) if self._forms else None

    def __call__(self, data: bytes) -> Iterator[str]:
        """Yield the values that stand in the bytes as some encoding writes them, each once."""
        if self._automaton is None:
            return
        hits: set[int] = set()
        for each in {data, data.lower()}:
            hits.update(n for n, _, _ in self._automaton.find_matches_as_indexes(each, overlapping=True))
        yield from dict.fromkeys(value for n in sorted(hits) for value in self._of[self._forms[n]])


def sought_for(value: str) -> Sought | None:
    """Return the forms in which a value is looked for; None of one that is found everywhere."""
    folded = fold(value)
    digits = _digits("".join(c for c in folded if c.isdecimal()))
    letters = len(folded) - len(digits)
    fewest = 2 if any("\u3400" <= c <= "\u9fff" for c in folded) else FEWEST_LETTERS
    if len(folded) < fewest:
        return None
    number = digits[-MOST_DIGITS:] if len(digits) >= FEWEST_DIGITS and letters <= 4 else ""
    turned = " ".join(reversed(value.split()))  # the surname first, or last
    raw = {
        form.encode(code)
        for form in (value, value.lower(), value[::-1], turned)
        for code in ("utf-8", "utf-16-be")
    }
    raw |= {value.encode("utf-16-be").hex().encode(), value.encode("utf-8").hex().encode()}
    if folded in WORDS_OF_THE_FORMAT or (value.isascii() and len(value) < FEWEST_BYTES):
        raw = set()
    leftward = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in folded)
    words = frozenset(fold(word) for word in value.split()) if leftward else frozenset()
    return Sought(value, frozenset({folded, folded[::-1], fold(turned)}), number, frozenset(raw), words)


def _spread(s: Sought, text: str) -> bool:
    """Tell whether two lines, one after the other, hold all words of a value that runs from right to left.

    pypdf gives the words of such a line in the order in which they stand, not in which they are read.
    """
    lines = [{fold(word) for word in line.split()} for line in text.splitlines()]
    return any(s.words <= first | second for first, second in pairwise([*lines, set()]))


def _numbers(text: str) -> str:
    """Return the digits of the text as they are in Europe, with "|" where a letter stands between them."""
    return _digits(re.sub(r"[^\d|]", "", re.sub(r"[^\W\d_]+", "|", text)))


def _digits(text: str) -> str:
    """Write the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
