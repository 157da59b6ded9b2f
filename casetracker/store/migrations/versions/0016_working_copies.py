"""Working copies of documents, their custody log, and files of any size."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.widen("documents", "size")
    c.add(
        "documents",
        c.ref("original_id", "documents"),
        c.choice("copy_kind"),
        c.text("copy_note"),
    )
    c.records(
        "document_uses",
        c.text("document_id", needed=True, index=True),
        c.choice("act", needed=True),
        c.text("at", needed=True),
        c.text("who", needed=True),
        c.text("detail"),
    )
