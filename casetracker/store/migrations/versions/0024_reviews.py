"""Reviews by families' representatives, what is held back at their wish, and the key for sealed answers."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "reviews",
        c.text("ref", needed=True),
        c.ref("family_id", "families", needed=True),
        c.ref("person_id", "persons"),
        c.ref("user_id", "users"),
        c.text("addressee", needed=True),
        c.choice("way", needed=True),
        c.text("language", needed=True),
        c.day("sent", needed=True, index=True),
        c.text("sent_by", needed=True),
        c.long_text("content", needed=True),
        c.text("digest", needed=True),
        c.choice("state", needed=True),
        c.day("answered"),
        c.text("signed"),
        c.long_text("comment"),
        c.text("answer_digest", index=True),
        c.day("withdrawn"),
        c.text("withdrawn_reason"),
    )
    c.records(
        "review_cases",
        c.ref("review_id", "reviews", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.long_text("comment"),
        c.number("position"),
    )
    _answers()
    c.table("office_keys", c.text("id", 32, needed=True), c.day("made", needed=True),
            c.text("private", 64, needed=True))  # fmt: skip


def _answers() -> None:
    c.records(
        "review_answers",
        c.ref("review_id", "reviews", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.number("number", needed=True),
        c.text("record", needed=True),
        c.text("record_id", needed=True, index=True),
        c.text("field"),
        c.text("label", needed=True),
        c.long_text("shown"),
        c.choice("said", needed=True),
        c.long_text("proposed"),
        c.long_text("comment"),
        c.choice("decision", needed=True),
        c.day("decided"),
        c.text("decided_by"),
        c.text("reason"),
        c.text("settled"),
    )
    c.records(
        "held_back",
        *c.attached(),
        c.text("field"),
        c.day("asked", needed=True),
        c.ref("answer_id", "review_answers"),
        c.day("lifted"),
        c.text("lifted_reason"),
    )
