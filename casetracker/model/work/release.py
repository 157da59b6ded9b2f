"""Releases: which paper was given to whom, when, by whom, about whom, and on whose consent."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity, Use
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class Release(Entity):
    """One paper that left the office, as the release register keeps it.

    It is written together with the file's name and never changes; only that the paper was asked back may be
    added. It cannot be undone, because the paper is out of the office.
    """

    __tablename__ = "releases"
    singular, plural, page = N_("Release"), N_("Releases"), False
    named_by: ClassVar[tuple[str, ...]] = ("ref",)
    ref_prefix: ClassVar[str] = "RL"

    ref: Mapped[str] = f.text(N_("Release number"), S.OPEN, required=True)
    released: Mapped[dt.date] = f.day(N_("Given out on"), S.NOTES, required=True, index=True)
    by: Mapped[str] = f.text(N_("Given out by"), S.NOTES, required=True)
    report: Mapped[str] = f.text(N_("Kind of paper"), S.NOTES, required=True)
    audience: Mapped[str] = f.text(N_("Readers"), S.NOTES, required=True)
    addressee: Mapped[str | None] = f.text(N_("Given to"), S.NOTES)
    language: Mapped[str | None] = f.text(N_("Language"), S.NOTES)
    as_of: Mapped[dt.date | None] = f.day(N_("As of"), S.NOTES)
    digest: Mapped[str] = f.text(N_("Hash (SHA-256)"), S.NOTES, required=True, index=True)
    file_name: Mapped[str | None] = f.text(N_("Name of the file"), S.NOTES)
    pages: Mapped[int | None] = f.number(N_("Pages"), S.NOTES)
    cases: Mapped[list[ReleasedCase]] = f.children(
        "ReleasedCase", N_("Cases in it"), S.NOTES, order_by="position"
    )
    people: Mapped[list[ReleasedPerson]] = f.children("ReleasedPerson", N_("People named in it"), S.NOTES)
    overrides: Mapped[list[ReleaseOverride]] = f.children(
        "ReleaseOverride", N_("Let through for this paper"), S.NOTES
    )
    recalled: Mapped[dt.date | None] = f.day(N_("Asked back on"), S.NOTES)
    recall_note: Mapped[str | None] = f.text(N_("What came of asking it back"), S.NOTES)

    def check(self) -> dict[str, str]:
        """A paper is not asked back before it was given, and a note needs its day."""
        if self.recalled and self.recalled < self.released:
            return {"recalled": tr(N_("This day is before the paper was given out; correct it."))}
        if self.recall_note and not self.recalled:
            return {"recalled": tr(N_("Write the day on which the paper was asked back, too."))}
        return {}


class ReleasedCase(Entity):
    """A case that stands in a released paper, and the consent on which it was given."""

    __tablename__ = "released_cases"
    singular, plural, page = N_("Released case"), N_("Released cases"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)

    release_id: Mapped[str] = f.ref("Release", "releases", N_("Release"), S.NOTES, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.NOTES, required=True)
    use: Mapped[Use | None] = f.choice(Use, N_("Consent to"), S.NOTES)
    consented: Mapped[dt.date | None] = f.day(N_("Consent given on"), S.NOTES)
    consent_ids: Mapped[str | None] = f.long_text(N_("Ids of the consents"), S.NOTES, found=False)
    position: Mapped[int | None] = f.number(N_("Order"), S.NOTES)


class ReleasedPerson(Entity):
    """A person who is named in a released paper, in whatever spelling or by initials."""

    __tablename__ = "released_people"
    singular, plural, page = N_("Person named"), N_("People named"), False
    named_by: ClassVar[tuple[str, ...]] = ("person_id",)

    release_id: Mapped[str] = f.ref("Release", "releases", N_("Release"), S.NOTES, required=True)
    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.NOTES, required=True)


class ReleaseOverride(Entity):
    """A kind of fact that is held back for these readers and was let through for this one paper."""

    __tablename__ = "release_overrides"
    singular, plural, page = N_("Exception"), N_("Exceptions"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind",)

    release_id: Mapped[str] = f.ref("Release", "releases", N_("Release"), S.NOTES, required=True)
    kind: Mapped[Sensitivity] = f.choice(Sensitivity, N_("What was let through"), S.NOTES, required=True)
    reason: Mapped[str] = f.text(N_("Why"), S.NOTES, required=True)
    by: Mapped[str] = f.text(N_("Who decided it"), S.NOTES, required=True)
