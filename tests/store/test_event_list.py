"""The list of events that have no list of their own; planned ones; what a hearing is about."""

from __future__ import annotations

from typing import Any

import pytest

from casetracker.model import Event, Hearing, OtherEvent, Petition, Protest, Reprisal
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import EventState, PenaltyKind
from casetracker.store import events
from casetracker.store.events import Wanted
from casetracker.store.store import Store
from tests.conftest import Office_


def made(store: Store, of: type[Event], title: str, day: str, **values: Any) -> str:
    draft = store.draft(of)
    draft.values |= {"title": title, "on": KnownDate.from_edtf(day), **values}
    return store.save(draft)


@pytest.fixture
def filled(store: Store) -> Store:
    """Some events of each kind; the protest has a page of its own."""
    made(store, Hearing, "Hearing in Almaty", "2021-10-09", place="Almaty")
    made(store, Petition, "Petition to the akimat", "2020-05")
    made(store, Reprisal, "Call at night", "2021-10-03")
    made(store, OtherEvent, "Visit of a deputy", "2021-11-20", kind="visit", state=EventState.PLANNED)
    made(store, OtherEvent, "Call with the ministry", "2021-10-01", kind="call")
    made(store, Protest, "Protest", "2021-10-01")
    return store


ALL = Wanted()


def titles(store: Store, wanted: Wanted = ALL) -> list[str]:
    lines = [line.title for line in events.event_lines(store, wanted)]
    assert events.count_events(store, wanted) == len(lines)
    return lines


def test_all_but_protests_and_meetings_are_listed_the_latest_first(filled: Store) -> None:
    assert titles(filled) == [
        "Visit of a deputy",
        "Hearing in Almaty",
        "Call at night",
        "Call with the ministry",
        "Petition to the akimat",
    ]
    (first, *_) = events.event_lines(filled)
    assert (first.chip, first.side, first.detail) == ("Visit", "Planned", "20 Nov 2021")


def test_the_list_is_narrowed_by_kind_year_and_words(filled: Store) -> None:
    assert titles(filled, Wanted(kind="Hearing")) == ["Hearing in Almaty"]
    assert titles(filled, Wanted(kind="OtherEvent:call")) == ["Call with the ministry"]
    assert titles(filled, Wanted(year=2020)) == ["Petition to the akimat"]
    assert titles(filled, Wanted(text="almaty")) == ["Hearing in Almaty"]
    assert events.years(filled) == ["2021", "2020"]
    assert [key for key, _ in events.kinds(filled)] == [
        "Hearing", "Petition", "UNSession", "Reprisal", "OtherEvent:call", "OtherEvent:visit",
    ]  # fmt: skip


def test_pages_of_the_list_do_not_overlap(filled: Store) -> None:
    pages = [line.title for start in (0, 2, 4) for line in events.event_lines(filled, Wanted(), start, 2)]
    assert pages == titles(filled)


@pytest.mark.parametrize(
    ("day", "state", "said"),
    [
        ("2021-11-20", EventState.PLANNED, "planned, in 8 d"),
        ("2021-11-12", EventState.PLANNED, "planned for today"),
        ("2021-11-01", EventState.PLANNED, "planned; did it take place?"),
        ("2021-11-20", None, None),
        ("2021-11-20", EventState.CANCELLED, None),
    ],
)
def test_a_planned_event_says_how_far_away_it_is(
    store: Store, day: str, state: EventState | None, said: str | None
) -> None:
    id_ = made(store, Hearing, "Hearing", day, state=state)
    with store.reader() as reader:
        event = reader.get(Event, id_)
        assert event is not None
        days = events.days_until(event, reader.as_of)
    assert (events.waiting_text(days) if days is not None else None) == said


def test_penalties_and_judgments_are_chosen_by_whom_they_hit(store: Store, office: Office_) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest", "on": KnownDate.from_edtf("2021-10-01")}
    for name in ("Айгүл", "Күлән"):
        draft.add("participants", person_id=office.person(name)).add(
            "penalties", kind=PenaltyKind.FINE, article="488"
        )
    store.save(draft)

    assert [title for _, title in events.penalties(store, "айгүл")] == ["Айгүл · Fine 488"]
    assert len(events.penalties(store)) == 2
    assert events.judgments(store, "x") == []
