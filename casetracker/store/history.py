"""Every change is written down in the transaction that makes it: the audit log, from which undo lives too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, attributes, mapped_column

from casetracker.errors import Conflict
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.entity import Base, Entity, children_of, new_id

Values = dict[str, Any]
UNDO_DEPTH = 50


class ActionKind(Enum):
    """What sort of action it was."""

    EDIT = N_("Edit")
    UNDO = N_("Undo")
    REDO = N_("Redo")
    FINAL = N_("Cannot be undone")
    NOTED = N_("Noted; undo passes it over")


class AuditAction(Base):
    """One thing that a user did. The log only grows."""

    __tablename__ = "audit_actions"
    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(sa.String(32), unique=True, default=new_id)
    at: Mapped[dt.datetime] = mapped_column()
    who: Mapped[str] = mapped_column(sa.String(100))
    label: Mapped[str] = mapped_column(sa.String(300))
    kind: Mapped[ActionKind] = mapped_column(sa.Enum(ActionKind, native_enum=False, length=10))
    of_id: Mapped[str | None] = mapped_column(sa.String(32))  # the action that an undo or redo is about


class AuditChange(Base):
    """One record that an action changed: its changed columns before and after."""

    __tablename__ = "audit_changes"
    __allow_unmapped__ = True
    number: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[str] = mapped_column(
        sa.ForeignKey("audit_actions.id", deferrable=True, initially="DEFERRED"), index=True
    )
    entity: Mapped[str] = mapped_column(sa.String(40))
    record_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    before: Mapped[Values | None] = mapped_column(sa.JSON(none_as_null=True))
    after: Mapped[Values | None] = mapped_column(sa.JSON(none_as_null=True))
    row_version: int | None = None  # of the record, for the chain; not kept here


class Changed(Protocol):
    """What the rules of the store ask of a change, however it is held."""

    entity: str
    record_id: str
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class Told:
    """A line of the audit log in plain values."""

    at: dt.datetime
    who: str
    label: str
    records: tuple[tuple[str, str], ...]


@cache
def columns_of(entity: type[Entity]) -> dict[str, Any]:
    """Return the columns whose history is kept: all but version, discriminator and what is derived."""
    mapper = sa.inspect(entity)
    passed_over = {"version", "sort"}
    return {
        a.key: a.columns[0]
        for a in mapper.column_attrs
        if a.key not in passed_over and not a.columns[0].info.get("derived")
    }


def freeze(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, dt.date) else value


def thaw(entity: type[Entity], stored: Values) -> Values:
    """Turn what `freeze` wrote back into values of the columns."""
    return {name: _thawed(columns_of(entity)[name], value) for name, value in stored.items()}


def _thawed(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, sa.Enum) and column.type.enum_class:
        return column.type.enum_class[value]
    return dt.date.fromisoformat(value) if isinstance(column.type, sa.Date) else value


def watch(session: Session, action: AuditAction) -> list[AuditChange]:
    """Write down what the session's flushes change. Returns the list that fills up."""
    seen: list[AuditChange] = []

    @event.listens_for(session, "before_flush")
    def before_flush(session: Session, *_: object) -> None:
        for record in [*session.new, *session.dirty, *session.deleted]:
            if isinstance(record, Entity) and (change := _change(session, record)):
                if action not in session:
                    session.add(action)
                change.action_id = action.id
                session.add(change)
                seen.append(change)

    return seen


def _change(session: Session, record: Entity) -> AuditChange | None:
    names = columns_of(type(record))
    record.id = record.id or new_id()
    row_version = record.version
    if record in session.new:
        row_version = 1
        before, after = None, {n: v for n in names if (v := freeze(getattr(record, n))) is not None}
    elif record in session.deleted:
        before, after = {n: freeze(_stored(record, n)) for n in names}, None
    else:
        changed = {n: h for n in names if (h := attributes.get_history(record, n)).has_changes()}
        before = {
            n: freeze(h.deleted[0] if h.deleted else _in_file(session, record, n)) for n, h in changed.items()
        }
        after = {n: freeze(getattr(record, n)) for n in changed}
        if before == after:
            return None
        row_version += 1
    change = AuditChange(entity=type(record).__name__, record_id=record.id, before=before, after=after)
    change.row_version = row_version
    return change


def _in_file(session: Session, record: Entity, name: str) -> Any:
    """Read a column that was set before it was ever loaded: SQLAlchemy does not know what was there."""
    column = columns_of(type(record))[name]
    return session.connection().scalar(sa.select(column).where(column.table.c.id == record.id))


