"""Two records side by side, field by field: what is the same, what differs, and what hangs on each."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, Family, FamilyMember, Merge, NotSame, Participant, Person
from casetracker.model.entity import Entity, children_of, values_of
from casetracker.model.fields import LongText, Ref
from casetracker.store.draft import Draft
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

_PASSED_OVER = {"position", "ref", "stage", "duplicate_of_id"}


@dataclass(frozen=True)
class Compared:
    """One line: the same field of two records; of a `choosable` one only one value can stay in the field."""

    name: str
    label: str
    first: str
    second: str
    choosable: bool = False

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.first and self.second) and self.first != self.second


def side_by_side(reader: Reader, entity: type[Entity], first_id: str, second_id: str) -> list[Compared]:
    """Return the lines of two records of the casebook; empty if one is no longer there."""
    both = [reader.get(entity, each) for each in (first_id, second_id)]
    first, second = both
    if first is None or second is None:
        return []
    lines = [_belonging(name, first, second) for name in children_of(entity)]
    lines[1:1] = [_line(name, first, second) for name in values_of(entity) if name not in _PASSED_OVER]
    lines += [_around(reader, entity, first, second)] if entity is Person else []
    return [line for line in lines if line.first or line.second]


def _line(name: str, first: DisclosedRecord, second: DisclosedRecord) -> Compared:
    kind = values_of(first.entity)[name].kind
    one = not isinstance(kind, LongText | Ref)
    return Compared(name, first.label(name), first.text(name), second.text(name), one)


def _belonging(name: str, first: DisclosedRecord, second: DisclosedRecord) -> Compared:
    ours, theirs = ("\n".join(dict.fromkeys(c.title for c in e.children(name))) for e in (first, second))
    return Compared(name, first.label(name), ours, theirs)


def _around(
    reader: Reader, entity: type[Entity], first: DisclosedRecord, second: DisclosedRecord
) -> Compared:
    ours, theirs = ("\n".join(_where(reader, each.id)) for each in (first, second))
    return Compared("around", tr(N_("In")), ours, theirs)


def _where(reader: Reader, person_id: str) -> list[str]:
    """Name the cases, families and events that a person is in."""
    member = sa.select(FamilyMember.family_id).where(FamilyMember.person_id == person_id)
    families = sa.select(Family.id).where(sa.or_(Family.petitioner_id == person_id, Family.id.in_(member)))
    cases = reader.many(Case, reader.ids(sa.select(Case.id).where(Case.person_id == person_id)))
    parts = reader.many(
        Participant, reader.ids(sa.select(Participant.id).where(Participant.person_id == person_id))
    )
    return [
        *(tr(N_("Case {ref}"), ref=case.title) for case in cases),
        *(family.title for family in reader.many(Family, reader.ids(families))),
        *(part.text("event_id") for part in parts),
    ]


def typed_beside(reader: Reader, typed: Draft, other_id: str) -> list[Compared]:
    """Return the lines of a person who is being written down beside one of the casebook."""
    other = reader.get(Person, other_id)
    if other is None:
        return []
    names = "\n".join(str(name.values["full"]) for name in typed.children["names"] if name.values.get("full"))
    spelt = Compared("names", other.label("names"), names, "\n".join(reader.names(other_id)))
    lines = [spelt]
    for name, field in values_of(Person).items():
        if name not in _PASSED_OVER and not isinstance(field.kind, Ref):
            ours = field.kind.format(typed.values.get(name))
            lines.append(Compared(name, other.label(name), ours, other.text(name)))
    lines.append(Compared("around", tr(N_("In")), "", "\n".join(_where(reader, other_id))))
    return [line for line in lines if line.first or line.second]


# What was decided


@dataclass(frozen=True)
class Decided:
    """A pair that was judged different, or a merge that can be taken apart."""

    id: str
    first: str
    second: str
    detail: str
    day: str


def judged_different(store: Store) -> list[Decided]:
    """Return the pairs that are not shown any more, the latest first."""
    with store.reader() as reader:
        found = sorted(
            reader.all(NotSame), key=lambda r: (r.value("decided") is not None, r.value("decided"))
        )
        return [
            Decided(r.id, r.text("first_id"), r.text("second_id"), r.text("reason"), r.text("decided"))
            for r in reversed(found)
        ]


def merges(store: Store, about_id: str = "") -> list[Decided]:
    """Return what was merged, the latest first; of one record, or of all."""
    with store.reader() as reader:
        query = sa.select(Merge.id).order_by(Merge.merged.desc(), Merge.id)
        if about_id:
            query = query.where(Merge.about_id == about_id)
        found = reader.many(Merge, reader.ids(query))
        return [
            Decided(r.id, _title(reader, r), r.text("gone_title"), r.text("left"), r.text("merged"))
            for r in found
        ]


def _title(reader: Reader, merge: DisclosedRecord) -> str:
    kept = reader.get(BY_NAME[merge.text("about")], merge.text("about_id"))
    return kept.title if kept else ""


def adopt(typed: Draft, known: Draft) -> Draft:
    """Add what was typed of a person to the draft of the record that the casebook has already.

    New spellings come below, empty fields are filled, and nothing that was recorded is replaced.
    """
    have = {str(name.values.get("full")) for name in known.children["names"]}
    for name in typed.children["names"]:
        full = name.values.get("full")
        if full and str(full) not in have:
            known.add("names", **{**name.values, "primary": None})
    for field, value in typed.values.items():
        if value not in (None, "") and known.values.get(field) in (None, ""):
            known.values[field] = value
    return known
