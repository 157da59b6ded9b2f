"""What each user may do: read from the casebook when it is opened, asked where drafts and readers are made.

A role of which nothing is said here may do nothing. In a casebook folder whoever holds a slot holds
the data key, so roles there guard against mistakes; what separates people for good is a casebook of
their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import User, UserFamily
from casetracker.model.people.user import Role
from casetracker.store.history import Changed

MAY_WRITE = frozenset({Role.ADMINISTRATOR, Role.CASE_WORKER})
OF_USERS = frozenset({User.__name__, UserFamily.__name__})
_WHY_NOT: dict[Role, str] = {
    Role.READ_ONLY: N_(
        "You may read this casebook but not change it; an administrator can give you another role."
    ),
    Role.REPRESENTATIVE: N_(
        "You see the cases of your families here and cannot change them; tell the office what is wrong."
    ),
}


class NotAllowed(UserError):
    """The user's role does not allow it."""


@dataclass(frozen=True)
class Rights:
    """What the user of a session may do."""

    role: Role = Role.ADMINISTRATOR
    user_id: str = ""

    @property
    def why_not_write(self) -> str:
        """Why this user can save nothing, as a sentence; "" if they can."""
        return "" if self.role in MAY_WRITE else tr(_WHY_NOT[self.role])

    @property
    def own_rows_only(self) -> bool:
        """Whether there is nothing for this user but the records of their families."""
        return self.role is Role.REPRESENTATIVE

    @property
    def manages_users(self) -> bool:
        """Whether this user may say who works with the casebook."""
        return self.role is Role.ADMINISTRATOR

    def require_writing(self) -> None:
        """Raise NotAllowed if this user may change nothing."""
        if why := self.why_not_write:
            raise NotAllowed(why)

    def require_certificate(self) -> None:
        """Raise NotAllowed if this user may not make or renew the certificate of the office."""
        self.require_writing()
        if not self.manages_users:
            raise NotAllowed(tr(N_("Only an administrator may make or renew the certificate of the office.")))

    def require_users(self) -> None:
        """Raise NotAllowed if this user may not say who works with the casebook."""
        if not self.manages_users:
            raise NotAllowed(tr(N_("Only an administrator may change who works with this casebook.")))

    def require_erasing(self) -> None:
        """Raise NotAllowed if this user may not erase a person for good."""
        if not self.manages_users:
            raise NotAllowed(tr(N_("Only an administrator may erase a person.")))

    def require(self, changes: Iterable[Changed]) -> None:
        """Raise NotAllowed if this user may not make these changes. Call after a flush, inside the action."""
        self.require_writing()
        of_users = [change for change in changes if change.entity in OF_USERS]
        if of_users:
            self.require_users()


def of(connection: sa.Connection, user_id: str) -> Rights:
    """Return what the user of a key slot may do; raises NotAllowed for one who is no user any more.

    A casebook in which no users are kept yet (an older one) belongs to whoever opens it.
    """
    users = User.__table__
    held = connection.execute(sa.select(User.role, User.left).where(User.id == user_id)).first()
    if held is None:
        if connection.execute(sa.select(sa.exists().select_from(users))).scalar():
            raise NotAllowed(
                tr(N_("This passphrase belongs to no user of this casebook; ask its administrator."))
            )
        return Rights(Role.ADMINISTRATOR, user_id)
    role, left = held
    if left is not None:
        raise NotAllowed(
            tr(N_("This user was deactivated, so the casebook does not open; ask its administrator."))
        )
    return Rights(role, user_id)


def require_users_kept(session: Session, changes: Sequence[Changed], *, undoing: bool) -> None:
    """Raise `UserError` if these changes delete a user, or leave the casebook without an administrator."""
    of_users = [change for change in changes if change.entity == User.__name__]
    if not undoing and any(change.after is None for change in of_users):
        raise UserError(tr(N_("A user is never deleted, because the log names them; deactivate the user.")))
    if any(_was_administrator(session, change) for change in of_users):
        there = sa.exists().where(User.role == Role.ADMINISTRATOR, User.left.is_(None))
        if not session.scalar(sa.select(there)):
            raise UserError(tr(N_("The casebook needs an administrator; make somebody else one first.")))


def _was_administrator(session: Session, change: Changed) -> bool:
    """Whether the user could say who works with the casebook until this change."""
    user = session.get(User, change.record_id)
    if user is None or change.before is None:
        return False
    before = {"role": user.role.name, "left": user.left} | change.before
    return before["role"] == Role.ADMINISTRATOR.name and before["left"] is None
