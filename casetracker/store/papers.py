"""Numbers of identity papers: a keyed hash beside each, by which the same number is found without being read.

The key is random for each casebook and lies in it; without the casebook the hash of a number tells nothing,
though there are few enough numbers to try them all.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import IdentityPaper
from casetracker.model.papers import PaperKind, normalised
from casetracker.store.history import Changed
from casetracker.store.meta import casebook_table

_table = cast("sa.Table", IdentityPaper.__table__)


def mark(kind: PaperKind, number: str) -> str:
    """Return a number with its kind, the same for every way to write it."""
    return f"{kind.name}:{normalised(kind, number)}"


def digest(key: str, kind: PaperKind, number: str) -> str:
    """Return the keyed hash of a number: the same for every way to write it."""
    return hmac.new(bytes.fromhex(key), mark(kind, number).encode(), hashlib.sha256).hexdigest()


def key_of(session: Session) -> str:
    """Return the key of this casebook; "" in one that has no identity yet, and so no papers."""
    return session.scalar(sa.select(casebook_table.c.match_key)) or ""


def refresh(session: Session, changes: Iterable[Changed]) -> None:
    """Set the hash of every paper that these changes bear on. Call after a flush, inside the action."""
    ids = {c.record_id for c in changes if c.entity == IdentityPaper.__name__ and c.after is not None}
    if not ids:
        return
    key = key_of(session)
    query = sa.select(_table.c.id, IdentityPaper.kind, IdentityPaper.number).where(_table.c.id.in_(ids))
    for id_, kind, number in session.execute(query).all():
        where = sa.update(_table).where(_table.c.id == id_)
        session.execute(where.values(digest=digest(key, kind, number)))


def people_with_number(session: Session, typed: str) -> list[str]:
    """Return the people on one of whose papers this number stands, of whatever kind and however written."""
    if sum(c.isalnum() for c in typed) < 5:
        return []
    key = key_of(session)
    wanted = {digest(key, kind, typed) for kind in PaperKind} if key else set()
    query = sa.select(IdentityPaper.person_id).where(IdentityPaper.digest.in_(wanted)).distinct()
    return list(session.scalars(query))


def wrong(session: Session) -> list[str]:
    """Return the ids of papers whose hash is not that of their number."""
    key = key_of(session)
    query = sa.select(_table.c.id, IdentityPaper.kind, IdentityPaper.number, IdentityPaper.digest)
    return [id_ for id_, kind, number, kept in session.execute(query) if kept != digest(key, kind, number)]
