"""The tables are portable: the same schema for SQLite and for PostgreSQL, each constraint named."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import casetracker.store.audit.chaining
import casetracker.store.history
import casetracker.store.kept_drafts
import casetracker.store.meta  # noqa: F401 - its table belongs to the schema
from casetracker.model.entity import Base
from casetracker.store import fulltext, upgrade
from casetracker.store.engine import open_engine, open_unguarded
from tests.conftest import KEY

TABLES = Base.metadata.sorted_tables
DIALECTS = {"postgresql": postgresql.dialect(), "sqlite": sqlite.dialect()}
PORTABLE = (sa.String, sa.Text, sa.Integer, sa.BigInteger, sa.Boolean, sa.Date, sa.DateTime, sa.Enum, sa.JSON)
LONGEST_NAME = 63  # of PostgreSQL, in bytes; longer ones are cut off without a word

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)


def test_history_and_identity_are_part_of_the_schema() -> None:
    assert {"audit_actions", "audit_changes", "casebook", "persons", "cases"} <= {t.name for t in TABLES}


@pytest.mark.parametrize("dialect", DIALECTS)
@every_table
def test_the_schema_compiles_for_both_databases(table: sa.Table, dialect: str) -> None:
    text = str(CreateTable(table).compile(dialect=DIALECTS[dialect]))
    for index in table.indexes:
        text += str(CreateIndex(index).compile(dialect=DIALECTS[dialect]))

    assert "CREATE TABLE" in text
    assert "BLOB" not in text
    assert "SERIAL" not in text.upper() or not {"id", "casebook_id"} & set(table.primary_key.columns.keys())


@every_table
def test_only_portable_types(table: sa.Table) -> None:
    for column in table.columns:
        assert type(column.type) in PORTABLE, column
        if isinstance(column.type, sa.Enum):
            assert not column.type.native_enum, column
            assert not column.type.create_constraint, column  # a new choice needs no new table
        if type(column.type) is sa.String:
            assert column.type.length, column


@every_table
def test_every_reference_is_checked_at_commit_and_indexed(table: sa.Table) -> None:
    indexed = {column.name for index in table.indexes for column in index.columns} | set(
        table.primary_key.columns.keys()
    )
    for key in table.foreign_keys:
        assert (key.deferrable, key.initially) == (True, "DEFERRED"), key
        assert key.ondelete is None, key  # history would not hear of it
        assert key.parent.name in indexed, key


@every_table
def test_every_constraint_and_index_has_a_name_that_fits(table: sa.Table) -> None:
    names = [c.name for c in table.constraints] + [i.name for i in table.indexes]

    assert all(names)
    assert all(len(str(name).encode()) <= LONGEST_NAME for name in names)


def test_no_name_is_used_twice() -> None:
    """PostgreSQL has one space of names for tables, indexes and unique constraints."""
    names = [t.name for t in TABLES]
    names += [i.name for t in TABLES for i in t.indexes]
    names += [
        c.name
        for t in TABLES
        for c in t.constraints
        if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)
    ]

    assert len(names) == len(set(names))


def described(path: Path) -> dict[str, object]:
    """Read back all that a database says about its own tables."""
    engine = open_engine(path, KEY)
    see = sa.inspect(engine)
    found = {
        name: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"]) for c in sorted(see.get_columns(name), key=str)
            ],
            "key": see.get_pk_constraint(name),
            "references": sorted(see.get_foreign_keys(name), key=str),
            "unique": sorted(see.get_unique_constraints(name), key=str),
            "indexes": sorted(see.get_indexes(name), key=str),
        }
        for name in see.get_table_names()
        if name != "alembic_version" and name not in fulltext.TABLES
    }
    engine.dispose()
    return found


def test_the_migrations_and_the_model_make_the_same_tables(template: Path, tmp_path: Path) -> None:
    """Also in what Alembic does not compare: names of constraints, deferred checks, indexes."""
    path = tmp_path / "of_the_model.db"
    engine = open_unguarded(path, KEY, create=True)
    Base.metadata.create_all(engine)
    engine.dispose()

    migrated, model = described(template), described(path)

    assert migrated.keys() == model.keys() == {t.name for t in TABLES}
    for name in model:
        assert migrated[name] == model[name], name


def test_the_versions_are_one_line_without_a_fork() -> None:
    known = upgrade.revisions()

    assert known == sorted(known, reverse=True)
    assert known[-1] == "0001"
