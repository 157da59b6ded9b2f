"""Mappings of lists: kept and forgotten, each one action that can be undone."""

from __future__ import annotations

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import ImportProfile
from casetracker.store.store import Store


def kept(store: Store) -> list[tuple[str, str, str]]:
    """Return the id, the name and the mapping (JSON) of each, by name."""
    p = ImportProfile
    with store.reading() as session:
        rows = session.execute(sa.select(p.id, p.name, p.mapping)).all()
    return sorted(((id_, name, mapping) for id_, name, mapping in rows), key=lambda row: row[1].casefold())


def keep(store: Store, name: str, mapping: str) -> str:
    """Keep a mapping under a name, in place of the one of that name; return the id.

    Raises `UserError` without a name.
    """
    plain = " ".join(name.split())
    if not plain:
        raise UserError(tr(N_("Give the mapping a name, for example that of the list.")))
    same = next((id_ for id_, other, _ in kept(store) if other.casefold() == plain.casefold()), "")
    draft = store.draft(ImportProfile, same)
    draft.values |= {"name": plain, "mapping": mapping}
    return store.save(draft, tr(N_("Mapping “{name}” kept"), name=plain))


def forget(store: Store, profile_id: str) -> None:
    """Delete a mapping; what was taken in with it stays."""
    store.delete(ImportProfile, profile_id)
