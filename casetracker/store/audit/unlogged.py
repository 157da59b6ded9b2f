"""Records that do not stand as the log tells: changed, added or removed past the program."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.store.audit.carrying import records
from casetracker.store.audit.entries import Op, entries
from casetracker.store.history import AuditChange, Values, columns_of

Key = tuple[str, str]


def unlogged(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield entity, id and a sentence for each record that is not what the log says it should be."""
    told, gone = _told(session)
    known: set[Key] = {(row[0], row[1]) for row in session.execute(_bound())}
    for entity, record_id, holds in records(session):
        expected = told.pop((entity, record_id), {})
        if (entity, record_id) not in known:
            yield entity, record_id, tr(N_("This record was added past the program: no line tells of it."))
        elif (entity, record_id) in gone:
            yield entity, record_id, tr(N_("The log says that this record was deleted, but it is there."))
        elif any(holds.get(name) != value for name, value in expected.items()):
            yield entity, record_id, tr(N_("This record was changed past the program: the log differs."))
    for entity, record_id in told.keys() - gone:
        yield entity, record_id, tr(N_("This record was removed past the program: no line tells of it."))


def _bound() -> sa.Select[str, str]:
    return sa.select(entries.c.entity, entries.c.record_id).where(entries.c.op == Op.ADDED.name).distinct()


def _told(session: Session) -> tuple[dict[Key, Values], set[Key]]:
    """Return what the log says that records hold, as far as it was written since the last upgrade, and
    which were deleted last. What an upgrade moved from one column to another stands in no line."""
    since = session.scalar(sa.select(sa.func.max(entries.c.seq)).where(entries.c.op == Op.UPGRADED.name))
    changed = (Op.ADDED.name, Op.CHANGED.name, Op.DELETED.name)
    query = (
        sa.select(
            AuditChange.entity, AuditChange.record_id, AuditChange.before, AuditChange.after, entries.c.salt
        )
        .join(entries, sa.and_(entries.c.of_row == AuditChange.number, entries.c.op.in_(changed)))
        .where(entries.c.seq > (since or 0))
        .order_by(entries.c.seq)
    )
    told: dict[Key, Values] = {}
    gone: set[Key] = set()
    for entity, record_id, before, after, salt in session.execute(query):
        key = (entity, record_id)
        if entity not in BY_NAME:
            continue
        if before is None and after is None:  # erased
            told.pop(key, None)
            gone.discard(key)
            continue
        if salt is None:  # words were blacked out in it: what it says of these columns no longer counts
            told[key] = {n: v for n, v in told.get(key, {}).items() if n not in (after or {})}
            continue
        if after is None:
            gone.add(key)
            told[key] = {}
            continue
        if before is None:
            gone.discard(key)
            told[key] = dict.fromkeys(columns_of(BY_NAME[entity]))
        told.setdefault(key, {}).update(after)
    return told, gone
