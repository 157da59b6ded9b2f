"""Every step of the tables, walked over real content. A new migration is covered by being there.

After the six tests that SecureDrop keeps for its migrations, as far as there is a way forward only: back goes
the safety copy that is made before each upgrade (see tests/store/test_upgrade.py).
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from casetracker.model import ENTITIES
from casetracker.model.entity import Base
from casetracker.model.people.person import folded
from casetracker.store import fulltext, upgrade
from casetracker.store.engine import open_engine, open_unguarded
from casetracker.store.examine import inconsistencies
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import KEY
from tests.filling import Filling

VERSIONS = sorted((upgrade.MIGRATIONS / "versions").glob("[0-9]*.py"))
REVISIONS = upgrade.revisions()[::-1]


def migrate(path: Path, revision: str) -> None:
    engine = open_unguarded(path, KEY, create=True)
    with engine.begin() as connection:
        command.upgrade(upgrade.configuration(connection), revision)
    engine.dispose()


def tables(path: Path) -> set[str]:
    engine = open_engine(path, KEY)
    names = set(sa.inspect(engine).get_table_names()) - fulltext.TABLES
    engine.dispose()
    return names


def test_every_step_can_be_reached_from_the_one_before_and_the_last_is_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "records.db"

    for revision in REVISIONS:
        migrate(path, revision)
        engine = open_engine(path, KEY)
        with engine.connect() as connection:
            assert upgrade.revision_of(connection) == revision
        engine.dispose()

    assert tables(path) == {t.name for t in Base.metadata.sorted_tables} | {"alembic_version"}


def test_the_newest_step_holds_every_record_filled(store: Store, database: Path) -> None:
    fill = Filling(store)
    ids = [(entity, store.save(fill.draft(entity))) for entity in ENTITIES]

    migrate(database, "head")  # nothing to do, and nothing done

    for entity, record_id in ids:
        assert store.draft(entity, record_id).id == record_id


def test_references_and_seals_are_sound_after_the_steps(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()


@pytest.mark.parametrize("path", VERSIONS, ids=lambda p: p.stem)
def test_a_step_does_not_hang_on_the_model_of_today(path: Path) -> None:
    """A migration that imports the model changes its meaning when the model does."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}

    assert imported <= {"__future__", "secrets", "sqlalchemy", "alembic", "casetracker.store.migrations"}


@pytest.mark.parametrize("path", VERSIONS, ids=lambda p: p.stem)
def test_a_step_is_named_after_its_number(path: Path) -> None:
    values = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    number = int(values["revision"])

    assert path.name.startswith(f"{number:04d}_")
    assert values["down_revision"] == (f"{number - 1:04d}" if number > 1 else None)


def test_names_of_before_are_found_by_their_sound_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    migrate(path, "0001")
    names = [("Күнболатұлы", "'CYRL'", "'KK'"), ("拜山", "NULL", "NULL"), ("ئابدۇراخمان", "'ARAB'", "'UG'")]
    engine = open_unguarded(path, KEY)
    with engine.begin() as connection:
        for place, (full, script, language) in enumerate(names):
            connection.exec_driver_sql(
                "INSERT INTO persons (id, version, confidentiality) VALUES (?, 1, 2)", (f"p{place}",)
            )
            connection.exec_driver_sql(
                "INSERT INTO person_names (id, version, confidentiality, person_id, full, folded, position,"
                f" script, language) VALUES (?, 1, 2, ?, ?, ?, 0, {script}, {language})",
                (f"n{place}", f"p{place}", full, folded(full)),
            )
    engine.dispose()

    migrate(path, "head")

    engine = open_engine(path, KEY)
    store = Store(engine, "A. Serik")
    for typed, found in (("kunbolat", "p0"), ("Байсан", "p1"), ("Abdurakhman", "p2")):
        assert [hit.id for hit in search(store, typed)] == [found]
    assert inconsistencies(store) == []
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


def test_the_reason_of_a_grade_stands_beside_each_of_the_two_grades_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    migrate(path, "0005")
    graded = {
        "both": ("'B'", "'TWO'", "'near and careful'"),
        "one": ("NULL", "'THREE'", "'fits'"),
        "none given": ("'C'", "'SIX'", "NULL"),
        "no grade": ("NULL", "NULL", "'a stranger'"),
    }
    engine = open_unguarded(path, KEY)
    with engine.begin() as connection:
        for name, (reliability, credibility, reason) in graded.items():
            connection.exec_driver_sql(
                "INSERT INTO sources (id, version, confidentiality, case_id, label, reliability, credibility,"
                f" grade_reason) VALUES ('{name}', 1, 2, 'c', 'x', {reliability}, {credibility}, {reason})"
            )
    engine.dispose()

    migrate(path, "head")

    engine = open_engine(path, KEY)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id, reliability_reason, credibility_reason FROM sources")
        assert {row[0]: (row[1], row[2]) for row in found} == {
            "both": ("near and careful", "near and careful"),
            "one": (None, "fits"),
            "none given": ("—", None),
            "no grade": ("a stranger", None),
        }
    engine.dispose()
