"""What a deadline is, and how the sources of deadlines are asked for theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_
from casetracker.model import Task, clock
from casetracker.model.clock import Countdown, Rule, Unit
from casetracker.model.workdays import calendar


class Kind(Enum):
    """What a deadline is about; the list is narrowed by it."""

    PROMISE = N_("Promises")
    APPEAL = N_("Replies")
    EVENT = N_("Meetings and hearings")
    CALL = N_("Calls")
    PENALTY = N_("Appeals against penalties")
    PROTEST = N_("Notice of protests")
    CONSENT = N_("Consents")
    AUTHORITY = N_("Authority to act")
    RELEASE = N_("Ends of sentences")
    NEWS = N_("No news")
    WGEID = N_("Urgent procedure")
    TASK = N_("Own tasks")

    @classmethod
    def of_key(cls, key: str) -> Kind:
        """Return the kind of the deadline with that key."""
        return cls.__members__.get(key.partition(":")[0].upper(), cls.TASK)


OWN = Kind.TASK


@dataclass(frozen=True)
class Deadline:
    """One thing that falls due. `target` names the record to open, `basis` says where the day comes from."""

    key: str
    kind: Kind
    day: dt.date
    what: str
    about: str
    target: tuple[str, str]
    basis: str
    in_working_days: bool = False
    snoozed: dt.date | None = None
    done: dt.date | None = None

    def left(self, today: dt.date) -> Countdown:
        """Return how far away it is."""
        return clock.countdown(self.day, today, calendar() if self.in_working_days else None)

    def put_off(self, until: dt.date | None) -> Deadline:
        """Return it with the day before which it is not shown."""
        return replace(self, snoozed=until)


@dataclass(frozen=True)
class Window:
    """The days that are asked for, both ends among them; without an end all on that side."""

    first: dt.date | None
    last: dt.date | None

    def where(self, day: Any) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on a column of days."""
        first = [day >= self.first] if self.first else []
        return [day.is_not(None), *first, *([day <= self.last] if self.last else [])]


@dataclass(frozen=True)
class Ask:
    """One question to all sources: what falls due in a window, at most so much of each.

    With `snoozed` only what was put off is asked for, else only what was neither put off nor done.
    """

    session: Session
    today: dt.date
    window: Window
    limit: int
    snoozed: bool = False

    def chosen(self, key: Any) -> sa.ColumnElement[bool]:
        """Return the condition that leaves what is asked for, by the key of each deadline."""
        put_off = Task.snoozed > self.today
        if key is None:  # a task of the office's own says it of itself
            return put_off if self.snoozed else sa.or_(Task.snoozed.is_(None), sa.not_(put_off))
        told = (
            sa.and_(Task.done.is_(None), put_off) if self.snoozed else sa.or_(Task.done.is_not(None), put_off)
        )
        found = sa.exists().where(Task.origin == key, told)
        return found if self.snoozed else sa.not_(found)


def key_of(kind: Kind, *parts: Any) -> Any:
    """Return the key of a deadline as an expression of the database: kind, ids, day."""
    made: Any = sa.literal(kind.name.lower())
    for part in parts:
        column = sa.cast(part, sa.String) if isinstance(part.type, sa.Date) else part
        made = made + sa.literal(":") + sa.func.coalesce(column, "")
    return made


def starts(rule: Rule, window: Window) -> Window:
    """Return the days from which a term leads into a window; terms that begin later do not end earlier."""
    worked = calendar()

    def from_there(day: dt.date, step: int) -> dt.date:
        unit = rule.unit
        back = (
            clock.months_after(day, -rule.amount) if unit is Unit.MONTHS else day - dt.timedelta(rule.amount)
        )
        start = back - dt.timedelta(_SLACK * (abs(rule.amount) if unit is Unit.WORKING_DAYS else 1) * step)
        while (clock.due_on(rule, start, worked) - day).days * step < 0:
            start += dt.timedelta(step)
        return start

    first = from_there(window.first, 1) if window.first else None
    return Window(first, from_there(window.last, -1) if window.last else None)


_SLACK = 8  # days by which a first guess may be wrong: a short month, or a row of days off


@dataclass(frozen=True)
class Source:
    """Deadlines whose day stands in a column: the database sorts, counts and leaves out.

    `query` selects what a line is made of; `day` is the day on which it is due, or, with a `rule`, that from
    which the term is counted. Without a `key` it is the office's own task. What is more than `lapses` days
    past is over and not late; what is more than `ahead` days off is not shown yet.
    """

    kind: Kind
    query: Callable[[dt.date], sa.Select[Any]]
    day: Any
    key: Any
    lines: Callable[[Ask, Sequence[Any]], Iterable[Deadline]]
    rule: str = ""
    lapses: int = 0
    ahead: int = 0

    def _window(self, ask: Ask) -> Window:
        first, last = ask.window.first, ask.window.last
        if self.lapses:
            first = max(first or dt.date.min, ask.today - dt.timedelta(self.lapses))
        if self.ahead:
            last = min(last or dt.date.max, ask.today + dt.timedelta(self.ahead))
        window = Window(first, last)
        return starts(clock.current()[self.rule], window) if self.rule else window

    def _chosen(self, ask: Ask) -> sa.Select[Any]:
        return self.query(ask.today).where(*self._window(ask).where(self.day), ask.chosen(self.key))

    def find(self, ask: Ask) -> list[Deadline]:
        """Return what falls due in the window, the first due first."""
        query = self._chosen(ask).order_by(self.day).limit(ask.limit)
        return list(self.lines(ask, ask.session.execute(query).all()))

    def count(self, ask: Ask) -> int:
        """Return how much falls due in the window, whatever the limit."""
        chosen = self._chosen(ask)
        counted = chosen.with_only_columns(self.day, maintain_column_froms=True).subquery()
        return ask.session.scalar(sa.select(sa.func.count()).select_from(counted)) or 0
