"""Which cases need attention most: the signs of one case or of all, read with a few statements.

Nothing of this is stored: a score changes with the day. It is the office's own and leaves it nowhere.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import (
    Case,
    CaseEvent,
    Consent,
    Episode,
    Event,
    Person,
    PresentedCase,
    Promise,
    PromisedCase,
    Reprisal,
)
from casetracker.model.confidentiality import Use
from casetracker.model.detention.attention import (
    ELDERLY,
    REPRISAL_COUNTS,
    Attention,
    Signs,
    attention,
    old,
    score,
)
from casetracker.model.detention.case import AT_REST, CaseRole
from casetracker.model.detention.custody import CustodyStatus
from casetracker.model.detention.episode import CUT_OFF
from casetracker.model.detention.sentence import Basis, Release, beyond
from casetracker.model.events.promise import STILL_OWED
from casetracker.model.sources.consent import Answer
from casetracker.store.lists import main_name
from casetracker.store.store import Store

_REPRISAL = Reprisal.__mapper__.polymorphic_identity


@dataclass(frozen=True)
class Need:
    """A case that needs attention, with what a list says of it."""

    case_id: str
    ref: str
    name: str
    status: CustodyStatus
    attention: Attention


def of_case(store: Store, case_id: str) -> Attention:
    """Return how much attention one case needs on the store's day."""
    with store.reading() as session:
        return attention(_signs(session, store.today(), [case_id]).get(case_id, Signs(open=False)))


def most(store: Store, limit: int = 6) -> list[Need]:
    """Return the cases that need most attention, the neediest first; none of those laid to rest."""
    with store.reading() as session:
        signs = _signs(session, store.today(), None)
        scores = {i: score(each) for i, each in signs.items()}
        first = [i for i in heapq.nlargest(limit, scores, key=lambda i: (scores[i], i)) if scores[i]]
        query = sa.select(Case.id, Case.ref, main_name(Case.person_id), Case.status).where(Case.id.in_(first))
        rows = {row[0]: row for row in session.execute(query)}
    return [
        Need(i, ref, name or ref, status, attention(signs[i]))
        for i, ref, name, status in (rows[i] for i in first)
    ]


class _Asked:
    """The few questions whose answers are signs, each for some cases or for all that are open."""

    def __init__(self, session: Session, today: dt.date, ids: Iterable[str] | None) -> None:
        self._session, self._today = session, today
        self._ids = None if ids is None else list(ids)

    def _rows(self, query: Any, case_id: Any) -> Iterable[Any]:
        return self._session.execute(query if self._ids is None else query.where(case_id.in_(self._ids)))

    def cases(self) -> Iterable[Any]:
        """The case's own columns, and the birth of the relative."""
        born = Person.__table__.c
        query = sa.select(
            *(Case.id, Case.stage, Case.status, Case.last_news, Case.release_due),
            sa.func.coalesce(Case.health, "").label("health"),
            *(born.birth_earliest, born.birth_latest),
        ).join(Person, Person.id == Case.person_id)
        return self._rows(query.where(Case.stage.not_in(AT_REST)) if self._ids is None else query, Case.id)

    def overdue(self) -> Mapping[str, int]:
        """For how many days the oldest open promise is overdue."""
        owed = sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))
        query = (
            sa.select(PromisedCase.case_id, sa.func.min(Promise.due))
            .join(Promise, Promise.id == PromisedCase.promise_id)
            .where(owed, Promise.due < self._today)
            .group_by(PromisedCase.case_id)
        )
        rows = self._rows(query, PromisedCase.case_id)
        return {case_id: (self._today - due).days for case_id, due in rows}

    def presented(self) -> set[str]:
        """The cases that were ever put to an official."""
        rows = self._rows(sa.select(PresentedCase.case_id).distinct(), PresentedCase.case_id)
        return {case_id for (case_id,) in rows}

    def consents(self) -> Mapping[str, int | None]:
        """Where officials may be told: in how many days the last living consent ends; None for never."""
        c, day = Consent, self._today
        query = sa.select(c.case_id, c.answer, c.until).where(
            c.use == Use.K3,
            c.case_id.is_not(None),
            c.given <= day,
            sa.or_(c.until.is_(None), c.until >= day),
            sa.or_(c.withdrawn.is_(None), c.withdrawn > day),
        )
        agreed: dict[str, list[dt.date | None]] = defaultdict(list)
        refused = set()
        for case_id, answer, until in self._rows(query, c.case_id):
            if answer is Answer.REFUSES:
                refused.add(case_id)
            else:
                agreed[case_id].append(until)
        return {
            case_id: None if None in ends else max((end - day).days for end in ends if end)
            for case_id, ends in agreed.items()
            if case_id not in refused
        }

    def inside(self) -> Mapping[str, tuple[bool, bool]]:
        """Of a detention that goes on: whether the family is cut off, and ill-treatment is alleged."""
        told = sa.or_(Episode.outside.is_not(None), Episode.torture.is_not(None))
        query = (
            sa.select(Episode.case_id, Episode.outside, Episode.torture)
            .where(told, Episode.__table__.c.ended_latest.is_(None))
            .order_by(Episode.position)
        )
        rows = self._rows(query, Episode.case_id)
        return {case_id: (outside in CUT_OFF, bool(torture)) for case_id, outside, torture in rows}

    def reprisals(self) -> set[str]:
        """The cases for which a relative was detained or threatened in the last year."""
        since = self._today - dt.timedelta(days=REPRISAL_COUNTS)
        query = (
            sa.select(CaseEvent.case_id)
            .join(Event, Event.id == CaseEvent.event_id)
            .where(
                sa.or_(CaseEvent.role == CaseRole.RELATIVE_DETAINED, Event.sort == _REPRISAL),
                Event.__table__.c.on_latest >= since,
            )
        )
        return {case_id for (case_id,) in self._rows(query, CaseEvent.case_id)}


def _signs(session: Session, today: dt.date, ids: Iterable[str] | None) -> dict[str, Signs]:
    asked = _Asked(session, today, ids)
    overdue, presented, consents = asked.overdue(), asked.presented(), asked.consents()
    inside, reprisals = asked.inside(), asked.reprisals()
    found = {}
    for row in asked.cases():
        late = beyond(Release(None, row.release_due, Basis.COUNTED), row.status, today)
        cut_off, hurt = inside.get(row.id, (False, False))
        found[row.id] = Signs(
            open=row.stage not in AT_REST,
            status=row.status,
            minor=_minor(row.birth_latest or row.birth_earliest, today),
            elderly=bool(row.birth_latest and old(row.birth_latest, today) >= ELDERLY),
            ill=bool(row.health) or hurt or row.status is CustodyStatus.HOSPITAL,
            days_silent=(today - row.last_news).days if row.last_news else None,
            days_beyond=late[0] if late else None,
            days_overdue=overdue.get(row.id, 0),
            presented=row.id in presented,
            consent=row.id in consents,
            consent_ends_in=consents.get(row.id),
            cut_off=cut_off,
            reprisal=row.id in reprisals,
        )
    return found


def _minor(born: dt.date | None, today: dt.date) -> bool:
    return born is not None and old(born, today) < 18
