"""The audit log as a chain: its entries, signed heads, accesses and erasures; nobody changes the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casetracker.store.migrations import columns as c

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_GUARDED = ("actions", "changes", "accesses", "entries", "heads", "erasures")


def upgrade() -> None:
    """Bring the tables to this revision; the old lines are bound by the program afterwards."""
    _entries()
    c.table(
        "audit_heads",
        c.number("number", needed=True),
        c.number("seq", needed=True),
        c.text("link", 64, needed=True),
        c.moment("at"),
        c.text("device_key", 64, needed=True),
        c.text("signature", 128, needed=True),
        key="number",
    )
    c.table(
        "audit_accesses",
        c.number("number", needed=True),
        c.moment("at"),
        c.text("who", 100, needed=True),
        c.text("what", 20, needed=True),
        c.text("entity", 40, needed=True),
        c.text("record_id", 32, needed=True, index=True),
        c.text("detail", needed=True),
        key="number",
    )
    c.table(
        "audit_erasures",
        c.number("number", needed=True),
        c.moment("at"),
        c.text("who", 100, needed=True),
        c.text("entity", 40, needed=True),
        c.text("record_id", 32, needed=True),
        sa.Column("seqs", sa.JSON(), nullable=False),
        key="number",
    )
    for table in _GUARDED:
        for deed in ("update", "delete"):
            _guard(f"audit_{table}", deed)


def _entries() -> None:
    c.table(
        "audit_entries",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        c.text("link", 64, needed=True),
        c.text("device", 32, needed=True),
        c.text("actor", 100, needed=True),
        c.moment("at"),
        c.number("tick", needed=True),
        c.text("op", 20, needed=True),
        c.text("entity", 40, needed=True),
        c.text("record_id", 32, needed=True),
        c.number("row_version"),
        c.text("before_hash", 64),
        c.text("after_hash", 64),
        c.text("salt", 32),
        c.number("of_row"),
        sa.Column("carried", sa.Boolean(), nullable=False),
        key="seq",
    )
    op.create_index("ix_audit_entries_op_of_row", "audit_entries", ["op", "of_row"])


def _guard(table: str, deed: str) -> None:
    name, said = f"keep_{table}_{deed}", "the audit log only grows"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{said}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
