"""The first tables."""

from __future__ import annotations

from casetracker.store.migrations import columns as c

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision; there is no way back but the safety copy."""
    for table in (
        _audit_actions,
        _casebook,
        _events,
        _offices,
        _persons,
        _audit_changes,
        _contact_points,
        _families,
        _meetings,
        _participants,
        _person_names,
        _protests,
        _cases,
        _family_members,
        _handovers,
        _penalties,
        _promises,
        _case_events,
        _consents,
        _episodes,
        _presented_cases,
        _promised_cases,
        _sources,
        _custody_events,
    ):
        table()


def _audit_actions() -> None:
    c.table(
        "audit_actions",
        c.number("number", needed=True),
        c.text("id", 32, needed=True),
        c.moment("at"),
        c.text("who", 100, needed=True),
        c.text("label", needed=True),
        c.choice("kind", 10, needed=True),
        c.text("of_id", 32),
        unique="id",
        key="number",
    )


def _casebook() -> None:
    c.table(
        "casebook",
        c.text("casebook_id", 32, needed=True),
        c.moment("created_at"),
        c.text("program_version", 40, needed=True),
        key="casebook_id",
    )


def _events() -> None:
    c.records(
        "events",
        c.text("sort", 40, needed=True),
        c.text("title", needed=True),
        *c.when("on"),
        c.text("place"),
        c.long_text("account"),
        c.text("source"),
        c.ref("follows_id", "events"),
    )


def _offices() -> None:
    c.records(
        "offices",
        c.text("name", needed=True),
        c.text("name_ru"),
        c.text("name_kk"),
        c.text("city"),
        c.long_text("notes"),
    )


def _persons() -> None:
    c.records(
        "persons",
        c.choice("sex"),
        *c.when("birth"),
        c.text("birthplace"),
        c.text("ethnicity"),
        c.text("citizenships"),
        c.choice("kz_status"),
        *c.when("kz_since"),
        c.text("occupation"),
        c.text("home"),
        c.yes_no("public_figure"),
        c.long_text("notes"),
    )


def _audit_changes() -> None:
    c.table(
        "audit_changes",
        c.number("number", needed=True),
        c.ref("action_id", "audit_actions", needed=True),
        c.text("entity", 40, needed=True),
        c.text("record_id", 32, needed=True, index=True),
        c.values("before"),
        c.values("after"),
        key="number",
    )


def _contact_points() -> None:
    c.records(
        "contact_points",
        c.ref("person_id", "persons", needed=True),
        c.choice("kind"),
        c.text("value", needed=True),
        c.text("note"),
    )


def _families() -> None:
    c.records(
        "families",
        c.text("name", needed=True),
        c.ref("petitioner_id", "persons"),
        c.ref("representative_id", "persons"),
        c.ref("contact_id", "persons"),
        c.long_text("safe_contact"),
        c.long_text("notes"),
    )


def _meetings() -> None:
    c.table(
        "meetings",
        c.ref("id", "events", needed=True, index=False),
        c.text("ref", needed=True),
        c.ref("office_id", "offices", needed=True),
        c.long_text("agenda"),
        c.long_text("minutes"),
    )


def _participants() -> None:
    c.records(
        "participants",
        c.ref("event_id", "events", needed=True),
        c.ref("person_id", "persons", needed=True),
        c.choice("part"),
        c.text("post"),
        c.choice("outcome"),
        *c.when("detained"),
        c.number("hours_held"),
        c.text("station"),
        c.text("note"),
        c.number("position"),
    )


def _person_names() -> None:
    c.records(
        "person_names",
        c.ref("person_id", "persons", needed=True),
        c.text("full", needed=True),
        c.choice("script"),
        c.choice("language"),
        c.choice("kind"),
        c.yes_no("primary"),
        c.text("source"),
        c.number("position"),
        c.text("folded", needed=True, index=True),
    )


def _protests() -> None:
    c.table(
        "protests",
        c.ref("id", "events", needed=True, index=False),
        c.text("series"),
        c.number("day_number"),
        c.long_text("demands"),
        c.choice("notice"),
        c.text("notice_reply"),
        c.text("crowd"),
        c.long_text("police_response"),
    )


def _cases() -> None:
    c.records(
        "cases",
        c.text("ref", needed=True),
        c.ref("person_id", "persons", needed=True),
        c.ref("family_id", "families"),
        c.choice("stage", needed=True),
        c.day("opened"),
        c.long_text("request"),
        c.long_text("account"),
        c.long_text("health"),
        c.long_text("notes"),
        c.choice("status", needed=True, index=True),
        c.day("since", index=True),
        c.day("last_news", index=True),
        unique="ref",
    )


def _family_members() -> None:
    c.records(
        "family_members",
        c.ref("family_id", "families", needed=True),
        c.ref("person_id", "persons", needed=True),
        c.choice("kinship"),
        c.ref("to_person_id", "persons"),
        c.choice("whereabouts"),
        c.number("position"),
    )


def _handovers() -> None:
    c.records(
        "handovers",
        c.ref("meeting_id", "meetings", needed=True),
        c.day("at", needed=True),
        c.long_text("content", needed=True),
        c.text("digest", needed=True),
        c.day("withdrawn"),
        c.text("withdrawn_reason"),
        c.long_text("case_ids", needed=True),
    )


def _penalties() -> None:
    c.records(
        "penalties",
        c.ref("participant_id", "participants", needed=True),
        c.choice("kind", needed=True),
        c.text("article"),
        c.number("amount"),
        c.number("days"),
        c.day("decided"),
        c.text("court"),
        c.choice("paid"),
        c.text("paid_by"),
        c.choice("appeal"),
        c.text("appeal_note"),
    )


def _promises() -> None:
    c.records(
        "promises",
        c.ref("meeting_id", "meetings", needed=True),
        c.text("words", needed=True),
        c.text("original"),
        c.choice("original_language"),
        c.ref("made_by_id", "persons"),
        c.day("due"),
        c.choice("due_basis"),
        c.number("position"),
    )


def _case_events() -> None:
    c.records(
        "case_events",
        c.ref("case_id", "cases", needed=True),
        c.ref("event_id", "events", needed=True),
        c.choice("role"),
        c.text("note"),
    )


def _consents() -> None:
    c.records(
        "consents",
        c.ref("person_id", "persons", needed=True),
        c.ref("case_id", "cases"),
        c.choice("use", needed=True),
        c.choice("answer", needed=True),
        c.day("given", needed=True),
        c.day("until"),
        c.day("withdrawn"),
        c.choice("form"),
        c.text("conditions"),
    )


def _episodes() -> None:
    c.records(
        "episodes",
        c.ref("case_id", "cases", needed=True),
        c.number("position"),
        *c.when("arrested"),
        c.text("arrest_place"),
        c.choice("forces"),
        c.text("officers"),
        c.yes_no("warrant"),
        *c.when("held_from"),
        c.text("county"),
        c.text("held_at"),
        c.text("authority"),
        c.yes_no("no_reason_given"),
        c.text("official_reason"),
        c.text("suspected_reason"),
        c.text("legal_basis"),
        c.text("court"),
        c.number("term_years"),
        c.number("term_months"),
        c.text("contact_allowed"),
    )


def _presented_cases() -> None:
    c.records(
        "presented_cases",
        c.ref("meeting_id", "meetings", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.number("position"),
        c.text("asked"),
        c.text("answered"),
    )


def _promised_cases() -> None:
    c.records(
        "promised_cases",
        c.ref("promise_id", "promises", needed=True),
        c.ref("case_id", "cases", needed=True),
        c.choice("outcome"),
        c.day("outcome_on"),
        c.text("outcome_note"),
        c.number("position"),
    )


def _sources() -> None:
    c.records(
        "sources",
        c.ref("case_id", "cases", needed=True),
        c.text("label", needed=True),
        c.choice("kind"),
        c.ref("person_id", "persons"),
        c.text("relation"),
        c.choice("channel"),
        *c.when("told"),
        c.choice("reliability"),
        c.choice("credibility"),
        c.text("grade_reason"),
        c.long_text("account"),
    )


def _custody_events() -> None:
    c.records(
        "custody_events",
        c.ref("episode_id", "episodes", needed=True),
        c.choice("kind", needed=True),
        *c.when("on"),
        c.text("place"),
        c.text("note"),
        c.ref("source_id", "sources"),
        c.choice("standing"),
        c.text("standing_reason"),
    )
