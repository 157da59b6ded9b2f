"""Saved profiles of papers."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "report_profiles",
        c.text("name", needed=True),
        c.text("addressee"),
        c.text("report", needed=True),
        c.text("audience", needed=True),
        c.text("language"),
        c.text("second_language"),
        c.long_text("options"),
    )
