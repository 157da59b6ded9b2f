"""An index by which the list of people is in order without being sorted."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    op.create_index("ix_person_names_in_order", "person_names", ["position", "folded", "person_id"])
