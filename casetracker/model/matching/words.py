"""The words of a text as full-text search keeps them: without case, accents and Kazakh-only letters.

The text and what is typed are taken apart by the same rule, so that they meet. Chinese writes no spaces: each
of its characters is a word, and what was typed together has to stand together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casetracker.model.people.person import folded

_TAKES_ENDINGS = 4  # letters from which on a word may have an ending
LONGEST = 60  # letters of a word that are kept; what is longer is no word of any language
_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"  # accents, and the signs of Arabic
)
# An apostrophe inside a word is a letter of romanised names (Ma'mut), not the end of one.
_WORD = re.compile(rf"[\w{_MARKS}]+(?:['’ʻʼʹʺ][\w{_MARKS}]+)*")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_QUOTED = re.compile('["“«][^"”»]*["”»]')
_PIECES = re.compile(f"{_HAN.pattern}|(?:(?!{_HAN.pattern}).)+", re.DOTALL)


@dataclass(frozen=True)
class Word:
    """A word as it is compared, and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def han(self) -> bool:
        """Whether it is one Chinese character."""
        return _HAN.match(self.text) is not None


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return folded(word)[:LONGEST]


def words_of(text: str) -> Iterator[Word]:
    """Take a text apart, in its order."""
    for found in _WORD.finditer(text):
        start, whole = found.start(), found.group()
        if not _HAN.search(whole):
            if plain := _plain(whole):
                yield Word(plain, start, found.end())
            continue
        for piece in _PIECES.finditer(whole):
            if plain := _plain(piece.group()):
                yield Word(plain, start + piece.start(), start + piece.end())


@dataclass(frozen=True)
class Phrase:
    """Words that have to stand together; the last of an `unfinished` one may go on."""

    words: tuple[str, ...]
    unfinished: bool = False


def phrases_of(typed: str) -> list[Phrase]:
    """Return what has to stand in a text.

    Together belong Chinese characters without a space, and what is between quotation marks. A word of four
    letters may go on, because Kazakh and Russian put endings to it; so may the last one, being typed.
    """
    parts: list[list[Word]] = []
    quoted = [(found.start(), found.end()) for found in _QUOTED.finditer(typed)]

    def quotation(word: Word) -> int:
        return next((start for start, end in quoted if start <= word.start < end), -1)

    for word in words_of(typed):
        last = parts[-1][-1] if parts else None
        if last and (_touching(last, word) or -1 < quotation(word) == quotation(last)):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [
        Phrase(
            tuple(word.text for word in part),
            quotation(part[-1]) < 0
            and not part[-1].han
            and (part is parts[-1] or len(part[-1].text) >= _TAKES_ENDINGS),
        )
        for part in parts
    ]


def _touching(one: Word, other: Word) -> bool:
    return one.end == other.start and (one.han or other.han)


@dataclass(frozen=True)
class Excerpt:
    """A part of a text, and where in it the words stand that were looked for: pairs of start and end."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def excerpt(text: str, phrases: Sequence[Phrase], *, around: int = 40) -> Excerpt:
    """Return the part of a text that matches best, some `around` letters before and twice as many after.

    An empty excerpt means that nothing matches.
    """
    found = list(words_of(text))
    hits = sorted({place for phrase in phrases for place in _places(found, phrase)})
    if not hits:
        return Excerpt()
    middle = found[hits[_densest([found[place].start for place in hits], 2 * around)]]
    start = min(w.start for w in found if w.start >= middle.start - around)
    end = max(w.end for w in found if w.end <= max(middle.end, middle.start + 2 * around))
    start, end = start if start > found[0].start else 0, end if end < found[-1].end else len(text.rstrip())
    before, after = "… " if start else "", " …" if end < len(text.rstrip()) else ""
    shift = len(before) - start
    inside = [found[p] for p in hits if found[p].start >= start and found[p].end <= end]
    marks = tuple((word.start + shift, word.end + shift) for word in inside)
    return Excerpt(before + re.sub(r"\s", " ", text[start:end]) + after, marks)


def _places(found: list[Word], phrase: Phrase) -> Iterator[int]:
    """Return the numbers of the words at which a phrase stands."""
    wanted, size = list(phrase.words), len(phrase.words)
    for start in range(len(found) - size + 1):
        words = [word.text for word in found[start : start + size]]
        goes_on = phrase.unfinished and words[:-1] == wanted[:-1] and words[-1].startswith(wanted[-1])
        if words == wanted or goes_on:
            yield from range(start, start + size)


def _densest(starts: list[int], reach: int) -> int:
    """Return the number of the start after which the most others follow within reach."""
    return max(range(len(starts)), key=lambda n: (sum(0 <= s - starts[n] <= reach for s in starts), -n))
