"""A person: a detained relative, a member of a family, an official."""

from __future__ import annotations

import datetime as dt
import unicodedata
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model import places
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity
from casetracker.model.names.writing import Language, Script, script_of
from casetracker.model.people.papers import Address, ExternalNumber, IdentityPaper
from casetracker.model.people.portrait import Portrait
from casetracker.model.sources.consent import Consent

__all__ = [
    "ContactKind",
    "ContactPoint",
    "KazakhstanStatus",
    "Language",
    "NameKind",
    "Person",
    "PersonName",
    "Script",
    "Sex",
    "folded",
    "script_of",
]


class Sex(Enum):
    """As in the person's papers."""

    FEMALE = N_("Female")
    MALE = N_("Male")


class KazakhstanStatus(Enum):
    """What a person is to the State of Kazakhstan ("kandas" since Law 327-VI of 13 May 2020)."""

    CITIZEN = N_("Citizen of Kazakhstan")
    KANDAS = N_("Kandas")
    RESIDENT = N_("Residence permit")
    TEMPORARY = N_("Temporary stay")
    ASYLUM = N_("Asylum seeker or refugee")
    APPLIED = N_("Citizenship applied for")
    STATELESS = N_("Stateless")
    NONE = N_("Citizen of China, no status")


class NameKind(Enum):
    """What sort of name it is."""

    REGISTERED = N_("As registered")
    PASSPORT = N_("Passport spelling")
    USUAL = N_("Usual name")
    MAIDEN = N_("Maiden name")
    NICKNAME = N_("Nickname")
    ROMANISED = N_("Romanised")
    MISSPELT = N_("Misspelling in use")


# Letters that a Russian keyboard lacks, as the usual Russian rendering of Kazakh names writes them.
_PLAIN_CYRILLIC = str.maketrans("әғқңөұүіһ", "агкноууих")
# Apostrophes that Unicode counts as letters, and the stroke that only stretches Arabic words.
_SILENT = str.maketrans("", "", "ʻʼʹʺˈـ")


