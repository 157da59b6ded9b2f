"""Reviews: what a family's representative was shown, what came back, and what the office made of it.

The cycle follows section 12 of the domain notes: per statement *correct*, *wrong*, *do not share*, *do not
know*; per photograph and per use yes or no. What came back changes no record: each answer is a proposal until
somebody in the office decides. Only what may hurt waits for nobody: what is not to be shared is held back at
once.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casetracker.i18n import N_, tr
from casetracker.model import fields as f
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Confidentiality
from casetracker.model.confidentiality import Sensitivity as S  # noqa: N817 - stands on every line
from casetracker.model.entity import Entity


class ReviewWay(Enum):
    """How a review goes to the representative, and how the answers come back."""

    PROGRAM = N_("In the program")
    PAPER = N_("On paper")
    EMAIL = N_("By e-mail")
    FILE = N_("As an encrypted file")


class ReviewState(Enum):
    """How far a review is."""

    SENT = N_("Waiting for the representative")
    ANSWERED = N_("Answered")
    WITHDRAWN = N_("Withdrawn")


class Said(Enum):
    """What a representative answers: to a statement, to a photograph, to a use."""

    CORRECT = N_("Correct")
    WRONG = N_("Wrong")
    WITHHOLD = N_("Do not share this")
    UNKNOWN = N_("I do not know")
    ALLOW = N_("May be shown")
    REFUSE = N_("May not be shown")
    AGREE = N_("Yes, agreed")
    DISAGREE = N_("No, not agreed")


class Decision(Enum):
    """What the office made of an answer."""

    NONE = N_("Nothing to decide")
    OPEN = N_("To be decided")
    ACCEPTED = N_("Accepted")
    CHANGED = N_("Accepted with a change")
    DECLINED = N_("Declined")


class Review(Entity):
    """One round of a family's review: the frozen version that was sent, to whom, how, and what came back."""

    __tablename__ = "reviews"
    singular, plural, page = N_("Review"), N_("Reviews"), False
    named_by: ClassVar[tuple[str, ...]] = ("ref",)
    kept = Confidentiality.OFFICIAL
    ref_prefix: ClassVar[str] = "RV"

    ref: Mapped[str] = f.text(N_("Reference"), S.OPEN, required=True)
    family_id: Mapped[str] = f.ref("Family", "families", N_("Family"), S.OPEN, required=True)
    person_id: Mapped[str | None] = f.ref("Person", "persons", N_("Who answers for the family"), S.REVIEW)
    user_id: Mapped[str | None] = f.ref("User", "users", N_("As user"), S.REVIEW)
    addressee: Mapped[str] = f.text(N_("Sent to"), S.REVIEW, required=True)
    way: Mapped[ReviewWay] = f.choice(ReviewWay, N_("How it is sent"), S.REVIEW, required=True)
    language: Mapped[str] = f.text(N_("Language"), S.OPEN, required=True)
    sent: Mapped[dt.date] = f.day(N_("Sent on"), S.REVIEW, required=True, index=True)
    sent_by: Mapped[str] = f.text(N_("Sent by"), S.NOTES, required=True)
    content: Mapped[str] = f.long_text(N_("What was sent"), S.REVIEW, required=True, found=False)
    digest: Mapped[str] = f.text(N_("Hash of what was sent (SHA-256)"), S.REVIEW, required=True, found=False)
    state: Mapped[ReviewState] = f.choice(ReviewState, N_("How far it is"), S.REVIEW, required=True)
    answered: Mapped[dt.date | None] = f.day(N_("Answered on"), S.REVIEW)
    signed: Mapped[str | None] = f.text(N_("Signed by"), S.REVIEW)
    comment: Mapped[str | None] = f.long_text(N_("Comment on the whole"), S.REVIEW)
    answer_digest: Mapped[str | None] = f.text(
        N_("Hash of the answers (SHA-256)"), S.NOTES, found=False, index=True
    )
    withdrawn: Mapped[dt.date | None] = f.day(N_("Withdrawn on"), S.NOTES)
    withdrawn_reason: Mapped[str | None] = f.text(N_("Why it was withdrawn"), S.NOTES)
    cases: Mapped[list[ReviewCase]] = f.children("ReviewCase", N_("Cases"), S.OPEN, order_by="position")
    answers: Mapped[list[ReviewAnswer]] = f.children(
        "ReviewAnswer", N_("Answers"), S.REVIEW, order_by="number"
    )

    def check(self) -> dict[str, str]:
        """What is withdrawn has a reason."""
        if self.state is ReviewState.WITHDRAWN and not (self.withdrawn_reason or "").strip():
            return {"withdrawn_reason": tr(N_("Say why the review is withdrawn."))}
        return {}


