"""Rows of tables from a seed: ids, references and dates that come out the same each time."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from functools import cache
from typing import Any

import sqlalchemy as sa

from casetracker.model import Entity, Event
from casetracker.model.dates import KnownDate
from casetracker.store.edit import REF_LETTERS


@cache
def dated(name: str, edtf: str) -> dict[str, Any]:
    """Return the four columns of a date as known, given in EDTF."""
    known = KnownDate.from_edtf(edtf)
    return {
        f"{name}_words": None,
        f"{name}_edtf": known.edtf,
        f"{name}_earliest": known.earliest,
        f"{name}_latest": known.latest,
    }


def undated(name: str) -> dict[str, Any]:
    """Return the four columns of a date of which nothing is known."""
    return {f"{name}_{part}": None for part in ("words", "edtf", "earliest", "latest")}


class Rows:
    """The rows of one casebook by table, as they are made."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.tables: dict[sa.Table, list[dict[str, Any]]] = defaultdict(list)
        self._refs: set[str] = set()

    def id(self) -> str:
        """Make an id."""
        return f"{self.dice.getrandbits(128):032x}"

    def ref(self, prefix: str) -> str:
        """Make a reference that no other record has."""
        while True:
            ref = f"{prefix}-" + "".join(self.dice.choices(REF_LETTERS, k=4))
            if ref not in self._refs:
                self._refs.add(ref)
                return ref

    def add(self, entity: type[Entity], id_: str = "", **values: Any) -> str:
        """Add a record and return its id."""
        id_ = id_ or self.id()
        self.tables[entity.__table__].append(  # type: ignore[index]
            {"id": id_, "version": 1, "confidentiality": int(entity.kept), **values}
        )
        return id_

    def add_event(self, entity: type[Event], own: dict[str, Any], **values: Any) -> str:
        """Add an event: a row in `events`, and `own` in the table of its kind."""
        sort = entity.__mapper__.polymorphic_identity
        id_ = self.id()
        self.tables[Event.__table__].append(  # type: ignore[index]
            {"id": id_, "version": 1, "confidentiality": int(entity.kept), "sort": sort, **values}
        )
        self.tables[entity.__table__].append({"id": id_, **own})  # type: ignore[index]
        return id_

    def day(self, first: int, last: int) -> dt.date:
        """Return a day in these years."""
        return dt.date(self.dice.randint(first, last), self.dice.randint(1, 12), self.dice.randint(1, 28))

    def vague(self, first: int, last: int) -> str:
        """A date as people know it, in EDTF."""
        day = self.day(first, last)
        form = self.dice.choice(("%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y-%m~", "%Y-%m?", "%Y", "[%Y-03..%Y-09]"))
        return day.strftime(form)
