"""Who is meant by what was typed: spelled so, of the same sound in any script, or one letter off.

Every list and search asks here, so that all of them find the same people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from enum import IntEnum
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import NameKey, PersonName
from casetracker.model.matching.key import part_key, readings
from casetracker.model.matching.sounds import LONGEST, SHORTEST_FOR_A_SLIP, near_keys, one_letter_apart
from casetracker.model.names.writing import Script, script_of
from casetracker.model.people.person import folded

_FEWEST_LETTERS = 3  # that have a sound worth looking for; Chinese writes a word with one
_BEGINS_FROM = 3  # consonants that stand for the beginning of a longer name
_MOST_WORDS = 6  # of a name; what has more was pasted, and every word costs
_MOST_SLIPS = 200  # words one letter off that are looked for

Condition = sa.ColumnElement[bool]


class How(IntEnum):
    """How a name matched, the surest first."""

    SPELLED = 0
    SOUNDS = 1
    SLIP = 2


def _has(text: str) -> Condition:
    """The text is in the spelling, as both are folded."""
    return PersonName.folded.like(f"%{folded(text).replace('%', '')}%")


def people(session: Session, text: str, called: str = "who") -> sa.CTE:
    """Return who is meant, as a part of a query: `person_id`, and `how` as a number of `How`.

    Two of them in one query need two names.
    """
    matches = [
        sa.select(PersonName.person_id, sa.literal(how.value).label("how")).where(condition)
        for how, condition in _conditions(session, text).items()
    ]
    every = sa.union_all(*matches).subquery()
    return (
        sa.select(every.c.person_id, sa.func.min(every.c.how).label("how"))
        .group_by(every.c.person_id)
        .cte(called)
    )


def reasons(session: Session, text: str, person_ids: Collection[str]) -> dict[str, str]:
    """Return by which spelling each of these people was found, and how, in words."""
    return {who: said(*found) for who, found in ways(session, text, person_ids).items()}


def ways(session: Session, text: str, person_ids: Collection[str]) -> dict[str, tuple[How, str]]:
    """Return how each of these people was found, and by which spelling; the surest way of each."""
    found: dict[str, tuple[How, str]] = {}
    for how, condition in _conditions(session, text).items():
        query = (
            sa.select(PersonName.person_id, PersonName.full)
            .where(PersonName.person_id.in_(person_ids), condition)
            .order_by(PersonName.position)
        )
        for person_id, full in session.execute(query):
            found.setdefault(person_id, (how, full))
    return found


def said(how: How, full: str) -> str:
    """Say in words how a name was found."""
    if how is How.SPELLED:
        return tr(N_("spelled {name}"), name=full)
    if how is How.SOUNDS:
        return tr(N_("sounds like {name}"), name=full)
    return tr(N_("one letter differs from {name}"), name=full)


def _conditions(session: Session, text: str) -> dict[How, Condition]:
    """Return what has to hold of a spelling, by how it then matches."""
    conditions = {How.SPELLED: _has(text)}
    ways = [way for way in _ways(text) if any(len(part_key(word)) > 1 for word in way)]
    if not ways:
        return conditions
    near = _near_words(session, {word for way in ways for word in way})
    conditions[How.SOUNDS] = sa.or_(*(_all_words(way, {}) for way in ways))
    if near:
        slipped = (_all_words(way, near) for way in ways if not near.keys().isdisjoint(way))
        conditions[How.SLIP] = sa.or_(*slipped)
    return conditions


def _ways(text: str) -> list[tuple[str, ...]]:
    """Return the words that were typed, in every reading, and as one: Chinese often has no dot between."""
    letters = sum(letter.isalpha() for letter in text)
    if letters > LONGEST or any(letter.isdigit() for letter in text):
        return []
    if letters < (1 if script_of(text.strip()) is Script.HANS else _FEWEST_LETTERS):
        return []
    ways = set(readings(text, script_of(text.strip())))
    return sorted(way for way in ways | {("".join(way),) for way in ways} if len(way) <= _MOST_WORDS)


def _all_words(way: tuple[str, ...], near: dict[str, list[str]]) -> Condition:
    """Every word that was typed is one of the spelling's, in any order; the last may be unfinished."""
    last = len(way) - 1
    named = (
        sa.select(NameKey.name_id).where(_one_word(word, near.get(word, []), unfinished=place == last))
        for place, word in enumerate(way)
    )
    return sa.and_(*(PersonName.id.in_(names) for names in named))


def _one_word(word: str, near: list[str], *, unfinished: bool) -> Condition:
    key = part_key(word)
    if len(key) < 2:  # a vowel or a consonant: half of all names have it
        return NameKey.word.startswith(word, autoescape=True)
    begins = unfinished and len(key) >= _BEGINS_FROM
    # Not LIKE, which an index serves only where letters are compared as they are; no key has a z.
    sounds = sa.and_(NameKey.key >= key, NameKey.key < f"{key}z") if begins else NameKey.key == key
    if not near:
        return sounds
    return sa.or_(sounds, sa.and_(NameKey.key.in_({part_key(each) for each in near}), NameKey.word.in_(near)))


def _near_words(session: Session, words: set[str]) -> dict[str, list[str]]:
    """Return the words in the casebook that are one letter off, by the word that was typed."""
    near_to = {word: near_keys(word) for word in words if len(word) >= SHORTEST_FOR_A_SLIP - 1}
    if not near_to:
        return {}
    query = sa.select(NameKey.key, NameKey.word).distinct()
    rows = session.execute(query.where(NameKey.key.in_(set().union(*near_to.values())))).all()
    found: dict[str, list[str]] = defaultdict(list)
    for typed, keys in near_to.items():
        off = (word for key, word in rows if key in keys and one_letter_apart(typed, word))
        found[typed] = list(islice(off, _MOST_SLIPS))
    return {typed: near for typed, near in found.items() if near}
