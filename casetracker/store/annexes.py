"""The documents that the office keeps about a case, for whoever may know that they exist."""

from __future__ import annotations

import sqlalchemy as sa

from casetracker.model import Document
from casetracker.store.reader import DisclosedRecord, Reader


def documents_about(reader: Reader, case_id: str) -> list[DisclosedRecord]:
    """Return the documents of a case in the order in which they were taken in."""
    query = sa.select(Document.id).where(Document.case_id == case_id).order_by(Document.received, Document.id)
    return reader.many(Document, reader.ids(query))
