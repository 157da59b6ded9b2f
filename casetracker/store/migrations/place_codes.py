"""Codes for the places that a casebook names already, and the key by which numbers of papers are compared.

The tables are said here as they were at revision 0004; which place has which code is what the program knows
today.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from casetracker.model import places


def fill(name: str, words: str) -> None:
    """Give the places in a column of a table their codes, as far as they have one."""
    table = sa.table(name, sa.column("id"), sa.column(words), sa.column(f"{words}_code"))
    connection = op.get_bind()
    written = connection.execute(sa.select(table.c.id, table.c[words]).where(table.c[words].is_not(None)))
    for id_, text in written.all():
        if code := places.resolve(text):
            connection.execute(sa.update(table).where(table.c.id == id_).values({f"{words}_code": code}))


def give_key() -> None:
    """Give the casebook a key of its own, unless it has one."""
    book = sa.table("casebook", sa.column("match_key"))
    given = sa.update(book).where(book.c.match_key.is_(None)).values(match_key=secrets.token_hex(32))
    op.get_bind().execute(given)
