"""What somebody agreed to: for which use, from when, until when. Missing means no."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.confidentiality import Use
from casetracker.model.entity import Entity


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
    form: Mapped[ConsentForm | None] = f.choice(ConsentForm, N_("Form"), S.NOTES)
    conditions: Mapped[str | None] = f.text(N_("Conditions"), S.NOTES)

    def living(self, day: dt.date) -> bool:
        """Whether the answer stands on that day."""
        return (
            self.given <= day
            and (self.until is None or day <= self.until)
            and (self.withdrawn is None or day < self.withdrawn)
        )

    def check(self) -> dict[str, str]:
        """An end does not come before its start."""
        late = {"until": self.until, "withdrawn": self.withdrawn}
        message = tr(N_("This day is before the consent was given; correct one of the two."))
        return {name: message for name, day in late.items() if day and day < self.given}
