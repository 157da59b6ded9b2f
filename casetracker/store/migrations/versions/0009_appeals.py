"""Appeals and replies, posts, tasks, rules of the office."""

from __future__ import annotations

from alembic import op

from casetracker.store.migrations import columns as c

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    _posts()
    _promises()
    _appeals()
    _rules()
    c.records(
        "tasks",
        c.text("about"),
        c.text("about_id", index=True),
        c.long_text("note"),
        c.text("what", needed=True),
        c.day("due", index=True),
        c.text("whose"),
        c.day("done", index=True),
        c.day("snoozed"),
        c.text("origin", index=True),
    )


def _posts() -> None:
    c.add("offices", c.choice("body"))
    c.records(
        "posts",
        c.ref("office_id", "offices", needed=True),
        c.text("title", needed=True),
        c.text("title_ru"),
        c.text("title_kk"),
        c.number("position"),
    )
    c.records(
        "tenures",
        c.ref("post_id", "posts", needed=True),
        c.ref("person_id", "persons", needed=True),
        *c.when("since"),
        *c.when("until"),
        c.text("note"),
    )


def _promises() -> None:
    c.add(
        "promises",
        c.long_text("test"),
        c.ref("post_id", "posts"),
        c.ref("renews_id", "promises"),
        c.long_text("evidence"),
    )
    c.records(
        "promise_hearers",
        c.ref("promise_id", "promises", needed=True),
        c.ref("person_id", "persons", needed=True),
        c.text("note"),
        c.number("position"),
    )


def _appeals() -> None:
    c.records(
        "appeals",
        c.text("ref", needed=True),
        c.text("subject", needed=True),
        c.text("kind", 60),
        c.ref("office_id", "offices", needed=True),
        c.ref("post_id", "posts"),
        c.ref("to_person_id", "persons"),
        c.long_text("summary"),
        c.choice("language"),
        c.text("number"),
        c.text("registered"),
        c.day("sent"),
        c.day("received"),
        c.day("registered_on"),
        c.text("channel", 60),
        c.ref("signed_by_id", "persons"),
        c.ref("authority_id", "authorities"),
        c.day("extended_on"),
        c.day("extended_until"),
        c.day("extension_notice"),
        c.text("extension_reason"),
        c.ref("forwarded_to_id", "offices"),
        c.day("forwarded_on"),
        c.day("forwarding_notice"),
        c.long_text("notes"),
        c.day("reply_due", index=True),
        c.day("answered_on", index=True),
        unique="ref",
    )
    c.records(
        "appeal_cases",
        c.ref("appeal_id", "appeals", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.text("asked"),
        c.number("position"),
    )
    _replies()


def _replies() -> None:
    c.records(
        "replies",
        c.ref("appeal_id", "appeals", needed=True),
        c.day("on", needed=True),
        c.choice("kind", needed=True),
        c.text("number"),
        c.day("came"),
        c.text("signed_by"),
        c.text("summary"),
        c.long_text("words"),
        c.choice("language"),
    )
    c.records(
        "reply_cases",
        c.ref("reply_id", "replies", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.text("result", 60),
        c.text("said"),
        c.number("position"),
    )


def _rules() -> None:
    c.records(
        "deadline_rules",
        c.text("key", needed=True),
        c.text("label_en"),
        c.text("label_ru"),
        c.text("label_kk"),
        c.choice("body"),
        c.text("kind", 60),
        c.choice("counted"),
        c.number("amount", needed=True),
        c.choice("unit", needed=True),
        c.yes_no("before"),
        c.yes_no("rolls"),
        c.text("source", needed=True),
        c.day("dated", needed=True),
        c.yes_no("verified"),
    )
    op.create_index("ix_deadline_rules_key", "deadline_rules", ["key"], unique=True)
    c.records(
        "days_off",
        c.day("day", needed=True),
        c.yes_no("worked"),
        c.text("source", needed=True),
        c.yes_no("verified"),
    )
    op.create_index("ix_days_off_day", "days_off", ["day"], unique=True)
    c.records(
        "index_rates",
        c.day("since", needed=True),
        c.number("tenge", needed=True),
        c.text("source", needed=True),
        c.yes_no("verified"),
    )
    op.create_index("ix_index_rates_since", "index_rates", ["since"], unique=True)
