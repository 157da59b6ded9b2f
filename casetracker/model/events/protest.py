"""A protest, vigil or march."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_
from casetracker.model import fields as f
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.events.event import Event, event_key


class Notice(Enum):
    """Whether the authorities were told beforehand (Law 333-VI of 2020 on peaceful assemblies)."""

    GIVEN = N_("Notice given")
    REFUSED = N_("Notice given, refused")
    NONE = N_("No notice")
    UNKNOWN = N_("Not known")


class Protest(Event):
    """One day of protest, or one run of days that is told as one."""

    __tablename__ = "protests"
    singular, plural, page = N_("Protest"), N_("Protests"), True
    named_by: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[str] = event_key()
    series: Mapped[str | None] = f.text(N_("Series"), S.OPEN, listed=True)
    day_number: Mapped[int | None] = f.number(N_("Day of the series"), S.OPEN)
    form: Mapped[str | None] = f.term("protest_form", N_("Form"), S.OPEN)
    demands: Mapped[str | None] = f.long_text(N_("Demands"), S.OPEN)
    notice: Mapped[Notice | None] = f.choice(Notice, N_("Notice to the authorities"), S.OPEN)
    notice_day: Mapped[dt.date | None] = f.day(N_("Notice given on"), S.OPEN)
    notice_reply: Mapped[str | None] = f.text(N_("Their reply"), S.OPEN)
    crowd: Mapped[str | None] = f.text(N_("How many came"), S.OPEN, listed=True)
    police_response: Mapped[str | None] = f.long_text(N_("Police response"), S.OPEN)
    police_unit: Mapped[str | None] = f.text(N_("Police unit or station"), S.OPEN)
    force_used: Mapped[str | None] = f.term("force_used", N_("Force used"), S.OPEN)
    lawyer_let_in: Mapped[bool | None] = f.yes_no(N_("Lawyer let in to those held"), S.OPEN)
    officers_words: Mapped[str | None] = f.long_text(N_("What officers said"), S.PERPETRATOR)
