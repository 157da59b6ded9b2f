"""Whom of the casebook, or of the rows before it, each row of a list may be: asked for some hundred at once.

The words under which people are looked for are worked out once and kept as numbers, eight bytes a word; what
is compared of the few who share a word is read when they do. What is kept of the rows of a list is sixteen
bytes a row, so a list of any length can be looked through.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import Person
from casetracker.model.matching import Pair, Profile, likely
from casetracker.model.matching.blocking import blocks
from casetracker.model.matching.find import SHOWN_FROM
from casetracker.model.people.person import folded
from casetracker.store import duplicates
from casetracker.store.draft import Draft
from casetracker.store.store import Store

_PART = 2_000  # people that are read at once
_NUMBER_BITS, _WORD_BITS = 26, 38
_COMMON = 200  # people; a word that more share tells nobody apart
_COMPARED = 40  # people at most, those who share most words


class KnownPeople:
    """The people of a casebook as they were when this was made."""

    def __init__(self, store: Store, progress: Progress = Silent()) -> None:  # noqa: B008
        self._store = store
        with store.reading() as session:
            self._ids = list(session.scalars(sa.select(Person.id).order_by(Person.id)))
        self._apart = duplicates.apart(store) if self._ids else set()
        self._words = array("Q", sorted(self._marks(progress)))

    def _marks(self, progress: Progress) -> Iterable[int]:
        numbers = {id_: at for at, id_ in enumerate(self._ids)}
        for start in range(0, len(self._ids), _PART):
            progress.step(start, len(self._ids), tr(N_("Reading everybody")))
            for profile in duplicates.profiles(self._store, self._ids[start : start + _PART]):
                number = numbers[profile.id]
                yield from {_word(word) << _NUMBER_BITS | number for word in blocks(profile)}

    def near(self, people: Sequence[Draft], limit: int = 3, least: float = SHOWN_FROM) -> list[list[Pair]]:
        """Return, for each of these people, whom they may be already, the likeliest first."""
        if not self._ids:
            return [[] for _ in people]
        asked = [duplicates.profile_of(person) for person in people]
        found = [self._sharing(profile) for profile in asked]
        wanted = {self._ids[number] for numbers in found for number in numbers}
        there = {profile.id: profile for profile in duplicates.profiles(self._store, wanted)}
        told = []
        for profile, numbers in zip(asked, found, strict=True):
            others = [there[id_] for number in numbers if (id_ := self._ids[number]) in there]
            told.append(likely(profile, others, self._apart, least)[:limit] if others else [])
        return told

    def _sharing(self, profile: Profile) -> list[int]:
        """Return the people who share rare words with somebody, those who share most first."""
        shared: Counter[int] = Counter()
        for word in blocks(profile):
            mark = _word(word) << _NUMBER_BITS
            start = bisect_left(self._words, mark)
            end = bisect_left(self._words, mark + (1 << _NUMBER_BITS), start)
            if end - start <= _COMMON:
                shared.update(each & (1 << _NUMBER_BITS) - 1 for each in self._words[start:end])
        return [number for number, _ in shared.most_common(_COMPARED)]


def _word(word: str) -> int:
    return hash(word) & (1 << _WORD_BITS) - 1


class EarlierRows:
    """The rows of a list that were read: which of them has the same words of a name, and no other birth."""

    def __init__(self) -> None:
        self._places = _Table()

    def same(self, person: Draft, row: int) -> int | None:
        """Return the number of an earlier row with the same person, and remember this one."""
        born = person.values.get("birth")
        birth = (born.edtf or born.words or "") if born else ""
        found = None
        for words in {frozenset(folded(str(n.values.get("full") or "")).split()) for n in
                      person.children.get("names", [])}:  # fmt: skip
            earlier = self._of(words, birth, row)
            found = found or earlier
        return found

    def _of(self, words: frozenset[str], birth: str, row: int) -> int | None:
        """Look the words up with this birth, and with none; without a birth, with any."""
        with_birth, without, whoever = (hash((words, kind)) for kind in (f"={birth}", "=", "*"))
        asked = (with_birth, without) if birth else (whoever,)
        found = next((at for key in asked if (at := self._places.get(key)) and at != row), None)
        self._places.put(with_birth, row)
        self._places.put(whoever, row)
        return found


class _Table:
    """Whole numbers by the hash of something: the first that was put there stays. Sixteen bytes a place."""

    def __init__(self) -> None:
        self._size, self._used = 1 << 10, 0
        self._keys, self._values = self._empty()

    def _empty(self) -> tuple[array[int], array[int]]:
        return array("q", bytes(8 * self._size)), array("q", bytes(8 * self._size))

    def _place(self, key: int) -> int:
        at = key & self._size - 1
        while self._values[at] and self._keys[at] != key:
            at = at + 1 & self._size - 1
        return at

    def get(self, key: int) -> int:
        """Return the number, or 0."""
        return self._values[self._place(key)]

    def put(self, key: int, value: int) -> None:
        """Keep a number that is not 0, if none is kept there yet."""
        at = self._place(key)
        if self._values[at]:
            return
        self._keys[at], self._values[at] = key, value
        self._used += 1
        if self._used * 3 > self._size * 2:
            held = [(k, v) for k, v in zip(self._keys, self._values, strict=True) if v]
            self._size, self._used = self._size * 2, 0
            self._keys, self._values = self._empty()
            for each in held:
                self.put(*each)
