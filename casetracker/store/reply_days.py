"""By when each appeal is to be answered, and when it was: kept in its columns for lists that sort by it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casetracker.model import Appeal, Office, Reply
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.reply_clock import Course, reply_clock
from casetracker.model.workdays import calendar
from casetracker.store import own_rules
from casetracker.store.history import AuditChange

_DAYS = ("sent", "received", "registered_on", "extended_on", "extended_until", "extension_notice")
_FORWARDED = ("forwarded_on", "forwarding_notice")


def courses(session: Session, ids: Iterable[str] | None = None) -> dict[str, Course]:
    """Return the days of these appeals, or of all, with two statements for every five hundred."""
    if ids is None:
        return dict(_courses(session, None))
    wanted = list(ids)
    found: dict[str, Course] = {}
    for start in range(0, len(wanted), 500):
        found |= _courses(session, wanted[start : start + 500])
    return found


def _courses(session: Session, ids: list[str] | None) -> Iterator[tuple[str, Course]]:
    to, passed = aliased(Office), aliased(Office)
    names = (*_DAYS, *_FORWARDED)
    query = (
        sa.select(Appeal.id, Appeal.kind, to.body, passed.body, *(getattr(Appeal, n) for n in names))
        .join(to, to.id == Appeal.office_id)
        .outerjoin(passed, passed.id == Appeal.forwarded_to_id)
    )
    answers = sa.select(Reply.appeal_id, Reply.on, Reply.kind).order_by(Reply.on)
    if ids is not None:
        query, answers = query.where(Appeal.id.in_(ids)), answers.where(Reply.appeal_id.in_(ids))
    came: dict[str, list[tuple[dt.date, ReplyKind]]] = defaultdict(list)
    for appeal_id, on, kind in session.execute(answers):
        came[appeal_id].append((on, kind))
    for id_, kind, body, passed_to, *days in session.execute(query):
        yield (
            id_,
            Course(
                kind=kind or "",
                body=body,
                forwarded_body=passed_to,
                replies=tuple(came[id_]),
                **dict(zip(names, days, strict=True)),
            ),
        )


Days = tuple[dt.date | None, dt.date | None]  # due, answered


def computed(session: Session, ids: Iterable[str] | None = None) -> dict[str, Days]:
    """Work out both days of these appeals, or of all."""
    worked = calendar()
    return {
        id_: (reply_clock(course, worked).due, course.answered_on)
        for id_, course in courses(session, ids).items()
    }


def refresh(session: Session, changes: Iterable[AuditChange]) -> None:
    """Set the days of every appeal that these changes bear on. Call after a flush.

    When rules or days off changed, the clock is told first: the appeals must follow in the same action.
    """
    held = list(changes)
    if own_rules.concerned(held):
        own_rules.load(session)
    if own_rules.move_days(held):
        rebuild(session)
    elif appeals := _appeals_of(session, held):
        _set(session, appeals)


def rebuild(session: Session) -> None:
    """Set the days of all appeals, as the program and the rules of the office now work them out."""
    own_rules.load(session)
    _set(session, None)


def _set(session: Session, ids: set[str] | None) -> None:
    for appeal_id, (due, answered) in computed(session, ids).items():
        appeal = session.get(Appeal, appeal_id)
        if appeal is not None and (appeal.reply_due, appeal.answered_on) != (due, answered):
            appeal.reply_due, appeal.answered_on = due, answered
    session.flush()


def _appeals_of(session: Session, changes: list[AuditChange]) -> set[str]:
    by_entity: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        by_entity[change.entity].add(change.record_id)
    found = by_entity["Appeal"] | {
        change.before["appeal_id"]
        for change in changes
        if change.entity == "Reply" and change.before and "appeal_id" in change.before
    }
    if replies := by_entity["Reply"]:
        found |= set(session.scalars(sa.select(Reply.appeal_id).where(Reply.id.in_(replies))))
    if offices := by_entity["Office"]:
        theirs = sa.or_(Appeal.office_id.in_(offices), Appeal.forwarded_to_id.in_(offices))
        found |= set(session.scalars(sa.select(Appeal.id).where(theirs)))
    return found


def wrong(session: Session) -> list[str]:
    """Return the references of appeals whose kept days do not agree with their records and the rules."""
    should = computed(session)
    rows = session.execute(sa.select(Appeal.id, Appeal.ref, Appeal.reply_due, Appeal.answered_on))
    return [ref for id_, ref, due, answered in rows if (due, answered) != should[id_]]
