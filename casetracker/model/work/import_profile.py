"""How the columns of a list are taken: a mapping kept under a name, for the next list of the same sort."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class ImportProfile(Entity):
    """One mapping; `mapping` is JSON that `exchange.tables_in.profile` reads and writes."""

    __tablename__ = "import_profiles"
    singular, plural, page = N_("Mapping of a list"), N_("Mappings of lists"), False
    named_by: ClassVar[tuple[str, ...]] = ("name",)

    name: Mapped[str] = f.text(N_("Name of the mapping"), S.NOTES, required=True)
    mapping: Mapped[str] = f.long_text(N_("Columns and fields"), S.NOTES, required=True, found=False)
