"""Taking in what a representative answered: compared with what was sent, written beside the records.

No record is changed. Only two things take effect at once, because waiting could hurt: what is not to be
shared is held back from everybody outside, and a refusal counts as a refusal.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Consent, HeldBack, Review, ReviewAnswer
from casetracker.model.confidentiality import Use
from casetracker.model.sources.consent import Answer, ConsentForm
from casetracker.model.work.review import Decision, ReviewState, Said
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import packet as packets
from casetracker.store.reviews.packet import CONSENT, MAY_SAY, Answers, Item, Packet, PacketCase, Reply
from casetracker.store.reviews.sending import read_kept
from casetracker.store.store import Store

# What waits for a decision of the office, and what says itself what it is.
_TO_DECIDE = frozenset({Said.WRONG, Said.WITHHOLD, Said.REFUSE, Said.AGREE})


@dataclass(frozen=True)
class Incoming:
    """Answers that were read and found to be ours; nothing is written yet."""

    review_id: str
    packet: Packet
    answers: Answers

    @property
    def answered(self) -> int:
        """How many of the things that were asked are answered."""
        return len(self.answers.replies)

    def count(self, *said: Said) -> int:
        """Count the answers of these sorts."""
        return sum(reply.said in said for reply in self.answers.replies.values())


def look(store: Store, answers: Answers) -> Incoming:
    """Compare answers with what was sent. Raises `UserError` with what is wrong; nothing is written."""
    with store.reader() as reader:
        review = _review(reader, answers)
        packet = read_kept(review)
        if review.text("digest") != answers.digest:
            raise UserError(
                tr(
                    N_("These answers are to another version of {ref} than the one that was sent."),
                    ref=answers.review,
                )
            )
    items = {item.number: item for item in packet.items}
    for number, reply in answers.replies.items():
        _require_fitting(items.get(number), reply)
    if not set(answers.cases) <= {case.ref for case in packet.cases}:
        raise _altered()
    if not (answers.replies or answers.comment.strip() or any(answers.cases.values())):
        raise UserError(tr(N_("Nothing was answered in this review.")))
    return Incoming(review.id, packet, answers)


def take_in(store: Store, incoming: Incoming) -> str:
    """Write down what was answered, as one action that can be undone; return the id of the review."""
    incoming = look(store, incoming.answers)  # it may have been answered meanwhile
    draft = store.draft(Review, incoming.review_id)
    answers, day = incoming.answers, _day(incoming.answers.on, store.today())
    draft.values |= {
        "state": ReviewState.ANSWERED,
        "answered": day,
        "signed": answers.signed.strip()[:300] or draft.values["addressee"],
        "comment": answers.comment.strip() or None,
        "answer_digest": packets.digest(answers.content()),
    }
    places = {case.case_id: case for case in incoming.packet.cases}
    for kept in draft.children["cases"]:
        kept.values["comment"] = answers.cases.get(places[kept.values["case_id"]].ref, "").strip() or None
    written = [
        (item, reply, _answer(draft, case, item, reply))
        for case in incoming.packet.cases
        for item in case.items
        if (reply := answers.replies.get(item.number))
    ]
    label = tr(N_("Answers to the review {ref}"), ref=incoming.packet.review)
    with store.edit(label) as edit:
        edit.write(draft)
        for item, reply, answer in written:
            _at_once(edit, item, reply, answer, day, draft.values["person_id"])
    return incoming.review_id


def _review(reader: Reader, answers: Answers) -> DisclosedRecord:
    found = reader.many(Review, reader.ids(sa.select(Review.id).where(Review.ref == answers.review)))
    if not found:
        raise UserError(
            tr(
                N_("These answers are for another casebook: there is no review {ref} in this one."),
                ref=answers.review,
            )
        )
    review = found[0]
    if review.value("state") is ReviewState.WITHDRAWN:
        raise UserError(
            tr(
                N_("The review {ref} was withdrawn on {day}, so its answers are not taken in."),
                ref=answers.review, day=review.text("withdrawn"),
            )
        )  # fmt: skip
    if review.value("state") is ReviewState.ANSWERED:
        raise UserError(
            tr(
                N_("The answers to {ref} were taken in already, those of {day}; nothing was written."),
                ref=answers.review, day=review.text("answered"),
            )
        )  # fmt: skip
    return review


def _require_fitting(item: Item | None, reply: Reply) -> None:
    if item is None or reply.said not in MAY_SAY[item.kind]:
        raise _altered()


def _altered() -> UserError:
    return UserError(tr(N_("These answers are not to what was asked; the file was changed.")))


def _day(on: str, today: dt.date) -> dt.date:
    """Return the day on which it was answered; a clock of another computer may be ahead."""
    try:
        return min(dt.date.fromisoformat(on), today)
    except ValueError:
        return today


def _answer(review: Draft, case: PacketCase, item: Item, reply: Reply) -> Draft:
    at = item.at
    if at is None:
        raise _altered()
    return review.add(
        "answers",
        case_id=case.case_id,
        number=item.number,
        record=at.record,
        record_id=at.record_id,
        field=",".join(at.fields) or None,
        label=item.label[:300],
        shown=item.text or None,
        said=reply.said,
        proposed=reply.proposed.strip() or None,
        comment=reply.comment.strip() or None,
        decision=Decision.OPEN if reply.said in _TO_DECIDE else Decision.NONE,
    )


def _at_once(
    edit: Edit, item: Item, reply: Reply, answer: Draft, day: dt.date, person_id: str | None
) -> None:
    """Do what does not wait for a decision."""
    at = item.at
    if at is None:
        return
    if reply.said in (Said.WITHHOLD, Said.REFUSE):
        name = at.fields[0] if len(at.fields) == 1 else None  # of several facts in one line all is meant
        values = {"about": at.record, "about_id": at.record_id, "field": name, "asked": day}
        edit.write(Draft(HeldBack, values={**values, "answer_id": answer.id}))
    if item.kind == CONSENT and reply.said is Said.DISAGREE and person_id:
        edit.write(consent(person_id, str(answer.values["case_id"]), Use[at.record_id], Answer.REFUSES, day))


def consent(person_id: str, case_id: str, use: Use, answer: Answer, day: dt.date) -> Draft:
    """Return the answer of a family's representative about one use of one case."""
    values = {"person_id": person_id, "case_id": case_id, "use": use, "answer": answer, "given": day}
    return Draft(Consent, values={**values, "form": ConsentForm.WRITTEN})


def kept_answers(reader: Reader, review_id: str) -> list[DisclosedRecord]:
    """Return the answers of a review in the order in which it was asked."""
    query = sa.select(ReviewAnswer.id).where(ReviewAnswer.review_id == review_id)
    return reader.many(ReviewAnswer, reader.ids(query.order_by(ReviewAnswer.number)))
