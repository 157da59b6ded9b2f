"""Columns that repeat what other records say, so that lists can sort and filter; kept here, checked here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import Case, CustodyEvent, Entity, Episode, Judgment, Source, StateAnswer
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.detention.acknowledgement import Acknowledgement, deciding
from casetracker.model.detention.certainty import Certainty, Told, certainty
from casetracker.model.detention.custody import CustodyKind, CustodyStatus, Standing, derive
from casetracker.model.detention.sentence import NEVER, Bounds, Term, release
from casetracker.model.detention.sentence import deciding as counting_term
from casetracker.model.sources.source import Channel, Credibility, Hand, Reliability, SourceKind
from casetracker.store.history import AuditChange


@dataclass(frozen=True)
class Fact:
    """A custody event as a row of columns."""

    id: str
    kind: CustodyKind
    earliest: dt.date | None
    latest: dt.date | None
    standing: Standing | None
    source_id: str | None = None


@dataclass(frozen=True)
class Answer:
    """An answer of the State, as far as the status needs it."""

    id: str
    says: Acknowledgement
    earliest: dt.date | None
    latest: dt.date | None
    standing: Standing | None


@dataclass(frozen=True)
class Teller:
    """A source, as far as the certainty needs it."""

    id: str
    kind: SourceKind | None
    hand: Hand | None
    channel: Channel | None
    person_id: str | None
    reliability: Reliability | None
    credibility: Credibility | None
    origin_id: str | None


@dataclass(frozen=True)
class Standings:
    """What the derived columns of a case must hold, called like them."""

    status: CustodyStatus = CustodyStatus.UNKNOWN
    acknowledgement: Acknowledgement | None = None
    certainty: Certainty | None = None
    since: dt.date | None = None
    last_news: dt.date | None = None
    release_due: dt.date | None = None
    term_years: int | None = None


@dataclass
class _Material:
    """What the columns of one case follow from."""

    facts: list[Fact]
    answers: list[Answer]
    sources: dict[str, Told]
    arrests: list[dt.date]
    last: tuple[str, Bounds]  # the last detention, and when it began
    terms: dict[str, list[Term]]  # by detention

    def standings(self) -> Standings:
        begun = [f.earliest for f in self.facts if f.earliest and f.kind is CustodyKind.TAKEN]
        heard = [d for f in self.facts if (d := f.latest or f.earliest) and f.kind is not CustodyKind.LOST]
        now, answer = derive(self.facts), deciding(self.answers)
        episode, since = self.last
        terms = self.terms.get(episode, [])
        term, due = counting_term(terms), release(terms, since)
        return Standings(
            now.status,
            answer.says if answer else None,
            certainty(self.facts, now, self.sources),
            min(begun + self.arrests, default=None),
            max(heard, default=None),
            due.latest if due else None,
            term.years if term else None,
        )


def _bounds(entity: type[Entity], name: str) -> tuple[Any, Any]:
    columns = entity.__table__.c
    return columns[f"{name}_earliest"], columns[f"{name}_latest"]


@dataclass(frozen=True)
class Known:
    """What counts: all that is recorded, or what had happened by a day and is kept no more closely."""

    day: dt.date | None = None
    level: Confidentiality = Confidentiality.RESTRICTED

    def of(
        self, entity: type[Entity], date: str, *inside: type[Entity]
    ) -> tuple[sa.ColumnElement[bool], ...]:
        """Return the conditions on an entity, and on those it belongs to.

        What has no date is taken to have been so before.
        """
        found: list[sa.ColumnElement[bool]] = []
        if self.level < Confidentiality.RESTRICTED:
            found += [each.__table__.c["confidentiality"] <= self.level for each in (entity, *inside)]
        if self.day is not None:
            earliest = _bounds(entity, date)[0]
            found.append(sa.or_(earliest.is_(None), earliest <= self.day))
        return tuple(found)


EVERYTHING = Known()


def _rows(
    session: Session,
    ids: list[str] | None,
    columns: tuple[Any, ...],
    known: tuple[sa.ColumnElement[bool], ...],
    *,
    by_episode: bool,
) -> Iterable[Any]:
    """Return columns of what belongs to these cases (or all): the id of the case first."""
    if by_episode:
        query = sa.select(Episode.case_id, *columns).join(Episode, columns[0] == Episode.id)
    else:
        query = sa.select(*columns)
    query = query.where(*known)
    for start in range(0, len(ids), 500) if ids is not None else (0,):
        key = Episode.case_id if by_episode else columns[0]
        some = query if ids is None else query.where(key.in_(ids[start : start + 500]))
        yield from session.execute(some)


def _episodes(session: Session, ids: list[str] | None, found: Mapping[str, _Material], known: Known) -> None:
    held, arrested = _bounds(Episode, "held_from"), _bounds(Episode, "arrested")
    columns = (Episode.case_id, Episode.position, Episode.id, *arrested, *held)
    places: dict[str, int] = {}
    for case_id, position, id_, *bounds in _rows(
        session, ids, columns, known.of(Episode, "arrested"), by_episode=False
    ):
        at, of = found[case_id], (bounds[0], bounds[1])
        if of[0]:
            at.arrests.append(of[0])
        if (position or 0) >= places.get(case_id, -1):
            places[case_id] = position or 0
            at.last = (id_, of if any(of) else (bounds[2], bounds[3]))


def _terms(session: Session, ids: list[str] | None, found: Mapping[str, _Material], known: Known) -> None:
    j = Judgment
    columns = (
        *(j.episode_id, j.id, j.sentence, j.term_years, j.term_months, j.term_days, j.standing),
        *(bound for name in ("decided", "term_from", "term_to") for bound in _bounds(j, name)),
    )
    for case_id, episode, id_, kind, years, months, days, standing, *bounds in _rows(
        session, ids, columns, known.of(Judgment, "decided", Episode), by_episode=True
    ):
        decided, begins, ends = (tuple(bounds[n : n + 2]) for n in (0, 2, 4))
        term = Term(id_, decided, kind, years, months, days, begins, ends, standing)
        found[case_id].terms[episode].append(term)


def _material(session: Session, ids: list[str] | None, known: Known) -> dict[str, _Material]:
    """Read what the columns follow from, with one statement a kind."""
    found: dict[str, _Material] = defaultdict(
        lambda: _Material([], [], {}, [], ("", NEVER), defaultdict(list))
    )
    _episodes(session, ids, found, known)
    _terms(session, ids, found, known)
    e = CustodyEvent
    columns: tuple[Any, ...] = (e.episode_id, e.id, e.kind, *_bounds(e, "on"), e.standing, e.source_id)
    for case_id, _, *fact in _rows(session, ids, columns, known.of(e, "on", Episode), by_episode=True):
        found[case_id].facts.append(Fact(*fact))
    a = StateAnswer
    for case_id, *answer in _rows(
        session,
        ids,
        (a.case_id, a.id, a.says, *_bounds(a, "on"), a.standing),
        known.of(a, "on"),
        by_episode=False,
    ):
        found[case_id].answers.append(Answer(*answer))
    s = Source
    grades = (s.reliability, s.credibility, s.origin_id)
    columns = (s.case_id, s.id, s.kind, s.hand, s.channel, s.person_id, *grades)
    for case_id, *told in _rows(session, ids, columns, known.of(s, "told"), by_episode=False):
        found[case_id].sources[told[0]] = Teller(*told)
    return found


def computed(
    session: Session, case_ids: Iterable[str] | None = None, known: Known = EVERYTHING
) -> dict[str, Standings]:
    """Work out the derived columns of these cases, or of all; with `known` as they stood on a day."""
    ids = None if case_ids is None else list(case_ids)
    found = _material(session, ids, known)
    wanted = ids if ids is not None else list(session.scalars(sa.select(Case.id)))
    return {i: found[i].standings() if i in found else Standings() for i in wanted}


_DATED: tuple[tuple[Any, str], ...] = (
    (Episode, "arrested"),
    (StateAnswer, "on"),
    (Source, "told"),
    (CustodyEvent, "on"),
    (Judgment, "decided"),
)


def unlike(session: Session, known: Known) -> set[str]:
    """Return the ids of the cases whose columns may hold more than this; those of all others are right."""
    found: set[str] = set()
    for entity, date in _DATED:
        inside = (Episode,) if entity in _OF_AN_EPISODE else ()
        if conditions := known.of(entity, date, *inside):
            query = sa.select(Episode.case_id if inside else entity.case_id).select_from(entity)
            query = query.join(Episode, entity.episode_id == Episode.id) if inside else query
            found.update(session.scalars(query.where(sa.not_(sa.and_(*conditions))).distinct()))
    return found


def refresh(session: Session, changes: Iterable[AuditChange]) -> None:
    """Set the derived columns of every case that these changes bear on. Call after a flush."""
    if cases := _cases_of(session, list(changes)):
        _set(session, cases)


def rebuild(session: Session) -> None:
    """Set the derived columns of all cases, as a new program works them out."""
    _set(session, None)


def _set(session: Session, case_ids: set[str] | None) -> None:
    for case_id, now in computed(session, case_ids).items():
        case = session.get(Case, case_id)
        if case is not None and _kept(case) != now:
            for name, value in vars(now).items():
                setattr(case, name, value)
    session.flush()


def _kept(row: Any) -> Standings:
    return Standings(*(getattr(row, name) for name in Standings.__dataclass_fields__))


# What a case's columns follow from, by the reference that leads to the case.
_OF_A_CASE: tuple[Any, ...] = (Episode, StateAnswer, Source)
_OF_AN_EPISODE: tuple[Any, ...] = (CustodyEvent, Judgment)


def _owners(
    session: Session, changes: list[AuditChange], entities: tuple[Any, ...], key: str
) -> Iterable[str]:
    """Return to what these changed records belong now, and to what they belonged before."""
    for entity in entities:
        own = [c for c in changes if c.entity == entity.__name__]
        yield from (c.before[key] for c in own if c.before and key in c.before)
        if kept := {c.record_id for c in own if c.after is not None}:
            yield from session.scalars(sa.select(getattr(entity, key)).where(entity.id.in_(kept)))


def _cases_of(session: Session, changes: list[AuditChange]) -> set[str]:
    """Return the ids of the cases on which something was changed that their columns follow from."""
    cases = {c.record_id for c in changes if c.entity == "Case" and c.after is not None}
    cases |= set(_owners(session, changes, _OF_A_CASE, "case_id"))
    if episodes := set(_owners(session, changes, _OF_AN_EPISODE, "episode_id")):
        cases |= set(session.scalars(sa.select(Episode.case_id).where(Episode.id.in_(episodes))))
    return set(session.scalars(sa.select(Case.id).where(Case.id.in_(cases)))) if cases else set()


def wrong(session: Session) -> list[str]:
    """Return the references of cases whose derived columns do not agree with their records."""
    should = computed(session)
    columns = (getattr(Case, name) for name in Standings.__dataclass_fields__)
    rows = session.execute(sa.select(Case.id, Case.ref, *columns)).all()
    return [row.ref for row in rows if astuple(_kept(row)) != astuple(should[row.id])]
