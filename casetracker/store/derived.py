"""Columns that repeat what other records say, so that lists can sort and filter; kept here, checked here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import Case, CustodyEvent, Episode
from casetracker.model.detention.custody import CustodyKind, CustodyStatus, Standing, derive
from casetracker.store.history import AuditChange


@dataclass(frozen=True)
class Fact:
    """A custody event as a row of columns."""

    id: str
    kind: CustodyKind
    earliest: dt.date | None
    latest: dt.date | None
    standing: Standing | None


@dataclass(frozen=True)
class Standings:
    """What the derived columns of a case must hold."""

    status: CustodyStatus = CustodyStatus.UNKNOWN
    since: dt.date | None = None
    last_news: dt.date | None = None


def _facts(session: Session, case_ids: Iterable[str] | None) -> dict[str, list[Fact]]:
    query = sa.select(
        Episode.case_id,
        CustodyEvent.id,
        CustodyEvent.kind,
        CustodyEvent.__table__.c.on_earliest,
        CustodyEvent.__table__.c.on_latest,
        CustodyEvent.standing,
    ).join(Episode, CustodyEvent.episode_id == Episode.id)
    if case_ids is not None:
        query = query.where(Episode.case_id.in_(list(case_ids)))
    found: dict[str, list[Fact]] = defaultdict(list)
    for case_id, *columns in session.execute(query):
        found[case_id].append(Fact(*columns))
    return found


def _standings(facts: list[Fact], arrests: list[dt.date]) -> Standings:
    begun = [f.earliest for f in facts if f.earliest and f.kind is CustodyKind.TAKEN] + arrests
    heard = [d for f in facts if (d := f.latest or f.earliest) and f.kind is not CustodyKind.LOST]
    return Standings(derive(facts).status, min(begun, default=None), max(heard, default=None))


def computed(session: Session, case_ids: Iterable[str] | None = None) -> dict[str, Standings]:
    """Work out the derived columns of these cases, or of all."""
    ids = None if case_ids is None else list(case_ids)
    query = sa.select(Episode.case_id, Episode.__table__.c.arrested_earliest)
    if ids is not None:
        query = query.where(Episode.case_id.in_(ids))
    arrests: dict[str, list[dt.date]] = defaultdict(list)
    for case_id, day in session.execute(query):
        if day:
            arrests[case_id].append(day)
    facts = _facts(session, ids)
    known = ids if ids is not None else list(session.scalars(sa.select(Case.id)))
    return {case_id: _standings(facts[case_id], arrests[case_id]) for case_id in known}


def refresh(session: Session, changes: Iterable[AuditChange]) -> None:
    """Set the derived columns of every case that these changes bear on. Call after a flush."""
    cases = _cases_of(session, list(changes))
    if not cases:
        return
    for case_id, now in computed(session, cases).items():
        case = session.get(Case, case_id)
        if case is not None and (case.status, case.since, case.last_news) != (
            now.status,
            now.since,
            now.last_news,
        ):
            case.status, case.since, case.last_news = now.status, now.since, now.last_news
    session.flush()


def _cases_of(session: Session, changes: list[AuditChange]) -> set[str]:
    """Return the ids of the cases whose custody events or episodes were changed, deleted ones too."""
    cases = {c.record_id for c in changes if c.entity == "Case" and c.after is not None}
    episodes = {c.record_id for c in changes if c.entity == "Episode"}
    events = [c for c in changes if c.entity == "CustodyEvent"]
    moved = [c.before for c in changes if c.entity == "Episode" and c.before]
    cases |= {before["case_id"] for before in moved if "case_id" in before}
    episodes |= {c.before["episode_id"] for c in events if c.before and "episode_id" in c.before}
    if kept := {c.record_id for c in events if c.after is not None}:
        episodes |= set(session.scalars(sa.select(CustodyEvent.episode_id).where(CustodyEvent.id.in_(kept))))
    if episodes:
        cases |= set(session.scalars(sa.select(Episode.case_id).where(Episode.id.in_(episodes))))
    return set(session.scalars(sa.select(Case.id).where(Case.id.in_(cases)))) if cases else set()


def wrong(session: Session) -> list[str]:
    """Return the references of cases whose derived columns do not agree with their records."""
    should = computed(session)
    query = sa.select(Case.id, Case.ref, Case.status, Case.since, Case.last_news)
    rows = session.execute(query).all()
    return [r.ref for r in rows if Standings(r.status, r.since, r.last_news) != should[r.id]]
