"""What a made-up casebook holds, drawn by Hypothesis: people, families, cases, consents, events, papers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hypothesis import strategies as st

from casetracker.model.confidentiality import MAY_BE_LET_THROUGH, Audience, Confidentiality, Sensitivity, Use
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.names.writing import Script
from casetracker.model.sources.source import SourceKind
from casetracker.reports import REPORTS
from tests.books.words import MOST


class Said(Enum):
    """What somebody said about one use, as it stands today."""

    AGREES = "agrees"
    REFUSES = "refuses"
    WITHDREW = "withdrew"
    ENDED = "ended"
    LATER = "agrees from a day to come"


Answers = tuple[tuple[Use, Said], ...]


@dataclass(frozen=True)
class Someone:
    """A person; `number` makes the names, so two people may have the same."""

    number: int
    scripts: tuple[Script, ...]
    child: bool
    official: bool
    answers: Answers  # about their own data
    level: Confidentiality


@dataclass(frozen=True)
class Telling:
    """A source of a case; `who` is a place in the list of the family and the strangers, none for a paper."""

    who: int | None
    kind: SourceKind


@dataclass(frozen=True)
class CasePlan:
    """A detained relative and what is recorded; `answers` are those of two speakers of the family."""

    detained: Someone
    level: Confidentiality
    answers: tuple[Answers, Answers]
    tellings: tuple[Telling, ...]
    custody: tuple[tuple[CustodyKind, int], ...]  # and months since January 2017
    sentenced: bool
    photograph: bool
    slip: bool  # a name that may be withheld was typed into the account


@dataclass(frozen=True)
class FamilyPlan:
    """Who belongs to a family, the petitioner first, and its cases."""

    members: tuple[Someone, ...]
    cases: tuple[CasePlan, ...]


@dataclass(frozen=True)
class ProtestPlan:
    """A protest: who came (places in the list of everybody here), who was punished, whether it is to come."""

    people: tuple[int, ...]
    punished: int
    planned: bool
    concerns: tuple[int, ...]


@dataclass(frozen=True)
class MeetingPlan:
    """A meeting: which cases were presented, and what was promised."""

    cases: tuple[int, ...]
    outcomes: tuple[PromiseOutcome, ...]
    handed_over: bool
    planned: bool


@dataclass(frozen=True)
class AppealPlan:
    """An appeal about cases, answered or not."""

    cases: tuple[int, ...]
    replied: bool


@dataclass(frozen=True)
class Asked:
    """One paper that is made of the casebook."""

    report: str  # its name
    audience: Audience
    language: str
    second: str  # beside it, where the paper can
    one_case: int | None
    let_through: frozenset[Sensitivity]
    released: bool
    reply_form: bool
    twice: bool  # made twice, and compared


@dataclass(frozen=True)
class Plan:
    """A whole casebook, and the papers that are made of it."""

    families: tuple[FamilyPlan, ...]
    strangers: tuple[Someone, ...]  # neighbours and cellmates, who told something or came along
    officials: tuple[Someone, ...]
    protests: tuple[ProtestPlan, ...]
    meetings: tuple[MeetingPlan, ...]
    appeals: tuple[AppealPlan, ...]
    reprisal: bool
    asked: tuple[Asked, ...]


_OFTEN = (Use.K0, Use.K2, Use.K3, Use.K4, Use.K6, Use.K8, Use.K9, Use.K10)
_LEVELS = st.sampled_from([Confidentiality.OFFICIAL] * 5 + [Confidentiality.PUBLIC, Confidentiality.INTERNAL])
_SAID = st.sampled_from([Said.AGREES] * 8 + [None] * 3 + list(Said))
_ASIDE = st.sampled_from([None] * 12 + list(Said))  # of a second speaker, who is seldom asked


def _answers(each: st.SearchStrategy[Said | None] = _SAID) -> st.SearchStrategy[Answers]:
    """Draw what was said about each use; None where nobody asked."""
    asked = st.tuples(*(each for _ in _OFTEN))
    return asked.map(lambda all_: tuple((u, s) for u, s in zip(_OFTEN, all_, strict=True) if s))


@st.composite
def _someone(draw: st.DrawFn, *, official: bool = False, child: bool | None = None) -> Someone:
    scripts = draw(st.lists(st.sampled_from(list(Script)), min_size=1, max_size=4, unique=True))
    young = draw(st.integers(0, 4)) == 4 if child is None else child
    return Someone(
        draw(st.integers(0, MOST - 1)),
        tuple(scripts),
        young and not official,
        official,
        draw(_answers()),
        draw(_LEVELS),
    )


_TELLINGS = st.builds(Telling, st.none() | st.integers(0, 7), st.sampled_from(list(SourceKind)))
_CUSTODY = st.tuples(st.sampled_from(list(CustodyKind)), st.integers(0, 70))
_CASES = st.builds(
    CasePlan,
    _someone(),
    _LEVELS,
    st.tuples(_answers(), _answers(_ASIDE)),
    st.lists(_TELLINGS, min_size=1, max_size=2).map(tuple),
    st.lists(_CUSTODY, min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
    st.integers(0, 9).map(lambda n: n == 9),
)
_FAMILIES = st.builds(
    FamilyPlan,
    st.lists(_someone(), min_size=1, max_size=2).map(tuple),
    st.lists(_CASES, min_size=1, max_size=2).map(tuple),
)
_PLACES = st.lists(st.integers(0, 11), min_size=1, max_size=3, unique=True).map(tuple)
_PROTESTS = st.builds(ProtestPlan, _PLACES, st.integers(0, 3), st.booleans(), _PLACES)
_OUTCOMES = st.lists(st.sampled_from(list(PromiseOutcome)), max_size=2).map(tuple)
_MEETINGS = st.builds(MeetingPlan, _PLACES, _OUTCOMES, st.booleans(), st.booleans())
_APPEALS = st.builds(AppealPlan, _PLACES, st.booleans())
_READERS = [*[a for a in Audience if a is not Audience.INTERNAL] * 2, Audience.INTERNAL]
_BY_READERS = {a: [r.name for r in REPORTS if a in r.audiences and not r.blank] for a in Audience}


@st.composite
def _papers(draw: st.DrawFn) -> Asked:
    audience = draw(st.sampled_from(_READERS))
    return Asked(
        draw(st.sampled_from(_BY_READERS[audience])),
        audience,
        draw(st.sampled_from(["en", "ru", "kk"])),
        draw(st.sampled_from(["", "", "", "kk", "ru"])),
        draw(st.none() | st.integers(0, 3)),
        draw(st.just(frozenset()) | st.frozensets(st.sampled_from(sorted(MAY_BE_LET_THROUGH, key=str)))),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from([False, False, True])),
    )


def plans(papers: int) -> st.SearchStrategy[Plan]:
    """Return the strategy for casebooks of which so many papers are made."""
    return st.builds(
        Plan,
        st.lists(_FAMILIES, min_size=1, max_size=2).map(tuple),
        st.lists(_someone(), min_size=1, max_size=2).map(tuple),
        st.lists(_someone(official=True), min_size=1, max_size=1).map(tuple),
        st.lists(_PROTESTS, min_size=1, max_size=2).map(tuple),
        st.lists(_MEETINGS, min_size=1, max_size=2).map(tuple),
        st.lists(_APPEALS, max_size=1).map(tuple),
        st.booleans(),
        st.lists(_papers(), min_size=papers, max_size=papers).map(tuple),
    )
