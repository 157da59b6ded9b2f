"""What a search finds beside names and titles: numbers, places by any of their names, words inside texts.

A text belongs to a record that may have no page; the hit leads to the record on whose page it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import (
    BY_NAME,
    ENTITIES,
    Address,
    Case,
    Episode,
    Event,
    Facility,
    Person,
    places,
)
from casetracker.model.attached import Attached
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Ref
from casetracker.model.found_text import FoundText
from casetracker.model.matching.words import Phrase, excerpt, phrases_of
from casetracker.store import fulltext, papers

Place = tuple[str, str]  # the name of an entity and the id of a record
_FEWEST = 3  # letters or digits of a number that is looked for
_MOST_TEXTS = 60
_STEPS_HOME = 6
_NUMBERS = {
    "Appeal": ("number", "registered"),
    "Reply": ("number",),
    "Judgment": ("number",),
    "Penalty": ("case_number",),
    "Petition": ("registered",),
    "ExternalNumber": ("number",),
}


@dataclass(frozen=True)
class Found:
    """A record with a page, and why it was found."""

    entity: str
    id: str
    why: str
    snippet: str = ""


def numbers(session: Session, text: str) -> Iterator[Found]:
    """Yield what has this number: references, papers, registration numbers, numbers elsewhere."""
    typed = text.strip()
    if sum(c.isalnum() for c in typed) < _FEWEST or not any(c.isdigit() or c == "-" for c in typed):
        return  # every number that anybody gives has a figure in it, or a dash
    for entity in ENTITIES:
        for name in _number_fields(entity):
            column = sa.inspect(entity).columns[name]
            query = sa.select(entity.id, column).where(column.icontains(typed, autoescape=True)).limit(5)
            for record_id, number in session.execute(query):
                if (home := home_of(session, (entity.__name__, record_id))) is not None:
                    yield Found(*home, tr(N_("number {number}"), number=number))
    for person_id in papers.people_with_number(session, typed):
        yield Found("Person", person_id, tr(N_("number of an identity paper")))


def _number_fields(entity: type[Entity]) -> list[str]:
    """Return the fields of an entity that hold a number by which it is known."""
    ref = ["ref"] if getattr(entity, "ref_prefix", "") and entity is not Case else []
    return [*ref, *(name for name in _NUMBERS.get(entity.__name__, ()) if name in values_of(entity))]


def of_place(session: Session, text: str, limit: int) -> Iterator[Found]:
    """Yield who was born, held or lives at a place, and what happened there, by any name of the place."""
    codes = {place.code for place in places.with_name(text)} | {
        p.code for p in places.with_code(text.strip())
    }
    if not codes:
        return
    name = places.with_code(next(iter(sorted(codes))))[0].text()
    asked: tuple[tuple[str, sa.Select[str], str], ...] = (
        ("Case", sa.select(Episode.case_id).where(Episode.county_code.in_(codes)), N_("held in {place}")),
        ("Person", sa.select(Person.id).where(Person.birthplace_code.in_(codes)), N_("born in {place}")),
        (
            "Person",
            sa.select(Address.person_id).where(Address.place_code.in_(codes)),
            N_("address in {place}"),
        ),
        ("Facility", sa.select(Facility.id).where(Facility.place_code.in_(codes)), N_("lies in {place}")),
    )
    for entity, query, why in asked:
        for record_id in session.scalars(query.distinct().limit(limit)):
            yield Found(entity, record_id, tr(why, place=name))
    events = sa.select(Event.id, Event.sort).where(Event.place_code.in_(codes)).limit(limit)
    kinds = {m.polymorphic_identity: m.class_.__name__ for m in sa.inspect(Event).self_and_descendants}
    for record_id, sort in session.execute(events):
        yield Found(kinds[sort], record_id, tr(N_("place: {place}"), place=name))


def in_texts(session: Session, text: str, limit: int) -> Iterator[Found]:
    """Yield in whose texts these words stand, the best first, with the part of the text."""
    phrases = phrases_of(text)
    if not phrases or not fulltext.available(session):
        return
    hits = fulltext.matching(phrases)
    query = (
        sa.select(FoundText.entity, FoundText.record_id, FoundText.field)
        .join(hits, hits.c.number == FoundText.number)
        .order_by(hits.c.rank)
        .limit(_MOST_TEXTS)
    )
    seen: set[Place] = set()
    for entity, record_id, field in session.execute(query).all():
        home = home_of(session, (entity, record_id))
        if home is None or home in seen:
            continue
        seen.add(home)
        yield Found(*home, *_said(session, BY_NAME[entity], record_id, field, phrases))
        if len(seen) == limit:
            return


def _said(
    session: Session, entity: type[Entity], record_id: str, field: str, phrases: list[Phrase]
) -> tuple[str, str]:
    whole = session.scalar(sa.select(getattr(entity, field)).where(entity.id == record_id)) or ""
    why = tr(N_("in “{field}”"), field=tr(values_of(entity)[field].label))
    return why, excerpt(whole, phrases).text


def home_of(session: Session, place: Place) -> Place | None:
    """Return the record on whose page another one stands: itself, what it belongs to, or hangs on."""
    for _ in range(_STEPS_HOME):
        name, record_id = place
        entity = BY_NAME[name]
        if entity.page and name != "Event":
            return place
        record = session.get(entity, record_id)
        if record is None:
            return None
        if type(record) is not entity:
            place = (type(record).__name__, record_id)
            continue
        above = _above(record)
        if above is None:
            return None
        place = above
    return None


def _above(record: Entity) -> Place | None:
    if isinstance(record, Attached):
        return (record.about, record.about_id) if record.about in BY_NAME else None
    refs = {n: f for n, f in values_of(type(record)).items() if isinstance(f.kind, Ref)}
    ordered = sorted(refs.items(), key=lambda item: (not item[1].required, item[0] != "case_id"))
    for name, field in ordered:
        if isinstance(field.kind, Ref) and (key := getattr(record, name)):
            return field.kind.target, key
    return None


def merged(found: Iterable[Found]) -> list[Found]:
    """Return each record once, with all its reasons."""
    once: dict[Place, Found] = {}
    for each in found:
        known = once.get((each.entity, each.id))
        if known is None:
            once[each.entity, each.id] = each
        elif each.why not in known.why:
            why = f"{known.why} · {each.why}"
            once[each.entity, each.id] = Found(each.entity, each.id, why, known.snippet or each.snippet)
    return list(once.values())