def folded(text: str) -> str:
    """Return a spelling as it is searched for: no case, no accents, no separators, no Kazakh-only letters."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_CYRILLIC)
    kept = (c for c in unicodedata.normalize("NFKD", plain) if c.isalnum() or c == " ")
    return "".join(kept).translate(_SILENT)


class Person(Entity):
    """A human being, known by one or many spellings of a name."""

    __tablename__ = "persons"
    singular, plural = N_("Person"), N_("People")
    kept = Confidentiality.OFFICIAL

    names: Mapped[list[PersonName]] = f.children(
        "PersonName", N_("Names"), S.NAME, order_by="position", required=True
    )
    sex: Mapped[Sex | None] = f.choice(Sex, N_("Sex"), S.OPEN, listed=True)
    birth: Mapped[KnownDate | None] = f.when("birth", N_("Born"), S.BIRTH, listed=True)
    birthplace: Mapped[str | None] = f.place(N_("Place of birth"), S.PLACE)
    birthplace_code: Mapped[str | None] = f.place_code()
    ethnicity: Mapped[str | None] = f.text(N_("People (ethnicity)"), S.OPEN, listed=True)
    citizenships: Mapped[str | None] = f.text(N_("Citizenships"), S.OPEN)
    kz_status: Mapped[KazakhstanStatus | None] = f.choice(
        KazakhstanStatus, N_("Status in Kazakhstan"), S.OPEN
    )
    kz_since: Mapped[KnownDate | None] = f.when("kz_since", N_("Status since"), S.OPEN)
    occupation: Mapped[str | None] = f.text(N_("Occupation"), S.OPEN)
    public_figure: Mapped[bool | None] = f.yes_no(
        N_("Holds public office"), S.OPEN, help=N_("Officials are named for what they do in office.")
    )
    marks: Mapped[str | None] = f.text(N_("Marks and scars"), S.HEALTH)
    build: Mapped[str | None] = f.text(N_("Height and build"), S.HEALTH)
    papers: Mapped[list[IdentityPaper]] = f.children(
        "IdentityPaper", N_("Identity papers"), S.IDENTITY, order_by="position"
    )
    addresses: Mapped[list[Address]] = f.children("Address", N_("Addresses"), S.ADDRESS, order_by="position")
    numbers: Mapped[list[ExternalNumber]] = f.children(
        "ExternalNumber", N_("Numbers elsewhere"), S.NOTES, order_by="position"
    )
    portraits: Mapped[list[Portrait]] = f.children("Portrait", N_("Portraits"), S.PORTRAIT, order_by="chosen")
    contacts: Mapped[list[ContactPoint]] = f.children("ContactPoint", N_("Contacts"), S.CONTACT)
    consents: Mapped[list[Consent]] = f.children("Consent", N_("Consents"), S.NOTES)
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)

    @validates("birthplace")
    def _code(self, _key: str, value: str | None) -> str | None:
        self.birthplace_code = places.resolve(value)
        return value

    def age_on(self, day: dt.date) -> int | None:
        """Return the age in full years on that day, by the latest birth that is known."""
        born = (self.birth.latest or self.birth.earliest) if self.birth else None
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def minor_on(self, day: dt.date) -> bool:
        """Whether the person may still be under eighteen on that day."""
        age = self.age_on(day)
        return age is not None and age < 18

    def check(self) -> dict[str, str]:
        """A person needs a name, and one main spelling per language."""
        if not self.names:
            return {"names": tr(N_("A person needs at least one name."))}
        main = [n.language for n in self.names if n.primary and n.language]
        if len(main) != len(set(main)):
            return {
                "names": tr(N_("Two spellings are marked as the main one of the same language; keep one."))
            }
        return {}


class PersonName(Entity):
    """One spelling of a person's name."""

    __tablename__ = "person_names"
    singular, plural, page = N_("Name"), N_("Names"), False
    named_by: ClassVar[tuple[str, ...]] = ("full",)
    kept = Confidentiality.OFFICIAL

    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    full: Mapped[str] = f.text(N_("Name in full"), S.NAME, required=True)
    script: Mapped[Script | None] = f.choice(Script, N_("Script"), S.OPEN)
    language: Mapped[Language | None] = f.choice(Language, N_("Language"), S.OPEN)
    kind: Mapped[NameKind | None] = f.choice(NameKind, N_("Kind of name"), S.OPEN)
    primary: Mapped[bool | None] = f.yes_no(N_("Main spelling"), S.OPEN)
    source: Mapped[str | None] = f.text(N_("Seen in (document)"), S.TESTIFIER)
    scheme: Mapped[str | None] = f.term("romanisation", N_("Romanisation"), S.OPEN)
    given: Mapped[str | None] = f.text(N_("Given name"), S.NAME)
    father: Mapped[str | None] = f.text(N_("Father's name"), S.NAME)
    grandfather: Mapped[str | None] = f.text(N_("Grandfather's name"), S.NAME)
    surname: Mapped[str | None] = f.text(N_("Family name"), S.NAME)
    patronymic: Mapped[str | None] = f.text(N_("Patronymic"), S.NAME)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
    folded: Mapped[str] = mapped_column(sa.String(300), index=True, default="", info={"derived": True})

    __table_args__ = (sa.Index("ix_person_names_in_order", "position", "folded", "person_id"),)

    @validates("full")
    def _fold(self, _key: str, value: str | None) -> str | None:
        self.folded = folded(value or "")
        if value and self.script is None:
            self.script = script_of(value)
        return value


class ContactKind(Enum):
    """How somebody is reached."""

    PHONE = N_("Telephone")
    MESSENGER = N_("Messenger")
    EMAIL = N_("E-mail")
    ADDRESS = N_("Address")
    OTHER = N_("Other")


class ContactPoint(Entity):
    """A way to reach a person; it never leaves the office."""

    __tablename__ = "contact_points"
    singular, plural, page = N_("Contact"), N_("Contacts"), False
    named_by: ClassVar[tuple[str, ...]] = ("value",)

    person_id: Mapped[str] = f.ref("Person", "persons", N_("Person"), S.OPEN, required=True)
    kind: Mapped[ContactKind | None] = f.choice(ContactKind, N_("Kind of contact"), S.CONTACT)
    value: Mapped[str] = f.text(N_("Number or address"), S.CONTACT, required=True)
    note: Mapped[str | None] = f.text(N_("Safe hours and remarks"), S.CONTACT)
