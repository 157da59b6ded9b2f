"""Rows into their tables, some thousand with one statement, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import Case, PersonName
from casetracker.model.entity import Entity
from casetracker.store import derived, found_texts, name_keys
from casetracker.store.bulk.shape import Row, Shape, shape_of
from casetracker.store.many import insert_many


def put(session: Session, rows: Iterable[tuple[Shape, Row]]) -> None:
    """Insert rows of several kinds in any order: their references are checked when all of it is saved."""
    by_shape: dict[type[Entity], list[Row]] = defaultdict(list)
    for shape, row in rows:
        by_shape[shape.entity].append(row)
    for entity, held in by_shape.items():
        shape = shape_of(entity)
        names = dict.fromkeys(name for row in held for name in row)
        for name, value in shape.defaults.items():
            names[name] = None
            for row in held:
                row.setdefault(name, value)
        insert_many(session.connection(), shape.table, held, list(names))


def index(session: Session, rows: Sequence[tuple[Shape, Row]]) -> None:
    """Keep the words by which new names and texts are found."""
    names = [
        (row["id"], row.get("full"), row.get("script"), row.get("language"))
        for shape, row in rows
        if shape.entity is PersonName
    ]
    name_keys.add(session.connection(), names)
    found_texts.add(session, ((shape.entity, row) for shape, row in rows))


def derive(session: Session, case_ids: Sequence[str]) -> None:
    """Set the columns of cases that repeat what other records say."""
    table: Any = Case.__table__
    found = derived.computed(session, case_ids)
    held = [{"case_id": id_, **vars(now)} for id_, now in found.items()]
    if held:
        where = sa.update(table).where(table.c.id == sa.bindparam("case_id"))
        session.connection().execute(where, held)
