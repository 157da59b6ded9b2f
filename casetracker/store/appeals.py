"""Appeals as lists and pages show them: how each stands, and what was replied to each case in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Appeal as A  # noqa: N817 - stands on every line of the queries
from casetracker.model import AppealCase, Office, clock
from casetracker.model.clock import Countdown, Rule, Unit
from casetracker.model.dates import KnownDate
from casetracker.model.work.post import BodyKind
from casetracker.model.work.reply_clock import Progress
from casetracker.model.workdays import calendar
from casetracker.store.lists import Line
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


@dataclass(frozen=True)
class Clock:
    """How one appeal stands: by when it is to be answered, how far away that is, and by which rule."""

    appeal_id: str
    ref: str
    subject: str
    office_id: str
    office: str  # at which the paper now lies
    progress: Progress
    due: dt.date | None
    left: Countdown | None  # nothing where no day is known or nothing is waited for
    rule: Rule | None
    extended: bool
    forwarded: bool
    sent: dt.date | None
    registered: str
    cases: int

    @property
    def words(self) -> str:
        """How it stands, in words: "5 working days left", "88 working days overdue", "Answered late"."""
        return self.left.text() if self.left else tr(self.progress.value)

    @property
    def basis(self) -> str:
        """Where the rule is written, and that it is not verified where it is not."""
        return self.rule.basis() if self.rule else ""

    @property
    def tone(self) -> str:
        """The tone of the chip that shows it."""
        return tone_of(self.progress, self.left)


def tone_of(progress: Progress, left: Countdown | None) -> str:
    """Return the tone of the chip that shows how an appeal stands."""
    if progress is Progress.OVERDUE:
        return "red"
    if progress in (Progress.ANSWERED, Progress.LATE):
        return "green" if progress is Progress.ANSWERED else "amber"
    return "amber" if left and left.days <= SOON else "grey"


def clocks(session: Session, today: dt.date, limit: int = 200) -> list[Clock]:
    """Return the appeals whose reply is waited for, the oldest due first; those without a day at the end."""
    order = (A.reply_due.asc().nulls_last(), A.subject, A.id)
    return _read(session, sa.select(A.id).where(_open()).order_by(*order).limit(limit), order, today)


def _read(session: Session, chosen: sa.Select[str], order: Sequence[Any], today: dt.date) -> list[Clock]:
    """Read how these appeals stand, with one statement."""
    held, now_at = sa.orm.aliased(Office), sa.orm.aliased(Office)
    cases = sa.select(sa.func.count()).where(AppealCase.appeal_id == A.id).scalar_subquery()
    page = chosen.subquery()
    query = (
        sa.select(
            A.id, A.ref, A.subject, A.kind, A.sent, A.received, A.registered_on, A.registered,
            A.reply_due, A.answered_on, A.extended_on, A.extended_until, A.forwarded_on,
            held.id.label("office_id"), held.name.label("office"), held.body.label("body"),
            now_at.id.label("now_id"), now_at.name.label("now_name"), now_at.body.label("now_body"),
            cases.label("cases"),
        )
        .join(page, page.c.id == A.id)
        .join(held, held.id == A.office_id)
        .outerjoin(now_at, sa.and_(now_at.id == A.forwarded_to_id, A.forwarded_on.is_not(None)))
        .order_by(*order)
    )  # fmt: skip
    return [_clock(row, today) for row in session.execute(query)]


def _clock(row: Any, today: dt.date) -> Clock:
    body: BodyKind | None = row.now_body if row.now_id else row.body
    rule = clock.reply_rule(row.kind or "", body.name.lower() if body else "")
    progress = _progress(row, today)
    left = None
    if row.reply_due and progress in (Progress.WAITING, Progress.OVERDUE):
        working = rule is not None and rule.unit is Unit.WORKING_DAYS
        left = clock.countdown(row.reply_due, today, calendar() if working else None)
    return Clock(
        appeal_id=row.id,
        ref=row.ref,
        subject=row.subject,
        office_id=row.now_id or row.office_id,
        office=row.now_name or row.office,
        progress=progress,
        due=row.reply_due,
        left=left,
        rule=rule,
        extended=bool(row.extended_on or row.extended_until),
        forwarded=bool(row.now_id),
        sent=row.sent or row.received or row.registered_on,
        registered=row.registered or "",
        cases=row.cases,
    )


def _progress(row: Any, today: dt.date) -> Progress:
    due, answered = row.reply_due, row.answered_on
    if not (row.sent or row.received or row.registered_on):
        return Progress.DRAFT
    if answered and answered <= today:
        return Progress.LATE if due and answered > due else Progress.ANSWERED
    return Progress.OVERDUE if due and due < today else Progress.WAITING


def appeal_lines(store: Store, wanted: Wanted = Wanted(), offset: int = 0, limit: int = 200) -> list[Line]:
    """Return a page of the list: what is waited for first, the oldest due first; then the latest."""
    waits = sa.case((_open(), 0), (sa.not_(_sent()), 1), else_=2)
    due = sa.case((_open(), A.reply_due), else_=None)
    order = (waits, due.asc().nulls_last(), A.sent.desc(), A.subject, A.id)
    with store.reading() as session:
        chosen = _ids(wanted, store.today()).order_by(*order).offset(offset).limit(limit)
        return [_line(found) for found in _read(session, chosen, order, store.today())]


def _line(found: Clock) -> Line:
    detail = (
        found.office,
        KnownDate.on(found.sent).short() if found.sent else "",
        ntr("{n} case", "{n} cases", found.cases) if found.cases else tr(N_("no case")),
    )
    return Line(
        found.appeal_id,
        found.subject,
        " · ".join(part for part in detail if part),
        found.registered,
        found.words,
        found.tone,
    )
