"""What was being typed when the program ended: kept in the encrypted file, in no history, until it is saved.

It is not a record: nobody finds it by searching, no paper shows it, and only the person who typed it is
offered it again. After thirty days it goes by itself.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casetracker.model.entity import Base, new_id
from casetracker.store.store import Store

DAYS = 30

kept_draft = sa.Table(
    "kept_draft",
    Base.metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("place", sa.String(200), nullable=False, index=True),  # the dialog or page, and the record
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),  # UTC
    sa.Column("content", sa.Text, nullable=False),  # JSON, of the screen's own
)


@dataclass(frozen=True)
class Kept:
    """One text that was not saved. `at` is in UTC, without its zone."""

    id: str
    place: str
    at: dt.datetime
    content: Any

    @property
    def local(self) -> dt.datetime:
        """When it was typed, by the clock of this computer."""
        return self.at.replace(tzinfo=dt.UTC).astimezone()


def new_key() -> str:
    """Return the key under which one dialog keeps what is typed in it."""
    return new_id()


def keep(store: Store, key: str, place: str, content: Any) -> None:
    """Write down what stands on the screen, instead of what was kept under this key. Raises UserError."""
    row = {"id": key, "place": place[:200], "who": store.who, "at": _now(), "content": json.dumps(content)}
    with store.unrecorded() as session:
        session.execute(sa.delete(kept_draft).where(kept_draft.c.id == key))
        session.execute(sa.insert(kept_draft).values(row))


def forget(store: Store, key: str) -> None:
    """Throw one away; harmless if it is gone."""
    with store.unrecorded() as session:
        session.execute(sa.delete(kept_draft).where(kept_draft.c.id == key))


def offered(store: Store, place: str, *, but: Collection[str] = ()) -> Kept | None:
    """Return the newest that this user typed at this place, none of those that are open now (`but`)."""
    query = sa.select(kept_draft).where(kept_draft.c.place == place[:200], kept_draft.c.who == store.who)
    query = query.where(kept_draft.c.id.not_in(but)).order_by(kept_draft.c.at.desc()).limit(1)
    with store.reading() as session:
        row = session.execute(query).one_or_none()
    if row is None:
        return None
    try:
        return Kept(row.id, row.place, row.at, json.loads(row.content))
    except ValueError:
        return None


def waiting(store: Store) -> int:
    """Return how many texts of this user wait to be taken up again."""
    query = sa.select(sa.func.count()).select_from(kept_draft).where(kept_draft.c.who == store.who)
    with store.reading() as session:
        return session.scalar(query) or 0


def sweep(store: Store) -> int:
    """Throw away what is older than thirty days; return how many that were."""
    if store.read_only:
        return 0
    old = sa.delete(kept_draft).where(kept_draft.c.at < _now() - dt.timedelta(days=DAYS))
    with store.unrecorded() as session:
        gone: Any = session.execute(old)
        return int(gone.rowcount)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
