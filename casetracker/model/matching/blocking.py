"""Which people are worth comparing: those that share one of these words. All else would be n² comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from casetracker.model.matching.key import keys
from casetracker.model.matching.profile import Profile

_MOST_PARTS = 3
_SHORTEST_FOR_A_SLIP = 4  # letters of a key in which one may be mistyped
_WIDEST = 3  # years that a birth date may cover to be of use


def blocks(person: Profile) -> frozenset[str]:
    """Return the words under which a person is looked for.

    Two parts of the name in any order, both also with one consonant left out (so that one mistyped
    consonant still meets), one part with the year of birth, and every paper.
    """
    found = {f"paper:{paper}" for paper in person.papers}
    years = _years(person)
    for spelling in person.names:
        for whole in keys(spelling.full, spelling.script, spelling.language):
            parts = [part for part in whole.split()[:_MOST_PARTS] if part != "-"]
            found.update(f"name:{each}" for each in _pairs(parts))
            found.update(f"{part}:{year}" for part in parts for year in years)
    return frozenset(found)


def _pairs(parts: list[str]) -> Iterator[str]:
    if len(parts) == 1:
        yield from _with_slips(parts[0])  # also Chinese without a dot between the parts
    for first, second in combinations(parts, 2):
        yield from _with_slips(first + second)
        yield from _with_slips(second + first)


def _with_slips(joined: str) -> Iterator[str]:
    yield joined
    if len(joined) >= _SHORTEST_FOR_A_SLIP:
        yield from {joined[:at] + joined[at + 1 :] for at in range(len(joined))}


def _years(person: Profile) -> range:
    early, late = (person.birth.earliest, person.birth.latest) if person.birth else (None, None)
    if early is None or late is None or late.year - early.year > _WIDEST:
        return range(0)
    return range(early.year - 1, late.year + 2)
