"""What an entity asks of a new record, worked out once; and a record that needs no session to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from casetracker.model.entity import Entity, children_of, keys_to, values_of
from casetracker.model.fields import Field
from casetracker.store.draft import child_entity
from casetracker.store.history import columns_of, freeze

Row = dict[str, Any]


@dataclass(frozen=True)
class Child:
    """A field that holds records which belong to this one: what they are, and how they point back."""

    name: str
    entity: type[Entity]
    owner: frozenset[str]


@dataclass(frozen=True)
class Shape:
    """An entity as its new records are written: one table, its rules, and what its history keeps."""

    entity: type[Entity]
    table: sa.Table
    fields: Mapping[str, Field]
    needed: tuple[str, ...]
    children: Mapping[str, Child]
    composites: Mapping[str, tuple[str, ...]]
    validators: Mapping[str, Callable[[Any, str, Any], Any]]
    columns: frozenset[str]
    defaults: Mapping[str, Any]
    audited: frozenset[str]
    placed: bool  # whether its records stand in an order
    ruled: bool  # whether the entity has a rule about a record as a whole


@cache
def shape_of(entity: type[Entity]) -> Shape:
    """Return the shape of an entity that is kept in one table."""
    mapper = sa.inspect(entity)
    assert len(mapper.tables) == 1, entity  # noqa: S101 - events are written one by one
    fields = values_of(entity)
    columns = {a.key: a.columns[0] for a in mapper.column_attrs}
    defaults = {key: c.default.arg for key, c in columns.items() if c.default and c.default.is_scalar}
    children = {}
    for name in children_of(entity):
        child = child_entity(entity, name)
        children[name] = Child(name, child, keys_to(entity, child))
    return Shape(
        entity,
        cast("sa.Table", entity.__table__),
        fields,
        tuple(name for name, field in fields.items() if field.required),
        children,
        {c.key: tuple(p.key for p in c.props) for c in mapper.composites},
        {str(key): cast("Any", found[0]) for key, found in mapper.validators.items()},
        frozenset(columns),
        defaults,
        frozenset(columns_of(entity)),
        "position" in columns,
        entity.check is not Entity.check,
    )


class Record:
    """A new record in plain values. It answers to the rules of its entity as one in a session would."""

    def __init__(self, shape: Shape, values: Mapping[str, Any]) -> None:
        own = self.__dict__
        own["_shape"] = shape
        own["confidentiality"] = int(shape.entity.kept)
        validators = shape.validators
        for name, value in values.items():
            if validators and name in validators:
                own[name] = validators[name](self, name, value)
            else:
                own[name] = value

    def __getattr__(self, name: str) -> Any:
        shape: Shape = self.__dict__["_shape"]
        if name in shape.children:
            return []
        if name in shape.columns or name in shape.fields:
            return None
        found = getattr(shape.entity, name)
        return found.__get__(self) if isinstance(found, property) else found

    def problems(self) -> dict[str, str]:
        """Return what the entity finds wrong with the record as a whole."""
        shape: Shape = self.__dict__["_shape"]
        return shape.entity.check(cast("Entity", self)) if shape.ruled else {}

    def row(self) -> Row:
        """Return the columns of the record that hold something."""
        own = self.__dict__
        shape: Shape = own["_shape"]
        found = {n: v for n, v in own.items() if v is not None and n in shape.columns}
        for name, columns in shape.composites.items():
            known = own.get(name)
            if known is not None:
                found.update(
                    (n, v)
                    for n, v in zip(columns, known.__composite_values__(), strict=True)
                    if v is not None
                )
        return found


def audited(shape: Shape, row: Row) -> Row:
    """Return what the history keeps of a row."""
    kept = shape.audited
    return {n: v if type(v) in _PLAIN else freeze(v) for n, v in row.items() if n in kept}


_PLAIN = frozenset({str, int, bool, float})
