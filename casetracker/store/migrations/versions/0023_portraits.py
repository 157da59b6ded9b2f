"""Portraits of people."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "portraits",
        c.ref("person_id", "persons", needed=True),
        c.long_text("picture", needed=True),
        c.day("chosen"),
        c.text("document"),
    )
