"""Judgments, the State's answers, counsel, how a case was closed."""

from __future__ import annotations

from alembic import op

from casetracker.store.migrations import columns as c

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    _judgments()
    _state_answers()
    _closings()
    c.records(
        "suspected_reasons",
        c.ref("episode_id", "episodes", needed=True),
        c.text("reason", 60, needed=True),
        c.number("position"),
    )
    c.add(
        "episodes",
        c.text("arrest_place_kind", 60),
        c.text("warrant_authority"),
        c.yes_no("family_told"),
        *c.when("family_told_on"),
        c.choice("outside"),
        c.long_text("conditions"),
        c.yes_no("torture"),
        c.long_text("torture_note"),
        c.text("basis", 60),
        c.yes_no("had_lawyer"),
        c.text("lawyer_chosen", 60),
        c.text("lawyer_access", 60),
        *c.when("ended"),
        c.text("outcome", 60),
    )
    c.add("custody_events", c.text("agency"))
    c.add(
        "cases",
        c.ref("duplicate_of_id", "cases"),
        c.choice("acknowledgement", index=True),
        c.choice("certainty", index=True),
        c.day("release_due", index=True),
        c.number("term_years"),
    )
    _move_sentences()
    _say_how_cases_were_closed()


def _judgments() -> None:
    c.records(
        "judgments",
        c.ref("episode_id", "episodes", needed=True),
        *c.when("decided"),
        c.text("court"),
        c.text("court_type", 60),
        c.text("number"),
        c.text("law", 60),
        c.text("article"),
        c.text("charge"),
        c.choice("sentence"),
        c.number("term_years"),
        c.number("term_months"),
        c.number("term_days"),
        *c.when("term_from"),
        *c.when("term_to"),
        c.number("fine"),
        c.text("penalties"),
        c.text("hearing", 60),
        c.text("language", 60),
        c.text("counsel", 60),
        c.yes_no("appealed"),
        c.text("appeal_result", 60),
        c.ref("source_id", "sources"),
        c.choice("standing"),
        c.text("standing_reason"),
    )


def _state_answers() -> None:
    c.records(
        "state_answers",
        c.ref("case_id", "cases", needed=True),
        *c.when("on"),
        c.text("body"),
        c.choice("says", needed=True),
        c.text("form", 60),
        c.text("words"),
        c.ref("source_id", "sources"),
        c.choice("standing"),
        c.text("standing_reason"),
    )


def _closings() -> None:
    c.records(
        "case_closings",
        c.ref("case_id", "cases", needed=True),
        c.day("closed", needed=True),
        c.text("outcome", 60, needed=True),
        c.text("told_by", needed=True),
        c.long_text("note"),
        c.day("reopened"),
        c.text("reopened_why"),
    )


def _move_sentences() -> None:
    """The court and the sentence of a detention become a judgment of it."""
    op.execute(
        "INSERT INTO judgments"
        " (id, version, confidentiality, episode_id, court, term_years, term_months)"
        " SELECT lower(hex(randomblob(16))), 1, confidentiality, id, court, term_years, term_months"
        " FROM episodes"
        " WHERE court IS NOT NULL OR term_years IS NOT NULL OR term_months IS NOT NULL"
    )
    with op.batch_alter_table("episodes") as batch:
        for name in ("court", "term_years", "term_months"):
            batch.drop_column(name)


def _say_how_cases_were_closed() -> None:
    """A case that was closed before this was asked: on the day of the change, if the history has it."""
    op.execute(
        "INSERT INTO case_closings (id, version, confidentiality, case_id, closed, outcome, told_by)"
        " SELECT lower(hex(randomblob(16))), 1, 3, id, substr(coalesce("
        "(SELECT max(a.at) FROM audit_changes x JOIN audit_actions a ON a.id = x.action_id"
        " WHERE x.entity = 'Case' AND x.record_id = cases.id AND x.after LIKE '%\"CLOSED\"%'),"
        " opened, CURRENT_DATE), 1, 10), 'not_recorded', '—'"
        " FROM cases WHERE stage = 'CLOSED'"
    )
