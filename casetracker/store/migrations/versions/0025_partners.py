"""Bundles that came from partner offices, their ids of records, and receipts for what was given to them."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "received_bundles",
        c.text("number", needed=True, index=True),
        c.text("office", needed=True),
        c.text("office_name"),
        c.text("digest", needed=True),
        c.day("received", needed=True),
        c.text("by", needed=True),
        c.long_text("notes"),
    )
    c.records(
        "foreign_records",
        *c.attached(),
        c.text("office", needed=True),
        c.text("foreign_id", needed=True, index=True),
        c.long_text("said"),
    )
    c.records(
        "release_receipts",
        c.ref("release_id", "releases", needed=True),
        c.day("received", needed=True),
        c.text("received_by"),
        c.day("noted", needed=True),
    )
