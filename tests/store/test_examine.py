"""What is found when records no longer agree with each other, though every file is sound."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from casetracker.store import handover
from casetracker.store.engine import connect
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import KEY, Office_


@pytest.fixture
def filled(store: Store, office: Office_) -> Store:
    """A case, presented at a meeting and handed over."""
    handover.hand_over(store, office.meeting(office.case()))
    return store


def behind_the_back(database: Path, *statements: str) -> None:
    """Change records as no edit of the program would."""
    with closing(connect(database, KEY, mode="rw")) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_sound_records(filled: Store) -> None:
    assert inconsistencies(filled) == []


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE cases SET status = 'RELEASED'", "CT-", "do not agree with the custody events"),
        ("UPDATE person_names SET folded = 'x'", "Name", "cannot be found by searching"),
        ("UPDATE name_keys SET key = 'x'", "Name", "cannot be found by its sound"),
        ("DELETE FROM name_keys", "Name", "cannot be found by its sound"),
        ("DELETE FROM meetings", "Meeting", "Half of this record is missing"),
        ("UPDATE handovers SET content = '[]'", "Hand-over", "no longer has its hash"),
        ("UPDATE handovers SET case_ids = 'gone'", "Hand-over", "no longer in the casebook"),
        ("UPDATE consents SET until = '1990-01-01'", "Consent", "before the consent was given"),
        ("UPDATE families SET name = ''", "Family", "is needed"),
    ],
)
def test_what_does_not_agree_is_found_with_its_place(
    filled: Store, database: Path, statement: str, where: str, what: str
) -> None:
    behind_the_back(database, statement)

    found = inconsistencies(filled)

    assert any(f.where.startswith(where) and what in f.what for f in found), found
