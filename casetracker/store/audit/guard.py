"""Triggers that let nobody change or delete a line of the log, but for the one way that erases a person."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

GUARDED = (
    *("audit_actions", "audit_changes", "audit_accesses", "audit_entries", "audit_heads", "audit_erasures"),
)
_SAID = "the audit log only grows"
Bind = Session | sa.Connection


def _names() -> dict[str, tuple[str, str]]:
    return {f"keep_{table}_{deed}": (table, deed) for table in GUARDED for deed in ("update", "delete")}


def put_up(bind: Bind) -> None:
    """Guard every table of the log that is not guarded yet."""
    for name, (table, deed) in _names().items():
        bind.execute(
            sa.text(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
            )
        )


def take_down(bind: Bind) -> None:
    """Let the log be changed until `put_up`, in the same transaction."""
    for name in _names():
        bind.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}"))


def missing(bind: Bind) -> list[str]:
    """Return the tables of the log that are not guarded."""
    there = set(bind.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    return sorted({table for name, (table, _) in _names().items() if name not in there})
