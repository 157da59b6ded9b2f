"""FollowTheMoney: people, families, offices and events as one JSON entity a line, for OpenAleph and its kin.

Schemata and properties: followthemoney 4.11 (Person, PublicBody, Position, Occupancy, Family, Event,
UnknownLink, Note). Dates there are prefixes of ISO days; what is known less exactly than a year is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from casetracker.exchange.gather import Gathered
from casetracker.i18n import N_, tr
from casetracker.model import Case, Event, FamilyMember, Office, Participant, Person, Post, Promise, Tenure
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.dates import KnownDate, Precision
from casetracker.model.entity import Entity
from casetracker.model.people.person import Sex
from casetracker.store import kin, situations
from casetracker.store.exporting import OutsideIds
from casetracker.store.reader import DisclosedRecord, Reader

Properties = dict[str, list[str]]
_GENDER = {Sex.FEMALE: "female", Sex.MALE: "male"}
_LENGTH = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
# Only what is certain: citizenships are free text, and "country" takes codes alone.
_COUNTRIES = {
    "china": "cn",
    "китай": "cn",
    "қытай": "cn",
    "kazakhstan": "kz",
    "казахстан": "kz",
    "қазақстан": "kz",
}


def as_lines(gathered: Gathered, reader: Reader, ids: OutsideIds) -> Iterator[str]:
    """Yield one entity a line; what has no name for its readers is left out, with all links to it."""
    made = _Made(gathered, reader, ids)
    for entity, records in gathered.records.items():
        write = next((w for kind, w in _WRITERS.items() if issubclass(entity, kind)), None)
        for record in records if write else ():
            found = write(made, record) if write else None
            if found is not None:
                schema, properties = found
                kept = {name: values for name, values in properties.items() if values}
                line = {"id": ids.of(record.id), "schema": schema, "properties": kept}
                yield json.dumps(line, ensure_ascii=False) + "\n"


class _Made:
    """What the writers ask: whether a record is in the export under a name, and its id there."""

    def __init__(self, gathered: Gathered, reader: Reader, ids: OutsideIds) -> None:
        self.reader, self._ids = reader, ids
        people = {p.id for p in gathered.of(Person) if reader.names(p.id)}
        self._there = {
            r.id
            for entity, records in gathered.records.items()
            for r in records
            if issubclass(entity, (Event, Office, Post, Case)) or r.id in people
        }

    def link(self, record: DisclosedRecord, name: str) -> list[str]:
        """Return the id of what a field points at, if that is in the export."""
        key = record.value(name)
        return [self._ids.of(key)] if key in self._there else []


def _text(record: DisclosedRecord, name: str) -> list[str]:
    text = record.text(name)
    return [text] if text and text != WITHHELD else []


def _date(value: KnownDate | None) -> list[str]:
    """Return the date as far as it is certain: a day, a month or a year."""
    length = _LENGTH.get(value.precision) if value else None
    return [value.edtf[:length]] if value and value.edtf and length else []


def _person(made: _Made, person: DisclosedRecord) -> tuple[str, Properties] | None:
    names = made.reader.names(person.id)
    if not names:
        return None
    words = person.text("citizenships").replace(",", " ").casefold().split()
    return "Person", {
        "name": names[:1],
        "alias": names[1:],
        "gender": [_GENDER[person.value("sex")]] if person.value("sex") in _GENDER else [],
        "birthDate": _date(person.value("birth")),
        "birthPlace": _text(person, "birthplace"),
        "ethnicity": _text(person, "ethnicity"),
        "nationality": sorted({_COUNTRIES[w] for w in words if w in _COUNTRIES}),
    }


def _case(made: _Made, case: DisclosedRecord) -> tuple[str, Properties] | None:
    now = situations.situation(case, made.reader)
    told = [now.status_text, case.text("request")]
    return "Event", {
        "name": [tr(N_("Detention, case {ref}"), ref=case.text("ref"))],
        "recordId": _text(case, "ref"),
        "startDate": _date(now.since),
        "endDate": _date(now.episode.value("ended")) if now.episode else [],
        "location": [now.place] if now.place else [],
        "summary": [text for text in told if text and text != WITHHELD],
        "involved": made.link(case, "person_id"),
    }


def _event(made: _Made, event: DisclosedRecord) -> tuple[str, Properties] | None:
    return "Event", {
        "name": _text(event, "title") or [tr(event.entity.singular)],
        "date": _date(event.value("on")),
        "location": _text(event, "place"),
        "organizer": [],
    }


def _member(made: _Made, member: DisclosedRecord) -> tuple[str, Properties] | None:
    person, relative = made.link(member, "person_id"), made.link(member, "to_person_id")
    if not person or not relative:
        return None
    term = kin.kin_of(member, member.ref("to_person_id")).term
    return "Family", {"person": person, "relative": relative, "relationship": [term] if term else []}


def _participant(made: _Made, participant: DisclosedRecord) -> tuple[str, Properties] | None:
    person, event = made.link(participant, "person_id"), made.link(participant, "event_id")
    if not person or not event:
        return None
    return "UnknownLink", {"subject": person, "object": event, "role": _text(participant, "part")}


def _office(made: _Made, office: DisclosedRecord) -> tuple[str, Properties] | None:
    names = [text for name in ("name", "name_ru", "name_kk") for text in _text(office, name)]
    return ("PublicBody", {"name": names[:1], "alias": names[1:], "country": ["kz"]}) if names else None


def _post(made: _Made, post: DisclosedRecord) -> tuple[str, Properties] | None:
    return "Position", {"name": _text(post, "title"), "organization": made.link(post, "office_id")}


def _tenure(made: _Made, tenure: DisclosedRecord) -> tuple[str, Properties] | None:
    holder, post = made.link(tenure, "person_id"), made.link(tenure, "post_id")
    if not holder or not post:
        return None
    since, until = _date(tenure.value("since")), _date(tenure.value("until"))
    return "Occupancy", {"holder": holder, "post": post, "startDate": since, "endDate": until}


def _promise(made: _Made, promise: DisclosedRecord) -> tuple[str, Properties] | None:
    meeting = promise.ref("meeting_id")
    due = [tr(N_("due {day}"), day=text) for text in _text(promise, "due")]
    return "Note", {
        "name": [tr(N_("Promise"))],
        "description": [*_text(promise, "words"), *due],
        "entity": made.link(meeting, "office_id") if meeting else [],
    }


Writer = Callable[[_Made, DisclosedRecord], tuple[str, Properties] | None]
_WRITERS: dict[type[Entity], Writer] = {
    Person: _person,
    Case: _case,
    Event: _event,
    FamilyMember: _member,
    Participant: _participant,
    Office: _office,
    Post: _post,
    Tenure: _tenure,
    Promise: _promise,
}
