"""A case: one detained relative, the episodes of detention, and the events that bear on it."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, CustodyStatus, Standing
from casetracker.model.entity import Entity
from casetracker.model.sources.consent import Consent
from casetracker.model.sources.source import Source


class Stage(Enum):
    """Where the office's own work on a case stands."""

    INTAKE = N_("Intake")
    VERIFYING = N_("Verifying")
    ACTIVE = N_("Active")
    RESOLVED = N_("Resolved")
    CLOSED = N_("Closed")
    DUPLICATE = N_("Duplicate")


class Case(Entity):
    """The office's file on one detained relative."""

    __tablename__ = "cases"
    singular, plural = N_("Case"), N_("Cases")
    named_by: ClassVar[tuple[str, ...]] = ("ref",)
    kept = Confidentiality.OFFICIAL
    ref_prefix: ClassVar[str] = "CT"

    ref: Mapped[str] = f.text(N_("Reference"), S.OPEN, required=True, listed=True)
    person_id: Mapped[str] = f.ref(
        "Person", "persons", N_("Detained relative"), S.OPEN, required=True, listed=True
    )
    family_id: Mapped[str | None] = f.ref("Family", "families", N_("Family"), S.OPEN, listed=True)
    stage: Mapped[Stage] = f.choice(Stage, N_("Stage"), S.NOTES, required=True, listed=True)
    opened: Mapped[dt.date | None] = f.day(N_("Taken down on"), S.NOTES)
    request: Mapped[str | None] = f.long_text(N_("What the family asks"), S.OPEN)
    account: Mapped[str | None] = f.long_text(N_("What happened"), S.STORY)
    health: Mapped[str | None] = f.long_text(N_("Health"), S.HEALTH)
    episodes: Mapped[list[Episode]] = f.children("Episode", N_("Detention"), S.OPEN, order_by="position")
    events: Mapped[list[CaseEvent]] = f.children("CaseEvent", N_("Events"), S.OPEN)
    sources: Mapped[list[Source]] = f.children("Source", N_("Sources"), S.OPEN)
    consents: Mapped[list[Consent]] = f.children("Consent", N_("Consents"), S.NOTES)
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)

    # Kept by the store from the custody events, for lists that sort and filter; checked, never typed.
    status: Mapped[CustodyStatus] = mapped_column(
        sa.Enum(CustodyStatus, native_enum=False, length=40),
        default=CustodyStatus.UNKNOWN,
        index=True,
        info={"derived": True},
    )
    since: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})
    last_news: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})

    __table_args__ = (sa.UniqueConstraint("ref"),)


class Forces(Enum):
    """Who took the person away."""

    POLICE = N_("Police")
    STATE_SECURITY = N_("State security")
    VILLAGE = N_("Village or neighbourhood officials")
    BORDER = N_("Border control")
    UNKNOWN = N_("Not known")


