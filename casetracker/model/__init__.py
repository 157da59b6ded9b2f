"""The records of the program. A new entity is a new file and one name in this list."""

from casetracker.model.detention.case import Case, CaseEvent, CustodyEvent, Episode
from casetracker.model.entity import Entity
from casetracker.model.events.event import Event, Participant, Penalty
from casetracker.model.events.meeting import HandOver, Meeting, Office, PresentedCase
from casetracker.model.events.promise import Promise, PromisedCase
from casetracker.model.events.protest import Protest
from casetracker.model.people.family import Family, FamilyMember
from casetracker.model.people.name_key import NameKey
from casetracker.model.people.person import ContactPoint, Person, PersonName
from casetracker.model.people.sameness import Merge, NotSame
from casetracker.model.sources.consent import Consent
from casetracker.model.sources.source import Source

ENTITIES: tuple[type[Entity], ...] = (
    Person,
    PersonName,
    ContactPoint,
    Family,
    FamilyMember,
    Case,
    Episode,
    CustodyEvent,
    Source,
    Consent,
    CaseEvent,
    Event,
    Participant,
    Penalty,
    Protest,
    Office,
    Meeting,
    PresentedCase,
    HandOver,
    Promise,
    PromisedCase,
    NotSame,
    Merge,
)
BY_NAME: dict[str, type[Entity]] = {entity.__name__: entity for entity in ENTITIES}

__all__ = [
    "BY_NAME",
    "ENTITIES",
    "Case",
    "CaseEvent",
    "Consent",
    "ContactPoint",
    "CustodyEvent",
    "Entity",
    "Episode",
    "Event",
    "Family",
    "FamilyMember",
    "HandOver",
    "Meeting",
    "Merge",
    "NameKey",
    "NotSame",
    "Office",
    "Participant",
    "Penalty",
    "Person",
    "PersonName",
    "PresentedCase",
    "Promise",
    "PromisedCase",
    "Protest",
    "Source",
]
