"""A meeting with officials: who was there, which cases were presented, what was handed over."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.events.event import Event, event_key
from casetracker.model.events.promise import Promise
from casetracker.model.work.post import BodyKind, Post
from casetracker.model.work.reply_form import ReplyForm


class Office(Entity):
    """A body whose officials the office meets; promises are counted against it, whoever holds the post."""

    __tablename__ = "offices"
    singular, plural = N_("Office"), N_("Offices")
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    kept = Confidentiality.PUBLIC

    name: Mapped[str] = f.text(N_("Name of the office"), S.OPEN, required=True, listed=True)
    name_ru: Mapped[str | None] = f.text(N_("Name in Russian"), S.OPEN)
    name_kk: Mapped[str | None] = f.text(N_("Name in Kazakh"), S.OPEN)
    body: Mapped[BodyKind | None] = f.choice(BodyKind, N_("Sort of body"), S.OPEN)
    city: Mapped[str | None] = f.place(N_("City"), S.OPEN, listed=True)
    posts: Mapped[list[Post]] = f.children("Post", N_("Posts"), S.OPEN, order_by="position")
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)


class Meeting(Event):
    """One meeting with one office, held or planned."""

    __tablename__ = "meetings"
    singular, plural, page = N_("Meeting"), N_("Meetings"), True
    named_by: ClassVar[tuple[str, ...]] = ("title",)
    ref_prefix: ClassVar[str] = "MT"

    id: Mapped[str] = event_key()
    ref: Mapped[str] = f.text(N_("Reference"), S.OPEN, required=True)
    office_id: Mapped[str] = f.ref("Office", "offices", N_("Office"), S.OPEN, required=True, listed=True)
    closed: Mapped[bool | None] = f.yes_no(N_("Behind closed doors"), S.OPEN)
    language: Mapped[str | None] = f.text(N_("Language of the talk"), S.OPEN)
    agenda: Mapped[str | None] = f.long_text(N_("Agenda"), S.NOTES)
    minutes: Mapped[str | None] = f.long_text(N_("Minutes"), S.NOTES)
    response: Mapped[str | None] = f.term("response", N_("How they responded"), S.OPEN)
    impact: Mapped[str | None] = f.term("impact", N_("What it changed"), S.NOTES)
    follow_up: Mapped[str | None] = f.long_text(N_("What we do next"), S.NOTES)
    presented: Mapped[list[PresentedCase]] = f.children(
        "PresentedCase", N_("Cases presented"), S.OPEN, order_by="position"
    )
    promises: Mapped[list[Promise]] = f.children("Promise", N_("Promises"), S.OPEN, order_by="position")
    handovers: Mapped[list[HandOver]] = f.children("HandOver", N_("Handed over"), S.OPEN, order_by="at")
    reply_forms: Mapped[list[ReplyForm]] = f.children(
        "ReplyForm", N_("Reply forms"), S.OPEN, order_by="received"
    )

    def check(self) -> dict[str, str]:
        """A case is presented once, and a list that was handed over stays as it is."""
        problems = super().check()
        cases = [p.case_id for p in self.presented]
        if len(cases) != len(set(cases)):
            problems["presented"] = tr(N_("A case is on this list twice; remove one of the two lines."))
        given = self.given
        if given and given.cases != cases:
            problems["presented"] = tr(
                N_("This list was handed over and cannot change; withdraw it first, with a reason.")
            )
        return problems

    @property
    def given(self) -> HandOver | None:
        """The list that the official now holds, if it was not withdrawn."""
        return next((h for h in self.handovers if h.withdrawn is None), None)


class PresentedCase(Entity):
    """One case put to the official: what was asked, and what was answered there."""

    __tablename__ = "presented_cases"
    singular, plural, page = N_("Presented case"), N_("Presented cases"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    meeting_id: Mapped[str] = f.ref("Meeting", "meetings", N_("Meeting"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
    asked: Mapped[str | None] = f.text(N_("Asked for"), S.OPEN)
    answered: Mapped[str | None] = f.text(N_("Answer given at the meeting"), S.OPEN)
    response: Mapped[str | None] = f.term("response", N_("How they responded"), S.OPEN)
    impact: Mapped[str | None] = f.term("impact", N_("What it changed"), S.NOTES)


class HandOver(Entity):
    """What was handed to the official, frozen: the list as it was read, and its hash.

    It can be withdrawn with a reason; it cannot be undone, because the paper is out of the office.
    """

    __tablename__ = "handovers"
    singular, plural, page = N_("Hand-over"), N_("Hand-overs"), False
    named_by: ClassVar[tuple[str, ...]] = ("digest",)
    kept = Confidentiality.INTERNAL

    meeting_id: Mapped[str] = f.ref("Meeting", "meetings", N_("Meeting"), S.OPEN, required=True)
    at: Mapped[dt.date] = f.day(N_("Handed over on"), S.OPEN, required=True)
    content: Mapped[str] = f.long_text(N_("What was given"), S.NOTES, required=True, found=False)
    digest: Mapped[str] = f.text(N_("Hash (SHA-256)"), S.OPEN, required=True)
    withdrawn: Mapped[dt.date | None] = f.day(N_("Withdrawn on"), S.OPEN)
    withdrawn_reason: Mapped[str | None] = f.text(N_("Why withdrawn"), S.NOTES)
    case_ids: Mapped[str] = mapped_column(sa.Text(), default="")

    @property
    def cases(self) -> list[str]:
        """The ids of the cases in the order in which they were given."""
        return self.case_ids.split()

    def check(self) -> dict[str, str]:
        """A withdrawal has a reason."""
        if self.withdrawn and not self.withdrawn_reason:
            return {"withdrawn_reason": tr(N_("Say why the list was withdrawn."))}
        return {}
