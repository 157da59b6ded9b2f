"""Which source says what about one field of one record: any field of any record can be cited."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.detention.custody import Standing, unreasoned


class Stance(Enum):
    """What a source has to do with the value that is on record."""

    SUPPORTS = N_("Supports it")
    CONTRADICTS = N_("Says otherwise")


class Citation(Attached):
    """What one source says about one field.

    The value that is on record is the chosen one; where sources differ, the citation that counts carries the
    reason. A citation belongs to its source, and goes with it. No audience outside the office hears of it.
    """

    __tablename__ = "citations"
    singular, plural, page = N_("Citation"), N_("Citations"), False
    named_by: ClassVar[tuple[str, ...]] = ("says",)

    # Attached has no room for it: a record has many fields.
    field: Mapped[str] = f.text(N_("About (field)"), S.NOTES, required=True)
    source_id: Mapped[str] = f.ref("Source", "sources", N_("Source"), S.TESTIFIER, required=True)
    stance: Mapped[Stance] = f.choice(
        Stance, N_("The value on record"), S.TESTIFIER, required=True, help=N_("What this source does to it.")
    )
    # It can hold the value of any field, whatever its sensitivity: as closely kept as the strictest.
    says: Mapped[str | None] = f.text(N_("What the source says"), S.TESTIFIER)
    place: Mapped[str | None] = f.text(N_("Where in the source (page, minute)"), S.TESTIFIER)
    standing: Mapped[Standing | None] = f.choice(Standing, N_("Which version counts"), S.TESTIFIER)
    standing_reason: Mapped[str | None] = f.text(N_("Why"), S.GRADE)

    def check(self) -> dict[str, str]:
        """Whoever says otherwise says something; a decision between versions has a reason."""
        problems = unreasoned(self.standing, self.standing_reason)
        if self.stance is Stance.CONTRADICTS and not self.says:
            problems["says"] = tr(N_("Write down what this source says instead."))
        return problems
