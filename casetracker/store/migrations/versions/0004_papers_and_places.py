"""Parts of names, identity papers, addresses, codes of places, facilities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from casetracker.store.migrations import columns as c
from casetracker.store.migrations import place_codes

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    _people()
    _places()
    place_codes.move_homes()
    with op.batch_alter_table("persons", recreate="always") as batch:
        batch.drop_column("home")
    op.add_column("casebook", sa.Column("match_key", sa.String(64), nullable=True))
    place_codes.give_key()


def _people() -> None:
    parts = ("given", "father", "grandfather", "surname", "patronymic")
    c.add("person_names", c.text("scheme", 60), *(c.text(part) for part in parts))
    c.add("persons", c.text("birthplace_code", 12, index=True), c.text("marks"), c.text("build"))
    person = c.ref("person_id", "persons", needed=True)
    c.records(
        "identity_papers",
        person,
        c.choice("kind", needed=True),
        c.text("number", needed=True),
        c.text("issuer"),
        c.day("issued"),
        c.day("expires"),
        c.choice("state"),
        c.long_text("mrz"),
        c.text("note"),
        c.number("position"),
        c.text("digest", 64, index=True),
    )
    c.records(
        "addresses",
        c.ref("person_id", "persons", needed=True),
        c.text("kind", 60),
        c.text("text", needed=True),
        c.text("place"),
        c.text("place_code", 12, index=True),
        *c.when("since"),
        *c.when("until"),
        c.number("position"),
    )
    c.records(
        "external_numbers",
        c.ref("person_id", "persons"),
        c.ref("case_id", "cases"),
        c.text("scheme", 60, needed=True),
        c.text("number", needed=True),
        c.text("link"),
        c.number("position"),
    )


def _places() -> None:
    c.records(
        "facilities",
        c.text("name", needed=True),
        c.text("name_zh"),
        c.text("other_names"),
        c.text("kind", 60),
        c.text("tier", 60),
        c.text("place"),
        c.text("place_code", 12, index=True),
        c.text("address"),
        c.text("capacity"),
        c.text("seen"),
        c.long_text("notes"),
    )
    c.add("custody_events", c.ref("facility_id", "facilities"))
    c.add("episodes", c.text("county_code", 12, index=True))
    c.add("events", c.text("place_code", 12, index=True))
    for table, words in (("persons", "birthplace"), ("episodes", "county"), ("events", "place")):
        place_codes.fill(table, words)
