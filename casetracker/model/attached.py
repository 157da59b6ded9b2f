"""What can hang on any record: notes, tags, citations. It names the record by its kind and id."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class Attached(Entity):
    """The base of records that hang on any other record, whatever its kind.

    No foreign key can point at many tables, so the store deletes what hangs on a record together with it, in
    the same action (`store.attached`), and `casetracker check` looks for what hangs on nothing.
    """

    __abstract__ = True
    hangs_on: ClassVar[tuple[tuple[str, str], ...]] = (("about", "about_id"),)  # the kind and the id

    about: Mapped[str] = f.text(N_("About (kind of record)"), S.NOTES, required=True)
    about_id: Mapped[str] = f.text(N_("About (record)"), S.NOTES, required=True, index=True)
