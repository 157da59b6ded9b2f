"""The texts that can be found by their words: kept here after every action, checked here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import BY_NAME, ENTITIES
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Field, LongText
from casetracker.model.found_text import FoundText
from casetracker.model.matching.words import words_of
from casetracker.store import fulltext
from casetracker.store.fulltext import Bind
from casetracker.store.history import AuditChange

_ROWS = 5_000
_IDS = 500  # in one statement
Text = tuple[str, str, str, Sequence[str]]  # entity, record, field, words


@cache
def fields_found(entity: type[Entity]) -> dict[str, Field]:
    """Return the fields of an entity whose words can be found: long texts, and what says so itself."""
    return {
        name: field
        for name, field in values_of(entity).items()
        if (isinstance(field.kind, LongText) if field.found is None else field.found)
    }


def refresh(session: Session, changes: Iterable[AuditChange]) -> None:
    """Set the words of every text that these changes bear on. Call after a flush, inside the action."""
    if not fulltext.available(session):
        return
    touched: dict[str, set[str]] = defaultdict(set)
    old: set[str] = set()
    for change in changes:
        if _bears_on_words(change):
            touched[change.entity].add(change.record_id)
            if change.before is not None:
                old.add(change.record_id)
    _forget(session, old)
    for name, ids in touched.items():
        _write(session, _texts(session, BY_NAME[name], ids))


def add(session: Session, rows: Iterable[tuple[type[Entity], Mapping[str, Any]]]) -> None:
    """Write down the words of new records, each with its columns as they were written."""
    if fulltext.available(session):
        _write(session, _texts_of(rows))


def _texts_of(rows: Iterable[tuple[type[Entity], Mapping[str, Any]]]) -> Iterator[Text]:
    for entity, row in rows:
        for name in fields_found(entity):
            text = row.get(name)
            if text and (words := [word.text for word in words_of(text)]):
                yield entity.__name__, row["id"], name, words


def _bears_on_words(change: AuditChange) -> bool:
    found = fields_found(BY_NAME[change.entity]).keys()
    values = (change.before or {}).keys() | (change.after or {}).keys()
    return not found.isdisjoint(values)


def _forget(session: Session, record_ids: Collection[str]) -> None:
    ids = sorted(record_ids)
    for start in range(0, len(ids), _IDS):
        of_these = FoundText.record_id.in_(ids[start : start + _IDS])
        if numbers := session.scalars(sa.select(FoundText.number).where(of_these)).all():
            fulltext.remove(session, numbers)
            session.execute(sa.delete(FoundText).where(of_these))


def rebuild(connection: sa.Connection) -> None:
    """Work out the words of all texts anew, for rows that were written past the store."""
    if not fulltext.available(connection):
        return
    connection.execute(sa.delete(FoundText))
    fulltext.clear(connection)
    for entity in ENTITIES:
        _write(connection, _texts(connection, entity))


def _texts(bind: Bind, entity: type[Entity], ids: Collection[str] | None = None) -> Iterator[Text]:
    """Return the texts of these records of a kind, or of all; what has no words is passed over."""
    names = list(fields_found(entity))
    if not names:
        return
    mapper = sa.inspect(entity)
    query = sa.select(entity.id, *(mapper.columns[name] for name in names))
    if mapper.polymorphic_on is not None:  # a meeting is an event too
        query = query.where(mapper.polymorphic_on == mapper.polymorphic_identity)
    wanted = [None] if ids is None else [sorted(ids)[at : at + _IDS] for at in range(0, len(ids), _IDS)]
    for some in wanted:
        of_these = query if some is None else query.where(entity.id.in_(some))
        for record_id, *texts in bind.execute(of_these.execution_options(yield_per=_ROWS)):
            for name, text in zip(names, texts, strict=True):
                if text and (words := [word.text for word in words_of(text)]):
                    yield entity.__name__, record_id, name, words


def _write(bind: Bind, texts: Iterable[Text]) -> None:
    rows: list[dict[str, Any]] = []
    words: list[tuple[int, Sequence[str]]] = []
    number = 0
    for entity, record_id, field, said in texts:
        number = number or _last_number(bind)
        number += 1
        rows.append({"number": number, "entity": entity, "record_id": record_id, "field": field})
        words.append((number, said))
        if len(rows) == _ROWS:
            _put(bind, rows, words)
            rows, words = [], []
    _put(bind, rows, words)


def _last_number(bind: Bind) -> int:
    return bind.scalar(sa.select(sa.func.max(FoundText.number))) or 0


def _put(bind: Bind, rows: list[dict[str, Any]], words: list[tuple[int, Sequence[str]]]) -> None:
    if rows:
        bind.execute(sa.insert(FoundText), rows)
        fulltext.put(bind, words)


def wrong(session: Session) -> list[tuple[str, str]]:
    """Return where index and records do not agree: the entity and the id of each record, once."""
    if not fulltext.available(session):
        return []
    indexed: dict[int, int] = defaultdict(int)
    for number, word, place in fulltext.kept(session):
        indexed[number] += _mark(word, place)
    there: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in session.execute(
        sa.select(FoundText.entity, FoundText.record_id, FoundText.field, FoundText.number)
    ):
        there[row[0], row[1], row[2]].append(indexed.pop(row[3], 0))
    found: dict[tuple[str, str], None] = {}
    for entity in ENTITIES:
        for name, record_id, field, words in _texts(session, entity):
            if there.pop((name, record_id, field), []) != [_sum(words)]:
                found[name, record_id] = None
    found.update({(name, record_id): None for name, record_id, _ in there})
    return list(found) + ([("", "")] if indexed else [])


def _sum(words: Sequence[str]) -> int:
    return sum(_mark(word, place) for place, word in enumerate(words))


def _mark(word: str, place: int) -> int:
    """Return a number that stands for a word at its place: the sum of a text is the same in any order."""
    return hash((word, place))
