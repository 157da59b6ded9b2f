"""What must not stand in a finished paper: the names and contacts of people around its cases.

The reader keeps what it withheld from the records that a paper asked for. A name can also be typed into a
text that is printed, and then nobody ever asked for that person; so everybody near the cases of the paper is
asked for once more: sources, the family, those who answered about consent, those at the same protests; and
whoever else of the casebook is named in full in a text that was given.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from ahocorasick_rs import AhoCorasick

from casetracker.model import (
    Case,
    CaseEvent,
    Consent,
    ContactPoint,
    FamilyMember,
    Participant,
    Person,
    PersonName,
    Source,
)
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.names import suggest
from casetracker.model.people.person import folded
from casetracker.store.reader import Reader

_AT_ONCE = 200
_SHORT = 3  # letters that turn up by chance
_WHOLE_HAN = 3  # signs of a Chinese name that is no part of another word


def must_not_stand(reader: Reader) -> set[str]:
    """Return the texts to look for in a paper made of this reader; none of them is a part of what it gave."""
    if reader.audience is Audience.INTERNAL:
        return set()
    cases = reader.cases_given()
    texts = reader.withheld | (reader.told_secretly - reader.said_openly)
    for start in range(0, len(cases), _AT_ONCE):
        texts |= _hidden(reader, reader.ids(_near(cases[start : start + _AT_ONCE])))
    texts |= _hidden(reader, _named_in(reader))
    texts |= {form for day in reader.withheld_days - reader.given_days for form in _written(day)}
    telling = (t for t in texts if len(t) > _SHORT or (len(t) == _WHOLE_HAN and _is_han(t)))
    return {t for t in telling if not any(t in allowed for allowed in reader.given)}


def _named_in(reader: Reader) -> list[str]:
    """Return the people of the whole casebook whose name stands in full in a text that was given."""
    owners: dict[str, list[str]] = {}
    for name, person in reader.rows(sa.select(PersonName.folded, PersonName.person_id)):
        if " " in name or (len(name) >= _WHOLE_HAN and _is_han(name)):  # one word of letters can be any word
            owners.setdefault(name, []).append(person)
    if not owners:
        return []
    names = list(owners)
    text = "\n".join(folded(text) for text in reader.said_openly)
    hits = {n for n, _, _ in AhoCorasick(names).find_matches_as_indexes(text, overlapping=True)}
    return sorted({person for n in hits for person in owners[names[n]]})


def _is_han(text: str) -> bool:
    return all("\u3400" <= letter <= "\u9fff" for letter in text)


def _written(day: dt.date) -> set[str]:
    """Return the ways to write a day: in words of the language now in use, and in numbers."""
    known = KnownDate.on(day)
    return {known.text(), known.short(), f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"}


def _spellings(full: str) -> set[str]:
    """Return a name as other scripts would have it; a single word would be found in too many places."""
    return {each.full for each in suggest.suggestions(full)} if " " in full.strip() else set()


def _hidden(reader: Reader, people: list[str]) -> set[str]:
    """Return the spellings that these people did not agree to give, and all their contacts."""
    spelt = set(reader.ids(sa.select(PersonName.full).where(PersonName.person_id.in_(people))))
    told = {name for person in reader.many(Person, people) for name in reader.names(person.id)}
    contacts = set(reader.ids(sa.select(ContactPoint.value).where(ContactPoint.person_id.in_(people))))
    hidden = spelt - told
    return hidden | contacts | ({other for full in hidden for other in _spellings(full)} - told)


def _near(case_ids: list[str]) -> sa.Select[str]:
    events = sa.select(CaseEvent.event_id).where(CaseEvent.case_id.in_(case_ids))
    in_family = sa.select(FamilyMember.person_id).join(Case, Case.family_id == FamilyMember.family_id)
    near = sa.union(
        sa.select(Source.person_id).where(Source.case_id.in_(case_ids)),
        sa.select(Consent.person_id).where(Consent.case_id.in_(case_ids)),
        in_family.where(Case.id.in_(case_ids)),
        sa.select(Participant.person_id).where(Participant.event_id.in_(events)),
    ).subquery()
    return sa.select(near.c[0]).where(near.c[0].is_not(None))
