"""The history as people read it: of one record with all that belongs to it, of a field, of the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.attached import Attached
from casetracker.model.entity import Entity, children_of, keys_to
from casetracker.model.fields import Children
from casetracker.store.attached import kinds
from casetracker.store.audit.accesses import Access, accesses
from casetracker.store.audit.entries import Op, entries, erasures
from casetracker.store.audit.telling import RecordDiff, Teller, columns_by_field, owner_fields
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.store import Store

_SHOWN = (Op.ACTION, Op.ACCESS, Op.DEVICE, Op.UPGRADED, Op.ERASED)
_IDS = 400  # in one statement
T = TypeVar("T")


@dataclass(frozen=True)
class HistoryLine:
    """One thing that was done: at which entry of the log, when (UTC), by whom, what, and to which records."""

    seq: int
    at: dt.datetime
    who: str
    label: str
    op: Op
    records: tuple[RecordDiff, ...] = ()
    carried: bool = False

    @property
    def local(self) -> dt.datetime:
        """When it was, by the clock of this computer."""
        return self.at.replace(tzinfo=dt.UTC).astimezone()


@dataclass(frozen=True)
class Wanted:
    """Which lines are asked for. Days are those of this computer; what is empty does not narrow."""

    who: str = ""
    entity: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    kind: Op | None = None


def of_record(store: Store, entity: type[Entity], record_id: str, limit: int = 500) -> list[HistoryLine]:
    """Return the history of a record, and of what belongs to it or hangs on it: the newest first."""
    with store.reader() as reader, store.reading() as session:
        ids = belonging(session, entity, record_id)
        actions: set[int] = set()
        for some in _portions(ids):
            query = sa.select(AuditAction.number).join(AuditChange, AuditChange.action_id == AuditAction.id)
            actions |= set(session.scalars(query.where(AuditChange.record_id.in_(some))))
        looked = set(session.scalars(sa.select(accesses.c.number).where(accesses.c.record_id == record_id)))
        newest = sorted(actions)[-limit:]
        bound = sa.or_(
            sa.and_(entries.c.op == Op.ACTION.name, entries.c.of_row.in_(newest)),
            sa.and_(entries.c.op == Op.ACCESS.name, entries.c.of_row.in_(sorted(looked)[-limit:])),
        )
        told = sa.select(entries).where(bound).limit(limit)
        lines = _lines(session, Teller(session, reader), told, ids)
    return [_narrowed(line, ids) for line in lines]


def of_field(store: Store, entity: type[Entity], record_id: str, name: str) -> list[HistoryLine]:
    """Return the actions that changed one field, each with nothing but that field; the newest first."""
    found = []
    for line in of_record(store, entity, record_id):
        for record in line.records:
            fields = tuple(f for f in record.fields if f.name == name)
            if record.record_id == record_id and fields:
                only = RecordDiff(
                    record.entity, record.record_id, record.kind, record.title, record.op, fields
                )
                found.append(_with(line, (only,)))
    return found


def changed_fields(store: Store, entity: type[Entity], record_id: str) -> list[str]:
    """Return the fields of a record that were ever written, in the order of its form."""
    with store.reading() as session:
        query = sa.select(AuditChange.before, AuditChange.after).where(AuditChange.record_id == record_id)
        held = {column for sides in session.execute(query) for side in sides if side for column in side}
    known = columns_by_field(entity)
    return [
        n for n, columns in known.items() if n not in owner_fields(entity) and not held.isdisjoint(columns)
    ]


def of_office(store: Store, wanted: Wanted, before: int = 0, limit: int = 100) -> list[HistoryLine]:
    """Return what was done in the whole office, before this entry of the log (0: up to now)."""
    query = sa.select(entries).where(entries.c.op.in_([op.name for op in _SHOWN]))
    if before:
        query = query.where(entries.c.seq < before)
    if wanted.who:
        query = query.where(entries.c.actor == wanted.who)
    if wanted.kind:
        query = query.where(entries.c.op == wanted.kind.name)
    if wanted.since:
        query = query.where(entries.c.at >= _utc(wanted.since))
    if wanted.until:
        query = query.where(entries.c.at < _utc(wanted.until + dt.timedelta(days=1)))
    if wanted.entity:
        touched = sa.select(AuditAction.number).join(AuditChange, AuditChange.action_id == AuditAction.id)
        touched = touched.where(AuditChange.entity.in_(_and_parts(wanted.entity)))
        query = query.where(entries.c.op == Op.ACTION.name, entries.c.of_row.in_(touched))
    with store.reader() as reader, store.reading() as session:
        return _lines(session, Teller(session, reader), query.limit(limit))


def users(store: Store) -> list[str]:
    """Return everybody who stands in the log."""
    with store.reading() as session:
        found = session.scalars(sa.select(entries.c.actor).distinct().order_by(entries.c.actor))
        return [who for who in found if who]


def belonging(session: Session, entity: type[Entity], record_id: str) -> set[str]:
    """Return the ids of a record and of all that belongs to it or hangs on it, now or at any time."""
    ids, newest = {record_id}, {entity: {record_id}}
    for _ in range(4):  # a promise of a meeting, the cases it covers, and what hangs on them
        found: dict[type[Entity], set[str]] = {}
        wanted = [
            (child, key, some)
            for parent, parents in newest.items()
            for child, keys in _parts_of(parent)
            for key in keys
            for some in _portions(parents)
        ]
        for child, key, some in wanted:
            held = session.scalars(sa.select(child.id).where(getattr(child, key).in_(some)))
            found.setdefault(child, set()).update(held)
        for name, record in _once_pointing(session, wanted):
            found.setdefault(BY_NAME[name], set()).add(record)
        newest = {child: new for child, held in found.items() if (new := held - ids)}
        ids |= set().union(*newest.values()) if newest else set()
        if not newest:
            break
    return ids


def _once_pointing(
    session: Session, wanted: Sequence[tuple[type[Entity], str, list[str]]]
) -> Iterable[sa.Row[str, str]]:
    """Ask the log which records pointed there once: they were deleted, or moved elsewhere."""
    conditions = [
        sa.and_(AuditChange.entity == child.__name__, AuditChange.before[key].as_string().in_(some))
        for child, key, some in wanted
    ]
    if not conditions:
        return []
    query = sa.select(AuditChange.entity, AuditChange.record_id).distinct()
    return session.execute(query.where(AuditChange.before.is_not(None), sa.or_(*conditions))).all()


def _parts_of(parent: type[Entity]) -> list[tuple[type[Entity], frozenset[str]]]:
    """Return the kinds of records that belong to one of this kind, with the columns that point at it."""
    found = [
        (child, keys)
        for field in children_of(parent).values()
        if isinstance(field.kind, Children)
        and (child := BY_NAME.get(field.kind.target))
        and (keys := keys_to(parent, child))
    ]
    return found + [(kind, frozenset(key for _, key in kind.hangs_on)) for kind in kinds()]


def _lines(
    session: Session, teller: Teller, query: sa.Select[*tuple[object, ...]], only: Collection[str] = ()
) -> list[HistoryLine]:
    rows = session.execute(query.order_by(entries.c.seq.desc())).all()
    actions = {
        a.number: a
        for some in _portions([r.of_row for r in rows if r.op == Op.ACTION.name])
        for a in session.scalars(sa.select(AuditAction).where(AuditAction.number.in_(some)))
    }
    diffs = {}
    for some in _portions([a.id for a in actions.values()]):
        diffs.update(teller.diffs(some, only))
    looked = _accesses(session, teller, [r.of_row for r in rows if r.op == Op.ACCESS.name])
    erased = {row[0]: row[1] for row in session.execute(sa.select(erasures.c.number, erasures.c.entity))}
    found = []
    for row in rows:
        records: tuple[RecordDiff, ...] = ()
        label = tr(Op[row.op].value)
        if row.op == Op.ACTION.name and (action := actions.get(row.of_row)):
            label, records = action.label, tuple(diffs[action.id])
        elif row.op == Op.ACCESS.name and row.of_row in looked:
            label, records = looked[row.of_row]
        elif row.op == Op.ERASED.name and erased.get(row.of_row) in BY_NAME:
            label = f"{label}: {tr(BY_NAME[erased[row.of_row]].singular)}"
        found.append(HistoryLine(row.seq, row.at, row.actor, label, Op[row.op], records, row.carried))
    return found


def _accesses(
    session: Session, teller: Teller, numbers: Sequence[int]
) -> dict[int, tuple[str, tuple[RecordDiff, ...]]]:
    found = {}
    for some in _portions(numbers):
        for row in session.execute(sa.select(accesses).where(accesses.c.number.in_(some))):
            label = tr(Access[row.what].value) if row.what in Access.__members__ else row.what
            said = f"{label}: {row.detail}" if row.detail else label
            about: tuple[RecordDiff, ...] = ()
            if row.entity in BY_NAME:
                kind = tr(BY_NAME[row.entity].singular)
                title = teller.title(row.entity, row.record_id) or tr(N_("a record that is gone"))
                about = (RecordDiff(row.entity, row.record_id, kind, title, "seen", ()),)
            found[row.number] = (said, about)
    return found


def _narrowed(line: HistoryLine, ids: set[str]) -> HistoryLine:
    return _with(line, tuple(record for record in line.records if record.record_id in ids))


def _with(line: HistoryLine, records: tuple[RecordDiff, ...]) -> HistoryLine:
    return HistoryLine(line.seq, line.at, line.who, line.label, line.op, records, line.carried)


def _and_parts(entity: str) -> list[str]:
    """Return the names of a kind and of all that belongs to it."""
    names, newest = [entity], [entity]
    while newest:
        parts = [child.__name__ for name in newest for child, _ in _parts_of(BY_NAME[name])]
        newest = [p for p in dict.fromkeys(parts) if p not in names and not issubclass(BY_NAME[p], Attached)]
        names += newest
    return names


def _utc(day: dt.date) -> dt.datetime:
    """Return the beginning of a day of this computer's clock in UTC, without its zone."""
    begin = dt.datetime.combine(day, dt.time()).astimezone()
    return begin.astimezone(dt.UTC).replace(tzinfo=None)


def _portions(ids: Iterable[T]) -> list[list[T]]:
    every = list(ids)
    return [every[at : at + _IDS] for at in range(0, len(every), _IDS)]
