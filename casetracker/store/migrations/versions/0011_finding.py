"""Full text and saved views."""

from __future__ import annotations

from alembic import op

from casetracker.store.migrations import columns as c

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy.

    The index is filled by `env.py` once all steps are done, with the texts as they then are.
    """
    c.table(
        "found_texts",
        c.number("number", needed=True),
        c.text("entity", 40, needed=True),
        c.text("record_id", 32, needed=True, index=True),
        c.text("field", 60, needed=True),
        key="number",
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE text_words USING fts5("
            "words, content='', contentless_delete=1, tokenize='ascii', prefix='2 3')"
        )
        op.execute("CREATE VIRTUAL TABLE text_word_places USING fts5vocab('text_words', 'instance')")
    _saved_views()


def _saved_views() -> None:
    """Make the table of the views that an office keeps under a name."""
    c.records(
        "saved_views",
        c.text("list_key", needed=True, index=True),
        c.text("name", needed=True),
        c.long_text("query"),
        c.long_text("columns"),
        c.text("sorted_by"),
    )
