"""Reply forms that came back."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "reply_forms",
        c.ref("meeting_id", "meetings", needed=True),
        c.day("received", needed=True),
        c.text("by"),
        c.choice("state"),
        c.text("file_digest", needed=True, index=True),
        c.text("list_digest", needed=True),
    )
    c.records(
        "reply_form_answers",
        c.ref("form_id", "reply_forms", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.text("result", 60),
        c.long_text("words"),
        c.long_text("measure"),
        *c.when("on"),
        c.text("typed"),
        c.text("contact"),
        c.number("position"),
    )
