"""Deadlines of what officials owe and what the office planned, and its own tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casetracker.i18n import N_, ntr, tr
from casetracker.model import (
    Appeal,
    AppealCase,
    Case,
    ContactEntry,
    Event,
    Family,
    Meeting,
    Office,
    Promise,
    PromisedCase,
    Protest,
    Task,
)
from casetracker.model.clock import Unit
from casetracker.model.events.event import EventState
from casetracker.model.events.promise import STILL_OWED
from casetracker.model.events.protest import Notice
from casetracker.model.terms import label_of
from casetracker.model.work.reply_clock import reply_clock
from casetracker.model.workdays import calendar
from casetracker.store import deadline_words as words
from casetracker.store import reply_days
from casetracker.store.deadline import Ask, Deadline, Kind, Source, key_of

_ON = Event.__table__.c
_OVER = 60  # days after which a notice that never came is no longer asked for


# What officials owe


def _promises(_today: dt.date) -> sa.Select[Any]:
    owed = sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))
    of_it = (PromisedCase.promise_id == Promise.id, owed)
    cases = sa.select(sa.func.count()).where(*of_it).correlate(Promise).scalar_subquery()
    ref = sa.select(sa.func.min(Case.ref)).join(PromisedCase).where(*of_it).correlate(Promise)
    return (
        sa.select(
            Promise.id,
            Promise.due,
            Promise.words,
            Promise.due_basis,
            Office.name,
            cases,
            ref.scalar_subquery(),
        )
        .join(Meeting, Meeting.id == Promise.meeting_id)
        .join(Office, Office.id == Meeting.office_id)
        .where(sa.exists().where(*of_it).correlate(Promise))
    )


def _promise_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, due, said, basis, office, cases, ref in rows:
        yield Deadline(
            words.key(Kind.PROMISE, id_, due),
            Kind.PROMISE,
            due,
            tr(N_("{office}: {words}"), office=office, words=said),
            ref if cases == 1 else ntr("{n} case", "{n} cases", cases),
            ("Promise", id_),
            label_of(basis) if basis else "",
        )


def _appeals(_today: dt.date) -> sa.Select[Any]:
    to, passed = aliased(Office), aliased(Office)
    cases = sa.select(sa.func.count()).where(AppealCase.appeal_id == Appeal.id).scalar_subquery()
    at = sa.func.coalesce(passed.name, to.name)
    return (
        sa.select(Appeal.id, Appeal.reply_due, Appeal.extended_on, Appeal.subject, at, cases)
        .join(to, to.id == Appeal.office_id)
        .outerjoin(passed, sa.and_(passed.id == Appeal.forwarded_to_id, Appeal.forwarded_on.is_not(None)))
        .where(Appeal.answered_on.is_(None))
    )


def _reply_lines(ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    courses = reply_days.courses(ask.session, [row[0] for row in rows])
    for id_, due, _, subject, office, cases in rows:
        rule = reply_clock(courses[id_], calendar()).rule
        yield Deadline(
            words.key(Kind.APPEAL, id_, due),
            Kind.APPEAL,
            due,
            tr(N_("Reply of {office}: {subject}"), office=office, subject=subject),
            ntr("{n} case", "{n} cases", cases) if cases else "",
            ("Appeal", id_),
            rule.basis() if rule else "",
            in_working_days=rule is not None and rule.unit is Unit.WORKING_DAYS,
        )


_NOTICE = "appeal_extension_notice"


def _extended(today: dt.date) -> sa.Select[Any]:
    return _appeals(today).where(Appeal.extension_notice.is_(None))


def _notice_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, _, extended, subject, office, cases in rows:
        yield Deadline(
            f"{words.key(Kind.APPEAL, id_, extended)}:notice",
            Kind.APPEAL,
            words.due(_NOTICE, extended),
            tr(N_("Notice of the extension by {office}: {subject}"), office=office, subject=subject),
            ntr("{n} case", "{n} cases", cases) if cases else "",
            ("Appeal", id_),
            words.basis(_NOTICE),
            in_working_days=True,
        )


# What the office planned


def _events(today: dt.date) -> sa.Select[Any]:
    still = sa.and_(_ON.state.is_(None), _ON.on_earliest >= today)
    planned = sa.or_(_ON.state == EventState.PLANNED, still)
    return sa.select(_ON.id, _ON.on_earliest, _ON.title, _ON.place, _ON.sort).where(planned)


def _event_lines(ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, day, title, place, sort in rows:
        held = tr(N_("Did it take place? {title}"), title=title)
        yield Deadline(
            words.key(Kind.EVENT, id_, day),
            Kind.EVENT,
            day,
            title if day >= ask.today else held,
            place or "",
            (words.PAGES.get(sort, "Event"), id_),
            tr(N_("planned by us")),
        )


def _protests(today: dt.date) -> sa.Select[Any]:
    told = Protest.notice.in_([Notice.GIVEN, Notice.REFUSED])
    ended = _ON.state.in_([EventState.CANCELLED, EventState.HELD])
    return (
        sa.select(Protest.id, _ON.on_earliest, Protest.title, Protest.place)
        .where(_ON.on_earliest >= today, sa.or_(_ON.state.is_(None), sa.not_(ended)))
        .where(Protest.notice_day.is_(None), sa.or_(Protest.notice.is_(None), sa.not_(told)))
    )


_PROTEST = "protest_notice"


def _protest_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, day, title, place in rows:
        yield Deadline(
            words.key(Kind.PROTEST, id_, day),
            Kind.PROTEST,
            words.due(_PROTEST, day),
            tr(N_("Give notice: {title}"), title=title),
            place or "",
            ("Protest", id_),
            words.basis(_PROTEST),
            in_working_days=True,
        )


def _calls(_today: dt.date) -> sa.Select[Any]:
    entry = ContactEntry
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(entry.id, entry.next_due, entry.family_id, Family.name, Case.ref)
        .join(Family, Family.id == entry.family_id)
        .outerjoin(Case, Case.id == entry.case_id)
        .where(entry.done.is_(None))
    )
    return query


def _call_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, day, family_id, family, ref in rows:
        what = tr(N_("Call: {family}"), family=family)
        told = tr(N_("contact log"))
        yield Deadline(
            words.key(Kind.CALL, id_, day), Kind.CALL, day, what, ref or "", ("Family", family_id), told
        )


def _tasks(_today: dt.date) -> sa.Select[Any]:
    query: sa.Select[*tuple[Any, ...]] = sa.select(Task.id, Task.due, Task.what, Task.whose, Case.ref)
    query = query.outerjoin(Case, Case.id == Task.about_id)
    return query.where(Task.origin.is_(None), Task.done.is_(None))


def _task_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, day, what, whose, ref in rows:
        about, told = words.who(ref, whose), tr(N_("own task"))
        yield Deadline(words.key(Kind.TASK, id_, day), Kind.TASK, day, what, about, ("Task", id_), told)


SOURCES: tuple[Source, ...] = (
    Source(
        Kind.PROMISE, _promises, Promise.due, key_of(Kind.PROMISE, Promise.id, Promise.due), _promise_lines
    ),
    Source(
        Kind.APPEAL,
        _appeals,
        Appeal.reply_due,
        key_of(Kind.APPEAL, Appeal.id, Appeal.reply_due),
        _reply_lines,
    ),
    Source(
        Kind.APPEAL,
        _extended,
        Appeal.extended_on,
        key_of(Kind.APPEAL, Appeal.id, Appeal.extended_on) + sa.literal(":notice"),
        _notice_lines,
        rule=_NOTICE,
        lapses=_OVER,
    ),
    Source(Kind.EVENT, _events, _ON.on_earliest, key_of(Kind.EVENT, _ON.id, _ON.on_earliest), _event_lines),
    Source(
        Kind.PROTEST,
        _protests,
        _ON.on_earliest,
        key_of(Kind.PROTEST, _ON.id, _ON.on_earliest),
        _protest_lines,
        rule=_PROTEST,
    ),
    Source(
        Kind.CALL,
        _calls,
        ContactEntry.next_due,
        key_of(Kind.CALL, ContactEntry.id, ContactEntry.next_due),
        _call_lines,
    ),
    Source(Kind.TASK, _tasks, Task.due, None, _task_lines),
)
