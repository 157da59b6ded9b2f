"""Finding one name by its sound: what is kept of a spelling for it, and how near two words are.

The cross-script key finds a word whatever its script and vowels. It has seven letters only, so that all keys
one slip away can be looked up; the word itself then tells whether it is one letter that differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casetracker.model.matching.key import consonants, part_key, readings, without_doubles
from casetracker.model.matching.likeness import levelled
from casetracker.model.names.writing import Language, Script

LONGEST = 100  # letters that are kept of a key or word; no name of a person is as long
SHORTEST_FOR_A_SLIP = 5  # letters of a name in which one may be mistyped
_IOTATED = re.compile("i(?=[aeu])")  # "levelled" writes y as i
_CONSONANTS = "klmnpst"  # what the classes of the key leave


@dataclass(frozen=True, order=True)
class Sound:
    """One word of a name: its key, and itself in plain Latin letters."""

    key: str
    word: str


def sounds(full: str, script: Script | None = None, language: Language | None = None) -> frozenset[Sound]:
    """Return what a spelling is found by: each word in every reading, and all words as one.

    Chinese papers often leave out the dot between the words of a name.
    """
    found = set()
    for reading in readings(full, script, language):
        found.update({*reading, "".join(reading)})
    return frozenset(Sound(part_key(word)[:LONGEST], word[:LONGEST]) for word in found)


def near_keys(word: str) -> frozenset[str]:
    """Return the keys that a word may have if one letter of it is wrong, missing, too many or swapped."""
    return frozenset(without_doubles(each) for each in _slips(consonants(word)) if each)


def _slips(key: str) -> Iterator[str]:
    for at in range(len(key) + 1):
        before, after = key[:at], key[at:]
        yield from (before + letter + after for letter in _CONSONANTS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _CONSONANTS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def one_letter_apart(typed: str, word: str) -> bool:
    """Whether two words in Latin letters differ by one letter, counting sounds of two letters as one."""
    from rapidfuzz.distance import OSA

    if len(word) < SHORTEST_FOR_A_SLIP:
        return False
    return any(
        OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in ((typed, word), (_letters(typed), _letters(word)))
    )


def _letters(word: str) -> str:
    """Return one letter for each sound; е, ю and я are one letter that is romanised in two ways."""
    return _IOTATED.sub("", levelled(word.replace("shch", "c").replace("sh", "c").replace("ch", "c")))
