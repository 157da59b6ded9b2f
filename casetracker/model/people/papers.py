"""What a person is known by on paper: identity papers, addresses, and the numbers others gave the case."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model import places
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity
from casetracker.model.papers import PaperKind


class PaperState(Enum):
    """What became of a paper."""

    VALID = N_("Valid")
    EXPIRED = N_("Expired")
    CONFISCATED = N_("Confiscated")
    LOST = N_("Lost")
    UNKNOWN = N_("Not known")


def masked(number: str | None) -> str:
    """Return a number as it may stand on a screen that others see: its last four characters."""
    text = (number or "").strip()
    return f"•••• {text[-4:]}" if len(text) > 4 else "••••" if text else ""


class IdentityPaper(Entity):
    """One paper with a number. Its checks warn and keep nobody from saving (`model.papers.check`)."""

    __tablename__ = "identity_papers"
    singular, plural, page = N_("Identity paper"), N_("Identity papers"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind",)
    kept = Confidentiality.RESTRICTED

    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    kind: Mapped[PaperKind] = f.choice(PaperKind, N_("Kind of paper"), S.IDENTITY, required=True)
    number: Mapped[str] = f.text(N_("Number"), S.IDENTITY, required=True)
    issuer: Mapped[str | None] = f.text(N_("Issued by"), S.IDENTITY)
    issued: Mapped[dt.date | None] = f.day(N_("Issued on"), S.IDENTITY)
    expires: Mapped[dt.date | None] = f.day(N_("Valid until"), S.IDENTITY)
    state: Mapped[PaperState | None] = f.choice(PaperState, N_("What became of the paper"), S.IDENTITY)
    mrz: Mapped[str | None] = f.long_text(N_("Lines for machines"), S.IDENTITY, found=False)
    note: Mapped[str | None] = f.text(N_("Note"), S.NOTES)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
    # The keyed hash by which equal numbers are found without being read; kept by `store.papers`.
    digest: Mapped[str | None] = mapped_column(sa.String(64), index=True, info={"derived": True})


class Address(Entity):
    """Where a person lives, lived, or is registered."""

    __tablename__ = "addresses"
    singular, plural, page = N_("Address"), N_("Addresses"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind",)

    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    kind: Mapped[str | None] = f.term("address_kind", N_("Kind of address"), S.ADDRESS)
    text: Mapped[str] = f.text(N_("Address"), S.ADDRESS, required=True)
    place: Mapped[str | None] = f.place(N_("County or city"), S.PLACE)
    place_code: Mapped[str | None] = f.place_code()
    since: Mapped[KnownDate | None] = f.when("since", N_("Since"), S.ADDRESS)
    until: Mapped[KnownDate | None] = f.when("until", N_("Until"), S.ADDRESS)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)

    @validates("place")
    def _code(self, _key: str, value: str | None) -> str | None:
        self.place_code = places.resolve(value)
        return value


class ExternalNumber(Entity):
    """The number under which somebody else keeps a person or a case: a database, a UN body, a partner."""

    __tablename__ = "external_numbers"
    singular, plural, page = N_("Number elsewhere"), N_("Numbers elsewhere"), False
    named_by: ClassVar[tuple[str, ...]] = ("scheme", "number")

    person_id: Mapped[str | None] = f.ref("Person", "persons", N_("Person"), S.OPEN)
    case_id: Mapped[str | None] = f.ref("Case", "cases", N_("Case"), S.NOTES)
    scheme: Mapped[str] = f.term("external_scheme", N_("Whose number"), S.NOTES, required=True)
    number: Mapped[str] = f.text(N_("Number"), S.NOTES, required=True)
    link: Mapped[str | None] = f.text(N_("Link"), S.NOTES)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
