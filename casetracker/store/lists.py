"""Lines of lists: columns, not records, so that the database pages, sorts and counts 100,000 of them.

Lists are the office's own; what leaves the program never comes from here but from a reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casetracker.i18n import N_, ntr, tr
from casetracker.model import (
    Case,
    CaseEvent,
    Entity,
    Episode,
    Event,
    Family,
    FamilyMember,
    Meeting,
    Office,
    Participant,
    Person,
    PersonName,
    PresentedCase,
    Promise,
    PromisedCase,
    Protest,
)
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import IN_CUSTODY, STATUS_TONE, CustodyStatus
from casetracker.model.events.event import Outcome
from casetracker.model.events.promise import STILL_OWED
from casetracker.model.people.person import folded
from casetracker.store.overview import ending_consents
from casetracker.store.store import Store


@dataclass(frozen=True)
class Line:
    """One line of a list: what it is called, what stands beside it, and a chip."""

    id: str
    title: str
    detail: str = ""
    side: str = ""
    chip: str = ""
    tone: str = "grey"


@dataclass(frozen=True)
class Hit:
    """One line of the search: which record, how it is called, and what matched."""

    entity: str
    id: str
    title: str
    detail: str


@dataclass(frozen=True)
class Filter:
    """What a list of cases is narrowed to; everything given must hold."""

    text: str = ""
    status: frozenset[CustodyStatus] = frozenset()
    overdue: bool = False
    consent_ending: bool = False


def main_name(person: Any) -> sa.ScalarSelect[Any]:
    """The main spelling of the person in that column, as a part of a query."""
    name = aliased(PersonName)
    return (
        sa.select(name.full)
        .where(name.person_id == person)
        .order_by(name.position)
        .limit(1)
        .scalar_subquery()
    )


def _spelt(text: str) -> sa.Select[str]:
    """The people who have a spelling with this text in it; the spellings are gone through once."""
    pattern = f"%{folded(text).replace('%', '')}%"
    return sa.select(PersonName.person_id).where(PersonName.folded.like(pattern))


def _owed(today: dt.date) -> sa.ColumnElement[bool]:
    owed = sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))
    return sa.and_(Promise.due < today, owed)


# Cases


def _case_query(wanted: Filter, today: dt.date) -> sa.Select[Any]:
    query = sa.select(Case.id)
    if wanted.text:
        ref = Case.ref.contains(wanted.text.strip().upper(), autoescape=True)
        query = query.where(sa.or_(Case.person_id.in_(_spelt(wanted.text)), ref))
    if wanted.status:
        query = query.where(Case.status.in_(wanted.status))
    if wanted.overdue:
        owing = sa.select(PromisedCase.case_id).join(Promise).where(_owed(today))
        query = query.where(Case.id.in_(owing))
    if wanted.consent_ending:
        query = query.where(Case.id.in_(ending_consents(today)))
    return query


def count_cases(store: Store, wanted: Filter = Filter()) -> int:
    """Return how many cases the filter leaves."""
    with store.reading() as session:
        query = _case_query(wanted, store.today()).subquery()
        return session.scalar(sa.select(sa.func.count()).select_from(query)) or 0


def case_lines(store: Store, wanted: Filter = Filter(), offset: int = 0, limit: int = 200) -> list[Line]:
    """Return a page of the list of cases, those with the latest news first."""
    first = sa.select(Episode.id).where(Episode.case_id == Case.id).order_by(Episode.position.desc()).limit(1)
    episode = aliased(Episode)
    page = (
        _case_query(wanted, store.today())
        .order_by(Case.last_news.desc().nulls_last(), Case.ref)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    petitioner = main_name(Family.petitioner_id)
    query = (
        sa.select(
            Case.id,
            Case.ref,
            main_name(Case.person_id),
            Case.status,
            Case.last_news,
            episode.county,
            sa.inspect(episode).selectable.c.arrested_edtf,
            sa.inspect(episode).selectable.c.arrested_words,
            episode.term_years,
            petitioner,
        )
        .join(page, page.c.id == Case.id)
        .outerjoin(episode, episode.id == first.scalar_subquery())
        .outerjoin(Family, Family.id == Case.family_id)
        .order_by(Case.last_news.desc().nulls_last(), Case.ref)
    )
    with store.reading() as session:
        return [_case_line(row, store.today()) for row in session.execute(query)]


def _case_line(row: Sequence[Any], today: dt.date) -> Line:
    id_, ref, name, status, news, county, edtf, words, years, petitioner = row
    since = KnownDate.from_edtf(edtf).short() if edtf else words or ""
    detail = [ref, county or "", tr(N_("since {date}"), date=since) if since else "", petitioner or ""]
    chip = tr(status.value)
    if status is CustodyStatus.SENTENCED and years:
        chip = tr(N_("{status} · {n} years"), status=chip, n=years)
    return Line(
        id_, name or ref, " · ".join(d for d in detail if d), _ago(news, today), chip, STATUS_TONE[status]
    )


def _ago(day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return tr(N_("no news"))
    days = (today - day).days
    if days < 730:
        return ntr("{n} day ago", "{n} days ago", max(days, 0))
    return ntr("{n} year ago", "{n} years ago", days // 365)


# Everybody and everything else


def person_lines(store: Store, text: str = "", offset: int = 0, limit: int = 200) -> list[Line]:
    """Return a page of the list of people by name."""
    spelling = aliased(PersonName)
    first = sa.select(sa.func.min(spelling.position)).where(spelling.person_id == Person.id).scalar_subquery()
    ordered = (
        sa.select(Person.id, PersonName.full, PersonName.folded)
        .outerjoin(PersonName, sa.and_(PersonName.person_id == Person.id, PersonName.position == first))
        .order_by(PersonName.folded, Person.id)
    )
    if text:
        ordered = ordered.where(Person.id.in_(_spelt(text)))
    page = ordered.offset(offset).limit(limit).subquery()  # little is sorted; the rest is read after it
    birth = Person.__table__.c.birth_edtf
    case = sa.select(Case.ref).where(Case.person_id == Person.id).limit(1).scalar_subquery()
    query = (
        sa.select(Person.id, page.c.full, birth, Person.ethnicity, case, Person.public_figure)
        .join(page, page.c.id == Person.id)
        .order_by(page.c.folded, Person.id)
    )
    with store.reading() as session:
        return [
            Line(
                id_,
                name or tr(N_("No name")),
                " · ".join(d for d in (KnownDate.from_edtf(born).short() if born else "", people or "") if d),
                chip=ref or (tr(N_("Official")) if public else ""),
                tone="blue",
            )
            for id_, name, born, people, ref, public in session.execute(query)
        ]


def family_lines(store: Store, text: str = "", offset: int = 0, limit: int = 200) -> list[Line]:
    """Return a page of the list of families by name."""
    ordered = sa.select(Family.id).order_by(Family.name, Family.id)
    if text:
        by_name = Family.name.icontains(text, autoescape=True)
        people = _spelt(text)
        member = Family.id.in_(sa.select(FamilyMember.family_id).where(FamilyMember.person_id.in_(people)))
        ordered = ordered.where(sa.or_(by_name, Family.petitioner_id.in_(people), member))
    page = ordered.offset(offset).limit(limit).subquery()
    members = sa.select(sa.func.count()).where(FamilyMember.family_id == Family.id).scalar_subquery()
    cases = sa.select(sa.func.count()).where(Case.family_id == Family.id).scalar_subquery()
    query = (
        sa.select(Family.id, Family.name, main_name(Family.petitioner_id), members, cases)
        .join(page, page.c.id == Family.id)
        .order_by(Family.name, Family.id)
    )
    with store.reading() as session:
        return [
            Line(
                id_,
                name,
                " · ".join(p for p in (petitioner or "", ntr("{n} member", "{n} members", number)) if p),
                chip=ntr("{n} case", "{n} cases", held) if held else "",
                tone="blue",
            )
            for id_, name, petitioner, number, held in session.execute(query)
        ]


def _event_columns(kind: type[Event]) -> tuple[Any, ...]:
    table = Event.__table__.c
    return (kind.id, kind.title, table.on_edtf, table.on_words, kind.place)


def _when(edtf: str | None, words: str | None) -> str:
    return KnownDate.from_edtf(edtf).short() if edtf else words or ""


def _in_year(year: int) -> sa.ColumnElement[bool]:
    on = Event.__table__.c
    return sa.and_(on.on_earliest <= dt.date(year, 12, 31), on.on_latest >= dt.date(year, 1, 1))


def count_protests(store: Store, year: int = 0) -> int:
    """Return how many protests there were, of one year or of all."""
    query = sa.select(Protest.id)
    return _count(store, query.where(_in_year(year)) if year else query)


def count_meetings(store: Store, office_id: str = "", year: int = 0) -> int:
    """Return how many meetings there were, of one office or year or of all."""
    query = sa.select(Meeting.id)
    if office_id:
        query = query.where(Meeting.office_id == office_id)
    return _count(store, query.where(_in_year(year)) if year else query)


def _count(store: Store, query: sa.Select[Any]) -> int:
    with store.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def protest_lines(
    store: Store, text: str = "", offset: int = 0, limit: int = 200, *, year: int = 0
) -> list[Line]:
    """Return a page of the list of protests, the latest first."""
    held = (
        sa.select(sa.func.count())
        .where(
            Participant.event_id == Protest.id,
            Participant.outcome.in_([Outcome.DETAINED, Outcome.FINED, Outcome.ARRESTED]),
        )
        .scalar_subquery()
    )
    query: sa.Select[Any] = sa.select(*_event_columns(Protest), Protest.series, held)
    query = query.order_by(Event.__table__.c.on_latest.desc(), Protest.title)
    if year:
        query = query.where(_in_year(year))
    if text:
        query = query.where(
            sa.or_(
                Protest.title.icontains(text, autoescape=True), Protest.place.icontains(text, autoescape=True)
            )
        )
    with store.reading() as session:
        return [
            Line(
                id_,
                title,
                " · ".join(p for p in (_when(edtf, words), place or "", series or "") if p),
                chip=ntr("{n} detained", "{n} detained", n) if n else "",
                tone="amber",
            )
            for id_, title, edtf, words, place, series, n in session.execute(
                query.offset(offset).limit(limit)
            )
        ]


def meeting_lines(
    store: Store, text: str = "", offset: int = 0, limit: int = 200, *, office_id: str = "", year: int = 0
) -> list[Line]:
    """Return a page of the list of meetings, the latest first."""
    cases = sa.select(sa.func.count()).where(PresentedCase.meeting_id == Meeting.id).scalar_subquery()
    late = (
        sa.select(sa.func.count())
        .select_from(PromisedCase)
        .join(Promise)
        .where(Promise.meeting_id == Meeting.id, _owed(store.today()))
        .scalar_subquery()
    )
    query: sa.Select[Any] = sa.select(*_event_columns(Meeting), Office.name, cases, late).join(
        Office, Office.id == Meeting.office_id
    )
    query = query.order_by(Event.__table__.c.on_latest.desc(), Meeting.title)
    if office_id:
        query = query.where(Meeting.office_id == office_id)
    if year:
        query = query.where(_in_year(year))
    if text:
        query = query.where(
            sa.or_(
                Meeting.title.icontains(text, autoescape=True), Office.name.icontains(text, autoescape=True)
            )
        )
    with store.reading() as session:
        return [
            Line(
                id_,
                office,
                " · ".join(
                    p
                    for p in (_when(edtf, words), place or "", ntr("{n} case", "{n} cases", n) if n else "")
                    if p
                ),
                chip=ntr("{n} overdue", "{n} overdue", overdue) if overdue else "",
                tone="red",
            )
            for id_, _, edtf, words, place, office, n, overdue in session.execute(
                query.offset(offset).limit(limit)
            )
        ]


def count(store: Store, entity: type[Entity]) -> int:
    """Return how many records of an entity there are."""
    with store.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(entity)) or 0


def options(store: Store, entity: type[Entity], text: str = "", limit: int = 50) -> list[tuple[str, str]]:
    """Return ids and titles to choose from, those that match first; people and cases by every spelling."""
    if entity is Person:
        return [(line.id, line.title) for line in person_lines(store, text, limit=limit)]
    if entity is Case:
        lines = case_lines(store, Filter(text=text), limit=limit)
        return [(line.id, f"{line.title} · {line.detail.split(' · ')[0]}") for line in lines]
    column = sa.inspect(entity).columns[entity.named_by[0]]
    query = sa.select(entity.id, column).order_by(column).limit(limit)
    if text:
        query = query.where(column.icontains(text, autoescape=True))
    with store.reading() as session:
        return [(id_, str(title)) for id_, title in session.execute(query)]


def search(store: Store, text: str, limit: int = 5) -> list[Hit]:
    """Return at most `limit` of each kind: by any spelling of a name, title, or reference of a case."""
    if not folded(text).strip():
        return []
    cases = case_lines(store, Filter(text=text), limit=limit)
    hits = [Hit("Case", c.id, c.title, c.detail) for c in cases]
    hits += [Hit("Person", p.id, p.title, p.detail) for p in person_lines(store, text, limit=limit)]
    hits += [Hit("Family", f.id, f.title, f.detail) for f in family_lines(store, text, limit=limit)]
    hits += [Hit("Protest", p.id, p.title, p.detail) for p in protest_lines(store, text, limit=limit)]
    hits += [Hit("Meeting", m.id, m.title, m.detail) for m in meeting_lines(store, text, limit=limit)]
    return hits


def in_custody() -> frozenset[CustodyStatus]:
    """Return the statuses that count as in custody."""
    return IN_CUSTODY


def cases_for_event(store: Store, event_id: str) -> list[str]:
    """Return the ids of the cases that an event is linked to."""
    with store.reading() as session:
        return list(session.scalars(sa.select(CaseEvent.case_id).where(CaseEvent.event_id == event_id)))
