"""The records of the program. A new entity is a new file and one name in this list."""

from casetracker.model.detention.answer import StateAnswer
from casetracker.model.detention.case import Case, CaseEvent
from casetracker.model.detention.closing import CaseClosing
from casetracker.model.detention.episode import CustodyEvent, Episode, SuspectedReason
from casetracker.model.detention.facility import Facility
from casetracker.model.detention.judgment import Judgment
from casetracker.model.entity import Entity
from casetracker.model.events.chain import ChainLink
from casetracker.model.events.event import Event, Participant, Penalty
from casetracker.model.events.kinds import Hearing, OtherEvent, Petition, Reprisal, UNSession
from casetracker.model.events.meeting import HandOver, Meeting, Office, PresentedCase
from casetracker.model.events.promise import Promise, PromisedCase, PromiseHearer
from casetracker.model.events.protest import Protest
from casetracker.model.found_text import FoundText
from casetracker.model.own_term import OwnTerm
from casetracker.model.people.authority import Authority
from casetracker.model.people.contact_entry import ContactEntry
from casetracker.model.people.family import Family, FamilyMember
from casetracker.model.people.intake import IntakeEntry
from casetracker.model.people.name_key import NameKey
from casetracker.model.people.papers import Address, ExternalNumber, IdentityPaper
from casetracker.model.people.person import ContactPoint, Person, PersonName
from casetracker.model.people.portrait import Portrait
from casetracker.model.people.sameness import Merge, NotSame
from casetracker.model.people.user import User, UserFamily
from casetracker.model.saved_view import SavedView
from casetracker.model.sources.citation import Citation
from casetracker.model.sources.consent import Consent
from casetracker.model.sources.document import Document, DocumentLink, DocumentUse
from casetracker.model.sources.source import Source
from casetracker.model.tagging import Note, Tag, Tagging
from casetracker.model.work.appeal import Appeal, AppealCase, Reply, ReplyCase
from casetracker.model.work.import_profile import ImportProfile
from casetracker.model.work.partner import ForeignRecord, ReceivedBundle, ReleaseReceipt
from casetracker.model.work.post import Post, Tenure
from casetracker.model.work.release import Release, ReleasedCase, ReleasedPerson, ReleaseOverride
from casetracker.model.work.reply_form import ReplyForm, ReplyFormAnswer
from casetracker.model.work.report_profile import ReportProfile
from casetracker.model.work.review import HeldBack, Review, ReviewAnswer, ReviewCase
from casetracker.model.work.rules import DayOff, DeadlineRule, IndexRate
from casetracker.model.work.task import Task

ENTITIES: tuple[type[Entity], ...] = (
    Person,
    PersonName,
    ContactPoint,
    Family,
    FamilyMember,
    Authority,
    ContactEntry,
    Case,
    Episode,
    SuspectedReason,
    Judgment,
    CustodyEvent,
    StateAnswer,
    CaseClosing,
    Source,
    Citation,
    Document,
    DocumentLink,
    DocumentUse,
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
    PromiseHearer,
    Hearing,
    Petition,
    UNSession,
    Reprisal,
    OtherEvent,
    ChainLink,
    NotSame,
    Merge,
    IntakeEntry,
    OwnTerm,
    Tag,
    Tagging,
    Note,
    Facility,
    IdentityPaper,
    Address,
    ExternalNumber,
    Portrait,
    Post,
    Tenure,
    Appeal,
    AppealCase,
    Reply,
    ReplyCase,
    ReplyForm,
    ReplyFormAnswer,
    DeadlineRule,
    DayOff,
    IndexRate,
    Task,
    SavedView,
    Release,
    ReleasedCase,
    ReleasedPerson,
    ReleaseOverride,
    ReportProfile,
    User,
    UserFamily,
    ImportProfile,
    Review,
    ReviewCase,
    ReviewAnswer,
    HeldBack,
    ReceivedBundle,
    ForeignRecord,
    ReleaseReceipt,
)
BY_NAME: dict[str, type[Entity]] = {entity.__name__: entity for entity in ENTITIES}

__all__ = [
    "BY_NAME",
    "ENTITIES",
    "Address",
    "Appeal",
    "AppealCase",
    "Authority",
    "Case",
    "CaseClosing",
    "CaseEvent",
    "ChainLink",
    "Citation",
    "Consent",
    "ContactEntry",
    "ContactPoint",
    "CustodyEvent",
    "DayOff",
    "DeadlineRule",
    "Document",
    "DocumentLink",
    "DocumentUse",
    "Entity",
    "Episode",
    "Event",
    "ExternalNumber",
    "Facility",
    "Family",
    "FamilyMember",
    "ForeignRecord",
    "FoundText",
    "HandOver",
    "Hearing",
    "HeldBack",
    "IdentityPaper",
    "ImportProfile",
    "IndexRate",
    "IntakeEntry",
    "Judgment",
    "Meeting",
    "Merge",
    "NameKey",
    "NotSame",
    "Note",
    "Office",
    "OtherEvent",
    "OwnTerm",
    "Participant",
    "Penalty",
    "Person",
    "PersonName",
    "Petition",
    "Portrait",
    "Post",
    "PresentedCase",
    "Promise",
    "PromiseHearer",
    "PromisedCase",
    "Protest",
    "ReceivedBundle",
    "Release",
    "ReleaseOverride",
    "ReleaseReceipt",
    "ReleasedCase",
    "ReleasedPerson",
    "Reply",
    "ReplyCase",
    "ReplyForm",
    "ReplyFormAnswer",
    "ReportProfile",
    "Reprisal",
    "Review",
    "ReviewAnswer",
    "ReviewCase",
    "SavedView",
    "Source",
    "StateAnswer",
    "SuspectedReason",
    "Tag",
    "Tagging",
    "Task",
    "Tenure",
    "UNSession",
    "User",
    "UserFamily",
]
