"""The one row that says which casebook this is (a file without it is not opened), and the office's keys."""

from __future__ import annotations

import datetime as dt
import secrets

import sqlalchemy as sa

from casetracker import __version__
from casetracker.model.entity import Base

casebook_table = sa.Table(
    "casebook",
    Base.metadata,
    sa.Column("casebook_id", sa.String(32), primary_key=True),
    sa.Column("created_at", sa.DateTime, nullable=False),  # UTC
    sa.Column("program_version", sa.String(40), nullable=False),  # that made it
    sa.Column("match_key", sa.String(64)),  # by which numbers of papers are compared (store.papers)
    sa.Column("paper_key", sa.String(64)),  # for pseudonyms and the codes on papers (store.pseudonyms)
)

# With what the office signs its papers (store.certificates). It is no entity, so that nothing that shows,
# prints or exports records can come upon the keys in it.
certificates_table = sa.Table(
    "office_certificates",
    Base.metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("made", sa.Date, nullable=False),
    sa.Column("retired", sa.Date),  # another one was made in its place
    sa.Column("root", sa.Text, nullable=False),  # PEM, all four
    sa.Column("root_key", sa.Text, nullable=False),
    sa.Column("signer", sa.Text, nullable=False),
    sa.Column("signer_key", sa.Text, nullable=False),
)

# The private key to which files for the office are sealed (store.office_key): a family's answers. No entity
# either, for the same reason.
office_keys_table = sa.Table(
    "office_keys",
    Base.metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("made", sa.Date, nullable=False),
    sa.Column("private", sa.String(64), nullable=False),  # hexadecimal
)


def write_identity(connection: sa.Connection, casebook_id: str) -> None:
    """Write the row into a new casebook."""
    row: dict[str, object] = {
        "casebook_id": casebook_id,
        "created_at": dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None),
        "program_version": __version__,
        "match_key": secrets.token_hex(32),
        "paper_key": secrets.token_hex(32),
    }
    # A casebook made with older migrations has no keys yet; its upgrade draws them.
    there = {column["name"] for column in sa.inspect(connection).get_columns(casebook_table.name)}
    connection.execute(casebook_table.insert().values({k: v for k, v in row.items() if k in there}))


def read_identity(connection: sa.Connection) -> str:
    """Return the id of the casebook, or "" if the table or its row is not there (an emptied file)."""
    if not sa.inspect(connection).has_table(casebook_table.name):
        return ""
    ids = connection.execute(sa.select(casebook_table.c.casebook_id)).scalars().all()
    return str(ids[0]) if len(ids) == 1 else ""
