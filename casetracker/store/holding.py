"""What families asked not to share: read by every reader for outside, above all tables and all consents."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import HeldBack
from casetracker.model.confidentiality import Audience

WITHIN = frozenset({Audience.INTERNAL, Audience.FAMILY})  # who may read it all the same
NOTHING: frozenset[str] = frozenset()
ALL_OF_IT = ""
FACES = "portraits"  # of a person, whichever is chosen later
TELLING = 12  # letters of a text that is looked for in a finished paper; shorter ones stand there by chance


def by_record(session: Session, day: dt.date) -> dict[str, frozenset[str]]:
    """Return by record the fields that are held back on that day; `ALL_OF_IT` among them means all.

    A paper made again as of an earlier day holds back too what was asked since: nobody asks for less later
    by asking it once. Only what was lifted by that day may be given.
    """
    query = sa.select(HeldBack.about_id, HeldBack.field).where(
        sa.or_(HeldBack.lifted.is_(None), HeldBack.lifted > day)
    )
    found: dict[str, set[str]] = {}
    for record_id, field in session.execute(query):
        found.setdefault(record_id, set()).add(field or ALL_OF_IT)
    return {record_id: frozenset(fields) for record_id, fields in found.items()}
