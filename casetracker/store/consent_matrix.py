"""Answers about consent as a matrix of uses and people, what counts of them, and what was given out before.

The rules are those of `store.consents`: the strictest living answer counts, and missing means no.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import Consent, HandOver
from casetracker.model.confidentiality import Use
from casetracker.model.sources.consent import Answer, review_due
from casetracker.store.reader import DisclosedRecord, Reader


class State(Enum):
    """How an answer of one person about one use stands; the strictest first."""

    REFUSED = N_("refused")
    AGREED = N_("agreed")
    RECONFIRM = N_("confirm again")
    WITHDRAWN = N_("withdrawn")
    ENDED = N_("ran out")
    NOT_ASKED = N_("not asked")


TONES = {
    State.REFUSED: "red",
    State.AGREED: "green",
    State.RECONFIRM: "amber",
    State.WITHDRAWN: "red",
    State.ENDED: "amber",
    State.NOT_ASKED: "grey",
}
AGREEING = frozenset({State.AGREED, State.RECONFIRM})


@dataclass(frozen=True)
class Stand:
    """What one person says about one use on the reader's day."""

    state: State
    since: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One use: an answer a person, and what follows from all of them."""

    use: Use
    stands: tuple[Stand, ...]
    counts: bool


@dataclass(frozen=True)
class Matrix:
    """All uses by all people who may answer about one case, or about their own data."""

    case_id: str  # empty: each about their own data
    people: tuple[tuple[str, str], ...]  # id and name
    lines: tuple[Line, ...]

    @property
    def asked(self) -> bool:
        """Whether anybody was asked anything."""
        return any(s.state is not State.NOT_ASKED for line in self.lines for s in line.stands)

    def to_confirm(self) -> int:
        """How many answers are older than the time after which they are confirmed again."""
        return sum(s.state is State.RECONFIRM for line in self.lines for s in line.stands)


def stand(answers: Iterable[DisclosedRecord], day: dt.date) -> Stand:
    """Return how somebody's answers about one use stand on a day: a living refusal before a living yes."""
    said = list(answers)
    found = _strictest(said, day)
    if not any(_unhandled(a, day) for a in said):
        return found
    return replace(found, note=" · ".join(n for n in (found.note, tr(N_("not handled yet"))) if n))


def _unhandled(answer: DisclosedRecord, day: dt.date) -> bool:
    """Whether a yes was taken back, and nobody wrote down that what was given out was recalled."""
    withdrawn = answer.value("withdrawn")
    taken_back = withdrawn is not None and withdrawn <= day and answer.value("answer") is Answer.AGREES
    return taken_back and answer.value("handled_on") is None


def _strictest(answers: list[DisclosedRecord], day: dt.date) -> Stand:
    found = [_stand(a, day) for a in answers if a.value("given") and a.value("given") <= day]
    if not found:
        return Stand(State.NOT_ASKED)
    order = list(State)
    living = [s for s in found if order.index(s.state) <= order.index(State.RECONFIRM)]
    if living:
        return min(living, key=lambda s: (s.state is not State.REFUSED, -_ordinal(s.since)))
    return max(found, key=lambda s: _ordinal(s.since))


def _stand(answer: DisclosedRecord, day: dt.date) -> Stand:
    given, until, withdrawn = (answer.value(n) for n in ("given", "until", "withdrawn"))
    notes = [answer.text("conditions"), answer.text("body")]
    note = " · ".join(n for n in notes if n)
    if withdrawn and withdrawn <= day:
        return Stand(State.WITHDRAWN, withdrawn, note)
    if until and until < day:
        return Stand(State.ENDED, until, note)
    if answer.value("answer") is Answer.REFUSES:
        return Stand(State.REFUSED, given, note)
    if review_due(given, answer.value("review_on")) <= day:
        return Stand(State.RECONFIRM, given, note)
    return Stand(State.AGREED, given, note)


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def about_case(case: DisclosedRecord, reader: Reader) -> Matrix:
    """Return who answered what about a case; the family's grown members stand in it, asked or not."""
    answers = case.children("consents")
    family = case.ref("family_id")
    people = _speakers(family, case.value("person_id"), reader) if family else []
    people += [p for a in answers if (p := a.value("person_id"))]
    return _matrix(case.id, answers, list(dict.fromkeys(people)), reader)


def about_themselves(people: Collection[str], reader: Reader) -> Matrix:
    """Return what these people answered about their own data."""
    query = sa.select(Consent.id).where(Consent.person_id.in_(people), Consent.case_id.is_(None))
    return _matrix("", reader.many(Consent, reader.ids(query)), list(people), reader)


def _speakers(family: DisclosedRecord, about: str, reader: Reader) -> list[str]:
    """Who can be asked about a relative: the petitioner and the grown members who are here."""
    found = [family.value("petitioner_id")] if family.value("petitioner_id") else []
    for member in family.children("members"):
        person, where = member.ref("person_id"), member.value("whereabouts")
        here = where is None or where.name in ("HERE", "ELSEWHERE")
        if person and here and person.id != about and not person.minor:
            found.append(person.id)
    return found


def _matrix(case_id: str, answers: list[DisclosedRecord], people: list[str], reader: Reader) -> Matrix:
    by: dict[tuple[Use, str], list[DisclosedRecord]] = {}
    for answer in answers:
        by.setdefault((answer.value("use"), answer.value("person_id")), []).append(answer)
    lines = []
    for use in Use:
        stands = tuple(stand(by.get((use, person), ()), reader.as_of) for person in people)
        states = {s.state for s in stands}
        lines.append(Line(use, stands, bool(states & AGREEING) and State.REFUSED not in states))
    return Matrix(case_id, tuple((p, reader.name(p)) for p in people), tuple(lines))


# What was given out before


@dataclass(frozen=True)
class GivenOut:
    """A list that was handed over with this case on it: to recall, unless it was withdrawn."""

    meeting_id: str
    office: str
    title: str
    on: dt.date
    withdrawn: dt.date | None


def given_out(reader: Reader, case_id: str) -> list[GivenOut]:
    """Return the lists that were handed to officials with this case on them, the latest first."""
    query = sa.select(HandOver.id).where(HandOver.case_ids.contains(case_id)).order_by(HandOver.at.desc())
    found = []
    for handed in reader.many(HandOver, reader.ids(query)):
        meeting = handed.ref("meeting_id")
        if meeting is None or not _holds(handed, case_id):
            continue
        found.append(
            GivenOut(
                meeting.id,
                meeting.text("office_id"),
                meeting.title,
                handed.value("at"),
                handed.value("withdrawn"),
            )
        )
    return found


def _holds(handed: DisclosedRecord, case_id: str) -> bool:
    """Whether the case was in what was given: it may have been presented and yet held back."""
    try:
        return any(line.get("case") == case_id for line in json.loads(handed.text("content")))
    except (ValueError, AttributeError):  # not one of our lists: rather recall too much
        return True
