"""The office's own rules, days off and indices: told to the clock when a casebook opens, or they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import DayOff, DeadlineRule, IndexRate, clock, workdays
from casetracker.store.history import AuditChange

# What the last days of terms follow from; an index of money does not move any day.
_OF_THE_CLOCK = frozenset({DeadlineRule.__name__, DayOff.__name__})
_EVERY = _OF_THE_CLOCK | {IndexRate.__name__}


def load(session: Session) -> None:
    """Tell the clock what the casebook changes and adds."""
    shipped = clock.shipped()
    rules = {own.key: own.over(shipped.get(own.key)) for own in session.scalars(sa.select(DeadlineRule))}
    clock.set_own(rules, [own.as_index() for own in session.scalars(sa.select(IndexRate))])
    days = session.execute(sa.select(DayOff.day, DayOff.worked))
    workdays.set_own({day: bool(worked) for day, worked in days})


def concerned(changes: Iterable[AuditChange]) -> bool:
    """Whether these changes are about rules, days off or indices."""
    return any(change.entity in _EVERY for change in changes)


def move_days(changes: Iterable[AuditChange]) -> bool:
    """Whether these changes move the last day of any term."""
    return any(change.entity in _OF_THE_CLOCK for change in changes)


@contextmanager
def put_back_on_failure(reading: Callable[[], AbstractContextManager[Session]]) -> Iterator[None]:
    """Tell the clock the rules of the casebook again when an action that may have changed them fails."""
    try:
        yield
    except BaseException:
        with reading() as session:
            load(session)
        raise
