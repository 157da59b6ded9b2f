"""Looking for pairs: through a whole list, or for one person who is being written down."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from casetracker.model.matching.blocking import blocks
from casetracker.model.matching.key import key
from casetracker.model.matching.profile import Profile
from casetracker.model.matching.score import score

SHOWN_FROM = 0.5
# A word that more people share ("nlpk:1980" in a casebook of 100,000) is left out; other words find them.
_LARGEST_BLOCK = 200
_TELL_EVERY = 2_000  # pairs


@dataclass(frozen=True)
class Pair:
    """Two people that may be one, by their ids, and why."""

    first: str
    second: str
    value: float
    reasons: tuple[str, ...]


def pairs(
    people: Collection[Profile],
    apart: Collection[frozenset[str]] = (),
    least: float = SHOWN_FROM,
    step: Callable[[int, int], None] | None = None,
) -> list[Pair]:
    """Return the pairs that may be one person, the likeliest first; `apart` holds those judged different.

    `step` is told now and then how many pairs of how many were compared; it may raise to end the work.
    """
    by_id = {person.id: person for person in people}
    namesakes = _Namesakes(people)
    judged = set(apart)
    found = []
    candidates = _candidates(people)
    for done, ids in enumerate(candidates):
        if step and done % _TELL_EVERY == 0:
            step(done, len(candidates))
        if frozenset(ids) in judged:
            continue
        first, second = (by_id[each] for each in sorted(ids))
        result = score(first, second, namesakes.of(first, second))
        if result.value >= least:
            found.append(Pair(first.id, second.id, result.value, result.reasons))
    return sorted(found, key=lambda pair: (-pair.value, pair.first, pair.second))


def likely(
    person: Profile,
    people: Iterable[Profile],
    apart: Collection[frozenset[str]] = (),
    least: float = SHOWN_FROM,
) -> list[Pair]:
    """Return who a person that is being written down may be already, the likeliest first.

    `people` are those that share a word of `blocks(person)`; others may be among them and are passed over.
    """
    words = blocks(person)
    near = [each for each in people if each.id != person.id and not words.isdisjoint(blocks(each))]
    namesakes = _Namesakes([person, *near])
    scored = ((each, score(person, each, namesakes.of(person, each))) for each in near)
    found = [
        Pair(person.id, each.id, result.value, result.reasons)
        for each, result in scored
        if result.value >= least and frozenset((person.id, each.id)) not in apart
    ]
    return sorted(found, key=lambda pair: (-pair.value, pair.second))


def _candidates(people: Iterable[Profile]) -> set[tuple[str, str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for word in blocks(person):
            members[word].append(person.id)
    small = (ids for ids in members.values() if 1 < len(ids) <= _LARGEST_BLOCK)
    return {(min(pair), max(pair)) for ids in small for pair in combinations(ids, 2)}


class _Namesakes:
    """How many people have a name, by its key, whatever the order of its parts."""

    def __init__(self, people: Iterable[Profile]) -> None:
        self._count = Counter(word for person in people for word in _name_keys(person))

    def of(self, first: Profile, second: Profile) -> int:
        return max((self._count[word] for word in _name_keys(first) & _name_keys(second)), default=0)


def _name_keys(person: Profile) -> set[str]:
    return {" ".join(sorted(key(s.full, s.script, s.language).split())) for s in person.names}
