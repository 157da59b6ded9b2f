"""More kinds of events, what led to what, more about protests and meetings."""

from __future__ import annotations

from alembic import op

from casetracker.store.migrations import columns as c

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    _kinds_of_events()
    _chain()
    c.add("events", c.choice("state"), c.text("starts"), c.text("ends"), c.long_text("media"))
    c.add("participants", c.text("released"))
    c.add(
        "penalties",
        c.text("part"),
        c.day("received"),
        c.text("case_number"),
        c.text("judge"),
        c.day("served_from"),
        c.day("served_to"),
    )
    c.add(
        "protests",
        c.text("form", 60),
        c.day("notice_day"),
        c.text("police_unit"),
        c.text("force_used", 60),
        c.yes_no("lawyer_let_in"),
        c.long_text("officers_words"),
    )
    c.add(
        "meetings",
        c.yes_no("closed"),
        c.text("language"),
        c.text("response", 60),
        c.text("impact", 60),
        c.long_text("follow_up"),
    )
    c.add("presented_cases", c.text("response", 60), c.text("impact", 60))


def _key() -> c.Column:
    """The key of a kind of event: that of its row in `events`."""
    return c.ref("id", "events", needed=True, index=False)


def _kinds_of_events() -> None:
    c.table(
        "hearings",
        _key(),
        c.text("court"),
        c.text("case_number"),
        c.text("heard"),
        c.ref("penalty_id", "penalties"),
        c.ref("judgment_id", "judgments"),
        c.text("judge"),
        c.text("result"),
    )
    c.table(
        "petitions",
        _key(),
        c.ref("office_id", "offices"),
        c.long_text("asks"),
        c.number("signatures"),
        c.text("registered"),
        c.day("registered_on"),
    )
    c.table(
        "un_sessions",
        _key(),
        c.text("body", 60),
        c.text("session"),
        c.long_text("statement"),
        c.long_text("state_answer"),
    )
    c.table(
        "reprisals",
        _key(),
        c.text("form", 60),
        c.text("by_whom"),
        c.long_text("words"),
        c.text("kin"),
        c.text("reported_to"),
        c.day("reported_on"),
        c.yes_no("prompt_letter"),
    )
    c.table(
        "other_events",
        _key(),
        c.text("kind", 60, needed=True),
        c.ref("office_id", "offices"),
    )


_NEW_ID = "lower(hex(randomblob(16)))"
# What a row of `events` is a part of: the kind by which a link names it.
_KIND = "CASE {}.sort WHEN 'protest' THEN 'Protest' WHEN 'meeting' THEN 'Meeting' ELSE 'Event' END"


def _chain() -> None:
    c.records(
        "chain_links",
        *c.attached(),
        c.choice("joint", needed=True),
        c.text("to", needed=True),
        c.text("to_id", needed=True, index=True),
        c.choice("strength"),
        c.text("note"),
        c.text("source"),
    )
    op.execute(
        "INSERT INTO chain_links"  # noqa: S608 - all of it is written here
        ' (id, version, confidentiality, about, about_id, joint, "to", to_id, strength)'
        f" SELECT {_NEW_ID}, 1, 2, {_KIND.format('e')}, e.id, 'FOLLOWS', {_KIND.format('b')}, b.id, NULL"
        " FROM events e JOIN events b ON b.id = e.follows_id"
    )
    op.drop_index("ix_events_follows_id", "events")
    with op.batch_alter_table("events", recreate="always") as batch:
        batch.drop_constraint("fk_events_follows_id_events", type_="foreignkey")
        batch.drop_column("follows_id")
