"""Who waits for whom: the reviews that are out, those to be decided, and what is confirmed no longer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import Case, Review, ReviewAnswer
from casetracker.model.work.review import Decision, ReviewState, ReviewWay
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import box, standing, statements
from casetracker.store.reviews.standing import CaseStanding, Confirmed
from casetracker.store.store import Store


@dataclass(frozen=True)
class ReviewLine:
    """One review, as the page of reviews lists it."""

    id: str
    ref: str
    family_id: str
    family: str
    addressee: str
    way: ReviewWay
    language: str
    sent: dt.date
    days: int  # since it was sent, or since it was answered
    state: ReviewState
    cases: tuple[tuple[str, str, str], ...]  # id, reference, name
    answered: dt.date | None
    asked: int
    replies: int
    open: int
    came: bool = False  # answers were sent in the program and wait to be taken in


@dataclass(frozen=True)
class Lapsed:
    """A case whose confirmation no longer holds, or is old."""

    case_id: str
    ref: str
    name: str
    family_id: str
    standing: CaseStanding


@dataclass(frozen=True)
class Board:
    """The page of reviews."""

    reviews: tuple[ReviewLine, ...]
    lapsed: tuple[Lapsed, ...]

    def in_state(self, state: ReviewState) -> list[ReviewLine]:
        """Return the reviews of one state."""
        return [line for line in self.reviews if line.state is state]

    @property
    def to_decide(self) -> int:
        """How many answers are to be decided, in all reviews."""
        return sum(line.open for line in self.reviews)


def board(store: Store) -> Board:
    """Return the reviews, those first that wait for the office, and the confirmations that do not hold."""
    came = {review_id for review_id, _ in box.sent(store)}
    with store.reader() as reader:
        counts = _counts(reader)
        query = sa.select(Review.id).order_by(Review.sent.desc(), Review.ref)
        lines = [_line(r, reader, counts, came) for r in reader.many(Review, reader.ids(query))]
        cases = standing.of_cases(reader, standing.reviewed_cases(reader))
        lapsed = [
            Lapsed(case.id, case.text("ref"), statements.name_of(case, reader),
                   case.value("family_id") or "", cases[case.id])
            for case in reader.many(Case, cases)
            if cases[case.id].state in (Confirmed.LAPSED, Confirmed.STALE)
        ]  # fmt: skip
    lines.sort(
        key=lambda line: (not line.came, not line.open, line.state is not ReviewState.SENT, -line.days)
    )
    return Board(tuple(lines), tuple(sorted(lapsed, key=lambda each: each.ref)))


def open_answers(store: Store) -> tuple[int, int]:
    """Return how many answers are to be decided, and how many reviews wait for a representative."""
    with store.reading() as session:
        deciding = sa.select(sa.func.count()).select_from(ReviewAnswer)
        waiting = sa.select(sa.func.count()).select_from(Review).where(Review.state == ReviewState.SENT)
        return (
            session.scalar(deciding.where(ReviewAnswer.decision == Decision.OPEN)) or 0,
            session.scalar(waiting) or 0,
        )


def _counts(reader: Reader) -> dict[str, tuple[int, int]]:
    """Return by review how many answers came, and how many are to be decided."""
    is_open = sa.case((ReviewAnswer.decision == Decision.OPEN, 1), else_=0)
    query = sa.select(ReviewAnswer.review_id, sa.func.count(), sa.func.sum(is_open))
    return {key: (n, int(m)) for key, n, m in reader.rows(query.group_by(ReviewAnswer.review_id))}


def _line(
    review: DisclosedRecord, reader: Reader, counts: dict[str, tuple[int, int]], came: set[str]
) -> ReviewLine:
    replies, open_ = counts.get(review.id, (0, 0))
    sent, answered = review.value("sent"), review.value("answered")
    cases = [case for kept in review.children("cases") if (case := kept.ref("case_id"))]
    return ReviewLine(
        id=review.id,
        ref=review.text("ref"),
        family_id=review.value("family_id"),
        family=review.text("family_id"),
        addressee=review.text("addressee"),
        way=review.value("way"),
        language=review.text("language"),
        sent=sent,
        days=max((reader.as_of - (answered or sent)).days, 0),
        state=review.value("state"),
        cases=tuple((c.id, c.text("ref"), statements.name_of(c, reader)) for c in cases),
        answered=answered,
        asked=review.text("content").count('"kind":'),
        replies=replies,
        open=open_,
        came=review.id in came,
    )
