"""Undo and redo of an action that added many records: some thousand at a time, not all of them in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casetracker.errors import Conflict
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, NameKey, PersonName
from casetracker.model.entity import Entity, children_of, keys_to
from casetracker.model.found_text import FoundText
from casetracker.store import fulltext, papers
from casetracker.store.attached import kinds
from casetracker.store.bulk import rows
from casetracker.store.bulk.logged import Line, Logged
from casetracker.store.bulk.shape import Record, Row, Shape, shape_of
from casetracker.store.draft import child_entity
from casetracker.store.history import AuditAction, AuditChange, columns_of, freeze, thaw

LARGE = 2_000  # changed records, from which on an action is taken back in this way
_BATCH = 4_000
_IDS = 500  # in one statement


def is_large(session: Session, action: AuditAction) -> bool:
    """Whether an action added very many records, each kept in one table, and did nothing else."""
    of_it = AuditChange.action_id == action.id
    number = session.scalar(sa.select(sa.func.count()).where(of_it)) or 0
    if number < LARGE or session.scalar(sa.select(sa.exists().where(of_it, AuditChange.before.is_not(None)))):
        return False
    if session.scalar(sa.select(sa.exists().where(of_it, AuditChange.after.is_(None)))):
        return False  # a part of it was erased; the ordinary way says so
    return all(len(sa.inspect(each).tables) == 1 for each in _entities(session, action))


def _entities(session: Session, action: AuditAction) -> list[type[Entity]]:
    query = sa.select(AuditChange.entity).where(AuditChange.action_id == action.id).distinct()
    return [BY_NAME[name] for name in sorted(session.scalars(query))]


def _added(session: Session, action: AuditAction) -> Iterator[list[tuple[str, str, Row]]]:
    """Yield what the action added, in parts: entity, id and columns of each record."""
    query = sa.select(AuditChange.number, AuditChange.entity, AuditChange.record_id, AuditChange.after)
    query = query.where(AuditChange.action_id == action.id).order_by(AuditChange.number).limit(_BATCH)
    last = 0
    while held := session.execute(query.where(AuditChange.number > last)).all():
        last = held[-1].number
        yield [(entity, record_id, after or {}) for _, entity, record_id, after in held]


def in_parts(held: Iterable[str]) -> Iterator[list[str]]:
    """Yield ids in parts that fit into one statement."""
    ids = list(held)
    yield from (ids[at : at + _IDS] for at in range(0, len(ids), _IDS))


# Back


def take_back(session: Session, action: AuditAction, logged: Logged) -> None:
    """Delete what an action added; raises `Conflict` if any of it was changed since, or added to."""
    own = _entities(session, action)
    for entity in own:
        _require_nothing_added(session, action, entity)
    for part in _added(session, action):
        logged.write(list(_taken_back(session, part)))
    for entity, ids in _hanging(session, action):
        for some in in_parts(ids):
            found = _rows(session, entity, some)
            _delete(session, shape_of(entity), list(found))
            logged.write([_deleted(entity, id_, row) for id_, row in found.items()])


def _taken_back(session: Session, part: Sequence[tuple[str, str, Row]]) -> Iterator[Line]:
    by_entity: dict[str, dict[str, Row]] = defaultdict(dict)
    for name, record_id, after in part:
        by_entity[name][record_id] = after
    for name, expected in by_entity.items():
        entity = BY_NAME[name]
        _require_known(entity, expected.values())
        for some in in_parts(expected):
            there = _rows(session, entity, some)
            for record_id in some:
                yield _deleted(entity, record_id, _unchanged(there.get(record_id), expected[record_id]))
            _delete(session, shape_of(entity), some)


def _deleted(entity: type[Entity], record_id: str, row: Row) -> Line:
    version = row.pop("version")
    return Line(entity.__name__, record_id, row, None, row_version=version)


def _rows(session: Session, entity: type[Entity], ids: Iterable[str]) -> dict[str, Row]:
    """Return the columns of these records that the history keeps, and the version, by id."""
    columns = {**columns_of(entity), "version": sa.inspect(entity).columns["version"]}
    query = sa.select(*(column.label(name) for name, column in columns.items()))
    found = session.execute(query.where(entity.id.in_(list(ids))))
    return {row.id: {n: freeze(v) for n, v in zip(columns, row, strict=True)} for row in found}


def _unchanged(there: Row | None, added: Row) -> Row:
    if there is None:
        raise Conflict(tr(N_("This record was changed by a later action; undo that one first.")))
    if any(value != added.get(name) for name, value in there.items() if name != "version"):
        raise Conflict(tr(N_("The same field was changed by a later action; undo that one first.")))
    return there


def _require_known(entity: type[Entity], held: Iterable[Row]) -> None:
    names = columns_of(entity).keys()
    if any(not row.keys() <= names for row in held):  # of a column that has moved since
        raise Conflict(tr(N_("An older version of the program did this; it can no longer be taken back.")))


def _delete(session: Session, shape: Shape, ids: Sequence[str]) -> None:
    """Delete rows, and the words by which they are found."""
    connection = session.connection()
    if shape.entity is PersonName:
        connection.execute(sa.delete(NameKey).where(NameKey.name_id.in_(ids)))
    of_these = FoundText.record_id.in_(ids)
    if numbers := session.scalars(sa.select(FoundText.number).where(of_these)).all():
        if fulltext.available(session):
            fulltext.remove(session, numbers)
        connection.execute(sa.delete(FoundText).where(of_these))
    connection.execute(sa.delete(shape.table).where(shape.table.c.id.in_(ids)))


def _of_the_action(action: AuditAction, key: Any) -> sa.Exists:
    change = aliased(AuditChange)
    return sa.exists().where(change.record_id == key, change.action_id == action.id)


def _require_nothing_added(session: Session, action: AuditAction, entity: type[Entity]) -> None:
    for name in children_of(entity):
        child = child_entity(entity, name)
        for key in keys_to(entity, child):
            parent = getattr(child, key)
            later = sa.and_(_of_the_action(action, parent), sa.not_(_of_the_action(action, child.id)))
            if session.scalar(sa.select(child.id).where(later).limit(1)):
                raise Conflict(tr(N_("Something was added to this record later; undo that first.")))


def _hanging(session: Session, action: AuditAction) -> Iterator[tuple[type[Entity], list[str]]]:
    """Yield what hangs on the records of an action and was not added by it: a tag, a note of later."""
    for kind in kinds():
        for _, key in kind.hangs_on:
            theirs = sa.and_(
                _of_the_action(action, getattr(kind, key)), sa.not_(_of_the_action(action, kind.id))
            )
            if ids := session.scalars(sa.select(kind.id).where(theirs)).all():
                yield kind, list(ids)


# Forward


def do_again(session: Session, action: AuditAction, logged: Logged) -> None:
    """Add again what an action had added; raises `Conflict` if something of it is there."""
    for part in _added(session, action):
        held: list[tuple[Shape, Row]] = []
        lines = []
        for name, record_id, after in part:
            entity = BY_NAME[name]
            _require_known(entity, [after])
            held.append((shape_of(entity), _as_column_values(entity, after)))
            lines.append(Line(name, record_id, None, after))
        _require_absent(session, held)
        rows.put(session, held)
        rows.index(session, held)
        papers.refresh(session, lines)
        logged.write(lines)
    cases = sa.select(AuditChange.record_id).where(
        AuditChange.action_id == action.id, AuditChange.entity == Case.__name__
    )
    for some in in_parts(session.scalars(cases).all()):
        rows.derive(session, some)


def _as_column_values(entity: type[Entity], after: Row) -> Row:
    """Turn what the log kept back into a row, with what the entity's validators work out."""
    return Record(shape_of(entity), thaw(entity, after)).row() | {"version": 1}


def _require_absent(session: Session, held: Sequence[tuple[Shape, Row]]) -> None:
    ids: dict[type[Entity], list[str]] = defaultdict(list)
    for shape, row in held:
        ids[shape.entity].append(row["id"])
    for entity, theirs in ids.items():
        for some in in_parts(theirs):
            if session.scalar(sa.select(entity.id).where(entity.id.in_(some)).limit(1)):
                raise Conflict(tr(N_("This record was changed by a later action; undo that one first.")))
