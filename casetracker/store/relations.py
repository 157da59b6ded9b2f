"""What surrounds a person or a family: cases, families, events, answers about consent, promises they made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import Case, Consent, Family, FamilyMember, Participant, Promise, Source
from casetracker.model.events.event import Paid, PenaltyAppeal, PenaltyKind
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
