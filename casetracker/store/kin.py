"""Who is what to whom in a family, in words: always with the one of whom it is said."""

from __future__ import annotations

from dataclasses import dataclass

from casetracker.i18n import N_, tr
from casetracker.model import Person
from casetracker.model.dates import KnownDate
from casetracker.model.people import kinship
from casetracker.model.people.kinship import Kinship
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Kin:
    """What a member is to a relative, and what the relative is to the member; empty where not recorded."""

    term: str  # as said of the member: "younger sister"
    whom: str  # the name of the one of whom it is said
    in_return: str  # what that one is to the member: "elder brother"
    whom_id: str = ""

    @property
    def text(self) -> str:
        """The kinship with the one of whom it is said."""
        return (
            tr(N_("{kin} of {whom}"), kin=self.term, whom=self.whom) if self.term and self.whom else self.term
        )


def kin_of(member: DisclosedRecord, whom: DisclosedRecord | None = None) -> Kin:
    """Return what a member of a family is to the relative named beside them (or to `whom`)."""
    kind: Kinship | None = member.value("kinship")
    if kind is None:
        return Kin("", member.text("to_person_id"), "")
    person, whom = member.ref("person_id"), member.ref("to_person_id") or whom
    elder = _elder(person, whom)
    term = kinship.kin_term(kind, _gender(whom), elder=elder)
    back = kinship.kin_term(
        kinship.inverse(kind, _gender(whom)), _gender(person), elder=None if elder is None else not elder
    )
    named = member.text("to_person_id")
    return Kin(lowered(term), named, lowered(back) if named else "", member.value("to_person_id") or "")


def lowered(term: str) -> str:
    """Return a term as it stands within a sentence."""
    return term[:1].lower() + term[1:]


def _gender(person: DisclosedRecord | None) -> kinship.Gender | None:
    return kinship.gender(person.value("sex")) if person else None


def _elder(person: DisclosedRecord | None, whom: DisclosedRecord | None) -> bool | None:
    """Whether somebody is older than the one of whom the term is said; None if the dates do not say."""
    if person is None or whom is None:
        return None
    return elder(person.value("birth"), whom.value("birth"))


def elder(one: KnownDate | None, other: KnownDate | None) -> bool | None:
    """Whether one birth lies before another, as far as the bounds of both say."""
    if one is None or other is None:
        return None
    if one.latest and other.earliest and one.latest < other.earliest:
        return True
    return False if one.earliest and other.latest and one.earliest > other.latest else None


def doubtful(family: DisclosedRecord) -> list[str]:
    """Say where a kinship does not fit: a wife who is recorded as a man, an elder brother born later."""
    found = []
    for member in family.children("members"):
        kind: Kinship | None = member.value("kinship")
        person, whom = member.ref("person_id"), member.ref("to_person_id")
        if kind is None or person is None:
            continue
        if not kinship.fits(kind, _gender(person)):
            text = N_("{name} is recorded as “{kin}”, which does not fit the sex in their papers.")
            found.append(tr(text, name=person.title, kin=kinship.kin_term(kind).lower()))
        older = _elder(person, whom)
        if whom is not None and _says_elder(kind) not in (None, older) and older is not None:
            text = N_("{name} is recorded as “{kin}”, which does not fit the dates of birth.")
            found.append(tr(text, name=person.title, kin=kinship.kin_term(kind).lower()))
    return found


def _says_elder(kind: Kinship) -> bool | None:
    """Whether a term says that the relative is older than the one of whom it is said."""
    older = {Kinship.ELDER_BROTHER, Kinship.ELDER_SISTER, Kinship.MOTHER, Kinship.FATHER}
    younger = {Kinship.YOUNGER_BROTHER, Kinship.YOUNGER_SISTER, Kinship.SON, Kinship.DAUGHTER}
    return True if kind in older else False if kind in younger else None


def describe(reader: Reader, person_id: str, kind: Kinship, whom_id: str) -> str:
    """Say a kinship both ways, for whoever is typing it: empty if one of the two is not recorded yet."""
    person, whom = reader.get(Person, person_id), reader.get(Person, whom_id)
    if person is None or whom is None or kind is Kinship.SELF:
        return ""
    older = _elder(person, whom)
    said = kinship.kin_term(kind, _gender(whom), elder=older)
    back = kinship.kin_term(
        kinship.inverse(kind, _gender(whom)), _gender(person), elder=None if older is None else not older
    )
    text = N_("{name} is the {kin} of {whom}; {whom} is the {back} of {name}.")
    return tr(text, name=person.title, kin=lowered(said), whom=whom.title, back=lowered(back))


def member_of(family: DisclosedRecord, person_id: str) -> DisclosedRecord | None:
    """Return somebody's place in a family."""
    return next((m for m in family.children("members") if m.value("person_id") == person_id), None)
