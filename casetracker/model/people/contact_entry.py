"""The contact log of a family: every call and visit, what was said, and when to call next."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class ContactEntry(Entity):
    """One contact between the office and a family; nothing of it ever leaves the office.

    `next_due` is the day by which to call again; it is owed until `done` says on which day that happened.
    """

    __tablename__ = "contact_entries"
    singular, plural, page = N_("Contact log entry"), N_("Contact log"), False
    named_by: ClassVar[tuple[str, ...]] = ("on", "said")

    family_id: Mapped[str] = f.ref("Family", "families", N_("Family"), S.NOTES, required=True)
    case_id: Mapped[str | None] = f.ref("Case", "cases", N_("About the case"), S.NOTES)
    person_id: Mapped[str | None] = f.ref("Person", "persons", N_("With whom"), S.CONTACT)
    on: Mapped[dt.date] = f.day(N_("Day of the contact"), S.NOTES, required=True, index=True)
    time: Mapped[str | None] = f.text(N_("Time"), S.NOTES, help=N_("as in 19:30"))
    channel: Mapped[str | None] = f.term("contact_channel", N_("By what means"), S.CONTACT)
    direction: Mapped[str | None] = f.term("contact_direction", N_("Who called whom"), S.NOTES)
    by: Mapped[str | None] = f.text(N_("By whom in the office"), S.NOTES)
    reached: Mapped[bool | None] = f.yes_no(N_("Reached?"), S.NOTES)
    safe: Mapped[bool | None] = f.yes_no(N_("Was it safe to speak?"), S.NOTES)
    said: Mapped[str | None] = f.long_text(N_("What was said"), S.NOTES)
    next_due: Mapped[dt.date | None] = f.day(N_("Call next by"), S.NOTES, index=True)
    done: Mapped[dt.date | None] = f.day(N_("That call was made on"), S.NOTES)

    def check(self) -> dict[str, str]:
        """The next call is not due before this one."""
        late = {"next_due": self.next_due, "done": self.done}
        message = tr(N_("This day is before the contact itself; correct one of the two."))
        return {name: message for name, day in late.items() if day and day < self.on}
