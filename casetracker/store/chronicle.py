"""What the protest chronicle asks: protests in order, how many were detained, what it cost each family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import CaseEvent, FamilyMember, Protest
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.events.event import Outcome, Part, PenaltyKind
from casetracker.store.questions import may_be_told
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.relations import Cost, cost_of
from casetracker.store.situations import order_of

HELD = frozenset({Outcome.DETAINED, Outcome.FINED, Outcome.ARRESTED})


@dataclass(frozen=True)
class Totals:
    """How many took part and were detained, and the fines in tenge, as far as the audience may count them."""

    present: int
    detained: int
    fined: int


@dataclass(frozen=True)
class FamilyCost:
    """What a family was punished with over all these protests."""

    family: str
    penalties: int
    cost: Cost


def protests(reader: Reader, case_ids: Sequence[str] = ()) -> list[DisclosedRecord]:
    """Return protests in the order of their days; those that are linked to these cases, or all.

    What is planned is nobody's business outside the office: it could be prevented.
    """
    query = sa.select(Protest.id)
    if case_ids:
        linked = sa.select(CaseEvent.event_id).where(CaseEvent.case_id.in_(case_ids))
        query = query.where(Protest.id.in_(linked))
    found = [p for p in reader.many(Protest, reader.ids(query)) if may_be_told(p.value("on"), reader)]
    reader.together(found, "participants")
    return sorted(found, key=lambda p: order_of(p.value("on")))


def totals(protest: DisclosedRecord) -> Totals:
    """Count who took part in a protest; only those whose fate the audience may know count as detained."""
    people = [p for p in protest.children("participants") if p.value("part") is not Part.JOURNALIST]
    fines = [f for p in people for f in p.children("penalties") if f.value("kind") is PenaltyKind.FINE]
    return Totals(len(people), sum(p.value("outcome") in HELD for p in people), cost_of(fines).owed)


def costs(reader: Reader, held: Iterable[DisclosedRecord]) -> list[FamilyCost]:
    """Return what it cost each family whose members were punished, the dearest first.

    A family whose name may not be said is called by those of its members who were punished.
    """
    penalties: dict[str, list[DisclosedRecord]] = defaultdict(list)
    for protest in held:
        for participant in protest.children("participants"):
            if (found := participant.children("penalties")) and participant.value("person_id"):
                penalties[participant.value("person_id")] += found
    query = sa.select(FamilyMember.id).where(FamilyMember.person_id.in_(penalties))
    members: dict[str, list[DisclosedRecord]] = defaultdict(list)
    for member in reader.many(FamilyMember, reader.ids(query)):
        members[member.value("family_id")].append(member)
    return sorted(
        (_cost(found, penalties) for found in members.values()), key=lambda f: (-f.cost.owed, f.family)
    )


def _cost(members: list[DisclosedRecord], penalties: dict[str, list[DisclosedRecord]]) -> FamilyCost:
    name = members[0].text("family_id")
    if name == WITHHELD:
        name = ", ".join(member.text("person_id") for member in members)
    theirs = [penalty for member in members for penalty in penalties[member.value("person_id")]]
    return FamilyCost(name, len(theirs), cost_of(theirs))