class ReviewCase(Entity):
    """A case that was sent for review."""

    __tablename__ = "review_cases"
    singular, plural, page = N_("Case in a review"), N_("Cases in reviews"), False
    named_by: ClassVar[tuple[str, ...]] = ("case_id",)
    kept = Confidentiality.OFFICIAL

    review_id: Mapped[str] = f.ref("Review", "reviews", N_("Review"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    comment: Mapped[str | None] = f.long_text(N_("Comment on the case"), S.REVIEW)
    position: Mapped[int | None] = f.number(N_("Order"), S.OPEN)


class ReviewAnswer(Entity):
    """What a representative answered to one thing, and what the office decided."""

    __tablename__ = "review_answers"
    singular, plural, page = N_("Answer in a review"), N_("Answers in reviews"), False
    named_by: ClassVar[tuple[str, ...]] = ("label",)
    kept = Confidentiality.OFFICIAL

    review_id: Mapped[str] = f.ref("Review", "reviews", N_("Review"), S.OPEN, required=True)
    case_id: Mapped[str] = f.ref("Case", "cases", N_("Case"), S.OPEN, required=True)
    number: Mapped[int] = f.number(N_("Number of the statement"), S.OPEN, required=True)
    record: Mapped[str] = f.text(N_("About (kind of record)"), S.NOTES, required=True)
    record_id: Mapped[str] = f.text(N_("About (record)"), S.NOTES, required=True, index=True)
    field: Mapped[str | None] = f.text(N_("About (field)"), S.NOTES)
    label: Mapped[str] = f.text(N_("What was asked"), S.REVIEW, required=True)
    shown: Mapped[str | None] = f.long_text(N_("What they were shown"), S.REVIEW, found=False)
    said: Mapped[Said] = f.choice(Said, N_("Answer"), S.REVIEW, required=True)
    proposed: Mapped[str | None] = f.long_text(N_("How it should be"), S.REVIEW)
    comment: Mapped[str | None] = f.long_text(N_("Comment"), S.REVIEW)
    decision: Mapped[Decision] = f.choice(Decision, N_("Decision of the office"), S.REVIEW, required=True)
    decided: Mapped[dt.date | None] = f.day(N_("Decided on"), S.NOTES)
    decided_by: Mapped[str | None] = f.text(N_("Decided by"), S.NOTES)
    reason: Mapped[str | None] = f.text(N_("Reason"), S.REVIEW)
    settled: Mapped[str | None] = f.text(N_("Mark of what was written"), S.NOTES, found=False)

    def check(self) -> dict[str, str]:
        """What is declined, or accepted with a change, has a reason."""
        if self.decision in (Decision.DECLINED, Decision.CHANGED) and not (self.reason or "").strip():
            return {"reason": tr(N_("Say why, so that the family can be told."))}
        return {}


class HeldBack(Attached):
    """That a family asked not to share something: one field of a record, or all of it without a field.

    In force from the day it was asked until it is lifted, whatever anybody agreed to: see `store.reader`.
    """

    __tablename__ = "held_back"
    singular, plural, page = N_("Held back"), N_("Held back at a family's wish"), False
    named_by: ClassVar[tuple[str, ...]] = ("asked",)

    field: Mapped[str | None] = f.text(N_("Field"), S.NOTES)
    asked: Mapped[dt.date] = f.day(N_("Asked on"), S.NOTES, required=True)
    answer_id: Mapped[str | None] = f.ref("ReviewAnswer", "review_answers", N_("By the answer"), S.NOTES)
    lifted: Mapped[dt.date | None] = f.day(N_("Lifted on"), S.NOTES)
    lifted_reason: Mapped[str | None] = f.text(N_("Why it was lifted"), S.NOTES)

    def check(self) -> dict[str, str]:
        """It is lifted with a reason only."""
        if self.lifted and not (self.lifted_reason or "").strip():
            return {"lifted_reason": tr(N_("Say why it may be shared after all."))}
        return {}
