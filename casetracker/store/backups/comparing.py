"""What differs between a casebook and a copy of it, in words: before anything is replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import BY_NAME, ENTITIES
from casetracker.model.confidentiality import Audience
from casetracker.model.entity import Entity, children_of, keys_to
from casetracker.store import upgrade
from casetracker.store.checks import RECORDS
from casetracker.store.draft import child_entity
from casetracker.store.engine import open_engine, user_errors
from casetracker.store.history import columns_of
from casetracker.store.keyslots import DataKey
from casetracker.store.reader import Reader
from casetracker.store.store import Store

Rows = dict[str, tuple[Any, ...]]


class Differs(Enum):
    """In what way a record differs."""

    ONLY_NOW = N_("not in the copy")
    ONLY_COPY = N_("only in the copy")
    CHANGED = N_("differs")


@dataclass(frozen=True)
class Difference:
    """One record that differs: its kind and its title, as lists show them."""

    how: Differs
    kind: str
    title: str
    entity: str
    record_id: str


def compare(store: Store, copy: Path, key: DataKey, progress: Progress | None = None) -> list[Difference]:
    """Return what differs between the present records and those of a restored copy.

    What belongs to a record (names, custody, promises) makes that record differ. The copy is brought up to
    date first, as it would be by opening it.
    """
    report = progress or Silent()
    upgrade.upgrade(copy / RECORDS, key)
    engine = open_engine(copy / RECORDS, key, read_only=True)
    try:
        with user_errors(), Session(engine) as theirs, store.reading() as ours:
            found = _records(ours, theirs, report)
            named = _titles(store, ours, theirs, found)
    finally:
        engine.dispose()
    order = {entity.__name__: number for number, entity in enumerate(ENTITIES)}
    return sorted(named, key=lambda d: (list(Differs).index(d.how), order[d.entity], d.title))


def _records(ours: Session, theirs: Session, progress: Progress) -> dict[tuple[str, str], Differs]:
    """Return how each record differs; children count for the record that they belong to."""
    found: dict[tuple[str, str], Differs] = {}
    touched: set[tuple[str, str]] = set()
    for number, entity in enumerate(ENTITIES):
        progress.step(number, len(ENTITIES), tr(entity.plural))
        now, then = _rows(ours, entity), _rows(theirs, entity)
        for record_id in now.keys() | then.keys():
            if now.get(record_id) == then.get(record_id):
                continue
            if owner := _owner(entity):
                name, place = owner
                touched.add((name, (now.get(record_id) or then[record_id])[place]))
            elif record_id not in then:
                found[entity.__name__, record_id] = Differs.ONLY_NOW
            else:
                one_side = record_id not in now
                found[entity.__name__, record_id] = Differs.ONLY_COPY if one_side else Differs.CHANGED
    for name, record_id in _tops(touched, ours, theirs):
        found.setdefault((name, record_id), Differs.CHANGED)
    return found


@cache
def _columns(entity: type[Entity]) -> tuple[str, ...]:
    return tuple(columns_of(entity))


def _rows(session: Session, entity: type[Entity]) -> Rows:
    mapper = sa.inspect(entity)
    query = sa.select(*(columns_of(entity)[name] for name in _columns(entity)))
    if mapper.polymorphic_on is not None:  # a meeting is an event too
        query = query.where(mapper.polymorphic_on == mapper.polymorphic_identity)
        if mapper.inherits is not None:
            query = query.where(mapper.local_table.c.id == mapper.inherits.local_table.c.id)
    at = _columns(entity).index("id")
    return {row[at]: tuple(row) for row in session.execute(query.execution_options(yield_per=5_000))}


@cache
def _owner(entity: type[Entity]) -> tuple[str, int] | None:
    """Return the kind of record that records of this kind belong to, and where its id stands in a row."""
    for parent in ENTITIES:
        for name in children_of(parent):
            if child_entity(parent, name) is entity and (keys := keys_to(parent, entity)):
                return parent.__name__, _columns(entity).index(next(iter(keys)))
    return None


def _tops(touched: set[tuple[str, str]], ours: Session, theirs: Session) -> Iterator[tuple[str, str]]:
    """Climb from records to those that they belong to, until they belong to none."""
    for name, record_id in touched:
        at: tuple[str, str] | None = (name, record_id)
        while at and (owner := _owner(BY_NAME[at[0]])):
            column = columns_of(BY_NAME[at[0]])[_columns(BY_NAME[at[0]])[owner[1]]]
            query = sa.select(column).where(column.table.c.id == at[1])
            above = ours.scalar(query) or theirs.scalar(query)
            at = (owner[0], above) if above else None
        if at:
            yield _of_its_kind(at, ours, theirs)


def _of_its_kind(at: tuple[str, str], ours: Session, theirs: Session) -> tuple[str, str]:
    """Return the record under the name of its own kind: what belongs to an event may belong to a meeting."""
    record = ours.get(BY_NAME[at[0]], at[1]) or theirs.get(BY_NAME[at[0]], at[1])
    return (type(record).__name__ if record else at[0], at[1])


def _titles(
    store: Store, ours: Session, theirs: Session, found: dict[tuple[str, str], Differs]
) -> Iterator[Difference]:
    wanted: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for (name, record_id), how in found.items():
        wanted[how is Differs.ONLY_COPY, name].append(record_id)
    for (in_copy, name), ids in wanted.items():
        entity, session = BY_NAME[name], theirs if in_copy else ours
        titles = {r.id: r.title for r in Reader(session, Audience.INTERNAL, store.today()).many(entity, ids)}
        for record_id in ids:
            title = titles.get(record_id) or f"{tr(entity.singular)} {record_id[:4].upper()}"
            yield Difference(found[name, record_id], tr(entity.singular), title, name, record_id)
