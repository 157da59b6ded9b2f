"""The ledger of promises over all offices: its lines, and what became of a promise, a case at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Event, Meeting, Office, Promise, PromisedCase
from casetracker.model.dates import KnownDate
from casetracker.model.events.promise import STILL_OWED, PromiseOutcome
from casetracker.model.terms import label_of
from casetracker.store.draft import Draft
from casetracker.store.lists import Among, Line, within
from casetracker.store.store import Store


class Standing(Enum):
    """How a promise stands, as the ledger is narrowed to it."""

    OVERDUE = N_("Overdue")
    OPEN = N_("Open")
    KEPT = N_("Kept")
    REFUSED = N_("Refused or silent")


@dataclass(frozen=True)
class Wanted:
    """What the ledger is narrowed to: promises with any of these standings for some case, of one office."""

    standings: frozenset[Standing] = frozenset()
    office_id: str = ""


def _is_open() -> sa.ColumnElement[bool]:
    return sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))


def _stands(standing: Standing, today: dt.date) -> sa.ColumnElement[bool]:
    means = {
        Standing.OVERDUE: sa.and_(Promise.due < today, _is_open()),
        Standing.OPEN: _is_open(),
        Standing.KEPT: PromisedCase.outcome.in_([PromiseOutcome.KEPT, PromiseOutcome.PARTLY]),
        Standing.REFUSED: PromisedCase.outcome.in_([PromiseOutcome.REFUSED, PromiseOutcome.SILENT]),
    }
    return sa.exists().where(PromisedCase.promise_id == Promise.id, means[standing])


def _ids(wanted: Wanted, today: dt.date) -> sa.Select[str]:
    query = sa.select(Promise.id)
    if wanted.standings:
        query = query.where(sa.or_(*(_stands(s, today) for s in sorted(wanted.standings, key=_rank))))
    if wanted.office_id:
        query = query.join(Meeting, Meeting.id == Promise.meeting_id)
        query = query.where(Meeting.office_id == wanted.office_id)
    return query


def _rank(standing: Standing) -> int:
    return list(Standing).index(standing)


def count_promises(store: Store, wanted: Wanted = Wanted()) -> int:
    """Return how many promises are left."""
    with store.reading() as session:
        query = sa.select(sa.func.count()).select_from(_ids(wanted, store.today()).subquery())
        return session.scalar(query) or 0


def promise_lines(
    store: Store, wanted: Wanted = Wanted(), offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the ledger: what is still owed first, the oldest due date at the top."""

    def covered(*more: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count())
            .where(PromisedCase.promise_id == Promise.id, *more)
            .correlate(Promise)
            .scalar_subquery()
        )

    on = Event.__table__.c
    owed = covered(_is_open())
    query = (
        sa.select(
            Promise.id, Promise.words, Promise.due, Office.name, on.on_edtf, on.on_words, covered(), owed,
            covered(PromisedCase.outcome.in_([PromiseOutcome.KEPT])),
        )
        .join(Meeting, Meeting.id == Promise.meeting_id)
        .join(Office, Office.id == Meeting.office_id)
        .where(Promise.id.in_(_ids(wanted, store.today())))
        .order_by((owed == 0), Promise.due.asc().nulls_last(), Promise.words, Promise.id)
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    with store.reading() as session:
        rows = session.execute(within(query, Promise.id, among))
        return [_line(row, store.today()) for row in rows]


def _line(row: Sequence[Any], today: dt.date) -> Line:
    id_, words, due, office, edtf, spoken, cases, owed, kept = row
    made = KnownDate.from_edtf(edtf).short() if edtf else spoken or ""
    detail = [office, made, ntr("{n} case", "{n} cases", cases) if cases else tr(N_("no case"))]
    chip, tone = _state(due, owed, kept, cases, today)
    return Line(id_, words, " · ".join(d for d in detail if d), "", chip, tone)


def _state(due: dt.date | None, owed: int, kept: int, cases: int, today: dt.date) -> tuple[str, str]:
    if owed:
        return due_chip(due, today)
    if cases and kept == cases:
        return tr(N_("Kept")), "green"
    return (tr(N_("Partly kept")), "amber") if kept else (tr(N_("Ended")), "grey")


def due_chip(due: dt.date | None, today: dt.date) -> tuple[str, str]:
    """Return what is said of the due date of something that is still owed, and the tone of it."""
    if due is None:
        return tr(N_("no date")), "grey"
    days = (due - today).days
    if days < 0:
        return ntr("{n} d overdue", "{n} d overdue", -days), "red"
    if days == 0:
        return tr(N_("due today")), "amber"
    if days <= 14:
        return ntr("in {n} d", "in {n} d", days), "amber"
    return KnownDate.on(due).short(), "grey"


def years(store: Store, kind: type[Event]) -> list[int]:
    """Return the years in which there were such events, the latest first."""
    day = Event.__table__.c.on_latest
    query = sa.select(sa.extract("year", day)).select_from(kind).distinct()
    with store.reading() as session:
        return sorted({int(year) for year in session.scalars(query.where(day.is_not(None)))}, reverse=True)


def set_outcome(
    store: Store, promise_id: str, case_ids: Iterable[str], outcome: PromiseOutcome, on: dt.date | None
) -> None:
    """Say what became of a promise for these cases, as one action that can be undone."""
    promise, wanted = store.draft(Promise, promise_id), set(case_ids)
    covers = promise.children["covers"]
    for covered in covers:
        if covered.values["case_id"] in wanted:
            covered.values |= {"outcome": outcome, "outcome_on": on}
    label = tr(N_("{outcome}: {words}"), outcome=label_of(outcome), words=str(promise.values["words"]))
    store.save(Draft(Promise, promise.id, promise.version, {}, {"covers": covers}, promise.seen), label)
