"""How a case stands with its family: confirmed on which day, lapsed because of what, stale since when.

Nothing of it is kept: it follows from what was sent, what was answered and what is on record now. So an undo,
a correction or a new custody event shows at once, and nobody can forget to take a confirmation back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Case, Review, ReviewCase, clock
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.work.review import Decision, ReviewState, Said
from casetracker.model.workdays import calendar
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.reviews import sending, statements
from casetracker.store.reviews.packet import STATEMENT, Item


class Confirmed(Enum):
    """How far a family's confirmation of a case holds."""

    NEVER = N_("never reviewed by the family")
    WAITING = N_("waiting for the family")
    PROPOSALS = N_("the family's answers are to be decided")
    DIFFERS = N_("the family sees something otherwise")
    PARTLY = N_("answered in part by the family")
    LAPSED = N_("the family's confirmation lapsed")
    STALE = N_("confirmed by the family long ago")
    CONFIRMED = N_("confirmed by the family")


TONES = {
    Confirmed.NEVER: "grey",
    Confirmed.WAITING: "blue",
    Confirmed.PROPOSALS: "amber",
    Confirmed.DIFFERS: "amber",
    Confirmed.PARTLY: "grey",
    Confirmed.LAPSED: "red",
    Confirmed.STALE: "amber",
    Confirmed.CONFIRMED: "green",
}


@dataclass(frozen=True)
class CaseStanding:
    """How one case stands; `changed` names what is no longer as it was confirmed."""

    state: Confirmed
    on: dt.date | None = None
    changed: tuple[str, ...] = ()
    review_id: str = ""
    waiting_since: dt.date | None = None  # a review that is out, beside what was confirmed before
    open: int = 0  # proposals that are to be decided

    @property
    def tone(self) -> str:
        """The colour that goes with it."""
        return TONES[self.state]

    def text(self) -> str:
        """Say it in a few words, for a chip."""
        if self.on is None:
            return tr(self.state.value)
        day = KnownDate.on(self.on).short()
        sentence = {
            Confirmed.CONFIRMED: N_("confirmed by the family on {day}"),
            Confirmed.STALE: N_("confirmed by the family on {day}, to be asked again"),
            Confirmed.LAPSED: N_("confirmation of {day} lapsed"),
            Confirmed.PARTLY: N_("answered in part on {day}"),
            Confirmed.DIFFERS: N_("the family sees it otherwise ({day})"),
            Confirmed.PROPOSALS: N_("answers of {day} to be decided"),
            Confirmed.WAITING: N_("with the family since {day}"),
        }.get(self.state)
        return tr(sentence, day=day) if sentence else tr(self.state.value)

    def why(self) -> str:
        """Say what changed since it was confirmed; empty if nothing did."""
        if not self.changed:
            return ""
        return tr(N_("Changed since: {what}"), what=", ".join(dict.fromkeys(self.changed)))

    def printed(self) -> str:
        """Return the line of a paper: only what stands is printed, with its day."""
        if self.on is None or self.state not in (Confirmed.CONFIRMED, Confirmed.STALE):
            return ""
        day = KnownDate.on(self.on).text()
        if self.state is Confirmed.STALE:
            return tr(N_("Confirmed by the family on {day}; not confirmed again since"), day=day)
        return tr(N_("Confirmed by the family on {day}"), day=day)


@dataclass
class _Found:
    """What the comparison of one review with the records came to."""

    changed: list[str] = field(default_factory=list)
    open: int = 0
    differs: bool = False
    unanswered: int = 0
    confirmed: int = 0

    def state(self) -> Confirmed:
        """Return what weighs most."""
        if self.open:
            return Confirmed.PROPOSALS
        if self.changed and self.confirmed:
            return Confirmed.LAPSED
        if self.differs:
            return Confirmed.DIFFERS
        return Confirmed.CONFIRMED if self.confirmed and not self.unanswered else Confirmed.PARTLY


def of_case(reader: Reader, case_id: str) -> CaseStanding:
    """Return how a case stands on the reader's day."""
    return of_cases(reader, [case_id])[case_id]


