"""Who told, or which paper says so; graded for reliability and credibility, each on its own."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity
from casetracker.model.names.writing import Language
from casetracker.model.sources.citation import Citation


class SourceKind(Enum):
    """What sort of source it is."""

    TESTIMONY = N_("Testimony")
    DOCUMENT = N_("Document")
    AUTHORITY = N_("Statement by the authorities")
    MEDIA = N_("Press")
    OTHER = N_("Other")


class Channel(Enum):
    """How the news came. It never leaves the office."""

    PHONE = N_("Telephone")
    MESSENGER = N_("Messenger")
    LETTER = N_("Letter")
    VISIT = N_("Visit")
    THIRD_PERSON = N_("Third person")
    OFFICIAL = N_("Official")
    COURT_PAPER = N_("Court paper")
    LEAKED = N_("Leaked list")
    SILENCE = N_("Inferred from silence")
    PRESS = N_("Press")


class Reliability(Enum):
    """How far the source is to be relied on (Admiralty scale)."""

    A = N_("A: completely reliable")
    B = N_("B: usually reliable")
    C = N_("C: fairly reliable")
    D = N_("D: not usually reliable")
    E = N_("E: unreliable")
    F = N_("F: cannot be judged")


class Credibility(Enum):
    """How far what it says is to be believed (Admiralty scale)."""

    ONE = N_("1: confirmed by other sources")
    TWO = N_("2: probably true")
    THREE = N_("3: possibly true")
    FOUR = N_("4: doubtful")
    FIVE = N_("5: improbable")
    SIX = N_("6: cannot be judged")


class Hand(Enum):
    """How near the source was to what it tells."""

    FIRST = N_("First hand: saw or heard it")
    SECOND = N_("Second hand: was told by somebody who saw it")
    THIRD = N_("Third hand or further")


# "Cannot be judged" says all there is to say; every other grade needs a reason (OHCHR monitoring manual).
UNJUDGED = frozenset({Reliability.F, Credibility.SIX})


class Source(Entity):
    """One telling about one case.

    Reliability and credibility are graded each on its own and each with a reason. `origin_id` names the
    source by way of which this one knows it: two relatives who repeat one telephone call are one origin.
    """

    __tablename__ = "sources"
    singular, plural, page = N_("Source"), N_("Sources"), False
    named_by: ClassVar[tuple[str, ...]] = ("label",)
    kept = Confidentiality.OFFICIAL  # that there is one may be known; who told, and how, is withheld by field

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    label: Mapped[str] = f.text(N_("Source"), S.TESTIFIER, required=True)
    kind: Mapped[SourceKind | None] = f.choice(SourceKind, N_("Kind of source"), S.OPEN)
    origin_id: Mapped[str | None] = f.ref(
        "Source",
        "sources",
        N_("By way of"),
        S.TESTIFIER,
        help=N_("The source that this one repeats; both then count as one origin."),
    )
    hand: Mapped[Hand | None] = f.choice(Hand, N_("How near it was"), S.TESTIFIER)
    person_id: Mapped[str | None] = f.ref("Person", "persons", N_("Who told"), S.TESTIFIER)
    relation: Mapped[str | None] = f.text(N_("Relation to the detained"), S.RELATION)
    outlet: Mapped[str | None] = f.text(N_("Newspaper, station or site"), S.TESTIFIER)
    channel: Mapped[Channel | None] = f.choice(Channel, N_("How the news came"), S.TESTIFIER)
    told: Mapped[KnownDate | None] = f.when("told", N_("Told on"), S.TESTIFIER)
    told_at: Mapped[str | None] = f.text(N_("Told at (place)"), S.TESTIFIER)
    language: Mapped[Language | None] = f.choice(Language, N_("Told in (language)"), S.TESTIFIER)
    interpreter: Mapped[str | None] = f.text(N_("Interpreter"), S.NOTES)
    interviewer: Mapped[str | None] = f.text(N_("Who asked and wrote it down"), S.NOTES)
    recorded: Mapped[str | None] = f.term("recording", N_("Kept as"), S.TESTIFIER)
    reliability: Mapped[Reliability | None] = f.choice(Reliability, N_("Reliability of the source"), S.GRADE)
    reliability_reason: Mapped[str | None] = f.text(N_("Why this reliability"), S.GRADE)
    credibility: Mapped[Credibility | None] = f.choice(
        Credibility, N_("Credibility of the information"), S.GRADE
    )
    credibility_reason: Mapped[str | None] = f.text(N_("Why this credibility"), S.GRADE)
    account: Mapped[str | None] = f.long_text(N_("What was said"), S.TESTIFIER)
    translation: Mapped[str | None] = f.long_text(N_("Translation of what was said"), S.TESTIFIER)
    translator: Mapped[str | None] = f.text(N_("Translated by"), S.NOTES)
    citations: Mapped[list[Citation]] = f.children("Citation", N_("Citations"), S.TESTIFIER)

    def check(self) -> dict[str, str]:
        """A grade has a reason, and nobody repeats themselves."""
        problems = {}
        for name, grade in (
            ("reliability_reason", self.reliability),
            ("credibility_reason", self.credibility),
        ):
            if grade and grade not in UNJUDGED and not getattr(self, name):
                problems[name] = tr(N_("Say why: a grade without its reason cannot be checked by anybody."))
        if self.origin_id and self.origin_id == self.id:
            problems["origin_id"] = tr(N_("A source cannot come by way of itself; choose another or none."))
        return problems
