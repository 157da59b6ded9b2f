"""All rows of a casebook at a moment, and all steps back and forward."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from casetracker.model import ENTITIES
from casetracker.store.store import Store


def content(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every record without its version, which only counts."""
    with store.reading() as session:
        return {
            e.__name__: [
                {k: v for k, v in row._mapping.items() if k != "version"}
                for row in session.execute(sa.select(e.__table__).order_by(e.__table__.c.id))
            ]
            for e in ENTITIES
        }


def undo_all(store: Store) -> int:
    steps = 0
    while store.can_undo():
        store.undo()
        steps += 1
    return steps


def redo_all(store: Store) -> int:
    steps = 0
    while store.can_redo():
        store.redo()
        steps += 1
    return steps
