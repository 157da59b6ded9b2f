"""Facilities: their list, and who is or was held in each, as far as custody events say so."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import ntr
from casetracker.model import Case, CustodyEvent, Episode, Facility, terms
from casetracker.model.dates import KnownDate
from casetracker.store.lists import Among, Line, main_name, within
from casetracker.store.reader import Reader
from casetracker.store.store import Store


@dataclass(frozen=True)
class Held:
    """One thing that happened to somebody in a facility."""

    case_id: str
    case_ref: str
    name: str
    when: KnownDate | None
    what: str


def count_facilities(store: Store, text: str = "") -> int:
    """Return how many facilities there are, or match."""
    with store.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(_query(text).subquery())) or 0


def _query(text: str) -> sa.Select[str]:
    query = sa.select(Facility.id)
    if text:
        columns = (Facility.name, Facility.name_zh, Facility.other_names, Facility.place)
        query = query.where(sa.or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return query


def facility_lines(
    store: Store, text: str = "", offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the list of facilities by name, with how many people were held there."""
    held = (
        sa.select(sa.func.count(sa.distinct(Episode.case_id)))
        .join(CustodyEvent, CustodyEvent.episode_id == Episode.id)
        .where(CustodyEvent.facility_id == Facility.id)
        .scalar_subquery()
    )
    query = (
        sa.select(Facility.id, Facility.name, Facility.kind, Facility.place, Facility.name_zh, held)
        .where(Facility.id.in_(within(_query(text), Facility.id, among)))
        .order_by(Facility.name, Facility.id)
        .offset(offset)
        .limit(limit)
    )
    with store.reading() as session:
        return [
            Line(
                id_,
                name,
                " · ".join(
                    p for p in (terms.label("facility_kind", kind) if kind else "", place, chinese) if p
                ),
                chip=ntr("{n} case", "{n} cases", n) if n else "",
                tone="amber",
            )
            for id_, name, kind, place, chinese, n in session.execute(query)
        ]


def held_in(reader: Reader, facility_id: str) -> list[Held]:
    """Return what happened in a facility and to whom, the latest first."""
    query = (
        sa.select(CustodyEvent.id, Case.id, Case.ref, main_name(Case.person_id))
        .join(Episode, Episode.id == CustodyEvent.episode_id)
        .join(Case, Case.id == Episode.case_id)
        .where(CustodyEvent.facility_id == facility_id)
        .order_by(CustodyEvent.__table__.c.on_latest.desc(), Case.ref)
    )
    rows = reader.rows(query)
    events = {event.id: event for event in reader.many(CustodyEvent, [row[0] for row in rows])}
    return [
        Held(case_id, ref, name or ref, event.value("on"), event.text("kind"))
        for event_id, case_id, ref, name in rows
        if (event := events.get(event_id))
    ]
