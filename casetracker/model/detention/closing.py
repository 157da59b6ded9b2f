"""How a case was closed, and opened again: one row for each closing, none of which is ever overwritten."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class CaseClosing(Entity):
    """One time a case was closed: with what outcome, on whose word; and when and why it was opened again."""

    __tablename__ = "case_closings"
    singular, plural, page = N_("Closing"), N_("Closings"), False
    named_by: ClassVar[tuple[str, ...]] = ("outcome",)

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    closed: Mapped[dt.date] = f.day(N_("Closed on"), S.NOTES, required=True)
    outcome: Mapped[str] = f.term("case_outcome", N_("Outcome"), S.NOTES, required=True)
    told_by: Mapped[str] = f.text(N_("Who told us"), S.TESTIFIER, required=True)
    note: Mapped[str | None] = f.long_text(N_("Why it is closed"), S.NOTES)
    reopened: Mapped[dt.date | None] = f.day(N_("Opened again on"), S.NOTES)
    reopened_why: Mapped[str | None] = f.text(N_("Why it was opened again"), S.NOTES)

    @property
    def stands(self) -> bool:
        """Whether the case was not opened again since."""
        return self.reopened is None

    def check(self) -> dict[str, str]:
        """A case is opened again after it was closed, and for a reason."""
        problems = {}
        if self.reopened and self.reopened < self.closed:
            problems["reopened"] = tr(
                N_("A case cannot be opened again before it was closed; correct one of the two days.")
            )
        if self.reopened and not self.reopened_why:
            problems["reopened_why"] = tr(N_("Say why the case was opened again."))
        return problems
