"""Appeals to a body and submissions to the United Nations, and what was replied to each case in them."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity
from casetracker.model.names.writing import Language


class ReplyKind(Enum):
    """What a reply is; only some of them end the waiting."""

    INTERIM = N_("Interim answer")
    EXTENSION = N_("Notice of an extension")
    FORWARDED = N_("Notice of forwarding")
    SUBSTANTIVE = N_("Answer in substance")
    REFUSAL = N_("Refusal")
    NO_COMPETENCE = N_("Not competent")


# After these nothing more is waited for; "not competent" is an answer too, however useless.
ENDS_WAITING = frozenset({ReplyKind.SUBSTANTIVE, ReplyKind.REFUSAL, ReplyKind.NO_COMPETENCE})


class Appeal(Entity):
    """One paper that the office or a family sent to a body, and that is to be answered.

    The day by which it is to be answered follows from the rules of time, which are data
    (`model.work.reply_clock`); nobody types it.
    """

    __tablename__ = "appeals"
    singular, plural = N_("Appeal"), N_("Appeals")
    named_by: ClassVar[tuple[str, ...]] = ("subject",)
    kept = Confidentiality.OFFICIAL
    ref_prefix: ClassVar[str] = "AP"

    ref: Mapped[str] = f.text(N_("Reference"), S.OPEN, required=True)
    subject: Mapped[str] = f.text(
        N_("Subject"),
        S.OPEN,
        required=True,
        listed=True,
        help=N_("No names of relatives: it may be printed."),
    )
    kind: Mapped[str | None] = f.term("appeal_kind", N_("Kind of appeal"), S.OPEN, listed=True)
    office_id: Mapped[str] = f.ref("Office", "offices", N_("To which office"), S.OPEN, required=True)
    post_id: Mapped[str | None] = f.ref("Post", "posts", N_("To which post"), S.OPEN)
    to_person_id: Mapped[str | None] = f.ref("Person", "persons", N_("To whom by name"), S.OPEN)
    summary: Mapped[str | None] = f.long_text(N_("What it says"), S.STORY)
    language: Mapped[Language | None] = f.choice(Language, N_("Language of the appeal"), S.OPEN)
    number: Mapped[str | None] = f.text(N_("Our number"), S.OPEN, listed=True)
    registered: Mapped[str | None] = f.text(N_("Their registration number"), S.OPEN, listed=True)
    sent: Mapped[dt.date | None] = f.day(N_("Sent on"), S.OPEN, listed=True)
    received: Mapped[dt.date | None] = f.day(N_("Received there on"), S.OPEN)
    registered_on: Mapped[dt.date | None] = f.day(N_("Registered on"), S.OPEN)
    channel: Mapped[str | None] = f.term("appeal_channel", N_("How it was sent"), S.OPEN)
    signed_by_id: Mapped[str | None] = f.ref("Person", "persons", N_("Signed by"), S.NOTES)
    authority_id: Mapped[str | None] = f.ref("Authority", "authorities", N_("By what authority"), S.NOTES)

    extended_on: Mapped[dt.date | None] = f.day(N_("Extended on"), S.OPEN)
    extended_until: Mapped[dt.date | None] = f.day(N_("Extended until"), S.OPEN)
    extension_notice: Mapped[dt.date | None] = f.day(N_("Told of the extension on"), S.OPEN)
    extension_reason: Mapped[str | None] = f.text(N_("Why it was extended"), S.OPEN)
    forwarded_to_id: Mapped[str | None] = f.ref("Office", "offices", N_("Forwarded to"), S.OPEN)
    forwarded_on: Mapped[dt.date | None] = f.day(N_("Forwarded on"), S.OPEN)
    forwarding_notice: Mapped[dt.date | None] = f.day(N_("Told of the forwarding on"), S.OPEN)

    cases: Mapped[list[AppealCase]] = f.children("AppealCase", N_("Cases in it"), S.OPEN, order_by="position")
    replies: Mapped[list[Reply]] = f.children("Reply", N_("Replies"), S.OPEN, order_by="on")
    notes: Mapped[str | None] = f.long_text(N_("Internal notes"), S.NOTES)

    # Kept by the store from the days above and the rules, for lists that sort and filter; never typed.
    reply_due: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})
    answered_on: Mapped[dt.date | None] = mapped_column(index=True, info={"derived": True})

    __table_args__ = (sa.UniqueConstraint("ref"),)

    def check(self) -> dict[str, str]:
        """Days stand in their order, what was extended or forwarded says until when or to whom."""
        problems = _out_of_order(self)
        cases = [c.case_id for c in self.cases]
        if len(cases) != len(set(cases)):
            problems["cases"] = tr(N_("A case is in this appeal twice; remove one of the two lines."))
        if self.forwarded_on and not self.forwarded_to_id:
            problems["forwarded_to_id"] = tr(N_("Say to which office it was forwarded."))
        answered = {a.case_id for reply in self.replies for a in reply.cases}
        if answered - set(cases):
            problems["replies"] = tr(N_("A reply speaks of a case that is not in the appeal; add it there."))
        return problems


def _out_of_order(appeal: Appeal) -> dict[str, str]:
    """Nothing happens to a paper before it was sent, and an extension does not end before it begins."""
    if not appeal.sent:
        return {}
    names = ("received", "registered_on", "extended_on", "extended_until", "forwarded_on")
    early = [name for name in names if (day := getattr(appeal, name)) and day < appeal.sent]
    message = tr(N_("This day is before the appeal was sent; correct one of the two."))
    problems = dict.fromkeys(early, message)
    if any(reply.on < appeal.sent for reply in appeal.replies):
        problems["replies"] = tr(N_("A reply is dated before the appeal was sent; correct one of the two."))
    return problems


class AppealCase(Entity):
    """One case in an appeal, and what was asked for it."""

    __tablename__ = "appeal_cases"
    singular, plural, page = N_("Case in an appeal"), N_("Cases in appeals"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    appeal_id: Mapped[str] = f.ref("Appeal", "appeals", N_("Appeal"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    asked: Mapped[str | None] = f.text(N_("Asked for"), S.OPEN)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)


class Reply(Entity):
    """One paper that came back."""

    __tablename__ = "replies"
    singular, plural, page = N_("Reply"), N_("Replies"), False
    named_by: ClassVar[tuple[str, ...]] = ("kind", "on")
    kept = Confidentiality.OFFICIAL

    appeal_id: Mapped[str] = f.ref("Appeal", "appeals", N_("Appeal"), S.OPEN, required=True)
    on: Mapped[dt.date] = f.day(N_("Dated"), S.OPEN, required=True)
    kind: Mapped[ReplyKind] = f.choice(ReplyKind, N_("What kind of reply"), S.OPEN, required=True)
    number: Mapped[str | None] = f.text(N_("Their number"), S.OPEN)
    came: Mapped[dt.date | None] = f.day(N_("Came to us on"), S.OPEN)
    signed_by: Mapped[str | None] = f.text(N_("Signed by (official)"), S.OPEN)
    summary: Mapped[str | None] = f.text(N_("What it says, in short"), S.STORY)
    words: Mapped[str | None] = f.long_text(N_("In the original words"), S.STORY)
    language: Mapped[Language | None] = f.choice(Language, N_("Language of the reply"), S.OPEN)
    cases: Mapped[list[ReplyCase]] = f.children(
        "ReplyCase", N_("What it says of each case"), S.OPEN, order_by="position"
    )


class ReplyCase(Entity):
    """What a reply says of one of the cases in the appeal."""

    __tablename__ = "reply_cases"
    singular, plural, page = N_("Case in a reply"), N_("Cases in replies"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    reply_id: Mapped[str] = f.ref("Reply", "replies", N_("Reply"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    result: Mapped[str | None] = f.term("reply_result", N_("What it came to"), S.OPEN)
    said: Mapped[str | None] = f.text(N_("What it says of this case"), S.STORY)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)
