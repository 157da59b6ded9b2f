"""What an office changes in the vocabularies that come with the program, and what it adds to them."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.terms import Term


class OwnTerm(Entity):
    """A term of the office's own, or its wording of one that came with the program (then of the same code).

    Records hold the code, so a code never changes; a label does, and changes everywhere at once.
    """

    __tablename__ = "own_terms"
    __table_args__ = (sa.Index("ix_own_terms_code", "vocabulary", "code", unique=True),)
    singular, plural, page = N_("Term of a list"), N_("Terms of lists"), False
    named_by: ClassVar[tuple[str, ...]] = ("label_en",)

    vocabulary: Mapped[str] = f.text(N_("List"), S.NOTES, required=True)
    code: Mapped[str] = f.text(N_("Code"), S.NOTES, required=True)
    label_en: Mapped[str | None] = f.text(N_("English"), S.NOTES)
    label_ru: Mapped[str | None] = f.text(N_("Russian"), S.NOTES)
    label_kk: Mapped[str | None] = f.text(N_("Kazakh"), S.NOTES)
    huridocs: Mapped[str | None] = f.text(N_("HURIDOCS code"), S.NOTES)
    active: Mapped[bool | None] = f.yes_no(N_("Offered"), S.NOTES)
    position: Mapped[int | None] = f.number(N_("Order"), S.NOTES)

    def as_term(self) -> Term:
        """Return the term as the vocabularies hold it; retired only if somebody said so."""
        labels = {"en": self.label_en, "ru": self.label_ru, "kk": self.label_kk}
        spoken = {language: text for language, text in labels.items() if text}
        return Term(self.code, spoken, self.huridocs or "", self.active is not False)
