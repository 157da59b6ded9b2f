"""A place where people are held: a detention centre, a camp, a prison, a hospital."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, validates

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model import places
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class Facility(Entity):
    """One facility, under the names by which it is known; what happened there points at it."""

    __tablename__ = "facilities"
    singular, plural = N_("Facility"), N_("Facilities")
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    kept = Confidentiality.OFFICIAL

    name: Mapped[str] = f.text(N_("Name of the facility"), S.PLACE, required=True, listed=True)
    name_zh: Mapped[str | None] = f.text(N_("Name in Chinese"), S.PLACE)
    other_names: Mapped[str | None] = f.text(N_("Other names"), S.PLACE)
    kind: Mapped[str | None] = f.term("facility_kind", N_("Kind of facility"), S.OPEN, listed=True)
    tier: Mapped[str | None] = f.term("facility_tier", N_("Security tier"), S.OPEN)
    place: Mapped[str | None] = f.place(N_("County or city"), S.OPEN, listed=True)
    place_code: Mapped[str | None] = f.place_code()
    address: Mapped[str | None] = f.text(N_("Where it is"), S.PLACE)
    capacity: Mapped[str | None] = f.text(N_("How many it holds"), S.PLACE)
    seen: Mapped[str | None] = f.text(N_("Known from (source)"), S.TESTIFIER)
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)

    @validates("place")
    def _code(self, _key: str, value: str | None) -> str | None:
        self.place_code = places.resolve(value)
        return value
