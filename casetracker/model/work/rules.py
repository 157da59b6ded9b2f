"""Rules of time, days off and monthly indices of the office's own; they win over those of the program."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.clock import MonthlyIndex, Rule, Unit
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.work.post import BodyKind


class CountedFrom(Enum):
    """What day of an appeal the term of its reply begins with."""

    RECEIVED = N_("Received there")
    REGISTERED = N_("Registered there")
    SENT = N_("Sent by us")


class DeadlineRule(Entity):
    """A term as the office reads the law: with the key of a rule of the program, it takes its place."""

    __tablename__ = "deadline_rules"
    __table_args__ = (sa.Index("ix_deadline_rules_key", "key", unique=True),)
    singular, plural, page = N_("Rule of time"), N_("Rules of time"), False
    named_by: ClassVar[tuple[str, ...]] = ("key",)

    key: Mapped[str] = f.text(N_("Key"), S.NOTES, required=True)
    label_en: Mapped[str | None] = f.text(N_("English"), S.NOTES)
    label_ru: Mapped[str | None] = f.text(N_("Russian"), S.NOTES)
    label_kk: Mapped[str | None] = f.text(N_("Kazakh"), S.NOTES)
    body: Mapped[BodyKind | None] = f.choice(BodyKind, N_("Reply of which bodies"), S.NOTES)
    kind: Mapped[str | None] = f.term("appeal_kind", N_("Reply to which appeals"), S.NOTES)
    counted: Mapped[CountedFrom | None] = f.choice(CountedFrom, N_("Counted from"), S.NOTES)
    amount: Mapped[int] = f.number(N_("How many"), S.NOTES, required=True)
    unit: Mapped[Unit] = f.choice(Unit, N_("Unit"), S.NOTES, required=True)
    before: Mapped[bool | None] = f.yes_no(N_("Counted back"), S.NOTES)
    rolls: Mapped[bool | None] = f.yes_no(N_("Moves to a working day"), S.NOTES)
    source: Mapped[str] = f.text(N_("Source"), S.NOTES, required=True)
    dated: Mapped[dt.date] = f.day(N_("Date of the source"), S.NOTES, required=True)
    verified: Mapped[bool | None] = f.yes_no(N_("Verified"), S.NOTES)

    def check(self) -> dict[str, str]:
        """A term is not longer than can be counted."""
        if self.amount > _LONGEST[self.unit]:
            return {"amount": tr(N_("This term is longer than ten years; correct the number or the unit."))}
        return {}

    def over(self, base: Rule | None) -> Rule:
        """Return the rule that then holds; what the office does not say stays as it was."""
        labels = {"en": self.label_en, "ru": self.label_ru, "kk": self.label_kk}
        spoken = {language: text for language, text in labels.items() if text}
        answers = tuple(a for a in (self.body.name.lower() if self.body else "", self.kind or "") if a)
        return Rule(
            key=self.key,
            body=base.body if base else "office",
            event=self.counted.name.lower() if self.counted else (base.event if base else "received"),
            amount=-self.amount if self.before else self.amount,
            unit=self.unit,
            source=self.source,
            verified=bool(self.verified),
            dated=self.dated,
            rolls=bool(self.rolls),
            labels={**(base.labels if base else {"en": self.key}), **spoken},
            answers=answers or (base.answers if base else ()),
            met_by=base.met_by if base else (),
        )


_LONGEST = {Unit.WORKING_DAYS: 2600, Unit.DAYS: 3653, Unit.MONTHS: 120}


class DayOff(Entity):
    """A day that is worked or not, against what the calendar of the program says."""

    __tablename__ = "days_off"
    __table_args__ = (sa.Index("ix_days_off_day", "day", unique=True),)
    singular, plural, page = N_("Day off or worked"), N_("Days off or worked"), False
    named_by: ClassVar[tuple[str, ...]] = ("day",)

    day: Mapped[dt.date] = f.day(N_("Day"), S.NOTES, required=True)
    worked: Mapped[bool | None] = f.yes_no(N_("Worked"), S.NOTES)
    source: Mapped[str] = f.text(N_("Source"), S.NOTES, required=True)
    verified: Mapped[bool | None] = f.yes_no(N_("Verified"), S.NOTES)


class IndexRate(Entity):
    """The monthly calculation index from a day on, as the office knows it."""

    __tablename__ = "index_rates"
    __table_args__ = (sa.Index("ix_index_rates_since", "since", unique=True),)
    singular, plural, page = N_("Monthly calculation index"), N_("Monthly calculation indices"), False
    named_by: ClassVar[tuple[str, ...]] = ("since",)

    since: Mapped[dt.date] = f.day(N_("In force from"), S.NOTES, required=True)
    tenge: Mapped[int] = f.number(N_("Tenge"), S.NOTES, required=True)
    source: Mapped[str] = f.text(N_("Source"), S.NOTES, required=True)
    verified: Mapped[bool | None] = f.yes_no(N_("Verified"), S.NOTES)

    def as_index(self) -> MonthlyIndex:
        """Return it as the clock holds it."""
        return MonthlyIndex(self.since, self.tenge, self.source, bool(self.verified))
