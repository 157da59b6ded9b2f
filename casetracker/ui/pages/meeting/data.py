"""What the page of a meeting shows, as plain values read in one go."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date

from casetracker.i18n import N_, locale, ntr, tr
from casetracker.model import Case, Meeting, Protest
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate, Precision
from casetracker.model.events.event import Part
from casetracker.store import chain, event_kinds, questions
from casetracker.store.events import days_until, waiting_text, when_text
from casetracker.store.promises import made_again
from casetracker.store.questions import Owed
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

_FACTS = ("response", "impact", "closed", "language", "source")
_NOT_FAMILY = {Part.OFFICIAL, Part.INTERPRETER, Part.OBSERVER, Part.JOURNALIST}


@dataclass(frozen=True)
class PresentedLine:
    """One case as it was put to the official, with what was promised for it."""

    number: int
    case_id: str
    name: str
    ref: str
    asked: str
    answered: str
    response: str
    impact: str
    owed: tuple[Owed, ...]


@dataclass(frozen=True)
class PromiseData:
    """One promise made at the meeting, with a line for each case it covers."""

    id: str
    words: str
    original: str
    made_by: str
    due: str
    basis: str
    owed: tuple[Owed, ...]
    again: str = ""  # how often it was promised by now


@dataclass(frozen=True)
class Attendant:
    """Somebody who was there, and as what."""

    person_id: str
    name: str
    part: str
    post: str
    official: bool


@dataclass(frozen=True)
class Given:
    """A list that was handed over: when, under which hash, and whether it was withdrawn."""

    id: str
    at: str
    digest: str
    withdrawn: str
    reason: str


@dataclass(frozen=True)
class MeetingData:
    """Everything on the page."""

    id: str
    ref: str
    title: str
    office: str
    subtitle: tuple[str, ...]
    presented: tuple[PresentedLine, ...]
    promises: tuple[PromiseData, ...]
    people: tuple[Attendant, ...]
    given: tuple[Given, ...]
    agenda: str
    minutes: str
    account: str
    media: str
    follow_up: str
    facts: tuple[tuple[str, str], ...]
    state: str
    late: bool
    closed: bool
    today: dt.date

    @property
    def out(self) -> Given | None:
        """The list that the official now holds."""
        return next((g for g in self.given if not g.withdrawn), None)

    @property
    def open_promises(self) -> int:
        """How much is still owed, each case of a promise counted."""
        return sum(o.open for p in self.promises for o in p.owed)

    @property
    def overdue(self) -> int:
        """How much of it is overdue."""
        return sum(bool(o.days_overdue) for p in self.promises for o in p.owed)


def read(store: Store, meeting_id: str) -> MeetingData | None:
    """Read a meeting as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        meeting = reader.get(Meeting, meeting_id)
        return _read(meeting, reader) if meeting else None


def _read(meeting: DisclosedRecord, reader: Reader) -> MeetingData:
    promises = tuple(_promise(p, reader) for p in meeting.children("promises"))
    people = tuple(_attendant(p) for p in meeting.children("participants"))
    days = days_until(meeting, reader.as_of)
    return MeetingData(
        id=meeting.id,
        ref=meeting.text("ref"),
        title=meeting.title,
        office=meeting.text("office_id"),
        subtitle=_subtitle(meeting, reader),
        presented=tuple(_presented(meeting, promises, reader)),
        promises=promises,
        people=people,
        given=tuple(_given(h) for h in meeting.children("handovers")),
        agenda=meeting.text("agenda"),
        minutes=meeting.text("minutes"),
        account=meeting.text("account"),
        media=meeting.text("media"),
        follow_up=meeting.text("follow_up"),
        facts=tuple((meeting.label(n), text) for n in _FACTS if (text := meeting.text(n))),
        state=waiting_text(days) if days is not None else event_kinds.state_text(meeting),
        late=days is not None and days < 0,
        closed=bool(meeting.value("closed")),
        today=reader.as_of,
    )


def _subtitle(meeting: DisclosedRecord, reader: Reader) -> tuple[str, ...]:
    family = sum(p.value("part") not in _NOT_FAMILY for p in meeting.children("participants"))
    present = ntr("{n} family member present", "{n} family members present", family) if family else ""
    return (when_text(meeting), meeting.text("place"), present, _follows(meeting, reader))


def _follows(meeting: DisclosedRecord, reader: Reader) -> str:
    event = chain.follows(reader, meeting.id)
    if event is None:
        return ""
    if event.entity is Protest and event.text("on"):
        return tr(N_("follows the protest of {date}"), date=_day(event.value("on"), meeting.value("on")))
    return tr(N_("follows {event}"), event=event.title)


def _day(on: KnownDate, beside: KnownDate | None) -> str:
    """Write a date without its year where the date beside it says the year already."""
    same = beside and beside.earliest and on.earliest and beside.earliest.year == on.earliest.year
    if same and on.precision is Precision.DAY and on.earliest:
        return format_date(on.earliest, "d MMMM", locale=locale())
    return on.text()


def _presented(
    meeting: DisclosedRecord, promises: tuple[PromiseData, ...], reader: Reader
) -> list[PresentedLine]:
    lines = []
    for number, presented in enumerate(meeting.children("presented"), 1):
        case = presented.ref("case_id")
        if case is None:
            continue
        lines.append(
            PresentedLine(
                number,
                case.id,
                questions.case_name(case, reader),
                case.text("ref"),
                presented.text("asked"),
                presented.text("answered"),
                presented.text("response"),
                presented.text("impact"),
                tuple(o for p in promises for o in p.owed if o.case_id == case.id),
            )
        )
    return lines


def _promise(promise: DisclosedRecord, reader: Reader) -> PromiseData:
    language = promise.text("original_language")
    original = promise.text("original")
    return PromiseData(
        promise.id,
        promise.text("words"),
        f"“{original}”" + (f" ({language})" if language else "") if original else "",
        promise.text("made_by_id"),
        promise.text("due"),
        promise.text("due_basis").lower(),
        tuple(questions.owed(promise, reader)),
        made_again(promise, reader),
    )


def _attendant(participant: DisclosedRecord) -> Attendant:
    return Attendant(
        participant.value("person_id"),
        participant.text("person_id"),
        participant.text("part"),
        participant.text("post"),
        participant.value("part") is Part.OFFICIAL,
    )


def _given(handover: DisclosedRecord) -> Given:
    at: dt.date = handover.value("at")
    return Given(
        handover.id,
        KnownDate.on(at).short(),
        handover.text("digest"),
        handover.text("withdrawn"),
        handover.text("withdrawn_reason"),
    )


@dataclass(frozen=True)
class Leaving:
    """A presented case as officials would get it: `why` says why it is left out, empty if it is given."""

    name: str
    ref: str
    why: str


def leaving(store: Store, meeting_id: str) -> list[Leaving]:
    """Return which presented cases would be handed over, and which would not and why."""
    with store.reader() as office, store.reader(Audience.OFFICIAL) as official:
        meeting = office.get(Meeting, meeting_id)
        cases = [p.ref("case_id") for p in meeting.children("presented")] if meeting else []
        return [
            Leaving(questions.case_name(case, office), case.text("ref"), _why(case.id, official))
            for case in cases
            if case
        ]


def _why(case_id: str, official: Reader) -> str:
    if refusal := official.refusal(case_id):
        return refusal
    return "" if official.get(Case, case_id) else tr(N_("the case is kept within the office."))
