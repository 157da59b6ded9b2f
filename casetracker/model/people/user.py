"""Who works with the casebook, and what each of them may do. Users are deactivated, never deleted."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class Role(Enum):
    """What a user may do. `store.rights` holds them to it, and `store.own_rows` keeps rows from them."""

    ADMINISTRATOR = N_("Administrator")
    CASE_WORKER = N_("Case worker")
    READ_ONLY = N_("Reading only")
    REPRESENTATIVE = N_("Family representative")


class User(Entity):
    """Somebody who opens the casebook; the id is that of the key slots in `keys.json`.

    The name stands in the log of everything that was ever done, so a user who leaves stays on record with the
    day from which the casebook no longer opens to them.
    """

    __tablename__ = "users"
    singular, plural, page = N_("User"), N_("Users"), False
    named_by: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = f.text(N_("Name of the user"), S.NOTES, required=True)
    role: Mapped[Role] = f.choice(Role, N_("What this user may do"), S.NOTES, required=True)
    left: Mapped[dt.date | None] = f.day(N_("Deactivated on"), S.NOTES)
    families: Mapped[list[UserFamily]] = f.children("UserFamily", N_("Families"), S.NOTES)

    def check(self) -> dict[str, str]:
        """Only a representative has families, and each of them once."""
        theirs = [each.family_id for each in self.families]
        if len(theirs) != len(set(theirs)):
            return {"families": tr(N_("The same family is in the list twice; remove one."))}
        return {}


class UserFamily(Entity):
    """A family for which a user speaks: a representative sees its cases and no others."""

    __tablename__ = "user_families"
    singular, plural, page = N_("Family of a user"), N_("Families of a user"), False
    named_by: ClassVar[tuple[str, ...]] = ("family_id",)

    user_id: Mapped[str] = f.ref("User", "users", N_("User"), S.NOTES, required=True)
    family_id: Mapped[str] = f.ref("Family", "families", N_("Family"), S.NOTES, required=True)
    since: Mapped[dt.date | None] = f.day(N_("Speaks for them since"), S.NOTES)
