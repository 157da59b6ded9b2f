"""Own terms, tags and notes."""

from __future__ import annotations

from alembic import op

from casetracker.store.migrations import columns as c

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "own_terms",
        c.text("vocabulary", needed=True),
        c.text("code", needed=True),
        c.text("label_en"),
        c.text("label_ru"),
        c.text("label_kk"),
        c.text("huridocs"),
        c.yes_no("active"),
        c.number("position"),
    )
    op.create_index("ix_own_terms_code", "own_terms", ["vocabulary", "code"], unique=True)
    c.records("tags", c.text("name", needed=True), c.choice("colour"))
    op.create_index("ix_tags_name", "tags", ["name"], unique=True)
    c.records("taggings", *c.attached(), c.ref("tag_id", "tags", needed=True), c.day("tagged"), c.text("by"))
    op.create_index("ix_taggings_once", "taggings", ["tag_id", "about_id"], unique=True)
    c.records(
        "notes", *c.attached(), c.long_text("text", needed=True), c.day("written"), c.text("by"),
        c.yes_no("pinned"),
    )  # fmt: skip
