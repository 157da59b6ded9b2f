"""Families that were recorded before kinship was exact: nothing is lost, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from casetracker.model import Family
from casetracker.store.engine import open_engine, open_unguarded
from casetracker.store.store import Store
from tests.conftest import KEY
from tests.test_migrations import migrate

BEFORE = "0006"


@pytest.mark.parametrize(
    ("kinship", "sex", "after"),
    [
        ("NEPHEW_NIECE", "MALE", "NEPHEW"),
        ("NEPHEW_NIECE", "FEMALE", "NIECE"),
        ("NEPHEW_NIECE", None, "NEPHEW_NIECE"),
        ("UNCLE_AUNT", "MALE", "UNCLE"),
        ("GRANDPARENT", "FEMALE", "GRANDMOTHER"),
        ("GRANDCHILD", "MALE", "GRANDSON"),
        ("COUSIN", "MALE", "COUSIN"),
        ("IN_LAW", "FEMALE", "IN_LAW"),
        ("ELDER_SISTER", "FEMALE", "ELDER_SISTER"),
        (None, "FEMALE", None),
    ],
)
def test_kinship_becomes_as_exact_as_the_sex_says(
    tmp_path: Path, kinship: str | None, sex: str | None, after: str | None
) -> None:
    path = tmp_path / "records.db"
    migrate(path, BEFORE)
    engine = open_unguarded(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO persons (id, version, confidentiality, sex) VALUES ('p', 1, 2, ?)", (sex,)
        )
        connection.exec_driver_sql(
            "INSERT INTO families (id, version, confidentiality, name) VALUES ('f', 1, 2, 'Family')"
        )
        connection.exec_driver_sql(
            "INSERT INTO family_members (id, version, confidentiality, family_id, person_id, kinship)"
            " VALUES ('m', 1, 2, 'f', 'p', ?)",
            (kinship,),
        )
        connection.exec_driver_sql(
            "INSERT INTO consents (id, version, confidentiality, person_id, use, answer, given)"
            " VALUES ('c', 1, 3, 'p', 'K3', 'REFUSES', '2021-01-05')"
        )
    engine.dispose()

    migrate(path, "head")

    engine = open_engine(path, KEY)
    store = Store(engine, "A. Serik")
    [member] = store.draft(Family, "f").children["members"]
    held = member.values["kinship"]
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT answer, capacity, review_on FROM consents").one()
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()
    assert (held.name if held else None) == after
    assert tuple(row) == ("REFUSES", None, None)
