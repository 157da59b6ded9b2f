"""Something that happened, the base of protests and meetings, and who took part."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column, validates

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model import places
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseEvent
from casetracker.model.entity import Entity


class EventState(Enum):
    """Whether an event is still to come; nothing said means that it took place."""

    PLANNED = N_("Planned")
    HELD = N_("Took place")
    CANCELLED = N_("Did not take place")


class Event(Entity):
    """What all kinds of events have."""

    __tablename__ = "events"
    singular, plural, page = N_("Event"), N_("Events"), False
    named_by: ClassVar[tuple[str, ...]] = ("title",)
    kept = Confidentiality.OFFICIAL

    sort: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = f.text(N_("Title"), S.OPEN, required=True, listed=True, found=True)
    on: Mapped[KnownDate | None] = f.when("on", N_("When"), S.OPEN, required=True, listed=True)
    state: Mapped[EventState | None] = f.choice(EventState, N_("Planned or held"), S.OPEN)
    starts: Mapped[str | None] = f.text(N_("Began at"), S.OPEN)
    ends: Mapped[str | None] = f.text(N_("Ended at"), S.OPEN)
    place: Mapped[str | None] = f.place(N_("Place"), S.OPEN, listed=True)
    place_code: Mapped[str | None] = f.place_code()
    account: Mapped[str | None] = f.long_text(N_("What happened there"), S.NOTES)
    source: Mapped[str | None] = f.text(N_("Source"), S.TESTIFIER)
    # A link may name people who agreed to nothing here, however public the page is that it leads to.
    media: Mapped[str | None] = f.long_text(N_("Press and video links"), S.NOTES)
    cases: Mapped[list[CaseEvent]] = f.children("CaseEvent", N_("Cases concerned"), S.OPEN)
    participants: Mapped[list[Participant]] = f.children(
        "Participant", N_("People"), S.OPEN, order_by="position"
    )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - SQLAlchemy hands in the class
        if cls.__name__ == "Event":
            return {
                "version_id_col": cls.version,
                "polymorphic_on": "sort",
                "polymorphic_identity": "event",
                "with_polymorphic": "*",
            }
        return {"polymorphic_identity": cls.__name__.lower()}

    @validates("place")
    def _code(self, _key: str, value: str | None) -> str | None:
        self.place_code = places.resolve(value)
        return value

    def check(self) -> dict[str, str]:
        """Nobody takes part twice."""
        people = [p.person_id for p in self.participants]
        if len(people) != len(set(people)):
            return {
                "participants": tr(N_("The same person is on the list twice; remove one of the two lines."))
            }
        return {}


def event_key() -> MappedColumn[str]:
    """Give a kind of event its own table, whose key is that of the row in `events`."""
    return mapped_column(sa.ForeignKey("events.id", deferrable=True, initially="DEFERRED"), primary_key=True)


class Part(Enum):
    """As what somebody was there."""

    ORGANISER = N_("Organiser")
    PARTICIPANT = N_("Participant")
    DELEGATE = N_("Delegation")
    OFFICIAL = N_("Official")
    INTERPRETER = N_("Interpreter")
    OBSERVER = N_("Observer")
    JOURNALIST = N_("Journalist")
    TARGET = N_("Person it was done to")


class Outcome(Enum):
    """What the police did with somebody at a protest."""

    PRESENT = N_("Present")
    WARNED = N_("Warned")
    DETAINED = N_("Detained")
    FINED = N_("Detained and fined")
    ARRESTED = N_("Administrative arrest")
    INJURED = N_("Injured")


class Participant(Entity):
    """One person at one event."""

    __tablename__ = "participants"
    singular, plural, page = N_("Participant"), N_("Participants"), False
    named_by: ClassVar[tuple[str, ...]] = ("person_id",)
    kept = Confidentiality.OFFICIAL

    event_id: Mapped[str] = f.ref("Event", "events", N_("Event"), S.OPEN, required=True)
    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    part: Mapped[Part | None] = f.choice(Part, N_("As what"), S.OPEN)
    post: Mapped[str | None] = f.text(N_("Post held that day"), S.OPEN)
    outcome: Mapped[Outcome | None] = f.choice(Outcome, N_("Outcome"), S.FATE_HERE)
    detained: Mapped[KnownDate | None] = f.when("detained", N_("Detained on"), S.FATE_HERE)
    hours_held: Mapped[int | None] = f.number(N_("Hours held"), S.FATE_HERE)
    released: Mapped[str | None] = f.text(N_("Let go at"), S.FATE_HERE)
    station: Mapped[str | None] = f.text(N_("Police station"), S.FATE_HERE)
    penalties: Mapped[list[Penalty]] = f.children("Penalty", N_("Penalties"), S.FATE_HERE)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)


class PenaltyKind(Enum):
    """What the court imposed."""

    WARNING = N_("Warning")
    FINE = N_("Fine")
    ARREST = N_("Arrest")


class Paid(Enum):
    """Whether a fine was paid."""

    NO = N_("Not paid")
    PARTLY = N_("Partly paid")
    YES = N_("Paid")


class PenaltyAppeal(Enum):
    """What became of the appeal against a penalty."""

    NONE = N_("No appeal")
    FILED = N_("Appeal filed")
    UPHELD = N_("Penalty upheld")
    REDUCED = N_("Penalty reduced")
    CANCELLED = N_("Penalty cancelled")


class Penalty(Entity):
    """What one person was punished with for one event."""

    __tablename__ = "penalties"
    singular, plural, page = N_("Penalty"), N_("Penalties"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind", "article")
    kept = Confidentiality.OFFICIAL

    participant_id: Mapped[str] = f.ref(
        "Participant", "participants", N_("Participant"), S.OPEN, required=True
    )
    kind: Mapped[PenaltyKind] = f.choice(PenaltyKind, N_("Penalty"), S.FATE_HERE, required=True)
    article: Mapped[str | None] = f.text(N_("Article"), S.FATE_HERE)
    part: Mapped[str | None] = f.text(N_("Part of the article"), S.FATE_HERE)
    amount: Mapped[int | None] = f.number(N_("Amount, tenge"), S.FATE_HERE)
    days: Mapped[int | None] = f.number(N_("Days of arrest"), S.FATE_HERE)
    decided: Mapped[dt.date | None] = f.day(N_("Decided on"), S.FATE_HERE)
    received: Mapped[dt.date | None] = f.day(N_("Decision received on"), S.FATE_HERE)
    court: Mapped[str | None] = f.text(N_("Court"), S.FATE_HERE)
    case_number: Mapped[str | None] = f.text(N_("Number of the court case"), S.FATE_HERE)
    judge: Mapped[str | None] = f.text(N_("Judge"), S.PERPETRATOR)
    served_from: Mapped[dt.date | None] = f.day(N_("Arrest served from"), S.FATE_HERE)
    served_to: Mapped[dt.date | None] = f.day(N_("Arrest served until"), S.FATE_HERE)
    paid: Mapped[Paid | None] = f.choice(Paid, N_("Paid"), S.FATE_HERE)
    paid_by: Mapped[str | None] = f.text(N_("Paid by"), S.NOTES)
    appeal: Mapped[PenaltyAppeal | None] = f.choice(PenaltyAppeal, N_("Appeal"), S.FATE_HERE)
    appeal_note: Mapped[str | None] = f.text(N_("Appeal, details"), S.FATE_HERE)
