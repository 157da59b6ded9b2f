"""What the page of a person shows, as plain values read in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from casetracker.i18n import N_, tr
from casetracker.model import Person
from casetracker.store import kin, portraits, questions, relations, situations
from casetracker.store.promises import Inherited, inherited_by
from casetracker.store.questions import Owed
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reprisals import Retaliation, reprisals
from casetracker.store.store import Store
from casetracker.ui.editing.name_parts import PARTS
from casetracker.ui.pages.case.data import Chip, ConsentLine, consent_line
from casetracker.ui.pages.contact_card import Contact, contacts_of
from casetracker.ui.pages.family.data import outcome_chip, penalty_text
from casetracker.ui.pages.person.papers import PaperLine, papers_of


@dataclass(frozen=True)
class NameLine:
    """One spelling."""

    full: str
    language: str
    script: str
    kind: str
    main: bool
    seen_in: str
    parts: str = ""


@dataclass(frozen=True)
class Link:
    """One record that the person is part of: what it is, as what, and how it stands."""

    target: tuple[str, str]
    title: str
    detail: str
    part: str
    chip: Chip | None = None


@dataclass(frozen=True)
class PersonData:
    """Everything on the page."""

    id: str
    name: str
    others: list[str]
    chips: list[Chip]
    facts: list[tuple[str, str]]
    names: list[NameLine]
    cases: list[Link]
    families: list[Link]
    events: list[Link]
    promises: list[Owed]
    inherited: list[Inherited]
    consents: list[ConsentLine]
    contacts: list[Contact]
    notes: str
    safe_contact: str = ""
    portrait: bytes = b""
    reprisals: list[Retaliation] = field(default_factory=list)
    papers: list[PaperLine] = field(default_factory=list)
    addresses: list[tuple[str, str, str]] = field(default_factory=list)  # kind, address, when
    numbers: list[tuple[str, str]] = field(default_factory=list)


_FACTS = ("sex", "birth", "birthplace", "ethnicity", "citizenships", "occupation", "marks", "build")


def read(store: Store, person_id: str) -> PersonData | None:
    """Read a person as the office sees them; None if they are no longer there."""
    with store.reader() as reader:
        person = reader.get(Person, person_id)
        return _read(person, reader) if person else None


def _read(person: DisclosedRecord, reader: Reader) -> PersonData:
    names = person.children("names")
    spelt = reader.names(person.id)
    about = relations.cases_about(reader, person.id)
    families = relations.families_with(reader, person.id)
    return PersonData(
        id=person.id,
        name=person.title,
        portrait=portraits.portrait_of(person),
        others=spelt[1:],
        chips=_chips(person, about, families),
        facts=_facts(person),
        names=[_name(n) for n in names],
        cases=_cases(person, about, families, reader),
        families=[_family(f, person.id) for f in families],
        events=[e for p in relations.took_part(reader, [person.id]) if (e := _event(p))],
        promises=relations.promises_by(reader, person.id),
        inherited=inherited_by(reader, person.id),
        consents=[consent_line(c, reader.as_of) for c in relations.consents_by(reader, [person.id])],
        contacts=contacts_of(person),
        notes=person.text("notes"),
        papers=papers_of(person),
        addresses=[_address(a) for a in person.children("addresses")],
        numbers=[(n.text("scheme"), n.text("number")) for n in person.children("numbers")],
        reprisals=reprisals(reader, [person.id]),
        safe_contact="\n".join(dict.fromkeys(t for f in families if (t := f.text("safe_contact")))),
    )


def _address(address: DisclosedRecord) -> tuple[str, str, str]:
    where = ", ".join(p for p in (address.text("text"), address.text("place")) if p)
    when = " – ".join(p for p in (address.text("since"), address.text("until")) if p)
    return address.text("kind"), where, when


def _chips(
    person: DisclosedRecord, about: list[DisclosedRecord], families: list[DisclosedRecord]
) -> list[Chip]:
    chips = [Chip(tr(N_("Detained relative")), "red")] if about else []
    if any(f.value("petitioner_id") == person.id for f in families):
        chips.append(Chip(tr(N_("Petitioner")), "blue"))
    if any(f.value("representative_id") == person.id for f in families):
        chips.append(Chip(tr(N_("Representative")), "blue"))
    if person.value("public_figure"):
        chips.append(Chip(tr(N_("Official")), "blue"))
    if person.minor:
        chips.append(Chip(tr(N_("Minor")), "amber"))
    if status := person.text("kz_status"):
        chips.append(Chip(status, "grey"))
    return chips


def _facts(person: DisclosedRecord) -> list[tuple[str, str]]:
    facts = [(person.label(name), person.text(name)) for name in _FACTS]
    since = person.text("kz_since")
    status = person.text("kz_status")
    if since:
        status = tr(N_("{status}, since {date}"), status=status, date=since) if status else since
    facts.insert(5, (person.label("kz_status"), status))
    return [fact for fact in facts if fact[1]]


def _name(name: DisclosedRecord) -> NameLine:
    return NameLine(
        name.text("full"),
        name.text("language"),
        name.text("script"),
        name.text("kind"),
        bool(name.value("primary")),
        name.text("source"),
        " · ".join(f"{name.label(part).lower()} {text}" for part in PARTS if (text := name.text(part))),
    )


def _cases(
    person: DisclosedRecord, about: list[DisclosedRecord], families: list[DisclosedRecord], reader: Reader
) -> list[Link]:
    """Return the cases about the person, those that their families ask for, and those they told of."""
    parts: dict[str, list[str]] = {}
    found = {case.id: case for case in about}
    parts |= {case.id: [tr(N_("detained relative"))] for case in about}
    for family in families:
        for case in relations.cases_of_family(reader, family.id):
            if case.value("person_id") != person.id:
                found[case.id] = case
                parts.setdefault(case.id, []).append(tr(N_("of the family")))
    for case in relations.cases_told_by(reader, person.id):
        found[case.id] = case
        parts.setdefault(case.id, []).append(tr(N_("source")))
    return [_case(case, ", ".join(dict.fromkeys(parts[key])), reader) for key, case in found.items()]


def _case(case: DisclosedRecord, part: str, reader: Reader) -> Link:
    now = situations.situation(case, reader)
    title = questions.case_name(case, reader)
    return Link(("Case", case.id), title, case.text("ref"), part, Chip(now.status_text, now.tone))


def _family(family: DisclosedRecord, person_id: str) -> Link:
    member = kin.member_of(family, person_id)
    parts = [kin.kin_of(member).text or tr(N_("member"))] if member else [""]
    roles = (
        ("petitioner_id", N_("petitioner")),
        ("representative_id", N_("representative")),
        ("contact_id", N_("whom to call")),
    )
    parts += [tr(word) for name, word in roles if family.value(name) == person_id]
    return Link(("Family", family.id), family.title, "", ", ".join(p for p in parts if p))


def _event(part: DisclosedRecord) -> Link | None:
    event = part.ref("event_id")
    if event is None:
        return None
    on = event.value("on")
    said = [part.text("part"), part.text("post"), *map(penalty_text, part.children("penalties"))]
    where = " · ".join(p for p in (on.short() if on else "", event.text("place")) if p)
    return Link(
        (event.entity.__name__, event.id),
        event.title,
        where,
        " · ".join(p for p in said if p),
        outcome_chip(part),
    )
