"""Tasks of the office: its own, and what it says about deadlines that follow from records."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line


class Task(Attached):
    """Something to be done by a day; perhaps about a record, and then deleted with it.

    With an `origin` it is not a task of its own: it says of the deadline with that key (`store.deadlines`)
    that it is done, or is not to be shown before a day.
    """

    __tablename__ = "tasks"
    singular, plural, page = N_("Task"), N_("Tasks"), False
    named_by: ClassVar[tuple[str, ...]] = ("what",)

    # What hangs on a record need not: a task may be about none.
    about: Mapped[str | None] = f.text(N_("About (kind of record)"), S.NOTES)  # type: ignore[assignment]
    about_id: Mapped[str | None] = f.text(  # type: ignore[assignment]
        N_("About (record)"), S.NOTES, index=True
    )
    what: Mapped[str] = f.text(N_("What is to be done"), S.NOTES, required=True)
    due: Mapped[dt.date | None] = f.day(N_("Due"), S.NOTES, index=True)
    whose: Mapped[str | None] = f.text(N_("Who does it"), S.NOTES)
    done: Mapped[dt.date | None] = f.day(N_("Done on"), S.NOTES, index=True)
    snoozed: Mapped[dt.date | None] = f.day(N_("Not before"), S.NOTES)
    note: Mapped[str | None] = f.long_text(N_("Note"), S.NOTES)
    origin: Mapped[str | None] = f.text(N_("Deadline it speaks of"), S.NOTES, index=True)

    def check(self) -> dict[str, str]:
        """A task of the office's own has a day: without one it would never be seen again."""
        if not self.origin and not self.due:
            return {"due": tr(N_("Say by which day; without one nobody would be reminded."))}
        return {}
