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


def _on_postgresql(bind: Bind) -> bool:
    connection = bind.connection() if isinstance(bind, Session) else bind
    return connection.dialect.name == "postgresql"


def put_up(bind: Bind) -> None:
    """Guard every table of the log that is not guarded yet."""
    if _on_postgresql(bind):
        _put_up_on_postgresql(bind)
        return
    for name, (table, deed) in _names().items():
        bind.execute(
            sa.text(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {deed.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
            )
        )


def _put_up_on_postgresql(bind: Bind) -> None:
    """There a table can also be emptied at once, and triggers call functions."""
    for name, (table, deed) in (_names() | _emptying()).items():
        each = "STATEMENT" if deed == "truncate" else "ROW"
        for statement in (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {deed.upper()} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {name}()",
        ):
            bind.execute(sa.text(statement))


def _emptying() -> dict[str, tuple[str, str]]:
    return {f"keep_{table}_truncate": (table, "truncate") for table in GUARDED}


def take_down(bind: Bind) -> None:
    """Let the log be changed until `put_up`, in the same transaction."""
    on_postgresql = _on_postgresql(bind)
    for name, (table, _) in _names().items():
        bind.execute(sa.text(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_postgresql else "")))


def missing(bind: Bind) -> list[str]:
    """Return the tables of the log that are not guarded."""
    on_postgresql = _on_postgresql(bind)
    known = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    query = known if on_postgresql else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    there = set(bind.execute(sa.text(query)).scalars())
    wanted = _names() | (_emptying() if on_postgresql else {})
    return sorted({table for name, (table, _) in wanted.items() if name not in there})
