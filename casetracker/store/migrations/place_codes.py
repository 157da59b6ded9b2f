"""Codes for the places that a casebook names already, homes as addresses, and the key that numbers need.

The tables are said here as they were at revision 0004; which place has which code is what the program knows
today.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from casetracker.model import places

_INTERNAL = 3  # how closely addresses are kept


def fill(name: str, words: str) -> None:
    """Give the places in a column of a table their codes, as far as they have one."""
    table = sa.table(name, sa.column("id"), sa.column(words), sa.column(f"{words}_code"))
    connection = op.get_bind()
    written = connection.execute(sa.select(table.c.id, table.c[words]).where(table.c[words].is_not(None)))
    for id_, text in written.all():
        if code := places.resolve(text):
            connection.execute(sa.update(table).where(table.c.id == id_).values({f"{words}_code": code}))


def move_homes() -> None:
    """Make each home address, which stood in one field of a person, the first line of their addresses."""
    people = sa.table("persons", sa.column("id"), sa.column("home"), sa.column("confidentiality"))
    names = ("id", "version", "confidentiality", "person_id", "text", "position")
    addresses = sa.table("addresses", *(sa.column(name) for name in names))
    connection = op.get_bind()
    query = sa.select(people.c.id, people.c.home, people.c.confidentiality)
    for person_id, home, kept in connection.execute(query.where(people.c.home.is_not(None))).all():
        values = {"id": secrets.token_hex(16), "version": 1, "confidentiality": max(kept, _INTERNAL)}
        connection.execute(sa.insert(addresses).values(**values, person_id=person_id, text=home, position=0))


def give_key() -> None:
    """Give the casebook a key of its own, unless it has one."""
    book = sa.table("casebook", sa.column("match_key"))
    given = sa.update(book).where(book.c.match_key.is_(None)).values(match_key=secrets.token_hex(32))
    op.get_bind().execute(given)