class Episode(Entity):
    """One time in detention: arrest and detention apart, then what followed in custody."""

    __tablename__ = "episodes"
    singular, plural, page = N_("Detention"), N_("Detentions"), False
    named_by: ClassVar[tuple[str, ...]] = ("arrested",)
    kept = Confidentiality.OFFICIAL

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
    arrested: Mapped[KnownDate | None] = f.when("arrested", N_("Arrested"), S.OPEN)
    arrest_place: Mapped[str | None] = f.text(N_("Place of arrest"), S.PLACE)
    forces: Mapped[Forces | None] = f.choice(Forces, N_("Taken by"), S.OPEN)
    officers: Mapped[str | None] = f.text(N_("Names of officers"), S.PERPETRATOR)
    warrant: Mapped[bool | None] = f.yes_no(N_("Warrant shown"), S.OPEN)
    held_from: Mapped[KnownDate | None] = f.when("held_from", N_("In detention since"), S.OPEN)
    county: Mapped[str | None] = f.text(N_("County or city"), S.OPEN)
    held_at: Mapped[str | None] = f.text(N_("Held at"), S.PLACE)
    authority: Mapped[str | None] = f.text(N_("Authority that ordered it"), S.OPEN)
    no_reason_given: Mapped[bool | None] = f.yes_no(N_("No reason was given"), S.OPEN)
    official_reason: Mapped[str | None] = f.text(N_("Official reason"), S.OPEN)
    suspected_reason: Mapped[str | None] = f.text(N_("Suspected reason"), S.OPEN)
    legal_basis: Mapped[str | None] = f.text(N_("Legal basis"), S.OPEN)
    court: Mapped[str | None] = f.text(N_("Court"), S.OPEN)
    term_years: Mapped[int | None] = f.number(N_("Sentence, years"), S.OPEN)
    term_months: Mapped[int | None] = f.number(N_("Sentence, months"), S.OPEN)
    contact_allowed: Mapped[str | None] = f.text(N_("Contact with the family"), S.OPEN)
    custody: Mapped[list[CustodyEvent]] = f.children(
        "CustodyEvent", N_("In custody"), S.OPEN, order_by="on_earliest"
    )

    def check(self) -> dict[str, str]:
        """Detention does not begin before the arrest, and sentences are counted in whole terms."""
        problems = {}
        if self.arrested and self.held_from and self.held_from.definitely_before(self.arrested):
            problems["held_from"] = tr(
                N_("Detention cannot begin before the arrest; correct one of the two dates.")
            )
        if self.term_months and self.term_months > 11:
            problems["term_months"] = tr(N_("Give twelve months or more as years."))
        if self.no_reason_given and self.official_reason:
            problems["official_reason"] = tr(
                N_("A reason is given here, but “No reason was given” is marked.")
            )
        return problems


class CustodyEvent(Entity):
    """One thing that happened in custody, with its source."""

    __tablename__ = "custody_events"
    singular, plural, page = N_("Custody event"), N_("Custody events"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind",)
    kept = Confidentiality.OFFICIAL

    episode_id: Mapped[str] = f.ref("Episode", "episodes", N_("Detention"), S.OPEN, required=True)
    kind: Mapped[CustodyKind] = f.choice(CustodyKind, N_("What happened"), S.OPEN, required=True)
    on: Mapped[KnownDate | None] = f.when("on", N_("When"), S.OPEN)
    place: Mapped[str | None] = f.text(N_("Place"), S.PLACE)
    note: Mapped[str | None] = f.text(N_("Details"), S.STORY)
    source_id: Mapped[str | None] = f.ref("Source", "sources", N_("Source"), S.OPEN)
    standing: Mapped[Standing | None] = f.choice(Standing, N_("Which version counts"), S.OPEN)
    standing_reason: Mapped[str | None] = f.text(N_("Why"), S.GRADE)

    @property
    def earliest(self) -> dt.date | None:
        """The earliest day on which it can have happened."""
        return self.on.earliest if self.on else None

    @property
    def latest(self) -> dt.date | None:
        """The latest day on which it can have happened; None while it goes on."""
        return self.on.latest if self.on else None

    def check(self) -> dict[str, str]:
        """A decision between versions has a reason."""
        if self.standing and not self.standing_reason:
            return {"standing_reason": tr(N_("Say why this version counts or is set aside."))}
        return {}


class CaseRole(Enum):
    """What an event is to a case."""

    SPOKEN_FOR = N_("Spoken for")
    PRESENTED = N_("Presented")
    RELATIVE_PRESENT = N_("A relative took part")
    RELATIVE_DETAINED = N_("A relative was detained")
    CONCERNS = N_("Concerns")


class CaseEvent(Entity):
    """The one link between cases and events of every kind."""

    __tablename__ = "case_events"
    singular, plural, page = N_("Link"), N_("Links"), False
    kept = Confidentiality.OFFICIAL

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    event_id: Mapped[str] = f.ref("Event", "events", N_("Event"), S.OPEN, required=True)
    role: Mapped[CaseRole | None] = f.choice(CaseRole, N_("Role"), S.OPEN)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)
