"""What Alembic runs for each upgrade: on the connection that `store.upgrade` hands in, in its transaction."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.runtime.migration import MigrationContext

from casetracker.store import found_texts
from casetracker.store.fulltext import INDEX

_SHADOWS = ("", "_config", "_content", "_data", "_docsize", "_idx")  # what FTS5 keeps beside a virtual table


def _search_tables(connection: sa.Connection) -> set[str]:
    """Full-text tables are written by hand in migrations; autogenerate would drop them."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
    ).scalars()
    return {name + shadow for name in names for shadow in _SHADOWS}


def _plain_types(kind: str, item: Any, autogen: Any) -> Any:
    """Write a column type of our own as the type the database sees: migrations outlive the model."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        autogen.imports.add("import sqlalchemy as sa")
        return f"sa.{item.impl_instance!r}"
    return False


def _revision(connection: sa.Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _fill_index(connection: sa.Connection) -> None:
    """Work out the full-text index, which no step can do: it holds the texts of the model of today."""
    if _revision(connection) in context.script.get_heads() and sa.inspect(connection).has_table(INDEX):
        found_texts.rebuild(connection)


def run() -> None:
    """Run the migrations that Alembic was asked for."""
    connection = context.config.attributes["connection"]
    metadata = context.config.attributes.get("metadata")  # only when a new migration is being written
    skipped = _search_tables(connection) if metadata is not None else set()

    def include(_item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        return not (kind == "table" and name in skipped)

    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite cannot alter a column: the table is rebuilt
        transactional_ddl=True,
        compare_type=True,
        render_item=_plain_types,
        include_object=include,
    )
    before = _revision(connection)
    with context.begin_transaction():
        context.run_migrations()
        if metadata is None and before != _revision(connection):
            _fill_index(connection)


run()
