"""Records that were lost with their page, brought back from what the audit log says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casetracker.model import BY_NAME
from casetracker.model.entity import Entity
from casetracker.store.history import AuditChange, Values, columns_of, thaw


def bring_back(connection: sa.Connection) -> Counter[str]:
    """Write the records that should be there and are not; return how many of each entity that were."""
    done: Counter[str] = Counter()
    for name, record_id, values in list(_missing(connection)):
        entity = BY_NAME[name]
        try:
            with connection.begin_nested():
                _write(connection, entity, record_id, values)
        except (SQLAlchemyError, ValueError, KeyError, TypeError):
            continue  # what the log says no longer fits the tables
        done[name] += 1
    return done


def _missing(connection: sa.Connection) -> Iterator[tuple[str, str, Values]]:
    for (name, record_id), values in _last_known(connection).items():
        entity = BY_NAME.get(name)
        if entity is not None and values is not None and not _whole(connection, entity, record_id):
            yield name, record_id, values


def _last_known(connection: sa.Connection) -> dict[tuple[str, str], Values | None]:
    """Return what the log knows of each record: None of one that was deleted, or not from its beginning."""
    known: dict[tuple[str, str], Values | None] = {}
    query = sa.select(AuditChange.entity, AuditChange.record_id, AuditChange.before, AuditChange.after)
    for name, record_id, before, after in connection.execute(query.order_by(AuditChange.number)):
        key = (name, record_id)
        if after is None:
            known[key] = None
        elif before is None:
            known[key] = dict(after)
        elif known.get(key) is not None:
            known[key] = {**(known[key] or {}), **after}
    return known


def _tables(entity: type[Entity]) -> list[sa.Table]:
    return [table for table in sa.inspect(entity).tables if isinstance(table, sa.Table)]


def _whole(connection: sa.Connection, entity: type[Entity], record_id: str) -> bool:
    return all(_there(connection, table, record_id) for table in _tables(entity))


def _there(connection: sa.Connection, table: sa.Table, record_id: str) -> bool:
    return connection.scalar(sa.select(sa.literal(1)).where(table.c.id == record_id)) is not None


def _write(connection: sa.Connection, entity: type[Entity], record_id: str, values: Values) -> None:
    """Write a record into each of its tables in which it is missing."""
    names = columns_of(entity)
    held = thaw(entity, {name: values.get(name) for name in names if name != "id"})
    missing = [table for table in _tables(entity) if not _there(connection, table, record_id)]
    if len(missing) == len(_tables(entity)):  # as the program writes it: with all that it works out
        with Session(connection) as session:
            session.add(entity(id=record_id, **held))
            session.commit()  # of its own part only: what is around it goes on
        return
    for table in missing:
        _write_half(connection, entity, table, {"id": record_id} | held)


def _write_half(connection: sa.Connection, entity: type[Entity], table: sa.Table, held: Values) -> None:
    row: dict[str, Any] = {"version": 1} if "version" in table.c else {}
    names = columns_of(entity)
    row |= {column.name: held[n] for n, column in names.items() if n in held and column.table is table}
    row["id"] = held["id"]
    mapper = sa.inspect(entity)
    if mapper.polymorphic_on is not None and mapper.polymorphic_on.table is table:
        row[mapper.polymorphic_on.name] = mapper.polymorphic_identity
    connection.execute(sa.insert(table).values(row))


def complete_halves(connection: sa.Connection) -> Counter[str]:
    """Give what a record of two tables lost its second half: an empty one, or the first goes too.

    Returns how many of each entity went.
    """
    gone: Counter[str] = Counter()
    for entity in BY_NAME.values():
        mapper = sa.inspect(entity)
        if mapper.inherits is None or mapper.polymorphic_on is None:
            continue
        first, second = mapper.inherits.local_table, mapper.local_table
        query = sa.select(first.c.id).where(mapper.polymorphic_on == mapper.polymorphic_identity)
        for (record_id,) in connection.execute(query.where(first.c.id.not_in(sa.select(second.c.id)))).all():
            try:
                with connection.begin_nested():
                    connection.execute(sa.insert(second).values(id=record_id))  # type: ignore[arg-type]
            except SQLAlchemyError:
                connection.execute(sa.delete(first).where(first.c.id == record_id))  # type: ignore[arg-type]
                gone[entity.__name__] += 1
    return gone
