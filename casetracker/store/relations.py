"""What surrounds a person or a family: cases, events, consents, who may act for them, when to call them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import (
    Authority,
    Case,
    Consent,
    ContactEntry,
    Family,
    FamilyMember,
    Participant,
    Promise,
    Source,
)
from casetracker.model.events.event import Paid, PenaltyAppeal, PenaltyKind
from casetracker.model.fields import month_day
from casetracker.model.people.authority import stands
from casetracker.store.questions import Owed, owed
from casetracker.store.reader import DisclosedRecord, Reader


def cases_of_family(reader: Reader, family_id: str) -> list[DisclosedRecord]:
    """Return the cases of a family, in the order of their references."""
    query = sa.select(Case.id).where(Case.family_id == family_id).order_by(Case.ref)
    return reader.many(Case, reader.ids(query))


def cases_about(reader: Reader, person_id: str) -> list[DisclosedRecord]:
    """Return the cases in which a person is the detained relative."""
    query = sa.select(Case.id).where(Case.person_id == person_id).order_by(Case.ref)
    return reader.many(Case, reader.ids(query))


def cases_told_by(reader: Reader, person_id: str) -> list[DisclosedRecord]:
    """Return the cases for which a person is a source."""
    query = sa.select(Source.case_id).where(Source.person_id == person_id).distinct()
    return reader.many(Case, reader.ids(query))


def families_with(reader: Reader, person_id: str) -> list[DisclosedRecord]:
    """Return the families that a person belongs to, speaks for, or answers the telephone of."""
    member = sa.select(FamilyMember.family_id).where(FamilyMember.person_id == person_id)
    speaks = (Family.petitioner_id, Family.representative_id, Family.contact_id)
    query = (
        sa.select(Family.id)
        .where(sa.or_(Family.id.in_(member), *(column == person_id for column in speaks)))
        .order_by(Family.name)
    )
    return reader.many(Family, reader.ids(query))


def took_part(reader: Reader, people: Collection[str]) -> list[DisclosedRecord]:
    """Return where these people took part, the latest first: a participant of an event each."""
    query = sa.select(Participant.id).where(Participant.person_id.in_(people))
    return sorted(reader.many(Participant, reader.ids(query)), key=_latest_first)


def _latest_first(participant: DisclosedRecord) -> tuple[int, str]:
    event = participant.ref("event_id")
    on = event.value("on") if event else None
    day = (on.earliest or on.latest) if on else None
    return -(day or dt.date.min).toordinal(), event.title if event else ""


def consents_by(
    reader: Reader, people: Collection[str], cases: Collection[str] = ()
) -> list[DisclosedRecord]:
    """Return what these people answered about their own data, and what was answered about these cases."""
    own = sa.and_(Consent.person_id.in_(people), Consent.case_id.is_(None))
    query = sa.select(Consent.id).where(sa.or_(own, Consent.case_id.in_(cases)))
    found = reader.many(Consent, reader.ids(query))
    return sorted(found, key=lambda c: (c.value("case_id") or "", c.value("use").name, c.value("given")))


def promises_by(reader: Reader, person_id: str) -> list[Owed]:
    """Return what an official promised, a line a case, the oldest due first."""
    query = sa.select(Promise.id).where(Promise.made_by_id == person_id)
    lines = [line for promise in reader.many(Promise, reader.ids(query)) for line in owed(promise, reader)]
    return sorted(lines, key=lambda o: (o.due or dt.date.max, o.case_ref))


@dataclass(frozen=True)
class Cost:
    """What fines cost, in tenge. A fine that was cancelled costs nothing.

    Of a fine that is partly paid nobody wrote down how much: it counts as `partly` alone.
    """

    paid: int = 0
    partly: int = 0
    unpaid: int = 0
    cancelled: int = 0

    @property
    def owed(self) -> int:
        """All that was imposed and not taken back."""
        return self.paid + self.partly + self.unpaid


def cost_of(penalties: Iterable[DisclosedRecord]) -> Cost:
    """Add up the fines among these penalties."""
    sums = {"paid": 0, "partly": 0, "unpaid": 0, "cancelled": 0}
    names = {Paid.YES: "paid", Paid.PARTLY: "partly"}
    for penalty in penalties:
        if penalty.value("kind") is PenaltyKind.FINE:
            taken_back = penalty.value("appeal") is PenaltyAppeal.CANCELLED
            name = "cancelled" if taken_back else names.get(penalty.value("paid"), "unpaid")
            sums[name] += penalty.value("amount") or 0
    return Cost(**sums)


# Authority to act

ENDS_SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Acting:
    """One person's authority to act, as it stands on the reader's day."""

    id: str
    person_id: str
    name: str
    document: str
    number: str
    case_id: str  # empty: for every case of the family
    case_ref: str
    since: dt.date | None
    until: dt.date | None
    withdrawn: dt.date | None
    note: str
    stands: bool
    ends_soon: bool


def authorities(family: DisclosedRecord, day: dt.date) -> list[Acting]:
    """Return all that was recorded about who may act for a family, what stands first."""
    found = [_acting(a, day) for a in family.children("authorities")]
    return sorted(found, key=lambda a: (not a.stands, a.until or dt.date.max, a.name))


def _acting(authority: DisclosedRecord, day: dt.date) -> Acting:
    since, until, withdrawn = (authority.value(n) for n in ("since", "until", "withdrawn"))
    now = stands(since, until, withdrawn, day)
    return Acting(
        id=authority.id,
        person_id=authority.value("person_id") or "",
        name=authority.text("person_id"),
        document=authority.text("document"),
        number=authority.text("number"),
        case_id=authority.value("case_id") or "",
        case_ref=authority.text("case_id"),
        since=since,
        until=until,
        withdrawn=withdrawn,
        note=authority.text("note"),
        stands=now,
        ends_soon=now and until is not None and until <= day + ENDS_SOON,
    )


def may_act(reader: Reader, case_id: str) -> list[Acting]:
    """Return who may act for a case on the reader's day, and by which document."""
    case = reader.get(Case, case_id)
    family = case.ref("family_id") if case else None
    found = authorities(family, reader.as_of) if family else []
    return [a for a in found if a.stands and a.case_id in ("", case_id)]


