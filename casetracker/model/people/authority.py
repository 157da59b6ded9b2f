"""Authority to act: who may speak and sign for a family, by which document, from when until when."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class Authority(Entity):
    """One person's authority to act for one case of a family, or for all of them; ended, never overwritten.

    A body that receives an application asks for it: Administrative Procedural and Process-Related Code of
    Kazakhstan of 29 June 2020 No. 350-VI, on representatives. Officials may know of it, since it is shown to
    them; of authority for one case only together with that case.
    """

    __tablename__ = "authorities"
    singular, plural, page = N_("Authority to act"), N_("Authority to act"), False
    named_by: ClassVar[tuple[str, ...]] = ("person_id", "document")
    stands_on: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    family_id: Mapped[str] = f.ref("Family", "families", N_("Family"), S.OPEN, required=True)
    person_id: Mapped[str] = f.ref("Person", "persons", N_("Who may act"), S.OPEN, required=True)
    case_id: Mapped[str | None] = f.ref(
        "Case", "cases", N_("For the case"), S.OPEN, help=N_("Empty: for every case of the family.")
    )
    document: Mapped[str | None] = f.term("authority_document", N_("By which document"), S.OPEN)
    number: Mapped[str | None] = f.text(N_("Number of the document"), S.NOTES)
    since: Mapped[dt.date | None] = f.day(N_("Authority from"), S.OPEN)
    until: Mapped[dt.date | None] = f.day(N_("Authority until"), S.OPEN, index=True)
    withdrawn: Mapped[dt.date | None] = f.day(N_("Withdrawn on"), S.OPEN)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)

    def stands(self, day: dt.date) -> bool:
        """Whether the person may act on that day."""
        return stands(self.since, self.until, self.withdrawn, day)

    def check(self) -> dict[str, str]:
        """An end does not come before its start."""
        ends = {"until": self.until, "withdrawn": self.withdrawn}
        message = tr(N_("This day is before the authority began; correct one of the two."))
        return {name: message for name, day in ends.items() if day and self.since and day < self.since}


def stands(since: dt.date | None, until: dt.date | None, withdrawn: dt.date | None, day: dt.date) -> bool:
    """Whether an authority with these days stands on that day; it ends with its last day."""
    return (
        (since is None or since <= day)
        and (until is None or day <= until)
        and (withdrawn is None or day < withdrawn)
    )
