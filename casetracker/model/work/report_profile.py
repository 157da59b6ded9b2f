"""How an addressee gets a paper: report, audience, language and options under a name."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class ReportProfile(Entity):
    """The choices of the page of reports, kept for the next paper to the same addressee.

    `options` is JSON that `reports.options` reads and writes, `logo` a picture in base 64 that
    `reports.images` made anew. No case and no meeting is kept: they differ from paper to paper.
    """

    __tablename__ = "report_profiles"
    singular, plural, page = N_("Report profile"), N_("Report profiles"), False
    named_by: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = f.text(N_("Name of the profile"), S.NOTES, required=True)
    addressee: Mapped[str | None] = f.text(N_("Addressee"), S.NOTES)
    report: Mapped[str] = f.text(N_("Report"), S.NOTES, required=True)
    audience: Mapped[str] = f.text(N_("Audience"), S.NOTES, required=True)
    language: Mapped[str | None] = f.text(N_("Language"), S.NOTES)
    second_language: Mapped[str | None] = f.text(N_("Second language"), S.NOTES)
    options: Mapped[str | None] = f.long_text(N_("Options"), S.NOTES, found=False)
    logo: Mapped[str | None] = f.long_text(N_("Logo"), S.NOTES, found=False)
