"""What an official promised, for which cases, until when, and what became of it."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.people.person import Language


class DueBasis(Enum):
    """Where the due date comes from."""

    SAID = N_("Said at the meeting")
    RULE = N_("Set by a rule")
    GUESS = N_("Our own guess")


class PromiseOutcome(Enum):
    """What became of a promise for one case."""

    PENDING = N_("Pending")
    KEPT = N_("Kept")
    PARTLY = N_("Partly kept")
    RENEWED = N_("Promised again")
    REFUSED = N_("Refused")
    SILENT = N_("No answer")
    OVERTAKEN = N_("Overtaken by events")


STILL_OWED = frozenset({PromiseOutcome.PENDING, PromiseOutcome.PARTLY, PromiseOutcome.SILENT})


def days_overdue(due: dt.date | None, outcome: PromiseOutcome | None, as_of: dt.date) -> int:
    """Return for how many calendar days a promise has been owed past its due date; 0 if it is not overdue."""
    owed = outcome is None or outcome in STILL_OWED
    return max(0, (as_of - due).days) if due and owed else 0


class Promise(Entity):
    """One promise made at one meeting."""

    __tablename__ = "promises"
    singular, plural = N_("Promise"), N_("Promises")
    named_by: ClassVar[tuple[str, ...]] = ("words",)
    kept = Confidentiality.OFFICIAL

    meeting_id: Mapped[str] = f.ref("Meeting", "meetings", N_("Meeting"), S.OPEN, required=True)
    words: Mapped[str] = f.text(N_("What was promised"), S.OPEN, required=True, listed=True)
    original: Mapped[str | None] = f.text(N_("In the original words"), S.OPEN)
    original_language: Mapped[Language | None] = f.choice(Language, N_("Language of the original"), S.OPEN)
    made_by_id: Mapped[str | None] = f.ref("Person", "persons", N_("Promised by"), S.OPEN, listed=True)
    due: Mapped[dt.date | None] = f.day(N_("Due"), S.OPEN, listed=True)
    due_basis: Mapped[DueBasis | None] = f.choice(DueBasis, N_("Where the due date comes from"), S.OPEN)
    test: Mapped[str | None] = f.long_text(N_("What would count as kept"), S.OPEN)
    post_id: Mapped[str | None] = f.ref(
        "Post", "posts", N_("In which post"), S.OPEN, help=N_("Whoever holds the post later inherits it.")
    )
    renews_id: Mapped[str | None] = f.ref("Promise", "promises", N_("Renews the promise"), S.OPEN)
    heard: Mapped[list[PromiseHearer]] = f.children(
        "PromiseHearer", N_("Heard by"), S.NOTES, order_by="position"
    )
    evidence: Mapped[str | None] = f.long_text(N_("Evidence that it was said"), S.NOTES)
    covers: Mapped[list[PromisedCase]] = f.children(
        "PromisedCase", N_("Cases it covers"), S.OPEN, order_by="position"
    )
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)

    def check(self) -> dict[str, str]:
        """A promise covers a case once."""
        cases = [c.case_id for c in self.covers]
        if len(cases) != len(set(cases)):
            return {"covers": tr(N_("The promise names a case twice; remove one of the two."))}
        if self.renews_id and self.renews_id == self.id:
            return {"renews_id": tr(N_("A promise does not renew itself; choose the earlier one."))}
        return {}


class PromiseHearer(Entity):
    """Somebody who was there when it was promised, and can say so."""

    __tablename__ = "promise_hearers"
    singular, plural, page = N_("Hearer of a promise"), N_("Hearers of promises"), False
    named_by: ClassVar[tuple[str, ...]] = ("person_id",)

    promise_id: Mapped[str] = f.ref("Promise", "promises", N_("Promise"), S.NOTES, required=True)
    person_id: Mapped[str] = f.ref("Person", "persons", N_("Who heard it"), S.NOTES, required=True)
    note: Mapped[str | None] = f.text(N_("What they remember"), S.NOTES)
    position: Mapped[int | None] = f.number(N_("Order"), S.NOTES)


class PromisedCase(Entity):
    """What became of a promise for one of the cases it covers."""

    __tablename__ = "promised_cases"
    singular, plural, page = N_("Promised case"), N_("Promised cases"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    promise_id: Mapped[str] = f.ref("Promise", "promises", N_("Promise"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    outcome: Mapped[PromiseOutcome | None] = f.choice(PromiseOutcome, N_("Outcome"), S.OPEN)
    outcome_on: Mapped[dt.date | None] = f.day(N_("Outcome on"), S.OPEN)
    outcome_note: Mapped[str | None] = f.text(N_("What came of it"), S.OPEN)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
