"""A case: one detained relative, the episodes of detention, and the events that bear on it."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.answer import StateAnswer
from casetracker.model.detention.certainty import Certainty
from casetracker.model.detention.closing import CaseClosing
from casetracker.model.detention.custody import CustodyStatus
from casetracker.model.detention.episode import Episode
from casetracker.model.entity import Entity
from casetracker.model.people.papers import ExternalNumber
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


# The office works on these no longer. They keep their roles, their history and their place in statistics.
AT_REST = frozenset({Stage.CLOSED, Stage.DUPLICATE})


def _derived_choice(options: type[Enum], **more: Any) -> MappedColumn[Any]:
    kind = sa.Enum(options, native_enum=False, length=40)
    return mapped_column(kind, index=True, info={"derived": True}, **more)


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
    duplicate_of_id: Mapped[str | None] = f.ref("Case", "cases", N_("Duplicate of"), S.NOTES)
    opened: Mapped[dt.date | None] = f.day(N_("Taken down on"), S.NOTES)
    request: Mapped[str | None] = f.long_text(N_("What the family asks"), S.OPEN)
    account: Mapped[str | None] = f.long_text(N_("What happened"), S.STORY)
    health: Mapped[str | None] = f.long_text(N_("Health"), S.HEALTH)
    episodes: Mapped[list[Episode]] = f.children("Episode", N_("Detention"), S.OPEN, order_by="position")
    answers: Mapped[list[StateAnswer]] = f.children(
        "StateAnswer", N_("Answers of the State"), S.OPEN, order_by="on_earliest"
    )
    events: Mapped[list[CaseEvent]] = f.children("CaseEvent", N_("Events"), S.OPEN)
    sources: Mapped[list[Source]] = f.children("Source", N_("Sources"), S.OPEN)
    consents: Mapped[list[Consent]] = f.children("Consent", N_("Consents"), S.NOTES)
    closings: Mapped[list[CaseClosing]] = f.children(
        "CaseClosing", N_("Closings"), S.NOTES, order_by="closed"
    )
    numbers: Mapped[list[ExternalNumber]] = f.children(
        "ExternalNumber", N_("Numbers elsewhere"), S.NOTES, order_by="position"
    )
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)

    # Kept by the store from what was recorded, for lists that sort and filter; checked, never typed.
    status: Mapped[CustodyStatus] = _derived_choice(CustodyStatus, default=CustodyStatus.UNKNOWN)
    acknowledgement: Mapped[Acknowledgement | None] = _derived_choice(Acknowledgement)
    certainty: Mapped[Certainty | None] = _derived_choice(Certainty)
    since: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})
    last_news: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})
    release_due: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})
    term_years: Mapped[int | None] = mapped_column(info={"derived": True})

    __table_args__ = (sa.UniqueConstraint("ref"),)

    def check(self) -> dict[str, str]:
        """A closed case says how it was closed, a duplicate of which case it is one, and not of itself."""
        if self.stage is Stage.CLOSED and not any(c.stands for c in self.closings):
            return {
                "stage": tr(N_("Use “Close case…”: a case is closed with an outcome, and on whose word."))
            }
        if self.stage is Stage.DUPLICATE and not self.duplicate_of_id:
            return {"duplicate_of_id": tr(N_("Say of which case this one is a duplicate."))}
        if self.duplicate_of_id and self.duplicate_of_id == self.id:
            return {"duplicate_of_id": tr(N_("A case is not a duplicate of itself; choose the other one."))}
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
