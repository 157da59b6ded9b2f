"""Sources in full, citations and attached documents."""

from __future__ import annotations

from alembic import op

from casetracker.store.migrations import columns as c

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.add(
        "sources",
        c.ref("origin_id", "sources"),
        c.choice("hand"),
        c.text("outlet"),
        c.text("told_at"),
        c.choice("language"),
        c.text("interpreter"),
        c.text("interviewer"),
        c.text("recorded", 60),
        c.text("reliability_reason"),
        c.text("credibility_reason"),
        c.long_text("translation"),
        c.text("translator"),
    )
    _move_reasons()
    c.records(
        "citations",
        *c.attached(),
        c.text("field", needed=True),
        c.ref("source_id", "sources", needed=True),
        c.choice("stance", needed=True),
        c.text("says"),
        c.text("place"),
        c.choice("standing"),
        c.text("standing_reason"),
    )
    _documents()


def _documents() -> None:
    c.records(
        "documents",
        c.text("title", needed=True),
        c.text("kind", 60),
        c.ref("case_id", "cases"),
        c.text("received_from"),
        c.day("received"),
        c.text("received_by"),
        c.text("original_at"),
        c.choice("language"),
        c.text("file_name"),
        c.text("file_type"),
        c.number("size"),
        c.text("sha256", index=True),
        c.text("sealed_sha256"),
        c.text("kept_at"),
        c.text("key"),
        c.choice("text_state"),
        c.long_text("text"),
        c.long_text("transcript"),
        c.text("translator"),
        c.yes_no("machine_made"),
        c.long_text("notes"),
    )
    c.records(
        "document_links",
        *c.attached(),
        c.ref("document_id", "documents", needed=True),
        c.text("note"),
    )


def _move_reasons() -> None:
    """The one reason of before becomes that of each grade it was given for; a dash stands where none was."""
    op.execute(
        "UPDATE sources SET"
        " reliability_reason = CASE WHEN reliability IS NULL AND credibility IS NOT NULL THEN NULL"
        " WHEN reliability IS NOT NULL AND reliability <> 'F' THEN coalesce(grade_reason, '—')"
        " ELSE grade_reason END,"
        " credibility_reason = CASE WHEN credibility IS NULL THEN NULL"
        " WHEN credibility <> 'SIX' THEN coalesce(grade_reason, '—') ELSE grade_reason END"
    )
    with op.batch_alter_table("sources") as batch:
        batch.drop_column("grade_reason")
