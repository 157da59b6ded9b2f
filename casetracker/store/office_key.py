"""The key of the office to which files for it are sealed: made once, and its private half kept only here.

It lies in a table that is no entity (`store.meta`), as the certificate does. A user who may not write, or who
sees only the records of their families, does not get it.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from casetracker.model.entity import new_id
from casetracker.store.meta import office_keys_table as _table
from casetracker.store.store import Store


def private_key(store: Store) -> bytes:
    """Return the private key (X25519, 32 bytes); the first time it is made. Raises `UserError`."""
    store.rights.require_writing()
    with store.reading() as session:
        known = session.scalar(sa.select(_table.c.private).order_by(_table.c.made.desc()).limit(1))
    if known:
        return bytes.fromhex(known)
    made = secrets.token_bytes(32)  # every 32 bytes are one, RFC 7748, section 5
    with store.unrecorded() as session:
        session.execute(_table.insert().values(id=new_id(), made=store.today(), private=made.hex()))
    return made
