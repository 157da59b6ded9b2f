"""Bringing a field, or a whole record, back to what it was: a new action, which can be undone like any other.

The log is read backwards from what stands in the file now. All rules that guard a save guard this too: what
was handed over or given out stays as it was, a refusal of consent is not brought to nothing, and a record
that others need cannot go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, fields_of
from casetracker.model.fields import When
from casetracker.store.audit.entries import Op, entries
from casetracker.store.audit.reading import belonging
from casetracker.store.audit.telling import columns_by_field
from casetracker.store.history import AuditAction, AuditChange, Values, columns_of, freeze, thaw
from casetracker.store.store import Store

Key = tuple[str, str]
_ERASED = N_("What stood here was erased and cannot be brought back.")


@dataclass
class _Past:
    """What a record was at a moment, as far as the log was read back: None if it was not there."""

    values: Values | None
    now: Values | None


def restore_record(store: Store, entity: type[Entity], record_id: str, seq: int) -> None:
    """Bring a record and what belongs to it back to how it was after this entry of the log.

    One action. Raises `UserError` if it is so already, or if a rule forbids it.
    """
    with store.rewriting(tr(N_("Bring back {what}"), what=tr(entity.singular))) as session:
        past = _past(session, belonging(session, entity, record_id), seq)
        changed = {key: was for key, was in past.items() if was.values != was.now}
        if not changed:
            raise UserError(tr(N_("The record is like that already; nothing was changed.")))
        with session.no_autoflush:
            records = [record for key, was in changed.items() if (record := _set(session, key, was))]
            for key, was in changed.items():
                if was.values is None:
                    session.delete(session.get_one(BY_NAME[key[0]], key[1]))
        session.flush()
        _require_whole(session, [session.get(entity, record_id), *records])


def restore_field(store: Store, entity: type[Entity], record_id: str, name: str, seq: int) -> None:
    """Bring one field of a record back to what stood there before this entry of the log."""
    with store.rewriting(tr(N_("Bring back a field of {what}"), what=tr(entity.singular))) as session:
        record = session.get(entity, record_id)
        if record is None:
            raise UserError(tr(N_("This record is no longer there; bring the whole record back first.")))
        columns = columns_by_field(entity)[name]
        past = _past(session, {record_id}, seq - 1).get((entity.__name__, record_id))
        values = (past.values or {}) if past else _now(session, (entity.__name__, record_id)).values or {}
        was = thaw(entity, {column: values.get(column) for column in columns})
        if all(getattr(record, column) == value for column, value in was.items()):
            raise UserError(tr(N_("The field is like that already; nothing was changed.")))
        for column, value in was.items():
            setattr(record, column, value)
        session.flush()
        _require_whole(session, [record])


def value_before(store: Store, entity: type[Entity], record_id: str, name: str, seq: int) -> Any:
    """Return what stood in a field before this entry of the log, as a draft holds it; nothing is changed.

    Raises `UserError` if it was erased.
    """
    with store.reading() as session:
        past = _past(session, {record_id}, seq - 1).get((entity.__name__, record_id))
        values = (past or _now(session, (entity.__name__, record_id))).values or {}
    held = thaw(entity, {column: values.get(column) for column in columns_by_field(entity)[name]})
    if isinstance(fields_of(entity)[name].kind, When):
        day = KnownDate(*held.values())
        return day if day.words or day.edtf else None
    return held[name]


def _past(session: Session, ids: set[str], seq: int) -> dict[Key, _Past]:
    """Read back what these records were after an entry of the log."""
    past: dict[Key, _Past] = {}
    for change in session.scalars(_later(ids, seq)):
        key = (change.entity, change.record_id)
        if change.entity not in BY_NAME:
            continue
        if change.before is None and change.after is None:
            raise UserError(tr(_ERASED))
        was = past.get(key) or past.setdefault(key, _now(session, key))
        if change.before is None:
            was.values = None
        elif change.after is None:
            was.values = dict(change.before)
        else:
            was.values = {**(was.values or {}), **change.before}
    return past


def _later(ids: set[str], seq: int) -> sa.Select[AuditChange]:
    after = sa.select(entries.c.of_row).where(entries.c.op == Op.ACTION.name, entries.c.seq > seq)
    return (
        sa.select(AuditChange)
        .join(AuditAction, AuditAction.id == AuditChange.action_id)
        .where(AuditChange.record_id.in_(ids), AuditAction.number.in_(after))
        .order_by(AuditChange.number.desc())
    )


def _now(session: Session, key: Key) -> _Past:
    record = session.get(BY_NAME[key[0]], key[1])
    held = {n: freeze(getattr(record, n)) for n in columns_of(BY_NAME[key[0]])} if record else None
    return _Past(dict(held) if held else None, held)


def _set(session: Session, key: Key, was: _Past) -> Entity | None:
    """Give a record the values that it had; one that is gone is made again."""
    if was.values is None:
        return None
    entity, names = BY_NAME[key[0]], columns_of(BY_NAME[key[0]])
    if was.values.keys() - names.keys():
        raise UserError(tr(N_("An older version of the program did this; it can no longer be taken back.")))
    values = thaw(entity, {name: was.values.get(name) for name in names if name != "id"})
    record = session.get(entity, key[1])
    if record is None:
        record = entity(id=key[1], **values)
        session.add(record)
        return record
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    return record


def _require_whole(session: Session, records: list[Entity | None]) -> None:
    """Raise `UserError` if a record would contradict itself."""
    for record in records:
        if record is not None and record not in session.deleted and record in session:
            session.refresh(record)
            if problems := record.check():
                raise UserError(" ".join(problems.values()))
