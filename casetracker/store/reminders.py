"""Which appeals are to be reminded of: sent, not answered, and past the last day for a reply."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from casetracker.model import Appeal, AppealCase
from casetracker.store.reader import DisclosedRecord, Reader


def overdue_appeals(reader: Reader, case_ids: Collection[str] = ()) -> list[DisclosedRecord]:
    """Return the appeals overdue on the reader's day, the oldest due first; with these cases, or all.

    An appeal of whose cases the audience may know of none is left out.
    """
    answered_later = sa.or_(Appeal.answered_on.is_(None), Appeal.answered_on > reader.as_of)
    query = sa.select(Appeal.id).where(Appeal.reply_due < reader.as_of, answered_later)
    query = query.where(sa.or_(Appeal.sent.is_(None), Appeal.sent <= reader.as_of))
    if case_ids:
        query = query.where(
            Appeal.id.in_(sa.select(AppealCase.appeal_id).where(AppealCase.case_id.in_(case_ids)))
        )
    found = reader.many(Appeal, reader.ids(query.order_by(Appeal.reply_due, Appeal.id)))
    return [appeal for appeal in found if appeal.children("cases")]
