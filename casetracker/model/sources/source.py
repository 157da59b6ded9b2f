"""Who told, or which paper says so; graded for reliability and credibility, each on its own."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity


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


class Source(Entity):
    """One telling about one case."""

    __tablename__ = "sources"
    singular, plural, page = N_("Source"), N_("Sources"), False
    named_by: ClassVar[tuple[str, ...]] = ("label",)
    kept = Confidentiality.OFFICIAL  # that there is one may be known; who told, and how, is withheld by field

    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    label: Mapped[str] = f.text(N_("Source"), S.TESTIFIER, required=True)
    kind: Mapped[SourceKind | None] = f.choice(SourceKind, N_("Kind of source"), S.OPEN)
    person_id: Mapped[str | None] = f.ref("Person", "persons", N_("Who told"), S.TESTIFIER)
    relation: Mapped[str | None] = f.text(N_("Relation to the detained"), S.RELATION)
    channel: Mapped[Channel | None] = f.choice(Channel, N_("How the news came"), S.TESTIFIER)
    told: Mapped[KnownDate | None] = f.when("told", N_("Told on"), S.TESTIFIER)
    reliability: Mapped[Reliability | None] = f.choice(Reliability, N_("Reliability of the source"), S.GRADE)
    credibility: Mapped[Credibility | None] = f.choice(
        Credibility, N_("Credibility of the information"), S.GRADE
    )
    grade_reason: Mapped[str | None] = f.text(N_("Why this grade"), S.GRADE)
    account: Mapped[str | None] = f.long_text(N_("What was said"), S.TESTIFIER)
