"""Bringing what was logged before there was a chain, or was written past it, into the chain.

What stood in the log before is bound as it stands now and marked as carried: the chain proves nothing about
the time before. Records that no line of the log tells of are bound with what they hold on that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import ENTITIES
from casetracker.store.audit.chaining import Chain, Head, Line, action_line, change_line, head, tick_after
from casetracker.store.audit.entries import Entry, Op, entries
from casetracker.store.history import AuditAction, AuditChange, Values, columns_of, freeze

PROGRAM = "casetracker"  # who brings tables up to date


def carry_over(session: Session, revision: str = "") -> None:
    """Bind all that is not bound yet, in the order in which it was written. Call inside a transaction."""
    chain = Chain.of(session, PROGRAM, None)
    last = head(session, chain.casebook)
    for action in session.scalars(_unbound()).all():
        blank = Entry(0, "", action.who, action.at, tick_after(last, action.at), "", carried=True)
        changes = session.scalars(
            sa.select(AuditChange).where(AuditChange.action_id == action.id).order_by(AuditChange.number)
        )
        lines = [action_line(action), *map(change_line, changes)]
        last = chain.append(session, last, ((blank, line) for line in lines))
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    blank = Entry(0, "", PROGRAM, now, tick_after(last, now), "", carried=True)
    _bind_unlogged(session, chain, last, blank)
    if revision:
        upgraded = Line(Op.UPGRADED, record_id=revision)
        chain.append(session, head(session, chain.casebook), [(blank, upgraded)])


def _unbound() -> sa.Select[AuditAction]:
    bound = sa.select(entries.c.of_row).where(entries.c.op == Op.ACTION.name)
    return sa.select(AuditAction).where(AuditAction.number.not_in(bound)).order_by(AuditAction.number)


def _bind_unlogged(session: Session, chain: Chain, last: Head, blank: Entry) -> None:
    """Bind the records that a migration, or a program before the log, wrote without a line."""
    added = sa.select(entries.c.record_id).where(entries.c.op == Op.ADDED.name)
    told = set(session.scalars(added).all())
    lines = (
        (blank, Line(Op.ADDED, name, record_id, after=values))
        for name, record_id, values in records(session)
        if record_id not in told
    )
    chain.append(session, last, lines)


def records(session: Session) -> Iterator[tuple[str, str, Values]]:
    """Return every record with what it holds, as the log writes it: entity, id, values that are not empty."""
    for entity in ENTITIES:
        mapper = sa.inspect(entity)
        columns = columns_of(entity)
        query = sa.select(*(column.label(name) for name, column in columns.items()))
        query = query.select_from(mapper.selectable)
        if mapper.polymorphic_on is not None:
            query = query.where(mapper.polymorphic_on == mapper.polymorphic_identity)
        for row in session.execute(query.execution_options(yield_per=2000)):
            values = {name: freeze(value) for name, value in zip(columns, row, strict=True)}
            yield entity.__name__, row.id, {n: v for n, v in values.items() if v is not None}
