"""A family: who belongs to it here and in China, who petitions, who represents."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.people.authority import Authority
from casetracker.model.people.contact_entry import ContactEntry
from casetracker.model.people.kinship import Kinship

__all__ = ["Authority", "ContactEntry", "Family", "FamilyMember", "Kinship", "Whereabouts"]


class Whereabouts(Enum):
    """Where a member of the family is."""

    HERE = N_("In Kazakhstan")
    CHINA = N_("In China")
    DETAINED = N_("Detained")
    ELSEWHERE = N_("Elsewhere")


class Family(Entity):
    """The people who speak for one or more detained relatives."""

    __tablename__ = "families"
    singular, plural = N_("Family"), N_("Families")
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    kept = Confidentiality.OFFICIAL

    name: Mapped[str] = f.text(N_("Name of the family"), S.NAME, required=True, listed=True)
    petitioner_id: Mapped[str | None] = f.ref(
        "Person", "persons", N_("Petitioner"), S.OPEN, listed=True, help=N_("Who asks the office and signs.")
    )
    representative_id: Mapped[str | None] = f.ref("Person", "persons", N_("Representative"), S.OPEN)
    contact_id: Mapped[str | None] = f.ref("Person", "persons", N_("Whom to call"), S.CONTACT)
    safe_contact: Mapped[str | None] = f.long_text(
        N_("Safe-contact instructions"), S.CONTACT, help=N_("Shown as a banner; printed nowhere.")
    )
    members: Mapped[list[FamilyMember]] = f.children(
        "FamilyMember", N_("Members"), S.OPEN, order_by="position"
    )
    authorities: Mapped[list[Authority]] = f.children(
        "Authority", N_("Authority to act"), S.OPEN, order_by="since"
    )
    contact_log: Mapped[list[ContactEntry]] = f.children(
        "ContactEntry", N_("Contact log"), S.NOTES, order_by="on"
    )
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)

    def check(self) -> dict[str, str]:
        """Nobody is a member twice."""
        people = [m.person_id for m in self.members]
        twice = len(people) != len(set(people))
        return (
            {"members": tr(N_("The same person is a member of this family twice; remove one."))}
            if twice
            else {}
        )


class FamilyMember(Entity):
    """One person's place in a family."""

    __tablename__ = "family_members"
    singular, plural, page = N_("Member"), N_("Members"), False
    named_by: ClassVar[tuple[str, ...]] = ("person_id",)
    kept = Confidentiality.OFFICIAL

    family_id: Mapped[str] = f.ref("Family", "families", N_("Family"), S.OPEN, required=True)
    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    kinship: Mapped[Kinship | None] = f.choice(Kinship, N_("Kinship"), S.OPEN)
    to_person_id: Mapped[str | None] = f.ref("Person", "persons", N_("Kin of"), S.OPEN)
    whereabouts: Mapped[Whereabouts | None] = f.choice(Whereabouts, N_("Whereabouts"), S.RELATIVE)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