def _stored(record: Entity, name: str) -> Any:
    """Return what the file holds in a column, whatever the record in memory was set to since."""
    old = attributes.get_history(record, name).deleted
    return old[0] if old else getattr(record, name)


def stacks(session: Session, who: str) -> tuple[list[AuditAction], list[AuditAction]]:
    """Return what can be undone and what can be redone by this user, the next one last.

    Read backwards from the log itself, so that undo works after a restart too; the newest undo or redo of an
    action says how it stands. A new action ends the way forward. A final action (a hand-over) ends the way
    back: `Store` refuses to step over it. What was only noted is passed over.
    """
    query = sa.select(AuditAction).where(AuditAction.who == who, AuditAction.kind != ActionKind.NOTED)
    query = query.order_by(AuditAction.number.desc())
    undone: dict[str | None, bool] = {}
    lost: set[str | None] = set()  # undone before something new was done
    undo: list[AuditAction] = []
    redo: list[AuditAction] = []
    newest = True
    for action in session.scalars(query.execution_options(yield_per=100)):
        if action.kind in (ActionKind.UNDO, ActionKind.REDO):
            if action.of_id not in undone:
                undone[action.of_id] = action.kind is ActionKind.UNDO
                lost |= set() if newest else {action.of_id}
            continue
        newest = False
        if not undone.get(action.id):
            undo.append(action)
        elif action.id not in lost:
            redo.append(action)
        if len(undo) + len(redo) >= UNDO_DEPTH:
            break
    return undo[::-1], redo


Key = tuple[str, str]  # the name of an entity and the id of a record
Net = tuple[Values | None, Values | None]


def apply(session: Session, action: AuditAction, *, forward: bool) -> None:
    """Take an action's changes back, or make them again; raises `Conflict` if something came in between."""
    query = sa.select(AuditChange).where(AuditChange.action_id == action.id).order_by(AuditChange.number)
    changes = session.scalars(query).all()
    if any(change.before is None and change.after is None for change in changes):
        raise Conflict(tr(N_("What this action did was erased since; it can no longer be taken back.")))
    steps = net_changes(changes)
    with session.no_autoflush:  # one flush at the end, in which SQLAlchemy orders the statements
        for key, (before, after) in steps.items():
            was, becomes = (before, after) if forward else (after, before)
            _apply_one(session, key, was, becomes)
        for (name, record_id), (before, after) in steps.items():
            if (after if forward else before) is None:
                _delete(session, BY_NAME[name], record_id, steps.keys())


def net_changes(changes: Iterable[AuditChange]) -> dict[Key, Net]:
    """Fold what an action did to a record, perhaps in several flushes, into one before and one after."""
    net: dict[Key, Net] = {}
    for change in changes:
        key = (change.entity, change.record_id)
        if key not in net:
            net[key] = (change.before, change.after)
            continue
        before, after = net[key]
        if before is not None and change.before is not None:
            before = {**change.before, **before}
        if after is not None and change.after is not None:
            after = {**after, **change.after}
        else:
            after = change.after
        net[key] = (before, after)
    return {key: step for key, step in net.items() if step != (None, None)}


def _apply_one(session: Session, key: Key, was: Values | None, becomes: Values | None) -> None:
    entity, record = BY_NAME[key[0]], session.get(BY_NAME[key[0]], key[1])
    if (record is None) != (was is None):
        raise Conflict(tr(N_("This record was changed by a later action; undo that one first.")))
    names = columns_of(entity)
    if ((was or {}).keys() | (becomes or {}).keys()) - names.keys():  # of a column that has moved since
        raise Conflict(tr(N_("An older version of the program did this; it can no longer be taken back.")))
    if record is None:
        # What was empty is said too: an entity may have a default for what is not said.
        values = {name: (becomes or {}).get(name) for name in names if name != "id"}
        session.add(entity(id=key[1], **thaw(entity, values)))
        return
    # What takes the whole record away has to know all of it, or it would take a later addition along.
    expected = {name: (was or {}).get(name) for name in names} if becomes is None else (was or {})
    if any(freeze(getattr(record, name)) != value for name, value in expected.items()):
        raise Conflict(tr(N_("The same field was changed by a later action; undo that one first.")))
    for name, value in thaw(entity, becomes or {}).items():
        setattr(record, name, value)


def _delete(session: Session, entity: type[Entity], record_id: str, touched: Iterable[Key]) -> None:
    """Delete a record again; what belongs to it goes along, so all of that must be of the same action."""
    record = session.get_one(entity, record_id)
    own = set(touched)
    for name in children_of(entity):
        if any((type(child).__name__, child.id) not in own for child in getattr(record, name)):
            raise Conflict(tr(N_("Something was added to this record later; undo that first.")))
    session.delete(record)
