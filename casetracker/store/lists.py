"""Lines of lists: columns, not records, so that the database pages, sorts and counts 100,000 of them.

Lists are the office's own; what leaves the program never comes from here but from a reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

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
from casetracker.model.terms import label_of
from casetracker.store import finding
from casetracker.store.finding import How
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
class Filter:
    """What a list of cases is narrowed to; everything given must hold."""

    text: str = ""
    status: frozenset[CustodyStatus] = frozenset()
    overdue: bool = False
    consent_ending: bool = False


Among = sa.Select[str] | None  # the ids to which a list is kept, as `store.views` chose them


def within(query: sa.Select[Any], key: Any, among: Among) -> sa.Select[Any]:
    """Keep a query to the records among these; to all, if nothing was chosen."""
    return query if among is None else query.where(key.in_(among))


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


def _owed(today: dt.date) -> sa.ColumnElement[bool]:
    owed = sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))
    return sa.and_(Promise.due < today, owed)


# Cases


def _case_query(session: Session, wanted: Filter, today: dt.date) -> sa.Select[Any]:
    """The ids of the cases that the filter leaves, and how well each matches its text."""
    if wanted.text:
        who = finding.people(session, wanted.text)
        ref = Case.ref.contains(wanted.text.strip().upper(), autoescape=True)
        how = sa.case((ref, int(How.SPELLED)), else_=who.c.how).label("how")
        query = sa.select(Case.id, how).outerjoin(who, who.c.person_id == Case.person_id)
        query = query.where(sa.or_(who.c.person_id.is_not(None), ref))
    else:
        query = sa.select(Case.id, sa.literal(int(How.SPELLED)).label("how"))
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
        query = _case_query(session, wanted, store.today()).subquery()
        return session.scalar(sa.select(sa.func.count()).select_from(query)) or 0


def case_lines(
    store: Store, wanted: Filter = Filter(), offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the list of cases: what is spelled so, then the latest news first."""
    with store.reading() as session:
        chosen = within(_case_query(session, wanted, store.today()), Case.id, among)
        page = (
            chosen.order_by(*(["how"] if wanted.text else []), Case.last_news.desc().nulls_last(), Case.ref)
            .offset(offset)
            .limit(limit)
            .subquery()
        )
        return [_case_line(row, store.today()) for row in session.execute(_case_columns(page))]


def _case_columns(page: sa.Subquery) -> sa.Select[Any]:
    first = sa.select(Episode.id).where(Episode.case_id == Case.id).order_by(Episode.position.desc()).limit(1)
    episode = aliased(Episode)
    return (
        sa.select(
            Case.id,
            Case.ref,
            main_name(Case.person_id),
            Case.status,
            Case.last_news,
            episode.county,
            sa.inspect(episode).selectable.c.arrested_edtf,
            sa.inspect(episode).selectable.c.arrested_words,
            Case.term_years,
            main_name(Family.petitioner_id),
        )
        .join(page, page.c.id == Case.id)
        .outerjoin(episode, episode.id == first.scalar_subquery())
        .outerjoin(Family, Family.id == Case.family_id)
        .order_by(page.c.how, Case.last_news.desc().nulls_last(), Case.ref)
    )


def _case_line(row: Sequence[Any], today: dt.date) -> Line:
    id_, ref, name, status, news, county, edtf, words, years, petitioner = row
    since = KnownDate.from_edtf(edtf).short() if edtf else words or ""
    detail = [ref, county or "", tr(N_("since {date}"), date=since) if since else "", petitioner or ""]
    chip = label_of(status)
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


