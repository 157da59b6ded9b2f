"""Intake day: who waits, who has been taken down, who left again."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.names.writing import Language


class IntakeState(Enum):
    """Where somebody in the queue of an intake day stands."""

    WAITING = N_("Waiting")
    TAKEN_DOWN = N_("Taken down")
    REFUSED = N_("Agreed to nothing, nothing kept")
    LEFT = N_("Left without being seen")


class IntakeEntry(Entity):
    """One family in the queue of an intake day; it leads to the case that was taken down."""

    __tablename__ = "intake_entries"
    singular, plural, page = N_("Intake"), N_("Intakes"), False
    named_by: ClassVar[tuple[str, ...]] = ("number",)

    day: Mapped[dt.date] = f.day(N_("Day"), S.NOTES, required=True, index=True)
    number: Mapped[int] = f.number(N_("Number in the queue"), S.NOTES, required=True)
    state: Mapped[IntakeState] = f.choice(IntakeState, N_("Where it stands"), S.NOTES, required=True)
    name: Mapped[str | None] = f.text(N_("Who waits"), S.TESTIFIER)
    language: Mapped[Language | None] = f.choice(Language, N_("Speaks"), S.NOTES)
    interpreter: Mapped[str | None] = f.text(N_("Interpreter"), S.NOTES)
    case_id: Mapped[str | None] = f.ref("Case", "cases", N_("Case"), S.NOTES)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)

    def check(self) -> dict[str, str]:
        """Who agreed to nothing is not named in the queue either."""
        if self.state is IntakeState.REFUSED and self.name:
            return {"name": tr(N_("Who agreed to nothing is not kept by name; empty this field."))}
        return {}
