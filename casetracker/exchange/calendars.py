"""iCalendar and vCard: what falls due and who is met, for a calendar and an address book."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from casetracker.exchange.gather import Gathered
from casetracker.i18n import N_, tr
from casetracker.model import Event, Office, Person, Post, Promise
from casetracker.model.confidentiality import WITHHELD
from casetracker.store.deadline import Deadline
from casetracker.store.exporting import OutsideIds
from casetracker.store.reader import DisclosedRecord

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_PRODUCT = "-//casetracker//EN"


def as_ics(gathered: Gathered, ids: OutsideIds, as_of: dt.date, deadlines: Sequence[Deadline] = ()) -> bytes:
    """Return a calendar: events on a day that is known, and the days by which promises are due.

    `deadlines` are the other ones of the office, which nobody else is given.

    Times are as they were told, without a zone: they are those of the place.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    stamp = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    for entry in [*_events(gathered), *_due(gathered)]:
        event = icalendar.Event()
        record, start, title, place = entry
        event.add("uid", f"{ids.of(record.id)}@casetracker.invalid")
        event.add("dtstamp", stamp)
        event.add("dtstart", start)
        event.add("summary", title)
        if place:
            event.add("location", place)
        event.add("transp", "TRANSPARENT" if record.entity is Promise else "OPAQUE")
        calendar.add_component(event)
    for deadline in deadlines:
        calendar.add_component(_deadline(deadline, stamp))
    return bytes(calendar.to_ical())


def _deadline(deadline: Deadline, stamp: dt.datetime) -> Any:
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(deadline.key.encode()).hexdigest()[:32]}@casetracker.invalid")
    event.add("dtstamp", stamp)
    event.add("dtstart", deadline.day)
    event.add("summary", " · ".join(part for part in (deadline.what, deadline.about) if part))
    event.add("description", deadline.basis)
    event.add("transp", "TRANSPARENT")
    return event


Entry = tuple[DisclosedRecord, "dt.date | dt.datetime", str, str]


def _events(gathered: Gathered) -> Iterator[Entry]:
    for entity, records in gathered.records.items():
        for event in records if issubclass(entity, Event) else ():
            on = event.value("on")
            if on and on.earliest and on.earliest == on.latest:
                title = _text(event, "title") or tr(entity.singular)
                yield event, _start(on.earliest, _text(event, "starts")), title, _text(event, "place")


def _start(day: dt.date, clock: str) -> dt.date | dt.datetime:
    told = _CLOCK.match(clock.strip())
    return dt.datetime.combine(day, dt.time(int(told[1]), int(told[2]))) if told else day


def _due(gathered: Gathered) -> Iterator[Entry]:
    for promise in gathered.of(Promise):
        meeting = promise.ref("meeting_id")
        office = meeting.text("office_id") if meeting else ""
        if day := promise.value("due"):
            words = tr(N_("Due: {what}"), what=_text(promise, "words"))
            yield promise, day, words, "" if office == WITHHELD else office


def as_vcards(gathered: Gathered) -> bytes:
    """Return a card for each official who holds a post now: name, post and office; no number, no address."""
    import vobject

    offices = {office.id: office for office in gathered.of(Office)}
    cards = []
    for post in gathered.of(Post):
        office = offices.get(post.value("office_id") or "")
        for tenure in post.children("tenures"):
            person = tenure.ref("person_id")
            if person is None or tenure.value("until") is not None or person.title == WITHHELD:
                continue
            card = vobject.vCard()
            card.add("fn").value = person.title
            card.add("n").value = _parts(person)
            card.add("title").value = post.title
            if office:
                card.add("org").value = [office.title]
            cards.append(card.serialize())
    return "".join(cards).encode()


def _parts(person: DisclosedRecord) -> object:
    import vobject

    name = next(iter(person.children("names")), None) if person.entity is Person else None
    if name is not None and _text(name, "surname"):
        return vobject.vcard.Name(
            family=_text(name, "surname"), given=_text(name, "given"), additional=_text(name, "patronymic")
        )
    return vobject.vcard.Name(given=person.title)


def _text(record: DisclosedRecord, name: str) -> str:
    text = record.text(name)
    return "" if text == WITHHELD else text
