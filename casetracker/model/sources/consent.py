"""What somebody agreed to: for which use, from when, until when. Missing means no."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import clock
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.confidentiality import Use
from casetracker.model.entity import Entity
from casetracker.model.names.writing import Language
from casetracker.model.workdays import calendar


class Answer(Enum):
    """What was said when the office asked."""

    AGREES = N_("Agrees")
    REFUSES = N_("Refuses")


class ConsentForm(Enum):
    """How the answer was given."""

    WRITTEN = N_("Written")
    AUDIO = N_("Audio recording")
    VIDEO = N_("Video recording")
    ORAL = N_("Oral, noted by the office")


class Consent(Entity):
    """One answer of one person about one use; taken back by a date, never by deleting.

    With a case it speaks of the data of the detained relative (whose own consent cannot be had); without one
    it speaks of the person's own data.
    """

    __tablename__ = "consents"
    singular, plural, page = N_("Consent"), N_("Consents"), False
    named_by: ClassVar[tuple[str, ...]] = ("use",)

    person_id: Mapped[str] = f.ref("Person", "persons", N_("Given by"), S.NOTES, required=True)
    case_id: Mapped[str | None] = f.ref("Case", "cases", N_("About the case"), S.NOTES)
    use: Mapped[Use] = f.choice(Use, N_("Use"), S.NOTES, required=True)
    answer: Mapped[Answer] = f.choice(Answer, N_("Answer"), S.NOTES, required=True)
    given: Mapped[dt.date] = f.day(N_("Given on"), S.NOTES, required=True)
    until: Mapped[dt.date | None] = f.day(N_("Valid until"), S.NOTES)
    withdrawn: Mapped[dt.date | None] = f.day(N_("Withdrawn on"), S.NOTES)
    review_on: Mapped[dt.date | None] = f.day(
        N_("Confirm again on"), S.NOTES, help=N_("Empty: twelve months after it was given.")
    )
    capacity: Mapped[str | None] = f.term("consent_capacity", N_("In what capacity"), S.NOTES)
    form: Mapped[ConsentForm | None] = f.choice(ConsentForm, N_("Form"), S.NOTES)
    conditions: Mapped[str | None] = f.text(N_("Conditions"), S.NOTES)
    body: Mapped[str | None] = f.text(
        N_("To which body or organisation"), S.NOTES, help=N_("For K2 and K4: whom they agreed to, by name.")
    )
    explained_in: Mapped[Language | None] = f.choice(Language, N_("Explained in"), S.NOTES)
    explained_by: Mapped[str | None] = f.text(N_("Explained by"), S.NOTES)
    interpreter: Mapped[str | None] = f.text(N_("Interpreter"), S.NOTES)
    witness: Mapped[str | None] = f.text(N_("Witness"), S.NOTES)
    handled_on: Mapped[dt.date | None] = f.day(N_("Withdrawal handled on"), S.NOTES)
    recalled: Mapped[str | None] = f.text(N_("What was recalled"), S.NOTES)

    def living(self, day: dt.date) -> bool:
        """Whether the answer stands on that day."""
        return (
            self.given <= day
            and (self.until is None or day <= self.until)
            and (self.withdrawn is None or day < self.withdrawn)
        )

    def check(self) -> dict[str, str]:
        """An end does not come before its start."""
        late = {"until": self.until, "withdrawn": self.withdrawn, "review_on": self.review_on}
        message = tr(N_("This day is before the consent was given; correct one of the two."))
        problems = {name: message for name, day in late.items() if day and day < self.given}
        if self.handled_on and not self.withdrawn:
            problems["handled_on"] = tr(N_("Nothing was withdrawn; write the day of the withdrawal too."))
        return problems


def review_due(given: dt.date, review_on: dt.date | None) -> dt.date:
    """Return the day on which an answer is to be confirmed again; the rule is `consent_renewal`."""
    return review_on or clock.due_on(clock.current()["consent_renewal"], given, calendar())
