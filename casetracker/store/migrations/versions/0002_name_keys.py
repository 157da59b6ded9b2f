"""Words by which names are found across scripts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casetracker.store.migrations import name_keys

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    op.create_table(
        "name_keys",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("word", sa.String(100), nullable=False),
        sa.Column("name_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["name_id"],
            ["person_names.id"],
            name="fk_name_keys_name_id_person_names",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("key", "word", "name_id", name="pk_name_keys"),
        sqlite_with_rowid=False,
    )
    name_keys.fill()
    op.create_index("ix_name_keys_name_id", "name_keys", ["name_id"])
