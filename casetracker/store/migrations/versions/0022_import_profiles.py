"""Mappings of lists that were taken in."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records("import_profiles", c.text("name", needed=True), c.long_text("mapping", needed=True))