def ending_authorities(reader: Reader, within: dt.timedelta = ENDS_SOON) -> list[Acting]:
    """Return the authority that ends within so many days, the next end first."""
    last = reader.as_of + within
    query = (
        sa.select(Authority.id)
        .where(Authority.until.between(reader.as_of, last), Authority.withdrawn.is_(None))
        .order_by(Authority.until)
    )
    found = [_acting(a, reader.as_of) for a in reader.many(Authority, reader.ids(query))]
    return [a for a in found if a.stands]


def authority_missing(family: DisclosedRecord, day: dt.date, case_id: str = "") -> str:
    """Say in a few words what is wrong with the petitioner's authority; empty if nothing is."""
    petitioner = family.value("petitioner_id")
    if not petitioner:
        return tr(N_("No petitioner"))
    own = [a for a in authorities(family, day) if a.person_id == petitioner]
    if case_id:
        own = [a for a in own if a.case_id in ("", case_id)]
    if any(a.stands and not a.ends_soon for a in own):
        return ""
    if ending := [a.until for a in own if a.stands and a.until]:
        return tr(N_("Petitioner's authority ends {day}"), day=month_day(max(ending)))
    if own:
        return tr(N_("Petitioner's authority ended"))
    return tr(N_("Petitioner has no authority"))


# Contact log


@dataclass(frozen=True)
class Call:
    """A call that is owed to a family."""

    entry_id: str
    family_id: str
    family: str
    case_id: str
    person: str
    due: dt.date
    about: str


def calls_due(reader: Reader, until: dt.date | None = None) -> list[Call]:
    """Return the calls that are owed by a day (default: all that are owed), the oldest due first."""
    query = sa.select(ContactEntry.id).where(
        ContactEntry.next_due.is_not(None),
        ContactEntry.done.is_(None),
        *([ContactEntry.next_due <= until] if until else []),
    )
    entries = reader.many(ContactEntry, reader.ids(query.order_by(ContactEntry.next_due)))
    return [
        Call(
            e.id,
            e.value("family_id"),
            e.text("family_id"),
            e.value("case_id") or "",
            e.text("person_id"),
            e.value("next_due"),
            e.text("said"),
        )
        for e in entries
        if e.value("next_due")
    ]


def contact_log(family: DisclosedRecord) -> list[DisclosedRecord]:
    """Return the contacts with a family, the latest first."""
    found = [e for e in family.children("contact_log") if e.value("on")]
    return sorted(found, key=lambda e: (e.value("on"), e.text("time")), reverse=True)


def last_contact(family: DisclosedRecord) -> dt.date | None:
    """Return the day on which the family was last spoken with; a call that nobody took is none."""
    return next((e.value("on") for e in contact_log(family) if e.value("reached") is not False), None)