def of_cases(reader: Reader, case_ids: Iterable[str]) -> dict[str, CaseStanding]:
    """Return how these cases stand. What a reader for outside gets is a day, and no word of any answer."""
    wanted = list(case_ids)
    answered, waiting = _reviews(reader, wanted)
    found = {}
    for case_id in wanted:
        stands = _of_one(reader, case_id, answered.get(case_id, ""))
        since = waiting.get(case_id)
        if since and stands.state is Confirmed.NEVER:
            stands = CaseStanding(Confirmed.WAITING, since, waiting_since=since)
        elif since:
            stands = CaseStanding(
                stands.state, stands.on, stands.changed, stands.review_id, since, stands.open
            )
        found[case_id] = stands
    return found


def reviewed_cases(reader: Reader) -> list[str]:
    """Return the cases that a family ever answered about or is asked about now."""
    query = sa.select(ReviewCase.case_id).join(Review, Review.id == ReviewCase.review_id)
    query = query.where(Review.state != ReviewState.WITHDRAWN).distinct()
    return sorted(reader.ids(query))


def _reviews(reader: Reader, case_ids: list[str]) -> tuple[dict[str, str], dict[str, dt.date]]:
    """Return by case the review that was answered last, and since when another one waits."""
    answered: dict[str, str] = {}
    waiting: dict[str, dt.date] = {}
    columns = (ReviewCase.case_id, Review.id, Review.state, Review.answered, Review.sent)
    for start in range(0, len(case_ids), 500):
        query = sa.select(*columns).join(Review, Review.id == ReviewCase.review_id)
        query = query.where(ReviewCase.case_id.in_(case_ids[start : start + 500]))
        for case_id, review_id, state, on, sent in reader.rows(
            query.order_by(Review.answered, Review.sent, Review.ref)
        ):
            if state is ReviewState.ANSWERED and on and on <= reader.as_of:
                answered[case_id] = review_id
            elif state is ReviewState.SENT and sent <= reader.as_of:
                waiting[case_id] = sent
    return answered, waiting


def _of_one(reader: Reader, case_id: str, review_id: str) -> CaseStanding:
    office = reader.beside(Audience.INTERNAL)
    review = office.get(Review, review_id) if review_id else None
    if review is None:
        return CaseStanding(Confirmed.NEVER)
    on: dt.date | None = review.value("answered")
    try:
        kept = next((c for c in sending.read_kept(review).cases if c.case_id == case_id), None)
    except UserError:
        kept = None
    case = reader.beside(Audience.FAMILY).get(Case, case_id)
    if kept is None or on is None:
        return CaseStanding(Confirmed.NEVER)
    now = statements.marks_of(case) if case else {}
    replies = {a.value("number"): a for a in review.children("answers") if a.value("case_id") == case_id}
    found = _compared([i for i in kept.items if i.kind == STATEMENT], replies, now)
    found.open = sum(a.value("decision") is Decision.OPEN for a in replies.values())
    state = found.state()
    if state is Confirmed.CONFIRMED and is_stale(on, reader.as_of):
        state = Confirmed.STALE
    return CaseStanding(state, on, tuple(found.changed), review_id, open=found.open)


def is_stale(on: dt.date, today: dt.date) -> bool:
    """Whether a confirmation is so old that the family is asked again (the rule is `review_renewal`)."""
    return clock.due_on(clock.current()["review_renewal"], on, calendar()) < today


def _compared(
    items: list[Item], replies: dict[int, DisclosedRecord], now: dict[str, tuple[str, str]]
) -> _Found:
    found = _Found()
    seen = set()
    for item in items:
        if item.at is None:
            continue
        seen.add(item.at.key)
        expected = _expected(item, replies.get(item.number), found)
        if now.get(item.at.key, ("", ""))[0] != expected:
            found.changed.append(item.label)
    found.changed += [label for key, (_, label) in now.items() if key not in seen]
    return found


def _expected(item: Item, reply: DisclosedRecord | None, found: _Found) -> str:
    """Return the mark that the record has if nothing changed since the family was asked."""
    said = reply.value("said") if reply else None
    if reply is None or said is None:
        found.unanswered += 1
        return item.mark
    decision = reply.value("decision")
    found.confirmed += said is Said.CORRECT or (said is Said.WRONG and decision is Decision.ACCEPTED)
    if said is Said.WRONG and decision in (Decision.CHANGED, Decision.DECLINED):
        found.differs = True
    settled = reply.text("settled") if decision in (Decision.ACCEPTED, Decision.CHANGED) else ""
    return settled or item.mark
