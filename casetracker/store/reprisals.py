"""What was done to relatives because they spoke up, and what the office says it was an answer to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import CaseEvent, Participant, Reprisal
from casetracker.store.chain import chain_of
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Retaliation:
    """One reprisal: to whom, what was done, after what; and whether it was reported."""

    id: str
    when: str
    what: str
    whom: str
    kin: str  # relatives in China who were put under pressure
    before: tuple[str, ...]
    reported: str  # empty: to nobody


def reprisals(reader: Reader, people: Collection[str], cases: Collection[str] = ()) -> list[Retaliation]:
    """Return the reprisals against these people, and those linked to these cases, the latest first."""
    against = sa.select(Participant.event_id).where(Participant.person_id.in_(people))
    linked = sa.select(CaseEvent.event_id).where(CaseEvent.case_id.in_(cases))
    query = sa.select(Reprisal.id).where(sa.or_(Reprisal.id.in_(against), Reprisal.id.in_(linked)))
    found = sorted(reader.many(Reprisal, reader.ids(query)), key=_day, reverse=True)
    return [_told(event, reader) for event in found]


def _day(event: DisclosedRecord) -> dt.date:
    on = event.value("on")
    return ((on.earliest or on.latest) if on else None) or dt.date.min


def _told(event: DisclosedRecord, reader: Reader) -> Retaliation:
    on = event.value("on")
    chain = chain_of(reader, "Reprisal", event.id)
    ties = [(tie, chain.node(tie.before)) for tie in chain.before(event.id)]
    whom = [part.text("person_id") for part in event.children("participants")]
    report = [event.text("reported_to"), event.text("reported_on")]
    if event.value("prompt_letter"):
        report.append(tr(N_("prompt letter asked for")))
    return Retaliation(
        id=event.id,
        when=on.short() if on else tr(N_("no date")),
        what=event.text("form") or event.title,
        whom=", ".join(w for w in whom if w),
        kin=event.text("kin"),
        before=tuple(tie.told(" · ".join((node.title, node.when))) for tie, node in ties),
        reported=" · ".join(r for r in report if r),
    )
