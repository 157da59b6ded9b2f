"""What the office decided about two records: that they are not of one person, or that they were one."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class NotSame(Entity):
    """Two people whom somebody compared and found to be two; the pair is not shown again."""

    __tablename__ = "not_same"
    singular, plural, page = N_("Judged different"), N_("Judged different"), False
    named_by: ClassVar[tuple[str, ...]] = ("decided",)

    first_id: Mapped[str] = f.ref("Person", "persons", N_("One person"), S.NOTES, required=True)
    second_id: Mapped[str] = f.ref("Person", "persons", N_("The other person"), S.NOTES, required=True)
    decided: Mapped[dt.date | None] = f.day(N_("Decided on"), S.NOTES)
    reason: Mapped[str | None] = f.text(N_("Why they are two"), S.NOTES)


class Merge(Attached):
    """That another record was joined to this one; from the audit log it can be taken apart at any time.

    `about` is the record that was kept. What the other said differently stands in `left`, a line a field.
    """

    __tablename__ = "merges"
    singular, plural, page = N_("Merge"), N_("Merges"), False
    named_by: ClassVar[tuple[str, ...]] = ("gone_title",)

    gone_id: Mapped[str] = f.text(N_("Id of the other record"), S.NOTES, required=True)
    gone_title: Mapped[str] = f.text(N_("The other record"), S.NOTES, required=True)
    merged: Mapped[dt.date | None] = f.day(N_("Merged on"), S.NOTES)
    by: Mapped[str | None] = f.text(N_("Merged by"), S.NOTES)
    left: Mapped[str | None] = f.long_text(N_("What the other record said differently"), S.NOTES)

    def check(self) -> dict[str, str]:
        """A record is not joined to itself."""
        if self.about_id == self.gone_id:
            return {"gone_id": tr(N_("A record cannot be merged with itself."))}
        return {}
