"""The words by which names are found across scripts: kept here after every action, checked here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import NameKey, PersonName
from casetracker.model.matching.sounds import Sound, sounds
from casetracker.store.history import AuditChange
from casetracker.store.many import insert_many

_READ_FROM = {"full", "script", "language"}
_SPELLING = sa.select(PersonName.id, PersonName.full, PersonName.script, PersonName.language)
_ROWS = 5_000
_TABLE = cast("sa.Table", NameKey.__table__)


def refresh(session: Session, changes: Iterable[AuditChange]) -> None:
    """Set the words of every spelling that these changes bear on, deleted ones too. Call after a flush."""
    names = {c.record_id for c in changes if c.entity == "PersonName" and _bears_on_words(c)}
    if not names:
        return
    session.execute(sa.delete(NameKey).where(NameKey.name_id.in_(names)))
    _write(session.connection(), session.execute(_SPELLING.where(PersonName.id.in_(names))).all())


def _bears_on_words(change: AuditChange) -> bool:
    return change.before is None or change.after is None or not _READ_FROM.isdisjoint(change.after)


def add(connection: sa.Connection, spellings: Iterable[Any]) -> None:
    """Write down the words of new spellings: the id, what is written, its script and language of each."""
    _write(connection, spellings)


def rebuild(connection: sa.Connection) -> None:
    """Work out the words of all spellings anew, for rows that were written past the store."""
    connection.execute(sa.delete(NameKey))
    _write(connection, connection.execute(_SPELLING).all())


def _write(connection: sa.Connection, spellings: Iterable[Any]) -> None:
    rows = [
        {"key": sound.key, "word": sound.word, "name_id": id_}
        for id_, full, script, language in spellings
        for sound in sounds(full, script, language)
    ]
    rows.sort(key=lambda row: (row["key"], row["word"], row["name_id"]))  # as the table keeps them
    for start in range(0, len(rows), _ROWS):
        insert_many(connection, _TABLE, rows[start : start + _ROWS])


def wrong(session: Session) -> list[str]:
    """Return the ids of spellings whose words do not agree with what is written."""
    kept: dict[str, set[Sound]] = defaultdict(set)
    for key, word, name_id in session.execute(sa.select(NameKey.key, NameKey.word, NameKey.name_id)):
        kept[name_id].add(Sound(key, word))
    return [
        id_
        for id_, full, script, language in session.execute(_SPELLING)
        if kept[id_] != sounds(full or "", script, language)
    ]
