"""Every change is written down in the transaction that makes it: the audit log, from which undo lives too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, attributes, mapped_column

from casetracker.errors import Conflict
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.entity import Base, Entity, new_id

Values = dict[str, Any]
UNDO_DEPTH = 50


class ActionKind(Enum):
    """What sort of action it was."""

    EDIT = N_("Edit")
    UNDO = N_("Undo")
    REDO = N_("Redo")
    FINAL = N_("Cannot be undone")


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
    number: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[str] = mapped_column(
        sa.ForeignKey("audit_actions.id", deferrable=True, initially="DEFERRED"), index=True
    )
    entity: Mapped[str] = mapped_column(sa.String(40))
    record_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    before: Mapped[Values | None] = mapped_column(sa.JSON(none_as_null=True))
    after: Mapped[Values | None] = mapped_column(sa.JSON(none_as_null=True))


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
    if record in session.new:
        before, after = None, {n: v for n in names if (v := freeze(getattr(record, n))) is not None}
    elif record in session.deleted:
        before, after = {n: freeze(getattr(record, n)) for n in names}, None
    else:
        changed = {n: h for n in names if (h := attributes.get_history(record, n)).has_changes()}
        before = {n: freeze(h.deleted[0]) if h.deleted else None for n, h in changed.items()}
        after = {n: freeze(getattr(record, n)) for n in changed}
        if before == after:
            return None
    return AuditChange(entity=type(record).__name__, record_id=record.id, before=before, after=after)


def stacks(session: Session, who: str) -> tuple[list[AuditAction], list[AuditAction]]:
    """Return what can be undone and what can be redone by this user, the next one last.

    Read from the log itself, so that undo works after a restart too. A final action (a hand-over) ends the
    way back: what came before it is not undone over it.
    """
    query = sa.select(AuditAction).where(AuditAction.who == who).order_by(AuditAction.number.desc())
    recent = list(session.scalars(query.limit(UNDO_DEPTH * 4)))[::-1]
    undo: list[AuditAction] = []
    redo: list[AuditAction] = []
    for action in recent:
        if action.kind in (ActionKind.EDIT, ActionKind.FINAL):
            undo.append(action)
            redo.clear()
        elif action.kind is ActionKind.UNDO and undo and undo[-1].id == action.of_id:
            redo.append(undo.pop())
        elif action.kind is ActionKind.REDO and redo and redo[-1].id == action.of_id:
            undo.append(redo.pop())
    return undo[-UNDO_DEPTH:], redo


def apply(session: Session, action: AuditAction, *, forward: bool) -> None:
    """Take an action's changes back, or make them again; raises `Conflict` if something came in between."""
    query = sa.select(AuditChange).where(AuditChange.action_id == action.id).order_by(AuditChange.number)
    changes = list(session.scalars(query))
    with session.no_autoflush:  # one flush at the end, in which SQLAlchemy orders the statements
        for change in changes if forward else reversed(changes):
            was, becomes = (change.before, change.after) if forward else (change.after, change.before)
            _apply_one(session, BY_NAME[change.entity], change.record_id, was, becomes)


def _apply_one(
    session: Session, entity: type[Entity], record_id: str, was: Values | None, becomes: Values | None
) -> None:
    record = session.get(entity, record_id)
    if (record is None) != (was is None):
        raise Conflict(tr(N_("This record was changed by a later action; undo that one first.")))
    if record is None:
        session.add(
            entity(id=record_id, **thaw(entity, {k: v for k, v in (becomes or {}).items() if k != "id"}))
        )
        return
    if any(freeze(getattr(record, name)) != value for name, value in (was or {}).items()):
        raise Conflict(tr(N_("The same field was changed by a later action; undo that one first.")))
    if becomes is None:
        session.delete(record)
        return
    for name, value in thaw(entity, becomes).items():
        setattr(record, name, value)
