"""What penalties mean for those who got them: in indices, until when to appeal, what they cost."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from babel.numbers import format_decimal

from casetracker.i18n import N_, locale, ntr, tr
from casetracker.model import Family, FamilyMember, Penalty, clock
from casetracker.model.clock import Countdown
from casetracker.model.events.event import Paid, PenaltyAppeal, PenaltyKind
from casetracker.model.workdays import calendar
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.relations import Cost, cost_of

RULE = "penalty_appeal"


@dataclass(frozen=True)
class Deadline:
    """Until when a penalty can be appealed; `sure` if the day is known on which the decision was received."""

    until: dt.date
    left: Countdown
    sure: bool


@dataclass(frozen=True)
class Imposed:
    """One penalty, as a line."""

    id: str
    event_id: str
    person_id: str
    name: str
    what: str
    indices: float | None  # the fine in monthly calculation indices of its day
    law: str
    court: str
    decided: str
    deadline: Deadline | None  # nothing where it was appealed, or no day is known
    appeal: str
    paid: str
    tone: str


@dataclass(frozen=True)
class FamilyCost:
    """What the penalties of one protest cost one family; without an id those of nobody's family."""

    family_id: str
    name: str
    people: int
    cost: Cost
    days: int  # of arrest


def appeal_deadline(penalty: DisclosedRecord, today: dt.date) -> Deadline | None:
    """Return until when a penalty can be appealed, if that is still open and some day is known.

    The term runs from the day on which the decision was received; where nobody wrote that down, it is counted
    from the decision, which is the earlier day: too early a warning does no harm.
    """
    if penalty.value("appeal") not in (None, PenaltyAppeal.NONE):
        return None
    received: dt.date | None = penalty.value("received")
    start = received or penalty.value("decided")
    if start is None:
        return None
    until = clock.due_on(clock.current()[RULE], start, calendar())
    return Deadline(until, clock.countdown(until, today), received is not None)


def imposed(penalty: DisclosedRecord, reader: Reader) -> Imposed:
    """Return a penalty as a line."""
    participant = penalty.ref("participant_id")
    decided: dt.date | None = penalty.value("decided")
    amount: int | None = penalty.value("amount")
    part = penalty.text("part")
    law = [penalty.text("article"), tr(N_("part {n}"), n=part) if part else ""]
    return Imposed(
        id=penalty.id,
        event_id=participant.value("event_id") if participant else "",
        person_id=participant.value("person_id") if participant else "",
        name=participant.text("person_id") if participant else "",
        what=_what(penalty),
        indices=clock.in_indices(amount, decided) if amount and decided else None,
        law=", ".join(p for p in law if p),
        court=" · ".join(p for p in (penalty.text("court"), penalty.text("case_number")) if p),
        decided=penalty.text("decided"),
        deadline=appeal_deadline(penalty, reader.as_of),
        appeal=penalty.text("appeal"),
        paid=penalty.text("paid"),
        tone=_TONES.get(penalty.value("paid"), "grey"),
    )


_TONES = {Paid.YES: "green", Paid.PARTLY: "amber", Paid.NO: "red"}


def _what(penalty: DisclosedRecord) -> str:
    amount, days = penalty.value("amount"), penalty.value("days")
    more = [tenge(amount)] if amount else []
    more += [ntr("{n} day", "{n} days", days)] if days else []
    return " · ".join([penalty.text("kind"), *more])


def tenge(amount: int) -> str:
    """Write an amount of money."""
    return tr(N_("{amount} tenge"), amount=format_decimal(amount, locale=locale()))


def of_event(event: DisclosedRecord, reader: Reader) -> list[Imposed]:
    """Return the penalties of one event, in the order of its people."""
    people = event.children("participants")
    return [imposed(penalty, reader) for p in people for penalty in p.children("penalties")]


def to_appeal(reader: Reader) -> list[Imposed]:
    """Return the penalties of all protests that can still be appealed on that day, the first due first."""
    since = reader.as_of - dt.timedelta(days=60)
    query = sa.select(Penalty.id).where(sa.or_(Penalty.received >= since, Penalty.decided >= since))
    found = [imposed(penalty, reader) for penalty in reader.many(Penalty, reader.ids(query))]
    due = [(line.deadline.until, line) for line in found if line.deadline and not line.deadline.left.overdue]
    return [line for _, line in sorted(due, key=lambda each: (each[0], each[1].name))]


def families_of(reader: Reader, people: Collection[str]) -> dict[str, str]:
    """Return the family of each of these people, the first if there are several."""
    found: dict[str, str] = {}
    queries = [
        sa.select(column, Family.id).where(column.in_(people))
        for column in (Family.petitioner_id, Family.representative_id)
    ]
    member = sa.select(FamilyMember.person_id, FamilyMember.family_id)
    for query in (member.where(FamilyMember.person_id.in_(people)), *queries):
        for person_id, family_id in reader.rows(query):
            found.setdefault(person_id, family_id)
    return found


def cost_by_family(event: DisclosedRecord, reader: Reader) -> list[FamilyCost]:
    """Return what the penalties of one event cost each family, the dearest first."""
    punished = [p for p in event.children("participants") if p.children("penalties")]
    families = families_of(reader, [p.value("person_id") for p in punished])
    groups: dict[str, list[DisclosedRecord]] = defaultdict(list)
    for participant in punished:
        groups[families.get(participant.value("person_id"), "")].append(participant)
    titles = {f.id: f.title for f in reader.many(Family, [i for i in groups if i])}
    made = [_cost(i, titles.get(i, tr(N_("no family recorded"))), people) for i, people in groups.items()]
    return sorted(made, key=lambda each: (-each.cost.owed, -each.days, each.name))


def _cost(family_id: str, name: str, people: Iterable[DisclosedRecord]) -> FamilyCost:
    everybody = list(people)
    penalties = [penalty for p in everybody for penalty in p.children("penalties")]
    arrests = (x for x in penalties if x.value("kind") is PenaltyKind.ARREST)
    days = sum(x.value("days") or 0 for x in arrests if x.value("appeal") is not PenaltyAppeal.CANCELLED)
    return FamilyCost(family_id, name, len(everybody), cost_of(penalties), days)
