"""The words by which a spelling is found across scripts: a table beside the names, worked out from them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.model.entity import Base
from casetracker.model.matching.sounds import LONGEST


class NameKey(Base):
    """One word of a spelling, by its key. No record of its own: nobody types it, and history passes it over.

    `store.name_keys` keeps it right. The key comes first, so that the primary key is the index that is
    searched; there is no second copy of the rows under a number.
    """

    __tablename__ = "name_keys"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[str] = mapped_column(sa.String(LONGEST), primary_key=True)
    word: Mapped[str] = mapped_column(sa.String(LONGEST), primary_key=True)
    name_id: Mapped[str] = mapped_column(
        sa.String(32),
        sa.ForeignKey("person_names.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        index=True,
    )
