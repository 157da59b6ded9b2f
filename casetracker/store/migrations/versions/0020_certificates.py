"""The certificates with which the office signs its papers."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.table(
        "office_certificates",
        c.text("id", 32, needed=True),
        c.day("made", needed=True),
        c.day("retired"),
        c.long_text("root", needed=True),
        c.long_text("root_key", needed=True),
        c.long_text("signer", needed=True),
        c.long_text("signer_key", needed=True),
    )
