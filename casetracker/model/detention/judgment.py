"""A judgment: the court, the law, the sentence, what became of an appeal; one row for each decision."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import Standing, unreasoned
from casetracker.model.entity import Entity


class SentenceKind(Enum):
    """What sort of sentence it is; only a fixed term has an end that can be counted."""

    FIXED = N_("Fixed term")
    LIFE = N_("For life")
    DEATH_SUSPENDED = N_("Death, suspended")
    DEATH = N_("Death")
    SUSPENDED = N_("Suspended sentence")
    NONE = N_("No sentence")


class Judgment(Entity):
    """One decision of a court. An appeal or a reduction that changes the sentence is one of its own."""

    __tablename__ = "judgments"
    singular, plural, page = N_("Judgment"), N_("Judgments"), False
    named_by: ClassVar[tuple[str, ...]] = ("court", "decided")
    kept = Confidentiality.OFFICIAL

    episode_id: Mapped[str] = f.ref("Episode", "episodes", N_("Detention"), S.OPEN, required=True)
    decided: Mapped[KnownDate | None] = f.when("decided", N_("Decided on"), S.OPEN)
    court: Mapped[str | None] = f.text(N_("Court"), S.OPEN)
    court_type: Mapped[str | None] = f.term("court_type", N_("Kind of court"), S.OPEN)
    number: Mapped[str | None] = f.text(
        N_("Number of the judgment"), S.STORY, help=N_("It leads to the name: who has it can look it up.")
    )
    law: Mapped[str | None] = f.term("legal_basis", N_("Law applied"), S.OPEN)
    article: Mapped[str | None] = f.text(N_("Article"), S.OPEN)
    charge: Mapped[str | None] = f.text(N_("Charge"), S.OPEN)
    sentence: Mapped[SentenceKind | None] = f.choice(SentenceKind, N_("Sentence"), S.OPEN)
    term_years: Mapped[int | None] = f.number(N_("Sentence, years"), S.OPEN)
    term_months: Mapped[int | None] = f.number(N_("Sentence, months"), S.OPEN)
    term_days: Mapped[int | None] = f.number(N_("Sentence, days"), S.OPEN)
    term_from: Mapped[KnownDate | None] = f.when("term_from", N_("Counted from"), S.OPEN)
    term_to: Mapped[KnownDate | None] = f.when(
        "term_to", N_("Ends on"), S.OPEN, help=N_("As the judgment says it; left empty, it is counted.")
    )
    fine: Mapped[int | None] = f.number(N_("Fine, yuan"), S.OPEN)
    penalties: Mapped[str | None] = f.text(N_("Additional penalties"), S.OPEN)
    hearing: Mapped[str | None] = f.term("hearing_kind", N_("Open or closed"), S.OPEN)
    language: Mapped[str | None] = f.term("court_language", N_("Language of the hearing"), S.OPEN)
    counsel: Mapped[str | None] = f.term("legal_counsel", N_("Counsel at the trial"), S.OPEN)
    appealed: Mapped[bool | None] = f.yes_no(N_("Appealed"), S.OPEN)
    appeal_result: Mapped[str | None] = f.term("appeal_result", N_("Result of the appeal"), S.OPEN)
    source_id: Mapped[str | None] = f.ref("Source", "sources", N_("Source"), S.OPEN)
    standing: Mapped[Standing | None] = f.choice(Standing, N_("Which version counts"), S.OPEN)
    standing_reason: Mapped[str | None] = f.text(N_("Why"), S.GRADE)

    def check(self) -> dict[str, str]:
        """Sentences are counted in whole terms; a decision between versions has a reason."""
        problems = unreasoned(self.standing, self.standing_reason)
        if self.term_months and self.term_months > 11:
            problems["term_months"] = tr(N_("Give twelve months or more as years."))
        if self.term_from and self.term_to and self.term_to.definitely_before(self.term_from):
            problems["term_to"] = tr(
                N_("A sentence cannot end before it begins; correct one of the two dates.")
            )
        return problems
