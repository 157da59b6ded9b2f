"""Everything that falls due, in one list: it follows from the records, and is never written down twice.

What an office says of such a deadline (done, or not before a day) is a `Task` with the key of the deadline as
its origin. The key holds the day: a deadline that moves is a new one, and one that no longer follows from any
record is gone, whatever was said of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import Task
from casetracker.store import deadline_sources
from casetracker.store.deadline import OWN, Ask, Deadline, Kind, Window
from casetracker.store.draft import Draft
from casetracker.store.store import Store

A_DAY, WEEK, MONTH, FAR = (
    dt.timedelta(days=1),
    dt.timedelta(days=7),
    dt.timedelta(days=30),
    dt.timedelta(days=366),
)
DONE_SHOWN = dt.timedelta(days=30)  # how long what was done stays on the list


@dataclass(frozen=True)
class Board:
    """The list in its groups; `overdue_in_all` counts also what the list has no room for."""

    overdue: tuple[Deadline, ...]
    week: tuple[Deadline, ...]
    month: tuple[Deadline, ...]
    later: tuple[Deadline, ...]
    snoozed: tuple[Deadline, ...]
    done: tuple[Deadline, ...]
    overdue_in_all: int
    by_kind: tuple[tuple[Kind, int], ...]  # overdue, of each kind

    def find(self, key: str) -> Deadline | None:
        """Return the deadline of that key."""
        groups = (self.overdue, self.week, self.month, self.later, self.snoozed, self.done)
        return next((d for group in groups for d in group if d.key == key), None)


def board(store: Store, kinds: Collection[Kind] = (), limit: int = 100) -> Board:
    """Return the list, narrowed to some kinds; of each group at most so many, the first due first."""
    today = store.today()
    wanted = tuple(kinds) or tuple(Kind)
    before, after = Window(None, today - A_DAY), Window(today, today + FAR)
    with store.reading() as session:
        late = Counter(_late_by_kind(session, today, tuple(Kind)))
        overdue = _found(Ask(session, today, before, limit), wanted)
        coming = _found(Ask(session, today, after, 3 * limit), wanted)
        snoozed = _put_off(session, today, wanted, limit)
        done = _done(session, today, wanted, limit)
    return Board(
        tuple(overdue[:limit]),
        tuple([d for d in coming if d.day <= today + WEEK][:limit]),
        tuple([d for d in coming if today + WEEK < d.day <= today + MONTH][:limit]),
        tuple([d for d in coming if d.day > today + MONTH][:limit]),
        tuple(snoozed[:limit]),
        tuple(done),
        sum(late[kind] for kind in wanted),
        tuple((kind, late[kind]) for kind in Kind),
    )


def next_due(store: Store, limit: int = 8) -> list[Deadline]:
    """Return the first lines of the list for the first page: what is overdue, and what comes next.

    However much is overdue, some of what comes next is among them, or a meeting tomorrow would be overlooked.
    """
    today = store.today()
    with store.reading() as session:
        late = _found(Ask(session, today, Window(None, today - A_DAY), limit), tuple(Kind))
        coming = _found(Ask(session, today, Window(today, today + MONTH), limit), tuple(Kind))
    kept = max(limit - len(coming), limit - _COMING)
    return [*late[:kept], *coming][:limit]


_COMING = 3


def count_overdue(store: Store) -> int:
    """Return how much is overdue, counted by the database as far as it can."""
    with store.reading() as session:
        return sum(_late_by_kind(session, store.today(), tuple(Kind)).values())


def _late_by_kind(session: Session, today: dt.date, kinds: Iterable[Kind]) -> dict[Kind, int]:
    ask = Ask(session, today, Window(None, today - A_DAY), limit=0)
    found: dict[Kind, int] = dict.fromkeys(kinds, 0)
    for source in deadline_sources.EVERY:
        if source.kind in found:
            found[source.kind] += source.count(ask)
    return found


def _found(ask: Ask, kinds: Collection[Kind]) -> list[Deadline]:
    lines = [d for source in deadline_sources.EVERY if source.kind in kinds for d in source.find(ask)]
    return sorted(lines, key=lambda d: (d.day, d.kind.name, d.what, d.key))


def _put_off(session: Session, today: dt.date, kinds: Collection[Kind], limit: int) -> list[Deadline]:
    """Return what was put off and still follows from some record."""
    if not session.scalar(sa.select(sa.exists().where(Task.snoozed > today, Task.done.is_(None)))):
        return []
    return _with_tasks(
        session, _found(Ask(session, today, Window(None, today + FAR), limit, snoozed=True), kinds)
    )


def _with_tasks(session: Session, lines: list[Deadline]) -> list[Deadline]:
    """Say of what was put off until when."""
    keys = [d.key for d in lines]
    query = sa.select(Task.origin, Task.snoozed).where(Task.origin.in_(keys))
    until = {row.origin: row.snoozed for row in session.execute(query)}
    own = sa.select(Task.id, Task.snoozed).where(Task.id.in_([d.target[1] for d in lines if d.kind is OWN]))
    until |= {f"task:{id_}": snoozed for id_, snoozed in session.execute(own)}
    return [d.put_off(until.get(d.key) or until.get(f"task:{d.target[1]}")) for d in lines]


def _done(session: Session, today: dt.date, kinds: Collection[Kind], limit: int) -> list[Deadline]:
    """What was done lately, the latest first; it is kept as it was worded when it was done."""
    query = (
        sa.select(Task).where(Task.done > today - DONE_SHOWN).order_by(Task.done.desc(), Task.id).limit(limit)
    )
    lines = []
    for task in session.scalars(query):
        kind = Kind.of_key(task.origin or "")
        if kind in kinds:
            lines.append(
                Deadline(
                    key=task.origin or f"task:{task.id}:{task.due}",
                    kind=kind,
                    day=task.due or task.done or today,
                    what=task.what,
                    about=task.whose or "",
                    target=(task.about or "", task.about_id or "") if task.origin else ("Task", task.id),
                    basis="",
                    done=task.done,
                )
            )
    return lines


# What an office says of a deadline


def task_of(store: Store, deadline: Deadline) -> Draft:
    """Return the task that speaks of a deadline: its own, or the one made for it before, or a new one."""
    if deadline.kind is OWN:
        return store.draft(Task, deadline.target[1])
    with store.reading() as session:
        known = session.scalar(sa.select(Task.id).where(Task.origin == deadline.key))
    draft = store.draft(Task, known or "")
    if not known:
        about, about_id = deadline.target
        draft.values |= {"origin": deadline.key, "what": deadline.what[:300], "due": deadline.day}
        draft.values |= {"about": about, "about_id": about_id}
    return draft


def set_done(store: Store, deadline: Deadline) -> None:
    """Say that it is done today, or that it is not done after all; one action that can be undone."""
    draft = task_of(store, deadline)
    done = None if deadline.done else store.today()
    draft.values |= {"done": done, "snoozed": None}
    label = N_("Done: {what}") if done else N_("Not done after all: {what}")
    store.save(draft, tr(label, what=deadline.what))


def snooze(store: Store, deadline: Deadline, until: dt.date | None) -> None:
    """Show it no more before a day; without a day it is shown again at once."""
    draft = task_of(store, deadline)
    draft.values["snoozed"] = until
    label = N_("Put off: {what}") if until else N_("Take up again: {what}")
    store.save(draft, tr(label, what=deadline.what))
