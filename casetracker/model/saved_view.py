"""What somebody in the office looks at again and again: conditions of a list under a name."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class SavedView(Entity):
    """A list narrowed by conditions and kept under a name; the office's own, it never leaves it.

    `query` is JSON that `store.views.query` reads and writes; `columns` are the columns of the table, by key,
    with commas between; `sorted_by` is the key of a column, with "-" before it for the other direction.
    """

    __tablename__ = "saved_views"
    singular, plural, page = N_("Saved view"), N_("Saved views"), False
    named_by: ClassVar[tuple[str, ...]] = ("name",)

    list_key: Mapped[str] = f.text(N_("Which list"), S.NOTES, required=True, index=True)
    name: Mapped[str] = f.text(N_("Name of the view"), S.NOTES, required=True)
    query: Mapped[str | None] = f.long_text(N_("Conditions"), S.NOTES, found=False)
    columns: Mapped[str | None] = f.long_text(N_("Columns of the table"), S.NOTES, found=False)
    sorted_by: Mapped[str | None] = f.text(N_("Sorted by"), S.NOTES)
