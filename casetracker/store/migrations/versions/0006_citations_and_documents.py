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
