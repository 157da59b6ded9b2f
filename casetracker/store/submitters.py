"""Who submits a paper, and whether their own contacts may stand on its sheet apart.

Contacts never leave, with this one exception: those of the person who submits, on a sheet of their own, to
readers who answer (`SUBMITTER_CONSENT`), if that person agreed to it about their own data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Address, Case, Consent, ContactPoint, Person, PersonName
from casetracker.model.confidentiality import (
    SUBMITTER_CONSENT,
    WITHHELD,
    Audience,
    contacts_may_stand_apart,
)
from casetracker.model.people.person import ContactKind, folded
from casetracker.model.sources.consent import Answer
from casetracker.store import kin
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

PETITIONER, REPRESENTATIVE = "petitioner", "representative"  # of each case; else the id of a person
_OF_FAMILY = {PETITIONER: "petitioner_id", REPRESENTATIVE: "representative_id"}
_HERE = ("current", "in_kazakhstan")  # kinds of addresses at which somebody can be written to
_LEAST_OF_AN_ID = 8  # signs
_A_TOWN = 25  # letters


@dataclass(frozen=True)
class Submitter:
    """Somebody who submits: with contacts if they may stand on the sheet, else with why they may not."""

    name: str
    relation: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    why_not: str = ""


def submitter(reader: Reader, case: DisclosedRecord, choice: str) -> Submitter | None:
    """Return who submits a case; None where nobody was chosen.

    What is returned is remembered by the reader (`on_sheet`): in a finished paper it may stand on the sheet
    and nowhere else.
    """
    if not choice:
        return None
    person_id = _person_of(case, choice)
    if not person_id:
        return Submitter("", why_not=tr(N_("nobody is recorded who submits this case.")))
    person = reader.get(Person, person_id)
    name = reader.name(person_id)
    who = Submitter("" if name == WITHHELD else name, _relation(case, person_id))
    own = reader.own_consents(person_id)
    if person is None or not contacts_may_stand_apart(reader.audience, own, minor=person.minor):
        return Submitter(who.name, who.relation, why_not=_why_not(reader.audience))
    return _with_contacts(reader, person_id, who)


def _person_of(case: DisclosedRecord, choice: str) -> str:
    if choice not in _OF_FAMILY:
        return choice
    family = case.ref("family_id")
    return (family.value(_OF_FAMILY[choice]) or "") if family else ""


def _relation(case: DisclosedRecord, person_id: str) -> str:
    family = case.ref("family_id")
    member = kin.member_of(family, person_id) if family else None
    return kin.kin_of(member, case.ref("person_id")).term if member else ""


def _why_not(audience: Audience) -> str:
    use = SUBMITTER_CONSENT.get(audience)
    if use is None:
        return tr(N_("these readers get no contacts."))
    sentence = N_("no consent of their own, about their own data, to “{use}”.")
    return tr(sentence, use=tr(use.value))


def _with_contacts(reader: Reader, person_id: str, who: Submitter) -> Submitter:
    points = reader.rows(
        sa.select(ContactPoint.kind, ContactPoint.value)
        .where(ContactPoint.person_id == person_id)
        .order_by(ContactPoint.id)
    )
    lived = reader.rows(
        sa.select(Address.text, Address.place, Address.until)
        .where(Address.person_id == person_id, Address.kind.in_(_HERE))
        .order_by(Address.position, Address.id)
    )
    homes = [(text, place) for text, place, until in lived if until is None]
    written = [value for kind, value in points if kind is ContactKind.ADDRESS]
    emails = tuple(value for kind, value in points if kind is ContactKind.EMAIL)
    phones = tuple(
        value for kind, value in points if kind in (ContactKind.PHONE, ContactKind.MESSENGER, None)
    )
    addresses = (*written, *(", ".join(part for part in home if part) for home in homes))
    houses = {text for text in (*addresses, *(text for text, _ in homes)) if _tells(text)}
    reader.on_sheet.update((*phones, *emails, *houses))
    if not (phones or emails or addresses):
        return Submitter(who.name, who.relation, why_not=tr(N_("no contact of theirs is recorded.")))
    return Submitter(who.name, who.relation, phones, emails, addresses)


def _tells(address: str) -> bool:
    """Whether an address says more than a town, whose name may stand anywhere."""
    return len(address) > _A_TOWN or any(letter.isdecimal() for letter in address)


# Before a paper is made


def outlook(reader: Reader, case_ids: Sequence[str], choice: str) -> list[str]:
    """Say whose contacts will stand on a sheet apart, and whose not and why."""
    said: dict[str, list[str]] = {}  # names, by the reason why not
    for case in reader.many(Case, case_ids) if choice else ():
        who = submitter(reader, case, choice)
        if who is not None:
            said.setdefault(who.why_not, []).append(who.name or case.text("ref"))
    return [
        tr(N_("{name}: blank lines to fill in; {why}") if why else _GIVEN, name=_listed(names), why=why)
        for why, names in said.items()
    ]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))


_GIVEN = N_("{name}: telephone, e-mail and address, on a sheet of their own")


def candidates(store: Store) -> list[tuple[str, str]]:
    """Return, id and name, those who agreed to it themselves and have a contact, by name."""
    with store.reader() as reader:
        query = (
            sa.select(Person.id)
            .join(Consent, Consent.person_id == Person.id)
            .join(ContactPoint, ContactPoint.person_id == Person.id)
            .where(
                Consent.case_id.is_(None),
                Consent.answer == Answer.AGREES,
                Consent.use.in_(list(SUBMITTER_CONSENT.values())),
            )
            .distinct()
        )
        found = [(person, reader.name(person)) for person in reader.ids(query)]
    return sorted(found, key=lambda each: each[1].casefold())


def choice_named(store: Store, words: str) -> str:
    """Return the choice that a command names: petitioner, representative, somebody's name or id.

    Raises `UserError` if nobody, or more than one, is called so.
    """
    wanted = " ".join(words.split())
    if wanted.casefold() in _OF_FAMILY:
        return wanted.casefold()
    with store.reader() as reader:
        named = sa.select(PersonName.person_id).where(PersonName.folded == folded(wanted)).distinct()
        found = reader.ids(named)
        if not found and len(wanted) >= _LEAST_OF_AN_ID:
            found = reader.ids(sa.select(Person.id).where(Person.id.startswith(wanted.lower())))
    if len(found) == 1:
        return found[0]
    sentence = (
        N_("More than one person is called “{name}”; give the id of the one who submits.")
        if found
        else N_("Nobody is called “{name}”: write petitioner, representative, a full name, or an id.")
    )
    raise UserError(tr(sentence, name=wanted))
