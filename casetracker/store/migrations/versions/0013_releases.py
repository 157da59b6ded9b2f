"""Releases: what was given to whom, and the key of pseudonyms."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from casetracker.store.migrations import columns as c

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    c.records(
        "releases",
        c.text("ref", needed=True),
        c.day("released", needed=True, index=True),
        c.text("by", needed=True),
        c.text("report", needed=True),
        c.text("audience", needed=True),
        c.text("addressee"),
        c.text("language"),
        c.day("as_of"),
        c.text("digest", needed=True, index=True),
        c.text("file_name"),
        c.number("pages"),
        c.day("recalled"),
        c.text("recall_note"),
    )
    _what_is_in_them()
    op.add_column("casebook", sa.Column("paper_key", sa.String(64), nullable=True))
    _give_key()


def _what_is_in_them() -> None:
    c.records(
        "released_cases",
        c.ref("release_id", "releases", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.choice("use"),
        c.day("consented"),
        c.long_text("consent_ids"),
        c.number("position"),
    )
    c.records(
        "released_people",
        c.ref("release_id", "releases", needed=True),
        c.ref("person_id", "persons", needed=True),
    )
    c.records(
        "release_overrides",
        c.ref("release_id", "releases", needed=True),
        c.choice("kind", needed=True),
        c.text("reason", needed=True),
        c.text("by", needed=True),
    )


def _give_key() -> None:
    book = sa.table("casebook", sa.column("paper_key"))
    op.get_bind().execute(sa.update(book).values(paper_key=secrets.token_hex(32)))
