"""One time in detention: arrest, detention, counsel and law, how it ended, and what happened inside."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped, validates

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model import places
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, Standing, unreasoned
from casetracker.model.detention.judgment import Judgment
from casetracker.model.entity import Entity


class Forces(Enum):
    """Who took the person away."""

    POLICE = N_("Police")
    STATE_SECURITY = N_("State security")
    VILLAGE = N_("Village or neighbourhood officials")
    BORDER = N_("Border control")
    UNKNOWN = N_("Not known")


class OutsideContact(Enum):
    """Whether the place is known, and who may reach the detained (HURIDOCS list 30)."""

    FAMILY = N_("The family may reach them")
    COUNSEL = N_("Only a lawyer may reach them")
    ORGANISATION = N_("Only an organisation may reach them")
    NOBODY = N_("The place is known, but nobody may reach them")
    HIDDEN = N_("Held, but the place is not told")
    DENIED = N_("The detention is denied")


CUT_OFF = frozenset({OutsideContact.NOBODY, OutsideContact.HIDDEN, OutsideContact.DENIED})


class Episode(Entity):
    """One time in detention: arrest and detention apart, as the questionnaire of the UN asks for them."""

    __tablename__ = "episodes"
    singular, plural, page = N_("Detention"), N_("Detentions"), False
    named_by: ClassVar[tuple[str, ...]] = ("arrested",)
    kept = Confidentiality.OFFICIAL

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
    # The arrest
    arrested: Mapped[KnownDate | None] = f.when("arrested", N_("Arrested"), S.OPEN)
    arrest_place: Mapped[str | None] = f.place(N_("Place of arrest"), S.PLACE)
    arrest_place_kind: Mapped[str | None] = f.term("arrest_place_kind", N_("Kind of place"), S.OPEN)
    forces: Mapped[Forces | None] = f.choice(Forces, N_("Taken by"), S.OPEN)
    officers: Mapped[str | None] = f.text(N_("Names of officers"), S.PERPETRATOR)
    warrant: Mapped[bool | None] = f.yes_no(N_("Warrant shown"), S.OPEN)
    warrant_authority: Mapped[str | None] = f.text(N_("Authority that issued the warrant"), S.OPEN)
    # The detention
    held_from: Mapped[KnownDate | None] = f.when("held_from", N_("In detention since"), S.OPEN)
    county: Mapped[str | None] = f.place(N_("County or city"), S.OPEN)
    county_code: Mapped[str | None] = f.place_code()
    held_at: Mapped[str | None] = f.text(N_("Held at"), S.PLACE)
    authority: Mapped[str | None] = f.text(N_("Authority that ordered it"), S.OPEN)
    family_told: Mapped[bool | None] = f.yes_no(N_("Family was notified"), S.OPEN)
    family_told_on: Mapped[KnownDate | None] = f.when("family_told_on", N_("Notified on"), S.OPEN)
    outside: Mapped[OutsideContact | None] = f.choice(OutsideContact, N_("Contact and whereabouts"), S.OPEN)
    contact_allowed: Mapped[str | None] = f.text(N_("Contact with the family"), S.OPEN)
    # What is told of the inside is about somebody's body, and often tells who told it: as strict as health.
    conditions: Mapped[str | None] = f.long_text(N_("Conditions of detention"), S.HEALTH)
    torture: Mapped[bool | None] = f.yes_no(N_("Torture or ill-treatment is alleged"), S.HEALTH)
    torture_note: Mapped[str | None] = f.long_text(
        N_("What is alleged"), S.HEALTH, help=N_("When, where, by whom, how; what injuries; who saw it.")
    )
    # Reasons and law
    no_reason_given: Mapped[bool | None] = f.yes_no(N_("No reason was given"), S.OPEN)
    official_reason: Mapped[str | None] = f.text(N_("Official reason"), S.OPEN)
    reasons: Mapped[list[SuspectedReason]] = f.children(
        "SuspectedReason", N_("Suspected reasons"), S.OPEN, order_by="position"
    )
    suspected_reason: Mapped[str | None] = f.text(N_("Suspected reason"), S.OPEN)
    basis: Mapped[str | None] = f.term("legal_basis", N_("Law invoked"), S.OPEN)
    legal_basis: Mapped[str | None] = f.text(N_("Legal basis"), S.OPEN)
    # Counsel
    had_lawyer: Mapped[bool | None] = f.yes_no(N_("Had a lawyer"), S.OPEN)
    lawyer_chosen: Mapped[str | None] = f.term("lawyer_choice", N_("Who chose the lawyer"), S.OPEN)
    lawyer_access: Mapped[str | None] = f.term("legal_counsel", N_("Access to the lawyer"), S.OPEN)
    # The end
    ended: Mapped[KnownDate | None] = f.when("ended", N_("Detention ended"), S.OPEN)
    outcome: Mapped[str | None] = f.term("detention_outcome", N_("How it ended"), S.OPEN)
    judgments: Mapped[list[Judgment]] = f.children(
        "Judgment", N_("Judgments"), S.OPEN, order_by="decided_earliest"
    )
    custody: Mapped[list[CustodyEvent]] = f.children(
        "CustodyEvent", N_("In custody"), S.OPEN, order_by="on_earliest"
    )

    @validates("county")
    def _code(self, _key: str, value: str | None) -> str | None:
        self.county_code = places.resolve(value)
        return value

    def check(self) -> dict[str, str]:
        """Detention does not begin before the arrest, nor end before it began; a reason is given or not."""
        problems = {}
        if self.arrested and self.held_from and self.held_from.definitely_before(self.arrested):
            problems["held_from"] = tr(
                N_("Detention cannot begin before the arrest; correct one of the two dates.")
            )
        begun = self.held_from or self.arrested
        if begun and self.ended and self.ended.definitely_before(begun):
            problems["ended"] = tr(N_("Detention cannot end before it began; correct one of the two dates."))
        if self.no_reason_given and self.official_reason:
            problems["official_reason"] = tr(
                N_("A reason is given here, but “No reason was given” is marked.")
            )
        return problems


class SuspectedReason(Entity):
    """One of the reasons for which, as the family thinks, somebody was detained."""

    __tablename__ = "suspected_reasons"
    singular, plural, page = N_("Suspected reason"), N_("Suspected reasons"), False
    named_by: ClassVar[tuple[str, ...]] = ("reason",)
    kept = Confidentiality.OFFICIAL

    episode_id: Mapped[str] = f.ref("Episode", "episodes", N_("Detention"), S.OPEN, required=True)
    reason: Mapped[str] = f.term("detention_reason", N_("Reason"), S.OPEN, required=True)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)


class CustodyEvent(Entity):
    """One thing that happened in custody, with its source."""

    __tablename__ = "custody_events"
    singular, plural, page = N_("Custody event"), N_("Custody events"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind",)
    kept = Confidentiality.OFFICIAL

    episode_id: Mapped[str] = f.ref("Episode", "episodes", N_("Detention"), S.OPEN, required=True)
    kind: Mapped[CustodyKind] = f.choice(CustodyKind, N_("What happened"), S.OPEN, required=True)
    on: Mapped[KnownDate | None] = f.when("on", N_("When"), S.OPEN)
    place: Mapped[str | None] = f.place(N_("Place"), S.PLACE)
    facility_id: Mapped[str | None] = f.ref("Facility", "facilities", N_("Facility"), S.PLACE)
    agency: Mapped[str | None] = f.text(N_("Body that did it"), S.OPEN)
    note: Mapped[str | None] = f.text(N_("Details"), S.STORY, found=True)
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
        return unreasoned(self.standing, self.standing_reason)
