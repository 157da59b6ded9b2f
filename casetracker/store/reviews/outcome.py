"""What became of a representative's answers, as they are told it themselves."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import Review
from casetracker.model.terms import label_of
from casetracker.model.work.review import Decision, ReviewState, Said
from casetracker.store.reviews import box, sending, taking
from casetracker.store.store import Store

_TONES = {
    Decision.OPEN: "grey",
    Decision.ACCEPTED: "green",
    Decision.CHANGED: "amber",
    Decision.DECLINED: "red",
    Decision.NONE: "grey",
}


@dataclass(frozen=True)
class Outcome:
    """One answer, and what the office made of it."""

    label: str
    shown: str
    said: str
    proposed: str
    decision: str
    reason: str
    tone: str


def of_user(store: Store) -> list[Outcome]:
    """Return what became of the answers of the user of this session, the latest review first.

    What was only confirmed needs no decision and is left out; what was sent and is not yet taken in says so.
    """
    query = sa.select(Review.id).where(
        Review.user_id == store.rights.user_id, Review.state == ReviewState.ANSWERED, Review.user_id != ""
    )
    found = [
        Outcome(mine.packet.review, "", tr(N_("sent")), "", tr(N_("The office has not taken it in yet.")), "",
                "grey")
        for mine in sending.of_user(store)
        if (answers := box.kept(store, mine.id)) is not None and answers.done
    ]  # fmt: skip
    with store.reader() as reader:  # the views over the tables of a representative say what there is
        for review_id in reader.ids(query.order_by(Review.answered.desc(), Review.ref)):
            for answer in taking.kept_answers(reader, review_id):
                if answer.value("said") in (Said.CORRECT, Said.UNKNOWN, Said.ALLOW):
                    continue
                decision: Decision = answer.value("decision")
                found.append(
                    Outcome(
                        answer.text("label"),
                        answer.text("shown"),
                        answer.text("said"),
                        answer.text("proposed"),
                        label_of(decision),
                        answer.text("reason"),
                        _TONES[decision],
                    )
                )
    return found