def person_lines(
    store: Store, text: str = "", offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the list of people by name, those who are spelled so before those who sound so."""
    with store.reading() as session:
        who = finding.people(session, text) if text else None
        columns: tuple[Any, ...] = (PersonName.person_id.label("id"), PersonName.full, PersonName.folded)
        ordered = sa.select(*columns).where(PersonName.position == 0)  # the first name is the main one
        ordered = within(ordered, PersonName.person_id, among)
        how: sa.ColumnElement[Any] = sa.literal(int(How.SPELLED))
        if who is not None:
            how = who.c.how
            ordered = ordered.join(who, who.c.person_id == PersonName.person_id).order_by(how)
        ordered = ordered.add_columns(how.label("how")).order_by(PersonName.folded, PersonName.person_id)
        page = ordered.offset(offset).limit(limit).subquery()  # little is sorted; the rest is read after it
        return [_person_line(row) for row in session.execute(_person_columns(page))]


def _person_columns(page: sa.Subquery) -> sa.Select[Any]:
    birth = Person.__table__.c.birth_edtf
    case = sa.select(Case.ref).where(Case.person_id == Person.id).limit(1).scalar_subquery()
    return (
        sa.select(Person.id, page.c.full, birth, Person.ethnicity, case, Person.public_figure)
        .join(page, page.c.id == Person.id)
        .order_by(page.c.how, page.c.folded, Person.id)
    )


def _person_line(row: Sequence[Any]) -> Line:
    id_, name, born, people, ref, public = row
    return Line(
        id_,
        name or tr(N_("No name")),
        " · ".join(d for d in (KnownDate.from_edtf(born).short() if born else "", people or "") if d),
        chip=ref or (tr(N_("Official")) if public else ""),
        tone="blue",
    )


def family_lines(
    store: Store, text: str = "", offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the list of families by name: what is spelled so before what sounds so."""
    with store.reading() as session:
        ordered = within(_families(session, text), Family.id, among).offset(offset).limit(limit)
        return [_family_line(row) for row in session.execute(_family_columns(ordered.subquery()))]


def _families(session: Session, text: str) -> sa.Select[Any]:
    how: sa.ColumnElement[Any] = sa.literal(int(How.SPELLED)).label("how")
    families: sa.Select[Any] = sa.select(Family.id)
    if not text:
        return families.add_columns(how).order_by(Family.name, Family.id)
    who = finding.people(session, text)
    by_name = sa.select(Family.id, how)
    petitioner = sa.select(Family.id, who.c.how).join(who, who.c.person_id == Family.petitioner_id)
    member = sa.select(FamilyMember.family_id, who.c.how).join(who, who.c.person_id == FamilyMember.person_id)
    every = sa.union_all(
        by_name.where(Family.name.icontains(text, autoescape=True)), petitioner, member
    ).subquery()
    how = sa.func.min(every.c.how).label("how")
    families = families.add_columns(how).join(every, every.c.id == Family.id)
    return families.group_by(Family.id, Family.name).order_by(how, Family.name, Family.id)


def _family_columns(page: sa.Subquery) -> sa.Select[Any]:
    members = sa.select(sa.func.count()).where(FamilyMember.family_id == Family.id).scalar_subquery()
    cases = sa.select(sa.func.count()).where(Case.family_id == Family.id).scalar_subquery()
    return (
        sa.select(Family.id, Family.name, main_name(Family.petitioner_id), members, cases)
        .join(page, page.c.id == Family.id)
        .order_by(page.c.how, Family.name, Family.id)
    )


def _family_line(row: Sequence[Any]) -> Line:
    id_, name, petitioner, number, held = row
    return Line(
        id_,
        name,
        " · ".join(p for p in (petitioner or "", ntr("{n} member", "{n} members", number)) if p),
        chip=ntr("{n} case", "{n} cases", held) if held else "",
        tone="blue",
    )


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


def _latest_first(
    kind: type[Event], query: sa.Select[Any], page: sa.Select[Any], offset: int, limit: int
) -> sa.Select[Any]:
    """Sort the few columns of `page`, and read those of `query` for what is on it, and no more."""
    order = (Event.__table__.c.on_latest.desc(), kind.title, kind.id)
    ids = page.order_by(*order).offset(offset).limit(limit).subquery()
    return query.join(ids, ids.c.id == kind.id).order_by(*order)


def protest_lines(
    store: Store, text: str = "", offset: int = 0, limit: int = 200, *, year: int = 0, among: Among = None
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
    page: sa.Select[Any] = within(sa.select(Protest.id), Protest.id, among)
    if year:
        page = page.where(_in_year(year))
    if text:
        page = page.where(
            sa.or_(
                Protest.title.icontains(text, autoescape=True), Protest.place.icontains(text, autoescape=True)
            )
        )
    query: sa.Select[Any] = sa.select(*_event_columns(Protest), Protest.series, held)
    query = _latest_first(Protest, query, page, offset, limit)
    with store.reading() as session:
        return [
            Line(
                id_,
                title,
                " · ".join(p for p in (_when(edtf, words), place or "", series or "") if p),
                chip=ntr("{n} detained", "{n} detained", n) if n else "",
                tone="amber",
            )
            for id_, title, edtf, words, place, series, n in session.execute(query)
        ]


def meeting_lines(
    store: Store,
    text: str = "",
    offset: int = 0,
    limit: int = 200,
    *,
    office_id: str = "",
    year: int = 0,
    among: Among = None,
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
    page: sa.Select[Any] = sa.select(Meeting.id).join(Office, Office.id == Meeting.office_id)
    if office_id:
        page = page.where(Meeting.office_id == office_id)
    if year:
        page = page.where(_in_year(year))
    page = within(page, Meeting.id, among)
    if text:
        page = page.where(
            sa.or_(
                Meeting.title.icontains(text, autoescape=True), Office.name.icontains(text, autoescape=True)
            )
        )
    query: sa.Select[Any] = sa.select(*_event_columns(Meeting), Office.name, cases, late)
    query = query.join(Office, Office.id == Meeting.office_id)
    query = _latest_first(Meeting, query, page, offset, limit)
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
            for id_, _, edtf, words, place, office, n, overdue in session.execute(query)
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


def in_custody() -> frozenset[CustodyStatus]:
    """Return the statuses that count as in custody."""
    return IN_CUSTODY


def cases_for_event(store: Store, event_id: str) -> list[str]:
    """Return the ids of the cases that an event is linked to."""
    with store.reading() as session:
        return list(session.scalars(sa.select(CaseEvent.case_id).where(CaseEvent.event_id == event_id)))
