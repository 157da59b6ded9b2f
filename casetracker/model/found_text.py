"""Which texts the full-text index holds: a line for each field of a record that has words in it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.model.entity import Base


class FoundText(Base):
    """One text that can be found by its words. No record of its own: nobody types it.

    `store.found_texts` keeps these lines right, and `store.fulltext` the words, under the same number.
    """

    __tablename__ = "found_texts"

    number: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(sa.String(40))
    record_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    field: Mapped[str] = mapped_column(sa.String(60))
