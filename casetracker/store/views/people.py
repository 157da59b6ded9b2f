"""What the lists of people, families and facilities can be narrowed by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model import (
    Address,
    Case,
    ContactEntry,
    CustodyEvent,
    Facility,
    Family,
    FamilyMember,
    IdentityPaper,
    Participant,
    Person,
    PersonName,
    Reprisal,
    terms,
)
from casetracker.model.people.family import Whereabouts
from casetracker.model.people.person import KazakhstanStatus, Sex
from casetracker.store.views.condition import (
    Asked,
    Condition,
    Operand,
    Value,
    choices,
    contains,
    day_of,
    in_place,
    number,
    of_choice,
    plain,
)
from casetracker.store.views.tagged import by_tag
from casetracker.store.views.touched import untouched

Test = sa.ColumnElement[bool]
_BORN = Person.__table__.c


def of_vocabulary(key: str, label: str, said: str, unsaid: str, column: Any, vocabulary: str) -> Condition:
    """Describe a condition on a column that holds a code of a vocabulary."""
    return Condition(
        key,
        label,
        said,
        unsaid,
        lambda _, value: column.in_(value),
        Operand.PICK,
        lambda _: [(term.code, term.text()) for term in terms.vocabulary(vocabulary).terms],
    )


def _lives(held: Test) -> Test:
    return Person.id.in_(sa.select(Address.person_id).where(held))


PEOPLE: tuple[Condition, ...] = (
    of_choice("sex", N_("Sex"), N_("whose sex is {value}"), N_("whose sex is not {value}"), Person.sex, Sex),
    Condition(
        "born_before",
        N_("Born before"),
        N_("born before {value}"),
        N_("not born before {value}"),
        lambda _, value: _BORN.birth_latest < day_of(value),
        Operand.DAY,
    ),
    Condition(
        "born_after",
        N_("Born since"),
        N_("born since {value}"),
        N_("not born since {value}"),
        lambda _, value: _BORN.birth_earliest >= day_of(value),
        Operand.DAY,
    ),
    in_place(
        "birthplace",
        N_("Place of birth"),
        N_("born in {value}"),
        N_("not born in {value}"),
        lambda held: held,
        Person.birthplace_code,
    ),
    in_place(
        "address", N_("Address in"), N_("with an address in {value}"), N_("without an address in {value}"),
        _lives, Address.place_code,
    ),
    of_choice(
        "kz_status",
        N_("Status in Kazakhstan"),
        N_("whose status in Kazakhstan is {value}"),
        N_("whose status in Kazakhstan is not {value}"),
        Person.kz_status,
        KazakhstanStatus,
    ),
    plain(
        "case",
        N_("with a case of their own"),
        N_("without a case of their own"),
        lambda _: Person.id.in_(sa.select(Case.person_id)),
    ),
    plain(
        "official", N_("who hold public office"), N_("who hold no public office"),
        lambda _: Person.public_figure.is_(True),
    ),
    plain(
        "petitioner",
        N_("who petition for a family"),
        N_("who petition for no family"),
        lambda _: Person.id.in_(sa.select(Family.petitioner_id).where(Family.petitioner_id.is_not(None))),
    ),
    plain(
        "papers",
        N_("with identity papers"),
        N_("without identity papers"),
        lambda _: Person.id.in_(sa.select(IdentityPaper.person_id)),
    ),
    plain(
        "protested",
        N_("who took part in an event"),
        N_("who took part in no event"),
        lambda _: Person.id.in_(sa.select(Participant.person_id)),
    ),
    plain(
        "one_spelling",
        N_("with one spelling of the name only"),
        N_("with several spellings of the name"),
        lambda _: Person.id.not_in(sa.select(PersonName.person_id).where(PersonName.position > 0)),
    ),
    untouched(Person),
    by_tag(Person),
)  # fmt: skip


def _members(*held: Any) -> Test:
    return Family.id.in_(sa.select(FamilyMember.family_id).where(*held))


def _no_contact(asked: Asked, value: Value) -> Test:
    recent = sa.select(ContactEntry.family_id).where(ContactEntry.on >= asked.before(value[0]))
    return Family.id.not_in(recent)


def _call_due(asked: Asked) -> Test:
    owed = sa.select(ContactEntry.family_id).where(
        ContactEntry.next_due <= asked.today, ContactEntry.done.is_(None)
    )
    return Family.id.in_(owed)


FAMILIES: tuple[Condition, ...] = (
    number(
        "no_contact",
        N_("No contact for … days"),
        N_("without contact for {value} days"),
        N_("with contact in the last {value} days"),
        _no_contact,
    ),
    plain("call_due", N_("with a call that is due"), N_("without a call that is due"), _call_due),
    plain(
        "petitioner", N_("with a petitioner"), N_("without a petitioner"),
        lambda _: Family.petitioner_id.is_not(None),
    ),
    plain(
        "case",
        N_("with a case"),
        N_("without a case"),
        lambda _: Family.id.in_(sa.select(Case.family_id).where(Case.family_id.is_not(None))),
    ),
    plain(
        "reprisal",
        N_("with a reprisal against a member"),
        N_("without a reprisal against a member"),
        lambda _: _members(
            FamilyMember.person_id.in_(
                sa.select(Participant.person_id).where(
                    Participant.event_id.in_(sa.select(Reprisal.__table__.c.id))
                )
            )
        ),
    ),
    Condition(
        "whereabouts",
        N_("Whereabouts of a member"),
        N_("with a member who is: {value}"),
        N_("without a member who is: {value}"),
        lambda _, value: _members(FamilyMember.whereabouts.in_([Whereabouts[name] for name in value])),
        Operand.PICK,
        choices(Whereabouts),
        frozenset(Whereabouts.__members__),
    ),
    untouched(Family),
    by_tag(Family),
)  # fmt: skip

FACILITIES: tuple[Condition, ...] = (
    of_vocabulary(
        "kind", N_("Kind of facility"), N_("of the kind {value}"), N_("not of the kind {value}"),
        Facility.kind, "facility_kind",
    ),
    in_place(
        "place", N_("County or city"), N_("in {value}"), N_("not in {value}"), lambda held: held,
        Facility.place_code,
    ),
    plain(
        "held",
        N_("in which somebody was held"),
        N_("in which nobody is known to have been held"),
        lambda _: Facility.id.in_(
            sa.select(CustodyEvent.facility_id).where(CustodyEvent.facility_id.is_not(None))
        ),
    ),
    Condition(
        "seen",
        N_("Known from (source)"),
        N_("known from “{value}”"),
        N_("not known from “{value}”"),
        lambda _, value: contains(Facility.seen, value[0]),
        Operand.TEXT,
    ),
    by_tag(Facility),
)  # fmt: skip
