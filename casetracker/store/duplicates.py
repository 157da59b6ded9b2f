"""Who may be one person: pairs through the whole casebook, and while somebody is being written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Literal, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import (
    Case,
    Episode,
    Family,
    FamilyMember,
    IdentityPaper,
    NameKey,
    NotSame,
    Person,
    PersonName,
    Source,
)
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import Stage
from casetracker.model.matching import Pair, Profile, Spelling, likely, pairs
from casetracker.model.matching.sounds import sounds
from casetracker.model.places import with_name
from casetracker.store import papers
from casetracker.store.draft import Draft
from casetracker.store.store import Store

_MOST_NEAR = 400  # people who share a word of the name; more say that the word is too common to tell
_ROWS = 500


def suspected(store: Store, progress: Progress | None = None) -> list[Pair]:
    """Return all pairs that may be one person and were not judged different, the likeliest first.

    Reads and compares everybody: seconds at 10,000 people; `progress` may cancel it.
    """
    report = progress or Silent()
    report.step(0, 100, tr(N_("Reading everybody")))
    with store.reading() as session:
        people = _profiles(session, None)
        judged = _judged(session)

    def step(done: int, total: int) -> None:
        report.step(10 + 90 * done // max(total, 1), 100, tr(N_("Comparing")))

    return pairs(people, judged, step=step)


def cases_of_one_person(store: Store) -> list[Pair]:
    """Return pairs of cases about one person that are not duplicates of each other yet, the older first."""
    with store.reading() as session:
        twice = (
            sa.select(Case.person_id)
            .where(Case.stage != Stage.DUPLICATE)
            .group_by(Case.person_id)
            .having(sa.func.count() > 1)
        )
        query = sa.select(Case.person_id, Case.id, Case.ref).where(
            Case.person_id.in_(twice), Case.stage != Stage.DUPLICATE
        )
        cases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for person_id, id_, ref in session.execute(query.order_by(Case.person_id, Case.opened, Case.ref)):
            cases[person_id].append((id_, ref))
    reason = N_("Both cases are about the same person: {first} and {second}")
    return [
        Pair(first, second, 1.0, (tr(reason, first=first_ref, second=second_ref),))
        for (first, first_ref), *others in cases.values()
        for second, second_ref in others
    ]


def apart(store: Store) -> set[frozenset[str]]:
    """Return the pairs that were judged different."""
    with store.reading() as session:
        return _judged(session)


def near(store: Store, profile: Profile, limit: int = 5) -> list[Pair]:
    """Return whom a person that is being written down may be already, the likeliest first.

    Only those are compared who share a word of the name by its sound, or a number; nothing is written.
    """
    if not profile.names:
        return []
    with store.reading() as session:
        ids = (_sharing_a_word(session, profile) | _sharing_a_number(session, profile)) - {profile.id}
        people = _profiles(session, ids)
        found = likely(profile, people, _judged(session))
    return found[:limit]


def profiles(store: Store, ids: Iterable[str]) -> list[Profile]:
    """Return what is compared of these people; those who hold public office are left out."""
    with store.reading() as session:
        return _profiles(session, set(ids))


def profile_of(person: Draft) -> Profile:
    """Return what is compared of a person as typed so far."""
    names = tuple(
        Spelling(full, name.values.get("script"), name.values.get("language"))
        for name in person.children.get("names", [])
        if (full := (name.values.get("full") or "").strip())
    )
    sex = person.values.get("sex")
    place = person.values.get("birthplace")
    return Profile(
        person.id or "new",
        names,
        person.values.get("birth"),
        cast("Literal['FEMALE', 'MALE'] | None", sex.name if sex else None),
        _code(place),
        papers=frozenset(
            papers.mark(kind, str(number))
            for paper in person.children.get("papers", [])
            if (kind := paper.values.get("kind")) and (number := paper.values.get("number"))
        ),
    )


def _sharing_a_number(session: Session, profile: Profile) -> set[str]:
    numbers = [paper.partition(":")[2] for paper in profile.papers]
    return {person_id for number in numbers for person_id in papers.people_with_number(session, number)}


def _sharing_a_word(session: Session, profile: Profile) -> set[str]:
    keys = {sound.key for s in profile.names for sound in sounds(s.full, s.script, s.language)}
    query = (
        sa.select(PersonName.person_id)
        .join(NameKey, NameKey.name_id == PersonName.id)
        .where(NameKey.key.in_(keys))
        .group_by(PersonName.person_id)
        .order_by(sa.func.count(sa.distinct(NameKey.key)).desc(), PersonName.person_id)
        .limit(_MOST_NEAR)
    )
    return set(session.scalars(query))


def _judged(session: Session) -> set[frozenset[str]]:
    query = sa.select(NotSame.first_id, NotSame.second_id)
    return {frozenset((first, second)) for first, second in session.execute(query)}


# What is compared, read as columns


def _profiles(session: Session, ids: set[str] | None) -> list[Profile]:
    if ids is None:
        return _some_profiles(session, None)
    ordered = sorted(ids)
    parts = (ordered[start : start + _ROWS] for start in range(0, len(ordered), _ROWS))
    return [profile for part in parts for profile in _some_profiles(session, part)]


def _some_profiles(session: Session, ids: list[str] | None) -> list[Profile]:
    names = _names(session, ids)
    related = _related(session, ids)
    numbers = _numbers(session, ids)
    places = _places(session, ids)
    table = Person.__table__.c
    query = sa.select(table.id, table.birth_edtf, table.birth_words, Person.sex, Person.birthplace)
    query = query.where(sa.func.coalesce(Person.public_figure, sa.false()).is_(False))
    found = []
    for id_, edtf, words, sex, birthplace in session.execute(_only(query, table.id, ids)):
        birth = KnownDate.from_edtf(edtf, words) if edtf else None
        place = _code(birthplace) or places.get(id_)
        found.append(
            Profile(
                id_,
                tuple(names[id_]),
                birth,
                cast("Literal['FEMALE', 'MALE'] | None", sex.name if sex else None),
                place,
                frozenset(related[id_]),
                frozenset(numbers[id_]),
            )
        )
    return found


def _only(
    query: sa.Select[*tuple[Any, ...]], column: Any, ids: list[str] | None
) -> sa.Select[*tuple[Any, ...]]:
    return query if ids is None else query.where(column.in_(ids))


def _names(session: Session, ids: list[str] | None) -> dict[str, list[Spelling]]:
    query = sa.select(PersonName.person_id, PersonName.full, PersonName.script, PersonName.language)
    found: dict[str, list[Spelling]] = defaultdict(list)
    for person_id, *spelling in session.execute(_only(query, PersonName.person_id, ids)):
        found[person_id].append(Spelling(*spelling))
    return found


def _numbers(session: Session, ids: list[str] | None) -> dict[str, set[str]]:
    query = sa.select(IdentityPaper.person_id, IdentityPaper.kind, IdentityPaper.number)
    found: dict[str, set[str]] = defaultdict(set)
    for person_id, kind, number in session.execute(_only(query, IdentityPaper.person_id, ids)):
        found[person_id].add(papers.mark(kind, number))
    return found


def _places(session: Session, ids: list[str] | None) -> dict[str, str]:
    query = sa.select(Case.person_id, Episode.county).join(Episode, Episode.case_id == Case.id)
    query = _only(query.where(Episode.county.is_not(None)), Case.person_id, ids)
    return {person_id: _code(county) or "" for person_id, county in session.execute(query)}


def _related(session: Session, ids: list[str] | None) -> dict[str, set[str]]:
    """Return the families that a person belongs to, and who told of them."""
    asked: Iterable[tuple[sa.Select[*tuple[Any, ...]], Any]] = (
        (sa.select(FamilyMember.person_id, FamilyMember.family_id), FamilyMember.person_id),
        (sa.select(Case.person_id, Case.family_id), Case.person_id),
        (sa.select(Family.petitioner_id, Family.id), Family.petitioner_id),
        (
            sa.select(Case.person_id, Source.person_id).join(Source, Source.case_id == Case.id),
            Case.person_id,
        ),
    )
    found: dict[str, set[str]] = defaultdict(set)
    for query, column in asked:
        for person_id, other in session.execute(_only(query, column, ids)):
            if person_id and other:
                found[person_id].add(other)
    return found


def _code(place: str | None) -> str | None:
    """Return the code of a place that is known by its name, else the words."""
    if not place or not place.strip():
        return None
    known = with_name(place)
    return known[0].code if len({p.code for p in known if p.current}) == 1 else place.strip()
