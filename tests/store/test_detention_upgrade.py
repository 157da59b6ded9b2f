"""A casebook from before judgments and closings were asked for: nothing that was written is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from casetracker.model import Case
from casetracker.store import upgrade
from casetracker.store.engine import open_engine, open_unguarded
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import KEY

ROWS = (
    "INSERT INTO persons (id, version, confidentiality) VALUES ('p', 1, 2)",
    "INSERT INTO person_names (id, version, confidentiality, person_id, full, folded, position)"
    " VALUES ('n', 1, 2, 'p', 'Murat', 'murat', 0)",
    "INSERT INTO cases (id, version, confidentiality, ref, person_id, stage, opened, status)"
    " VALUES ('c', 1, 2, 'CT-AAAA', 'p', 'CLOSED', '2019-01-05', 'UNKNOWN'),"
    " ('d', 1, 2, 'CT-BBBB', 'p', 'ACTIVE', NULL, 'UNKNOWN')",
    "INSERT INTO sources (id, version, confidentiality, case_id, label, kind) VALUES"
    " ('s', 1, 2, 'c', 'wife', 'TESTIMONY')",
    "INSERT INTO episodes (id, version, confidentiality, case_id, position, held_from_edtf,"
    " held_from_earliest, held_from_latest, court, term_years, term_months) VALUES"
    " ('e', 1, 2, 'c', 0, '2018-10-01', '2018-10-01', '2018-10-01', 'Mori county court', 7, 6),"
    " ('f', 1, 3, 'd', 0, NULL, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO custody_events (id, version, confidentiality, episode_id, kind, source_id)"
    " VALUES ('x', 1, 2, 'e', 'PRISON', 's')",
    "INSERT INTO audit_actions (number, id, at, who, label, kind)"
    " VALUES (1, 'a', '2020-06-07 10:00:00', 'Dana', 'Edit case', 'EDIT')",
    "INSERT INTO audit_changes (action_id, entity, record_id, before, after)"
    " VALUES ('a', 'Case', 'c', '{\"stage\": \"ACTIVE\"}', '{\"stage\": \"CLOSED\"}')",
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The records of before, brought up to date."""
    path = tmp_path / "records.db"
    engine = open_unguarded(path, KEY, create=True)
    with engine.begin() as connection:
        command.upgrade(upgrade.configuration(connection), "0001")
        for row in ROWS:
            connection.exec_driver_sql(row)
    engine.dispose()
    assert upgrade.upgrade(path, KEY)
    return Store(open_engine(path, KEY), "Dana")


def test_the_court_and_the_sentence_of_a_detention_become_a_judgment(store: Store) -> None:
    (judgment,) = store.draft(Case, "c").children["episodes"][0].children["judgments"]

    assert judgment.values["court"] == "Mori county court"
    assert (judgment.values["term_years"], judgment.values["term_months"]) == (7, 6)
    assert judgment.values["source_id"] is None
    assert store.draft(Case, "d").children["episodes"][0].children["judgments"] == []


def test_a_closed_case_was_closed_on_the_day_of_the_change(store: Store) -> None:
    (closing,) = store.draft(Case, "c").children["closings"]

    assert closing.values["closed"] == dt.date(2020, 6, 7)
    assert closing.values["outcome"] == "not_recorded"
    assert store.draft(Case, "d").children["closings"] == []


def test_what_lists_sort_by_is_worked_out_anew(store: Store) -> None:
    with store.reading() as session:
        (row,) = session.execute(
            sa.select(Case.status, Case.certainty, Case.release_due, Case.term_years).where(Case.id == "c")
        )

    assert [str(getattr(v, "name", v)) for v in row] == ["SENTENCED", "SINGLE", "2026-03-31", "7"]
    assert inconsistencies(store) == []
