"""How alike two names are, whatever their scripts and the order of their parts: from 0 to 1."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

from casetracker.model.matching.key import part_key, romanised
from casetracker.model.matching.profile import Spelling
from casetracker.model.names.writing import Script, script_of

_MOST_PARTS = 3
_FOR_ONE_PART = 0.08  # what is taken away when only a given name can be compared
_FOR_AN_EXTRA_PART = 0.02


def names_alike(first: Spelling, second: Spelling) -> float:
    """Return how alike two spellings are; the parts may stand in any order, and one may be missing."""
    a, b = (romanised(s.full, s.script, s.language)[:_MOST_PARTS] for s in (first, second))
    if not a or not b:
        return 0.0
    chinese = Script.HANS in {s.script or script_of(s.full) for s in (first, second)}
    if len(a) > len(b):
        a, b = b, a
    each = max(
        sum(_parts_alike(x, y, chinese=chinese) for x, y in zip(a, order, strict=True))
        for order in permutations(b, len(a))
    ) / len(a)
    value = each - _FOR_AN_EXTRA_PART * (len(b) - len(a)) - (_FOR_ONE_PART if len(a) == 1 else 0)
    if len(a) == 1 and len(b) > 1:  # Chinese without a dot: both parts in one
        value = max(value, _parts_alike(a[0], "".join(b[:2]), chinese=chinese))
    return max(value, 0.0)


@lru_cache(200_000)
def _parts_alike(first: str, second: str, *, chinese: bool) -> float:
    if first == second:
        return 1.0
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    sounds = Levenshtein.normalized_similarity(part_key(first), part_key(second))
    letters = JaroWinkler.normalized_similarity(levelled(first), levelled(second))
    # Chinese syllables add vowels and change them, so that only the consonants tell
    return 0.8 * sounds + 0.2 * letters if chinese else 0.45 * sounds + 0.55 * letters


@lru_cache(50_000)
def levelled(part: str) -> str:
    """Return a part with one way of writing for sounds that are written in many: kh, q, zh, ye."""
    level = part.removeprefix("y") if part.startswith("ye") else part
    for letters, sound in (
        ("dzh", "j"),
        ("zh", "j"),
        ("kh", "k"),
        ("gh", "g"),
        ("q", "k"),
        ("x", "k"),
        ("y", "i"),
    ):
        level = level.replace(letters, sound)
    return level.replace("w", "u")
