"""The picture by which a person is known in papers: small, made anew by the program from pixels alone."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class Portrait(Entity):
    """A person's portrait; the photograph it was made from stays among the documents as it came.

    The one chosen last counts. It lies in its row like the logo of a profile: it is small, and an undo brings
    it back with the choice.
    """

    __tablename__ = "portraits"
    singular, plural, page = N_("Portrait"), N_("Portraits"), False
    named_by: ClassVar[tuple[str, ...]] = ("picture",)
    kept = Confidentiality.OFFICIAL

    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    picture: Mapped[str] = f.picture(N_("Picture"), S.PORTRAIT, required=True)
    chosen: Mapped[dt.date | None] = f.day(N_("Chosen on"), S.NOTES)
    # Not a reference: the portrait may stay when the document is destroyed.
    document: Mapped[str | None] = f.text(N_("Made from the document"), S.NOTES)
