"""The users of a casebook as records: who they are, what they may do, for which families they speak."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Family, User, UserFamily
from casetracker.model.people.user import Role
from casetracker.store.draft import Draft
from casetracker.store.store import Store


@dataclass(frozen=True)
class UserLine:
    """One user, as the page of users shows it."""

    id: str
    name: str
    role: Role
    left: dt.date | None
    families: tuple[tuple[str, str], ...]  # id and name


def there_are(store: Store) -> bool:
    """Whether any user is on record."""
    with store.reading() as session:
        return bool(session.scalar(sa.select(sa.exists().select_from(User))))


def write_first(store: Store, user_id: str, name: str) -> None:
    """Write down who looks after the casebook."""
    draft = Draft(
        User, id=user_id, values={"name": name, "role": Role.ADMINISTRATOR}, children={"families": []}
    )
    with store.edit(tr(N_("New user")), passed_over=True) as edit:
        edit.write(draft)


def lines(store: Store) -> list[UserLine]:
    """Return all users by name, those who left at the end."""
    with store.reading() as session:
        families: dict[str, list[tuple[str, str]]] = {}
        query = sa.select(UserFamily.user_id, Family.id, Family.name).join(
            Family, Family.id == UserFamily.family_id
        )
        for user, family, name in session.execute(query.order_by(Family.name)):
            families.setdefault(user, []).append((family, name))
        found = session.execute(sa.select(User.id, User.name, User.role, User.left)).all()
    told = [UserLine(id_, name, role, left, tuple(families.get(id_, ()))) for id_, name, role, left in found]
    return sorted(told, key=lambda line: (line.left is not None, line.name.casefold()))


def write_new(store: Store, user_id: str, name: str, role: Role, families: tuple[str, ...] = ()) -> None:
    """Write down a new user, under the id of their key slot."""
    name = name.strip()
    if any(line.name.casefold() == name.casefold() for line in lines(store)):
        raise UserError(tr(N_("There is a user of this name already; the log must tell them apart.")))
    draft = Draft(
        User,
        id=user_id,
        values={"name": name, "role": role},
        children={"families": []},
    )
    _give_families(draft, role, families)
    _save(store, draft, tr(N_("New user")))


def change(store: Store, user_id: str, role: Role, families: tuple[str, ...] = ()) -> None:
    """Give a user another role, or other families."""
    draft = store.draft(User, user_id)
    draft.values["role"] = role
    _give_families(draft, role, families)
    _save(store, draft, tr(N_("Change a user")))


def mark_left(store: Store, user_id: str) -> None:
    """Write down that a user no longer works with the casebook."""
    draft = store.draft(User, user_id)
    draft.values["left"] = store.today()
    _save(store, draft, tr(N_("Deactivate a user")))


def _give_families(draft: Draft, role: Role, families: tuple[str, ...]) -> None:
    wanted = families if role is Role.REPRESENTATIVE else ()
    if role is Role.REPRESENTATIVE and not wanted:
        raise UserError(tr(N_("Choose the families for whom this representative speaks.")))
    kept = [child for child in draft.children["families"] if child.values["family_id"] in wanted]
    draft.children["families"] = kept
    there = {child.values["family_id"] for child in kept}
    for family in dict.fromkeys(wanted):
        if family not in there:
            draft.add("families", family_id=family)


def _save(store: Store, draft: Draft, label: str) -> None:
    """As one action that undo passes over: a key slot cannot be undone."""
    store.rights.require_users()
    with store.edit(label, passed_over=True) as edit:
        edit.write(draft)
