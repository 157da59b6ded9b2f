"""Reply forms: the fields of a dossier that an official filled in and sent back, as answers to the cases."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity


class FormState(Enum):
    """How much of a form was filled in."""

    COMPLETE = N_("Every case answered")
    PARTLY = N_("Some cases answered")


class ReplyForm(Entity):
    """One filled form that came back; the list that was handed over stays as it was."""

    __tablename__ = "reply_forms"
    singular, plural, page = N_("Reply form"), N_("Reply forms"), False
    named_by: ClassVar[tuple[str, ...]] = ("received",)
    kept = Confidentiality.OFFICIAL

    meeting_id: Mapped[str] = f.ref("Meeting", "meetings", N_("Meeting"), S.OPEN, required=True)
    received: Mapped[dt.date] = f.day(N_("Read in on"), S.OPEN, required=True)
    by: Mapped[str | None] = f.text(N_("Read in by"), S.NOTES)
    state: Mapped[FormState | None] = f.choice(FormState, N_("How far it was filled in"), S.OPEN)
    file_digest: Mapped[str] = f.text(
        N_("Hash of the file (SHA-256)"), S.OPEN, required=True, found=False, index=True
    )
    list_digest: Mapped[str] = f.text(
        N_("Hash of the list that was handed over"), S.OPEN, required=True, found=False
    )
    answers: Mapped[list[ReplyFormAnswer]] = f.children(
        "ReplyFormAnswer", N_("What it says of each case"), S.OPEN, order_by="position"
    )

    def check(self) -> dict[str, str]:
        """A form says one thing of a case."""
        cases = [a.case_id for a in self.answers]
        if len(cases) != len(set(cases)):
            return {"answers": tr(N_("A case is in this form twice; remove one of the two lines."))}
        return {}


class ReplyFormAnswer(Entity):
    """What a form says of one case."""

    __tablename__ = "reply_form_answers"
    singular, plural, page = N_("Answer in a reply form"), N_("Answers in reply forms"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    form_id: Mapped[str] = f.ref("ReplyForm", "reply_forms", N_("Reply form"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    result: Mapped[str | None] = f.term("reply_result", N_("What it came to"), S.OPEN)
    words: Mapped[str | None] = f.long_text(N_("Answer in their own words"), S.STORY)
    measure: Mapped[str | None] = f.long_text(N_("Measure taken"), S.STORY)
    on: Mapped[KnownDate | None] = f.when("on", N_("Date of the measure"), S.OPEN)
    typed: Mapped[str | None] = f.text(N_("Date as it was typed"), S.OPEN)
    contact: Mapped[str | None] = f.text(N_("Whom to ask"), S.CONTACT)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
