"""The words in which migrations say tables: columns as the database sees them, every constraint named.

Migrations that were released depend on these, so they may be added to but never changed.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

Column = sa.Column[Any]


def text(name: str, length: int = 300, *, needed: bool = False, index: bool = False) -> Column:
    """Say a line of text."""
    return sa.Column(name, sa.String(length), nullable=not needed, info={"index": index})


def long_text(name: str, *, needed: bool = False) -> Column:
    """Say a text of any length."""
    return sa.Column(name, sa.Text(), nullable=not needed)


def choice(name: str, length: int = 40, *, needed: bool = False, index: bool = False) -> Column:
    """Say the name of a member of an Enum."""
    return text(name, length, needed=needed, index=index)


def number(name: str, *, needed: bool = False) -> Column:
    """Say a whole number."""
    return sa.Column(name, sa.Integer(), nullable=not needed)


def yes_no(name: str) -> Column:
    """Say a yes, a no, or nothing known."""
    return sa.Column(name, sa.Boolean())


def day(name: str, *, needed: bool = False, index: bool = False) -> Column:
    """Say a day."""
    return sa.Column(name, sa.Date(), nullable=not needed, info={"index": index})


def moment(name: str) -> Column:
    """Say a moment in UTC."""
    return sa.Column(name, sa.DateTime(), nullable=False)


def values(name: str) -> Column:
    """Say values by name, as JSON."""
    return sa.Column(name, sa.JSON())


def when(name: str) -> tuple[Column, ...]:
    """Say the four columns of a date as known."""
    bounds = (day(f"{name}_{end}", index=True) for end in ("earliest", "latest"))
    return (text(f"{name}_words"), text(f"{name}_edtf", 60), *bounds)


def ref(name: str, target: str, *, needed: bool = False, index: bool = True) -> Column:
    """Say the id of a row of another table, checked at commit."""
    return sa.Column(name, sa.String(32), nullable=not needed, info={"target": target, "index": index})


def table(name: str, *columns: Column, key: str = "id", unique: str = "") -> None:
    """Make a table with its keys and indexes."""
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(
            [column.name],
            [f"{target}.id"],
            name=f"fk_{name}_{column.name}_{target}",
            deferrable=True,
            initially="DEFERRED",
        )
        for column in columns
        if (target := column.info.get("target"))
    ]
    if unique:
        keys.append(sa.UniqueConstraint(unique, name=f"uq_{name}_{unique}"))
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(key, name=f"pk_{name}"), *keys)
    for column in columns:
        if column.info.get("index"):
            op.create_index(f"ix_{name}_{column.name}", name, [column.name])


def records(name: str, *columns: Column, unique: str = "") -> None:
    """Make the table of an entity: what every record has, then its own columns."""
    every = (
        text("id", 32, needed=True),
        number("version", needed=True),
        number("confidentiality", needed=True),
    )
    table(name, *every, *columns, unique=unique)


def add(name: str, *columns: Column) -> None:
    """Add columns to a table that is there; with references it is rebuilt, as SQLite cannot add a key."""
    keyed = [column for column in columns if column.info.get("target")]
    for column in columns:
        if column not in keyed:
            op.add_column(name, column)
    if keyed:
        with op.batch_alter_table(name, recreate="always") as batch:
            for column in keyed:
                target = column.info["target"]
                batch.add_column(column)
                batch.create_foreign_key(
                    f"fk_{name}_{column.name}_{target}",
                    target,
                    [column.name],
                    ["id"],
                    deferrable=True,
                    initially="DEFERRED",
                )
    for column in columns:
        if column.info.get("index"):
            op.create_index(f"ix_{name}_{column.name}", name, [column.name])


def big_number(name: str, *, needed: bool = False) -> Column:
    """Say a whole number of 64 bits."""
    return sa.Column(name, sa.BigInteger(), nullable=not needed)


def widen(name: str, column: str) -> None:
    """Give a number of a table that is there 64 bits."""
    with op.batch_alter_table(name) as batch:
        batch.alter_column(column, type_=sa.BigInteger(), existing_type=sa.Integer())


def attached() -> tuple[Column, ...]:
    """Say the two columns by which a record hangs on any other."""
    return (text("about", needed=True), text("about_id", needed=True, index=True))
