"""The log of what was looked at and what left the screen: openings, papers, exports, restricted records.

Not every page that somebody looks at: a log of that would itself be a danger, and nobody would read it. A
record is logged as seen only if its own level is above what new records have (`Confidentiality.RESTRICTED`).
Documents that somebody looks at who may change nothing stand here too; what others do with them has rows of
its own (`DocumentUse`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.entity import Base


class Access(Enum):
    """What was done without changing a record."""

    OPENED = N_("Opened the casebook")
    PRINTED = N_("Made a paper")
    EXPORTED = N_("Exported")
    VIEWED = N_("Looked at a restricted record")
    DOCUMENT = N_("Looked at a document")
    CERTIFIED = N_("Made or renewed the certificate to sign with")


accesses = sa.Table(
    "audit_accesses",
    Base.metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),  # UTC
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("record_id", sa.String(32), nullable=False, index=True),
    sa.Column("detail", sa.String(300), nullable=False),
)

RESTRICTED = Confidentiality.RESTRICTED


@dataclass(frozen=True)
class Noted:
    """One thing to be noted: what was done, with which record (none for the casebook), and more in words."""

    what: Access
    entity: str = ""
    record_id: str = ""
    detail: str = ""


def rows(who: str, at: dt.datetime, noted: Sequence[Noted]) -> list[dict[str, object]]:
    """Return the rows of the table that say these things."""
    return [
        {"who": who, "at": at, "what": n.what.name, "entity": n.entity, "record_id": n.record_id}
        | {"detail": n.detail[:300]}
        for n in noted
    ]
