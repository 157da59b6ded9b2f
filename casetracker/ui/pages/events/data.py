"""What the page of an event shows, as plain values read in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casetracker.model import Event, Hearing, OtherEvent, Petition, Reprisal, UNSession
from casetracker.model.detention.case import CaseRole
from casetracker.model.terms import label_of
from casetracker.store import event_kinds, linking, questions
from casetracker.store.events import days_until, judgment_text, penalty_text, waiting_text, when_text
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

# What stands on the first card of each kind, and which texts have a card of their own.
FACTS: dict[type[Event], tuple[str, ...]] = {
    Hearing: ("court", "case_number", "heard", "judge", "result"),
    Petition: ("office_id", "signatures", "registered", "registered_on"),
    UNSession: ("body", "session"),
    Reprisal: ("form", "by_whom", "kin", "reported_to", "reported_on", "prompt_letter"),
    OtherEvent: ("office_id",),
}
TEXTS: dict[type[Event], tuple[str, ...]] = {
    Petition: ("asks",),
    UNSession: ("statement", "state_answer"),
    Reprisal: ("words",),
}


@dataclass(frozen=True)
class Somebody:
    """A person at the event, and as what."""

    person_id: str
    name: str
    part: str
    post: str


@dataclass(frozen=True)
class Concerned:
    """A case that the event bears on."""

    case_id: str
    name: str
    ref: str
    role: str
    note: str


@dataclass(frozen=True)
class EventData:
    """Everything on the page but the chain."""

    id: str
    kind: type[Event]
    sort: str
    tone: str
    title: str
    subtitle: tuple[str, ...]
    state: str
    waiting: str  # of a planned event: how far away it is
    late: bool
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str, str], ...]  # name, title, text
    people: tuple[Somebody, ...]
    cases: tuple[Concerned, ...]
    families: int = 0  # cases of families who took part that are not linked yet


def read(store: Store, event_id: str) -> EventData | None:
    """Read an event as the office sees it; None if it is no longer there."""
    with store.reader() as reader:
        event = reader.get(Event, event_id)
        data = _read(event, reader) if event else None
    return replace(data, families=len(linking.family_links(store, event_id))) if data else None


def _read(event: DisclosedRecord, reader: Reader) -> EventData:
    kind: type[Event] = event.entity  # type: ignore[assignment]
    days = days_until(event, reader.as_of)
    names = (*TEXTS.get(kind, ()), "account", "media")
    return EventData(
        id=event.id,
        kind=kind,
        sort=event_kinds.sort(event),
        tone=event_kinds.tone(event),
        title=event.title,
        subtitle=(when_text(event), event.text("place")),
        state=event_kinds.state_text(event) if days is None else "",
        waiting="" if days is None else waiting_text(days),
        late=days is not None and days < 0,
        facts=tuple(_facts(event, kind)),
        texts=tuple((n, event.label(n), text) for n in names if (text := event.text(n))),
        people=tuple(_somebody(p) for p in event.children("participants")),
        cases=tuple(_concerned(link, reader) for link in event.children("cases") if link.ref("case_id")),
    )


def _facts(event: DisclosedRecord, kind: type[Event]) -> list[tuple[str, str]]:
    found = [(event.label(n), event.text(n)) for n in FACTS.get(kind, ())]
    if kind is Hearing:
        penalty, judgment = event.ref("penalty_id"), event.ref("judgment_id")
        found.append((event.label("penalty_id"), penalty_text(penalty) if penalty else ""))
        found.append((event.label("judgment_id"), judgment_text(judgment) if judgment else ""))
    found.append((event.label("source"), event.text("source")))
    return [fact for fact in found if fact[1]]


def _somebody(participant: DisclosedRecord) -> Somebody:
    names = ("person_id", "part", "post")
    return Somebody(participant.value("person_id"), *(participant.text(n) for n in names))


def _concerned(link: DisclosedRecord, reader: Reader) -> Concerned:
    case = link.ref("case_id")
    assert case is not None  # noqa: S101 - the caller looked
    role = link.text("role") or label_of(CaseRole.CONCERNS)
    return Concerned(case.id, questions.case_name(case, reader), case.text("ref"), role, link.text("note"))
