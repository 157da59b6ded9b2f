"""Lines of the list of events that have no list of their own: hearings, petitions, reprisals and the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import (
    Event,
    Hearing,
    Judgment,
    OtherEvent,
    Penalty,
    Petition,
    Reprisal,
    UNSession,
    terms,
)
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import EventState
from casetracker.store.lists import Among, Line, within
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

KINDS: tuple[type[Event], ...] = (Hearing, Petition, UNSession, Reprisal, OtherEvent)
_BY_SORT = {kind.__name__.lower(): kind for kind in KINDS}
_TABLE = Event.__table__.c


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to: `kind` is a class, perhaps with a code ("OtherEvent:visit")."""

    text: str = ""
    kind: str = ""
    year: int = 0


def _chosen(wanted: Wanted) -> sa.Select[Any]:
    query = sa.select(_TABLE.id).where(listed())
    name, _, code = wanted.kind.partition(":")
    if name:
        query = query.where(_TABLE.sort == name.lower())
    if code:
        other = OtherEvent.__table__.c
        query = query.where(_TABLE.id.in_(sa.select(other.id).where(other.kind == code)))
    if wanted.year:
        first, last = dt.date(wanted.year, 1, 1), dt.date(wanted.year, 12, 31)
        query = query.where(_TABLE.on_earliest <= last, _TABLE.on_latest >= first)
    if wanted.text:
        like = (c.icontains(wanted.text, autoescape=True) for c in (_TABLE.title, _TABLE.place))
        query = query.where(sa.or_(*like))
    return query


def listed() -> sa.ColumnElement[bool]:
    """Whether an event is one of those on this list."""
    return _TABLE.sort.in_(_BY_SORT)


def count_events(store: Store, wanted: Wanted = Wanted()) -> int:
    """Return how many events the list has."""
    with store.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(_chosen(wanted).subquery())) or 0


def event_lines(
    store: Store, wanted: Wanted = Wanted(), offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the list, the latest first."""
    order = (_TABLE.on_latest.desc(), _TABLE.title, _TABLE.id)
    page = within(_chosen(wanted), _TABLE.id, among).order_by(*order).offset(offset).limit(limit).subquery()
    names = ("id", "title", "on_edtf", "on_words", "place", "sort", "state")
    columns = [_TABLE[name] for name in names]
    other = OtherEvent.__table__.c
    query = (
        sa.select(*columns, other.kind)
        .join(page, page.c.id == _TABLE.id)
        .outerjoin(OtherEvent.__table__, other.id == _TABLE.id)
        .order_by(*order)
    )
    with store.reading() as session:
        return [_line(row) for row in session.execute(query)]


def _line(row: Any) -> Line:
    id_, title, edtf, words, place, sort, state, code = row
    when = KnownDate.from_edtf(edtf).short() if edtf else words or ""
    kind = _BY_SORT[sort]
    side = terms.label_of(state) if state in (EventState.PLANNED, EventState.CANCELLED) else ""
    return Line(
        id_,
        title,
        " · ".join(p for p in (when, place or "") if p),
        side,
        terms.label("event_kind", code) if code else tr(kind.singular),
        "red" if kind is Reprisal else "blue",
    )


def kinds(store: Store) -> list[tuple[str, str]]:
    """Return the kinds to narrow the list to: key and name; of other events those that occur."""
    other = OtherEvent.__table__.c
    with store.reading() as session:
        codes = list(session.scalars(sa.select(other.kind).distinct().order_by(other.kind)))
    found = [(kind.__name__, tr(kind.plural)) for kind in KINDS if kind is not OtherEvent]
    return found + [(f"OtherEvent:{code}", terms.label("event_kind", code)) for code in codes]


def years(store: Store) -> list[str]:
    """Return the years in which there were such events, the latest first."""
    year = sa.extract("year", _TABLE.on_latest)
    query = sa.select(year).where(_TABLE.sort.in_(_BY_SORT), _TABLE.on_latest.is_not(None)).distinct()
    with store.reading() as session:
        return [str(found) for found in session.scalars(query.order_by(year.desc()))]


# What a hearing can be about


def penalty_text(penalty: DisclosedRecord) -> str:
    """Say whose penalty it is, and which."""
    participant = penalty.ref("participant_id")
    who = participant.text("person_id") if participant else ""
    return " · ".join(p for p in (who, penalty.title, penalty.text("decided")) if p)


def judgment_text(judgment: DisclosedRecord) -> str:
    """Say in whose case a judgment was given, and by which court."""
    episode = judgment.ref("episode_id")
    case = episode.ref("case_id") if episode else None
    who = case.text("person_id") if case else ""
    return " · ".join(p for p in (who, judgment.text("court"), judgment.text("decided")) if p)


def penalties(store: Store, text: str = "", limit: int = 12) -> list[tuple[str, str]]:
    """Return penalties to choose from, the latest first: of people of that name, or under that article."""
    with store.reader() as reader:
        query = sa.select(Penalty.id).order_by(Penalty.decided.desc().nulls_last(), Penalty.id)
        found = reader.many(Penalty, reader.ids(query.limit(500)))
        return _matching([(p.id, penalty_text(p)) for p in found], text, limit)


def judgments(store: Store, text: str = "", limit: int = 12) -> list[tuple[str, str]]:
    """Return judgments to choose from: those about people of that name, or of that court."""
    with store.reader() as reader:
        found = reader.many(Judgment, reader.ids(sa.select(Judgment.id).order_by(Judgment.id).limit(500)))
        return _matching([(j.id, judgment_text(j)) for j in found], text, limit)


def _matching(titles: list[tuple[str, str]], text: str, limit: int) -> list[tuple[str, str]]:
    wanted = text.casefold()
    return [each for each in titles if wanted in each[1].casefold()][:limit]


def when_text(event: DisclosedRecord) -> str:
    """Say when an event is or was, with its hours."""
    hours = "–".join(p for p in (event.text("starts"), event.text("ends")) if p)
    return " ".join(p for p in (event.text("on"), hours) if p)


def days_until(event: DisclosedRecord, today: dt.date) -> int | None:
    """Return in how many days a planned event is; below zero once it has passed; None if not planned."""
    on: KnownDate | None = event.value("on")
    day = (on.latest or on.earliest) if on else None
    planned = event.value("state") is EventState.PLANNED
    return (day - today).days if planned and day else None


def waiting_text(days: int) -> str:
    """Say how far away a planned event is."""
    if days < 0:
        return tr(N_("planned; did it take place?"))
    if days == 0:
        return tr(N_("planned for today"))
    return tr(N_("planned, in {n} d"), n=days)


def planned(reader: Reader) -> list[DisclosedRecord]:
    """Return the events of every kind that are planned, the next first; those whose day has passed too.

    They are deadlines: hearings, meetings, protests, sessions. Whoever marks one as held takes it off.
    """
    query = (
        sa.select(_TABLE.id).where(_TABLE.state == EventState.PLANNED).order_by(_TABLE.on_latest, _TABLE.id)
    )
    return reader.many(Event, reader.ids(query))
