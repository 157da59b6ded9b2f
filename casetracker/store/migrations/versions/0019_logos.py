"""The logo of a report profile."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.add("report_profiles", c.long_text("logo"))
