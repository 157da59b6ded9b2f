"""One search for everything: a few records of each kind, each with the reason why it was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, Event, Family, FamilyMember, Meeting, Office, Person, Protest
from casetracker.model.entity import values_of
from casetracker.model.people.person import folded
from casetracker.store import finding
from casetracker.store.finding import How
from casetracker.store.found_elsewhere import Found, in_texts, merged, numbers, of_place
from casetracker.store.lists import (
    Filter,
    Line,
    case_lines,
    family_lines,
    meeting_lines,
    person_lines,
    protest_lines,
)
from casetracker.store.questions import case_name
from casetracker.store.reader import Reader
from casetracker.store.store import Store


@dataclass(frozen=True)
class Hit:
    """One line of the search: which record, how it is called, what stands beside it, and why it matched."""

    entity: str
    id: str
    title: str
    detail: str
    why: str
    snippet: str = ""


def search(store: Store, text: str, limit: int = 5) -> list[Hit]:
    """Return what matches: names as spelled, titles and numbers first, then places and words in texts.

    Names that only sound alike, or are a letter off, come last. At most `limit` of each kind of record by
    name, and as many again by place and by text.
    """
    text = text.strip()
    if not folded(text).strip():
        return []
    found: dict[str, list[Line]] = {
        Case.__name__: case_lines(store, Filter(text=text), limit=limit),
        Person.__name__: person_lines(store, text, limit=limit),
        Family.__name__: family_lines(store, text, limit=limit),
        Protest.__name__: protest_lines(store, text, limit=limit),
        Meeting.__name__: meeting_lines(store, text, limit=limit),
    }
    with store.reading() as session:
        ids = {kind: [line.id for line in lines] for kind, lines in found.items()}
        why, unsure = _reasons(session, text, ids)
    hits = [
        Hit(kind, line.id, line.title, line.detail, why.get(line.id, ""))
        for kind, lines in found.items()
        for line in lines
    ]
    sure = [hit for hit in hits if hit.id not in unsure]
    more = _with_the_rest(store, text, limit, sure)
    known = {(hit.entity, hit.id) for hit in more}
    return more + [hit for hit in hits if hit.id in unsure and (hit.entity, hit.id) not in known]


def _with_the_rest(store: Store, text: str, limit: int, hits: list[Hit]) -> list[Hit]:
    """Add what is found by numbers, places and the words of texts, each record once."""
    with store.reading() as session:
        more = merged(
            [
                *numbers(session, text),
                *of_place(session, text, limit),
                *in_texts(session, text, 2 * limit),
            ]
        )
    known = {(hit.entity, hit.id): place for place, hit in enumerate(hits)}
    new = [each for each in more if (each.entity, each.id) not in known]
    for each in more:
        if (at := known.get((each.entity, each.id))) is not None and not hits[at].why:
            hits[at] = replace(hits[at], why=each.why, snippet=each.snippet)
    with store.reader() as reader:
        return hits + [hit for each in new if (hit := _told(reader, each)) is not None]


def _told(reader: Reader, each: Found) -> Hit | None:
    record = reader.get(BY_NAME[each.entity], each.id)
    if record is None:
        return None
    if record.entity is Case:
        return Hit(each.entity, each.id, case_name(record, reader), record.title, each.why, each.snippet)
    detail = record.text("on") if "on" in values_of(record.entity) else ""
    return Hit(each.entity, each.id, record.title, detail, each.why, each.snippet)


def _reasons(session: Session, text: str, ids: dict[str, list[str]]) -> tuple[dict[str, str], set[str]]:
    """Return why each record was found, and which of them only by the sound of a name or a letter less.

    What is called so itself is sure; else the people in it decide.
    """
    people = _people_of(session, ids)
    by_person = finding.ways(session, text, {who for each in people.values() for who in each})
    why, unsure = {}, set()
    for id_, each in people.items():
        ways = [by_person[who] for who in each if who in by_person]
        if ways:
            how, full = min(ways, key=lambda way: way[0])
            why[id_] = finding.said(how, full)
            if how is not How.SPELLED:
                unsure.add(id_)
    of_themselves = dict(_of_themselves(session, text, ids))
    return why | of_themselves, unsure - of_themselves.keys()


def _people_of(session: Session, ids: dict[str, list[str]]) -> dict[str, list[str]]:
    people: dict[str, list[str]] = defaultdict(list)
    people.update({id_: [id_] for id_ in ids["Person"]})
    for query in (
        sa.select(Case.id, Case.person_id).where(Case.id.in_(ids["Case"])),
        sa.select(Family.id, Family.petitioner_id).where(Family.id.in_(ids["Family"])),
        sa.select(FamilyMember.family_id, FamilyMember.person_id)
        .where(FamilyMember.family_id.in_(ids["Family"]))
        .order_by(FamilyMember.position),
    ):
        for id_, person in session.execute(query):
            if person:
                people[id_].append(person)
    return people


def _of_themselves(session: Session, text: str, ids: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for id_, ref in session.execute(sa.select(Case.id, Case.ref).where(Case.id.in_(ids["Case"]))):
        if text.upper() in ref:
            yield id_, tr(N_("number {ref}"), ref=ref)
    for id_, name in session.execute(sa.select(Family.id, Family.name).where(Family.id.in_(ids["Family"]))):
        if text.lower() in name.lower():
            yield id_, tr(N_("name of the family"))
    yield from _of_events(session, text, [*ids["Protest"], *ids["Meeting"]])


def _of_events(session: Session, text: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    event, meeting = Event.__table__.c, Meeting.__table__.c  # not the class, which brings all its kinds
    query = (
        sa.select(event.id, event.title, event.place, Office.name)
        .outerjoin(Meeting.__table__, meeting.id == event.id)
        .outerjoin(Office, Office.id == meeting.office_id)
        .where(event.id.in_(ids))
    )
    for id_, title, place, office in session.execute(query):
        if text.lower() in (title or "").lower():
            yield id_, tr(N_("title: {title}"), title=title)
        elif office and text.lower() in office.lower():
            yield id_, tr(N_("office: {name}"), name=office)
        elif place and text.lower() in place.lower():
            yield id_, tr(N_("place: {place}"), place=place)
