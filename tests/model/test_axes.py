"""The second and third axis of the status, and how all three came about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from casetracker.model.detention.acknowledgement import ACKNOWLEDGEMENT_TONE, Acknowledgement, deciding
from casetracker.model.detention.certainty import CERTAINTY_TONE, Certainty, certainty, origins, root
from casetracker.model.detention.custody import CustodyKind as C
from casetracker.model.detention.custody import CustodyStatus, Standing, derive
from casetracker.model.detention.turns import status_history
from casetracker.model.sources.source import Channel, Credibility, Hand, Reliability, SourceKind

A = Acknowledgement


@dataclass(frozen=True)
class Event:
    """A custody event of one day with its source."""

    id: str
    kind: C
    day: str = ""
    source_id: str | None = None
    standing: Standing | None = None

    @property
    def earliest(self) -> dt.date | None:
        return dt.date.fromisoformat(self.day) if self.day else None

    latest = earliest


@dataclass(frozen=True)
class Answer:
    """An answer of one day."""

    id: str
    says: A
    day: str = ""
    standing: Standing | None = None

    @property
    def earliest(self) -> dt.date | None:
        return dt.date.fromisoformat(self.day) if self.day else None

    latest = earliest


@dataclass(frozen=True)
class Source:
    """Who told."""

    id: str
    kind: SourceKind | None = SourceKind.TESTIMONY
    hand: Hand | None = None
    channel: Channel | None = None
    person_id: str | None = None
    reliability: Reliability | None = None
    credibility: Credibility | None = None
    origin_id: str | None = None


def sure(events: list[Event], *sources: Source) -> Certainty | None:
    return certainty(events, derive(events), {s.id: s for s in sources})


# What the State says


def test_the_latest_answer_that_counts_decides() -> None:
    denied, named = Answer("a", A.DENIED, "2019-01-01"), Answer("b", A.WITH_PLACE, "2020-01-01")

    assert deciding([named, denied]) is named
    assert deciding([denied, Answer("b", A.WITH_PLACE, "2020-01-01", Standing.SET_ASIDE)]) is denied
    assert deciding([]) is None


def test_silence_takes_back_nothing_that_was_said() -> None:
    silent, named = Answer("a", A.NO_ANSWER, "2021-01-01"), Answer("b", A.WITHOUT_PLACE, "2019-01-01")

    assert deciding([silent, named]) is named
    assert deciding([silent]) is silent


def test_of_two_answers_of_one_day_the_chosen_one_counts_else_the_graver() -> None:
    day = "2020-01-01"
    named, denied = Answer("a", A.WITH_PLACE, day), Answer("b", A.DENIED, day)

    assert deciding([denied, named]) is denied
    assert deciding([denied, Answer("a", A.WITH_PLACE, day, Standing.COUNTS)]).id == "a"  # type: ignore[union-attr]


# How sure it is

PRISON = [Event("e", C.PRISON, "2020-01-01", "s")]


def test_a_document_confirms_unless_it_is_graded_down() -> None:
    assert sure(PRISON, Source("s", SourceKind.DOCUMENT)) is Certainty.DOCUMENT
    assert sure(PRISON, Source("s", SourceKind.DOCUMENT, reliability=Reliability.E)) is Certainty.RUMOUR


@pytest.mark.parametrize(
    "source",
    [
        Source("s", credibility=Credibility.FOUR),
        Source("s", credibility=Credibility.FIVE),
        Source("s", reliability=Reliability.D),
        Source("s", channel=Channel.SILENCE),
        Source("s", hand=Hand.THIRD),
    ],
)
def test_what_is_doubtful_inferred_or_hearsay_is_a_rumour(source: Source) -> None:
    assert sure(PRISON, source) is Certainty.RUMOUR


def test_without_a_source_it_is_a_rumour_and_without_a_status_it_is_nothing() -> None:
    assert sure([Event("e", C.PRISON, "2020-01-01")]) is Certainty.RUMOUR
    assert sure([]) is None


def test_lost_contact_is_inferred_whoever_tells_of_it() -> None:
    assert sure([Event("e", C.LOST, "2020-01-01", "s")], Source("s")) is Certainty.RUMOUR


def two(first: Source, second: Source, *more: Source) -> Certainty | None:
    events = [Event("e", C.PRISON, "2020-01-01", first.id), Event("f", C.PRISON, "2020-05-01", second.id)]
    return sure(events, first, second, *more)


def test_two_independent_sources_corroborate() -> None:
    assert two(Source("a", person_id="p"), Source("b", person_id="q")) is Certainty.CORROBORATED
    assert two(Source("a"), Source("b")) is Certainty.CORROBORATED


def test_two_voices_of_one_origin_are_one_source() -> None:
    call = Source("c", person_id="x")

    assert two(Source("a", origin_id="c"), Source("b", origin_id="c"), call) is Certainty.SINGLE
    assert two(Source("a"), Source("b", origin_id="a")) is Certainty.SINGLE
    assert two(Source("a", person_id="p"), Source("b", person_id="p")) is Certainty.SINGLE


def test_origins_survive_a_circle_and_a_source_that_is_gone() -> None:
    circle = {"a": Source("a", origin_id="b"), "b": Source("b", origin_id="a")}

    assert root(circle["a"], circle).id in circle
    assert origins([Source("c", origin_id="gone")], {}) == 1


def test_only_the_sources_of_what_decides_count() -> None:
    """Two people saw him in the camp; only one knows of the prison."""
    events = [
        Event("a", C.CAMP, "2018-01-01", "one"),
        Event("b", C.CAMP, "2018-05-01", "two"),
        Event("c", C.PRISON, "2020-01-01", "one"),
    ]

    assert sure(events, Source("one"), Source("two")) is Certainty.SINGLE


def test_undecided_versions_contradict() -> None:
    day = "2020-01-01"
    events = [Event("a", C.PRISON, day, "s"), Event("b", C.RELEASED, day, "s")]

    assert sure(events, Source("s", SourceKind.DOCUMENT)) is Certainty.CONTRADICTED


def test_every_value_has_a_tone() -> None:
    assert set(CERTAINTY_TONE) == set(Certainty)
    assert set(ACKNOWLEDGEMENT_TONE) == set(Acknowledgement)


# How it came about


def test_the_history_tells_each_change_of_an_axis_once() -> None:
    events = [
        Event("camp", C.CAMP, "2018-01-01", "wife"),
        Event("again", C.CAMP, "2018-06-01", "wife"),
        Event("prison", C.PRISON, "2020-01-01", "paper"),
        Event("aside", C.RELEASED, "2020-02-01", "wife", Standing.SET_ASIDE),
    ]
    answers = [Answer("denied", A.DENIED, "2019-01-01")]
    sources = {"wife": Source("wife"), "paper": Source("paper", SourceKind.DOCUMENT)}

    turns = status_history(events, answers, sources)

    assert [(t.cause_id, t.status, t.acknowledgement, t.certainty) for t in turns] == [
        ("camp", CustodyStatus.CAMP, None, Certainty.SINGLE),
        ("denied", CustodyStatus.CAMP, A.DENIED, Certainty.SINGLE),
        ("prison", CustodyStatus.SENTENCED, A.DENIED, Certainty.DOCUMENT),
    ]


def test_the_last_turn_is_how_it_stands_now() -> None:
    events = [Event("b", C.RELEASED, "2021-01-01"), Event("a", C.PRISON, "2019-01-01")]

    assert status_history(events, [], {})[-1].status is derive(events).status
    assert status_history([], [], {}) == []
