"""The entries of the chain: what an entry says, how it is hashed, and the tables in which the chain lies.

An entry stands for one line of the log (an action, a changed record, an access) and holds no value of a
record: only hashes of what stood there before and after, each with a salt of its own. Its link is
``SHA256("ct-audit-v1\\0" ‖ link before ‖ SHA256(body))``, where the body is canonical JSON (sorted keys, no
spaces, UTF-8; RFC 8785 for the texts and whole numbers that occur here). The link before the first is made of
the id of the casebook. When a person is erased the salts go, and with them the last way to guess a value from
its hash; the hashes stay, so the chain holds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model.entity import Base

_LINK, _GENESIS, _VALUE = b"ct-audit-v1\0", b"ct-audit-genesis-v1\0", b"ct-audit-value-v1\0"
SALT_BYTES = 16
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Op(Enum):
    """What an entry of the chain stands for."""

    ACTION = N_("Action")
    ADDED = N_("Added")
    CHANGED = N_("Changed")
    DELETED = N_("Deleted")
    ACCESS = N_("Access")
    DEVICE = N_("New computer")
    UPGRADED = N_("Tables brought up to date")
    ERASED = N_("Erased")


entries = sa.Table(
    "audit_entries",
    Base.metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("link", sa.String(64), nullable=False),
    sa.Column("device", sa.String(32), nullable=False),  # "" where none was known
    sa.Column("actor", sa.String(100), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),  # UTC
    sa.Column("tick", sa.Integer, nullable=False),  # seconds since 2020, but never falls back
    sa.Column("op", sa.String(20), nullable=False),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("record_id", sa.String(32), nullable=False),
    sa.Column("row_version", sa.Integer),
    sa.Column("before_hash", sa.String(64)),
    sa.Column("after_hash", sa.String(64)),
    sa.Column("salt", sa.String(32)),  # gone when what it salted was erased
    sa.Column("of_row", sa.Integer),  # the number of the line in the table of its sort
    sa.Column("carried", sa.Boolean, nullable=False),  # of before the chain began
)
sa.Index("ix_audit_entries_op_of_row", entries.c.op, entries.c.of_row)

heads = sa.Table(
    "audit_heads",
    Base.metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("link", sa.String(64), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),  # UTC
    sa.Column("device_key", sa.String(64), nullable=False),  # Ed25519, public
    sa.Column("signature", sa.String(128), nullable=False),
)

erasures = sa.Table(
    "audit_erasures",
    Base.metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),  # UTC
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("record_id", sa.String(32), nullable=False),
    sa.Column("seqs", sa.JSON, nullable=False),  # the entries whose salts are gone
)


@dataclass(frozen=True)
class Entry:
    """One entry of the chain, all of which its link binds, but for the salt."""

    seq: int
    device: str
    actor: str
    at: dt.datetime
    tick: int
    op: str
    entity: str = ""
    record_id: str = ""
    row_version: int | None = None
    before_hash: str | None = None
    after_hash: str | None = None
    of_row: int | None = None
    carried: bool = False

    def link(self, casebook: str, previous: bytes) -> bytes:
        """Return the link of this entry after the one before it."""
        body = vars(self) | {"at": self.at.isoformat(), "casebook": casebook}
        return hashlib.sha256(_LINK + previous + hashlib.sha256(canonical(body)).digest()).digest()


def entry_of(row: Mapping[str, Any]) -> Entry:
    """Return what a row of the table says."""
    return Entry(**{name: row[name] for name in Entry.__dataclass_fields__})


def canonical(value: Any) -> bytes:
    """Write a value as JSON in the one way in which it is hashed."""
    return _CANONICAL.encode(value).encode()


def genesis(casebook: str) -> bytes:
    """Return the link before the first: a chain belongs to one casebook."""
    return hashlib.sha256(_GENESIS + casebook.encode()).digest()


def hashed(salt: str, side: str, value: Any) -> str | None:
    """Return the hash of what stood in a line (`side` is "before" or "after"); None of nothing."""
    return None if value is None else hashed_text(salt, side, canonical(value))


def hashed_text(salt: str, side: str, text: bytes) -> str:
    """Return the hash of what stood in a line, of which the canonical form is at hand."""
    return hashlib.sha256(_VALUE + bytes.fromhex(salt) + side.encode() + b"\0" + text).hexdigest()
