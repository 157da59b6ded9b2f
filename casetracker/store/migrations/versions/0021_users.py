"""Users and their roles."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy.

    Who the users are is sealed in their key slots: the first one is written down when the casebook is opened.
    """
    c.records(
        "users",
        c.text("name", needed=True),
        c.choice("role", needed=True),
        c.day("left"),
    )
    c.records(
        "user_families",
        c.ref("user_id", "users", needed=True),
        c.ref("family_id", "families", needed=True),
        c.day("since"),
    )
