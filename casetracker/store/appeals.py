"""The list of appeals: how each stands, the overdue ones first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Appeal as A  # noqa: N817 - stands on every line of the queries
from casetracker.model import AppealCase, Office, clock
from casetracker.model.clock import Countdown, Unit
from casetracker.model.dates import KnownDate
from casetracker.model.work.post import BodyKind
from casetracker.model.work.reply_clock import Progress
from casetracker.model.workdays import calendar
from casetracker.store.lists import Among, Line, within
from casetracker.store.store import Store

SOON = 7  # days before the last one from which a term is shown as pressing


class Standing(Enum):
    """How appeals stand, as the list is narrowed to it."""

    OVERDUE = N_("Overdue")
    OPEN = N_("Open")
    ANSWERED = N_("Answered")
    DRAFT = N_("Not sent yet")


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to: appeals with any of these standings, to one office, with one case."""

    standings: frozenset[Standing] = frozenset()
    office_id: str = ""
    case_id: str = ""


def _sent() -> sa.ColumnElement[bool]:
    return sa.or_(A.sent.is_not(None), A.received.is_not(None), A.registered_on.is_not(None))


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(_sent(), A.answered_on.is_(None))


def _stands(standing: Standing, today: dt.date) -> sa.ColumnElement[bool]:
    if standing is Standing.OVERDUE:
        return sa.and_(_open(), A.reply_due < today)
    if standing is Standing.OPEN:
        return _open()
    return A.answered_on.is_not(None) if standing is Standing.ANSWERED else sa.not_(_sent())


def _ids(wanted: Wanted, today: dt.date) -> sa.Select[str]:
    query = sa.select(A.id)
    if wanted.standings:
        query = query.where(sa.or_(*(_stands(s, today) for s in Standing if s in wanted.standings)))
    if wanted.office_id:
        query = query.where(sa.or_(A.office_id == wanted.office_id, A.forwarded_to_id == wanted.office_id))
    if wanted.case_id:
        query = query.where(
            A.id.in_(sa.select(AppealCase.appeal_id).where(AppealCase.case_id == wanted.case_id))
        )
    return query


def count_appeals(store: Store, wanted: Wanted = Wanted()) -> int:
    """Return how many appeals are left."""
    with store.reading() as session:
        found = sa.select(sa.func.count()).select_from(_ids(wanted, store.today()).subquery())
        return session.scalar(found) or 0


def tone_of(progress: Progress, left: Countdown | None) -> str:
    """Return the tone of the chip that shows how an appeal stands."""
    if progress is Progress.OVERDUE:
        return "red"
    if progress in (Progress.ANSWERED, Progress.LATE):
        return "green" if progress is Progress.ANSWERED else "amber"
    return "amber" if left and left.days <= SOON else "grey"


def appeal_lines(
    store: Store, wanted: Wanted = Wanted(), offset: int = 0, limit: int = 200, *, among: Among = None
) -> list[Line]:
    """Return a page of the list: what is waited for first, the oldest due first; then the latest."""
    waits = sa.case((_open(), 0), (sa.not_(_sent()), 1), else_=2)
    due = sa.case((_open(), A.reply_due), else_=None)
    order = (waits, due.asc().nulls_last(), A.sent.desc(), A.subject, A.id)
    page = (
        within(_ids(wanted, store.today()), A.id, among)
        .order_by(*order)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    to, passed_to = aliased(Office), aliased(Office)
    cases = sa.select(sa.func.count()).where(AppealCase.appeal_id == A.id).scalar_subquery()
    query = (
        sa.select(
            A.id, A.subject, A.kind, A.sent, A.received, A.registered_on, A.registered, A.reply_due,
            A.answered_on, A.forwarded_on, to.name.label("office"), to.body.label("body"),
            passed_to.name.label("now_at"), passed_to.body.label("now_body"), cases.label("cases"),
        )
        .join(page, page.c.id == A.id)
        .join(to, to.id == A.office_id)
        .outerjoin(passed_to, sa.and_(passed_to.id == A.forwarded_to_id, A.forwarded_on.is_not(None)))
        .order_by(*order)
    )  # fmt: skip
    with store.reading() as session:
        return [_line(row, store.today()) for row in session.execute(query)]


def _line(row: Any, today: dt.date) -> Line:
    progress = _progress(row, today)
    left = _left(row, today) if progress in (Progress.WAITING, Progress.OVERDUE) else None
    sent = row.sent or row.received or row.registered_on
    detail = (
        row.now_at or row.office,
        KnownDate.on(sent).short() if sent else "",
        ntr("{n} case", "{n} cases", row.cases) if row.cases else tr(N_("no case")),
    )
    return Line(
        row.id,
        row.subject,
        " · ".join(part for part in detail if part),
        row.registered or "",
        left.text() if left else tr(progress.value),
        tone_of(progress, left),
    )


def _left(row: Any, today: dt.date) -> Countdown | None:
    """Return how far away the last day is, in the unit of the rule by which it was worked out."""
    body: BodyKind | None = row.now_body if row.now_at else row.body
    rule = clock.reply_rule(row.kind or "", body.name.lower() if body else "")
    working = rule is not None and rule.unit is Unit.WORKING_DAYS
    return clock.countdown(row.reply_due, today, calendar() if working else None) if row.reply_due else None


def _progress(row: Any, today: dt.date) -> Progress:
    due, answered = row.reply_due, row.answered_on
    if not (row.sent or row.received or row.registered_on):
        return Progress.DRAFT
    if answered and answered <= today:
        return Progress.LATE if due and answered > due else Progress.ANSWERED
    return Progress.OVERDUE if due and due < today else Progress.WAITING
