"""People who are not the same, merges, intake."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "not_same",
        c.ref("first_id", "persons", needed=True),
        c.ref("second_id", "persons", needed=True),
        c.day("decided"),
        c.text("reason"),
    )
    c.records(
        "merges",
        c.text("about", needed=True),
        c.text("about_id", needed=True, index=True),
        c.text("gone_id", needed=True),
        c.text("gone_title", needed=True),
        c.day("merged"),
        c.text("by"),
        c.long_text("left"),
    )
    c.records(
        "intake_entries",
        c.day("day", needed=True, index=True),
        c.number("number", needed=True),
        c.choice("state", needed=True),
        c.text("name"),
        c.choice("language"),
        c.text("interpreter"),
        c.ref("case_id", "cases"),
        c.text("note"),
    )
