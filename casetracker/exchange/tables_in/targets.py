"""Where a column can go: the addresses of fields of a case, from the descriptions of the model.

An address is the part of a case and the name of a field: `person.birth`, `episode.county`,
`judgment.term_years`. Some lead to a row that is made for the value: `person.names` (a spelling of the name;
`person.names:NICKNAME` of that kind), `custody:RELEASED` (a custody event, of which the value is the date),
`custody.kind` (an event of the kind that the value says), `case.numbers:cecc` (a number elsewhere),
`petitioner.contacts:PHONE`. `note` keeps the value with its heading in a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from casetracker.i18n import N_, tr
from casetracker.model import Case, Episode, Family, Judgment, Person, Source
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Choice, Field, Kind, Ref, Term, Text, When
from casetracker.model.people.person import ContactKind, NameKind
from casetracker.model.terms import label_of, vocabulary

NOTE, LEFT_OUT = "note", ""
PARTS: dict[str, tuple[str, type[Entity]]] = {
    "person": (N_("Detained relative"), Person),
    "case": (N_("Case"), Case),
    "episode": (N_("Detention"), Episode),
    "judgment": (N_("Judgment"), Judgment),
    "source": (N_("Source"), Source),
    "family": (N_("Family"), Family),
}
# What the program sets itself, or what would say who may be named.
_NOT_FROM_LISTS = {"position", "stage", "public_figure", "standing", "standing_reason", "safe_contact"}


class Row(Enum):
    """The rows that are made for a value; the text before the colon of an address."""

    NAMES = "person.names"
    PETITIONER = "petitioner.names"
    CONTACT = "petitioner.contacts"
    KINSHIP = "petitioner.kinship"
    CUSTODY = "custody"
    KIND = "custody.kind"
    REASON = "episode.reasons"
    CASE_NUMBER = "case.numbers"
    ADDRESS = "person.addresses"


@dataclass(frozen=True)
class Target:
    """One place for a column, and how people call it."""

    address: str
    part: str
    label: str
    kind: Kind
    row: Row | None = None
    more: str = ""  # after the colon: a kind of name or event, a scheme of numbers
    name: str = ""  # of the field

    @property
    def part_key(self) -> str:
        """The part of a case to which the address belongs, as it is written in it."""
        return self.address.partition(".")[0].partition(":")[0]

    @property
    def title(self) -> str:
        """The part and the field, as the page of the import shows it."""
        return f"{self.part}: {self.label}"


def target(address: str) -> Target | None:
    """Return the target of an address; None of one that this program does not know."""
    return _known().get(address)


def targets() -> list[Target]:
    """Return every target, in the order of the parts."""
    return list(_known().values())


def _known() -> dict[str, Target]:
    return {t.address: t for t in (*_rows(), *_fields())}


def _fields() -> Iterator[Target]:
    for part, (label, entity) in PARTS.items():
        for name, field in values_of(entity).items():
            if isinstance(field.kind, Ref) or name in _NOT_FROM_LISTS:
                continue
            yield Target(f"{part}.{name}", tr(label), tr(field.label), field.kind, name=name)


def _rows() -> Iterator[Target]:
    text = Text()
    person, petitioner, custody = tr(N_("Detained relative")), tr(N_("Petitioner")), tr(N_("In custody"))
    yield Target("person.names", person, tr(N_("Name in full")), text, Row.NAMES)
    for kind in NameKind:
        yield Target(f"person.names:{kind.name}", person, label_of(kind), text, Row.NAMES, kind.name)
    yield Target("person.addresses", person, tr(N_("Address")), text, Row.ADDRESS)
    yield Target("petitioner.names", petitioner, tr(N_("Name in full")), text, Row.PETITIONER)
    yield Target("petitioner.kinship", petitioner, tr(N_("Kinship")), _kinship(), Row.KINSHIP)
    for contact in ContactKind:
        label = label_of(contact)
        yield Target(
            f"petitioner.contacts:{contact.name}", petitioner, label, text, Row.CONTACT, contact.name
        )
    yield Target("custody.kind", custody, tr(N_("What happened")), Choice(CustodyKind), Row.KIND)
    for event in CustodyKind:
        label = tr(N_("{what}: when"), what=label_of(event))
        yield Target(f"custody:{event.name}", custody, label, When(), Row.CUSTODY, event.name)
    reason = Term("detention_reason")
    yield Target("episode.reasons", tr(N_("Detention")), tr(N_("Suspected reasons")), reason, Row.REASON)
    for term in vocabulary("external_scheme").terms:
        label = tr(N_("Number: {whose}"), whose=term.text())
        yield Target(f"case.numbers:{term.code}", tr(N_("Case")), label, text, Row.CASE_NUMBER, term.code)


def _kinship() -> Choice:
    from casetracker.model.people.kinship import Kinship

    return Choice(Kinship)


def field_of(found: Target) -> Field | None:
    """Return the description of the field of a target that is one."""
    part = found.address.partition(".")[0]
    return values_of(PARTS[part][1]).get(found.name) if part in PARTS and found.name else None
