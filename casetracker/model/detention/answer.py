"""What the State says of a detained relative: the second axis of the status, apart from what happened."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.custody import Standing, unreasoned
from casetracker.model.entity import Entity


class StateAnswer(Entity):
    """One answer of a body of the detaining State about a case, or that it did not answer."""

    __tablename__ = "state_answers"
    singular, plural, page = N_("Answer of the State"), N_("Answers of the State"), False
    named_by: ClassVar[tuple[str, ...]] = ("body", "says")
    kept = Confidentiality.OFFICIAL

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    on: Mapped[KnownDate | None] = f.when("on", N_("When"), S.OPEN)
    body: Mapped[str | None] = f.text(N_("Who answered"), S.OPEN)
    says: Mapped[Acknowledgement] = f.choice(Acknowledgement, N_("What it says"), S.OPEN, required=True)
    form: Mapped[str | None] = f.term("state_answer_form", N_("How it was given"), S.TESTIFIER)
    words: Mapped[str | None] = f.text(N_("In its words"), S.STORY)
    source_id: Mapped[str | None] = f.ref("Source", "sources", N_("Source"), S.OPEN)
    standing: Mapped[Standing | None] = f.choice(Standing, N_("Which version counts"), S.OPEN)
    standing_reason: Mapped[str | None] = f.text(N_("Why"), S.GRADE)

    @property
    def earliest(self) -> dt.date | None:
        """The earliest day on which it can have been given."""
        return self.on.earliest if self.on else None

    @property
    def latest(self) -> dt.date | None:
        """The latest day on which it can have been given."""
        return self.on.latest if self.on else None

    def check(self) -> dict[str, str]:
        """A decision between versions has a reason."""
        return unreasoned(self.standing, self.standing_reason)
