"""A first state of a small casebook, for tests of opening and upgrading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "s1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "casebook",
        sa.Column("casebook_id", sa.String(32), primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("program_version", sa.String(40), nullable=False),
        sa.Column("match_key", sa.String(64)),
        sa.Column("paper_key", sa.String(64)),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    )
