"""The timeline: labels never lie on each other, whatever the dates; what it says is text, and may be said."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.model import Protest
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.event import EventState, Outcome, PenaltyAppeal, PenaltyKind
from casetracker.reports import pdf, timelines
from casetracker.reports.blocks import Timeline, texts
from casetracker.reports.drawn import Lane, Moment, Shade, Sign, Stretch
from casetracker.store import chronicle, questions
from casetracker.store.reader import Reader
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.reports import layout, reading

DAYS = st.dates(dt.date(1990, 1, 1), TODAY)
BOUNDS = st.one_of(
    DAYS.map(lambda day: (day, day)),
    DAYS.map(lambda day: (None, day)),
    DAYS.map(lambda day: (day, None)),
    st.tuples(DAYS, DAYS).map(lambda two: tuple(sorted(two))),
)
WORDS = st.sampled_from(
    ["", "Camp", "Под стражей, место неизвестно", "мынадан бұрын: 2021 ж. 20 қыр.", "12 Mar 2020", "Ж" * 60]
)
MOMENTS = st.builds(Moment, BOUNDS, WORDS, st.sampled_from(Sign), st.booleans())
ENDS = st.one_of(st.none(), BOUNDS)
STRETCHES = st.builds(Stretch, BOUNDS, ENDS, WORDS, st.sampled_from(Shade), st.booleans())
LANES = st.builds(
    Lane, st.sampled_from(["Custody", "Акции протеста", ""]), st.lists(MOMENTS, max_size=9).map(tuple)
)
BANDS = st.builds(Lane, st.just("Custody"), st.lists(STRETCHES, max_size=5).map(tuple))


def drawn(timeline: Timeline) -> list[layout.Letter]:
    data = pdf.to_bytes([timeline], title="Paper", language="en")
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        assert len(document) == 1
        return [letter for letter in layout.letters(document[0]) if letter.bottom > layout.FOOT]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(LANES, BANDS), max_size=4))
def test_no_label_lies_on_another_or_in_the_margin(lanes: list[Lane]) -> None:
    letters = drawn(Timeline(tuple(lanes), TODAY))
    assert list(layout.on_each_other(letters)) == []
    assert list(layout.outside(letters, 595.3, 841.9)) == []


def test_nothing_is_drawn_of_one_day_or_none() -> None:
    assert drawn(Timeline((), TODAY)) == []
    assert drawn(Timeline((Lane("Custody", (Moment((None, None), "?", Sign.CIRCLE),)),), TODAY)) == []


def test_signs_that_would_touch_become_a_group_with_their_number(tmp_path: Path) -> None:
    days = [dt.date(2021, 9, 1) + dt.timedelta(n) for n in range(4)]
    early = Moment((dt.date(2018, 1, 1),) * 2, "1 Jan 2018", Sign.SQUARE)
    lane = Lane("Protests", (early, *(Moment((d, d), f"{d.day} Sept", Sign.TRIANGLE) for d in days)))
    path = tmp_path / "paper.pdf"
    pdf.write([Timeline((lane,), TODAY)], path, title="Paper", language="en")
    (page,) = reading.pages(path)
    assert "1 Sept – 4 Sept (4)" in page
    assert (
        page.index("Protests") < page.index("1 Jan 2018") < page.index("1 Sept – 4 Sept") < page.index("2019")
    )


# ------------------------------------------------------------------------------------------- from records


def timeline(store: Store, audience: Audience = Audience.OFFICIAL) -> Timeline:
    with store.reader(audience) as reader:
        (case,) = [reader.get(_case(), i) for i in questions.cases_of(reader)]
        assert case is not None
        return timelines.of_case(case, reader, questions.promises(reader, case_id=case.id))


def _case() -> type:
    from casetracker.model import Case

    return Case


def items(made: Timeline, lane: int = 0) -> tuple[object, ...]:
    return made.lanes[lane].items


def test_each_status_is_a_band_from_when_it_may_have_begun_to_the_next(store: Store, office: Office_) -> None:
    kinds = (
        (CustodyKind.TAKEN, "2018-10~"),
        (CustodyKind.CAMP, "2019"),
        (CustodyKind.SENTENCED, "2020-06-05"),
    )
    office.case(custody=kinds)
    taken, camp, sentenced = items(timeline(store))
    year = (dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    assert taken == Stretch(
        (dt.date(2018, 10, 1), dt.date(2018, 10, 31)),
        year,
        "In custody, where unknown",
        Shade.SPARSE,
        about=True,
    )
    assert camp == Stretch(year, (dt.date(2020, 6, 5),) * 2, "Camp", Shade.DENSE)
    assert sentenced == Stretch((dt.date(2020, 6, 5),) * 2, None, "Sentenced", Shade.FULL)


def test_a_time_that_lasted_ends_where_it_is_said_to_end(store: Store, office: Office_) -> None:
    office.case(custody=((CustodyKind.CAMP, "2018-03/2019-12"),))
    (camp,) = [item for item in items(timeline(store)) if getattr(item, "text", "") == "Camp"]
    assert isinstance(camp, Stretch)
    assert camp.begins == (dt.date(2018, 3, 1), dt.date(2018, 3, 31))
    assert camp.ends == (dt.date(2019, 12, 1), dt.date(2019, 12, 31))


def test_death_is_a_sign_and_no_band(store: Store, office: Office_) -> None:
    office.case(custody=((CustodyKind.TAKEN, "2018-10"), (CustodyKind.DIED, "2020")))
    _, died = items(timeline(store))
    assert isinstance(died, Moment)
    assert died.sign is Sign.CROSS


def test_protests_meetings_and_promises_have_lanes(store: Store, office: Office_) -> None:
    case = office.case()
    office.meeting(case, day="2021-10-04", due=dt.date(2021, 10, 25))
    protest(store, case, "2021-10-01")
    protest(store, case, "2021-10-02", state=EventState.CANCELLED)
    protest(store, case, "2022-03-01")
    made = timeline(store)
    assert [lane.label for lane in made.lanes] == ["Custody", "Protests", "Officials", "Promises"]
    assert items(made, 1) == (Moment((dt.date(2021, 10, 1),) * 2, "1 Oct 2021", Sign.TRIANGLE),)
    due = dt.date(2021, 10, 25)
    assert items(made, 3)[1] == Stretch((due, due), (TODAY, TODAY), "18 days overdue", Shade.DENSE)


def protest(store: Store, case: str, day: str, **values: object) -> str:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest", "on": KnownDate.from_edtf(day)} | values
    draft.add("cases", case_id=case)
    return store.save(draft)


@pytest.mark.parametrize("audience", [Audience.OFFICIAL, Audience.PUBLIC])
def test_what_the_table_may_not_say_the_picture_does_not_say(
    store: Store, office: Office_, audience: Audience
) -> None:
    """The date of a planned protest, and the fate of a person who agreed to nothing."""
    case = office.case(consent=(Use.K3, Use.K7, Use.K8))
    draft = store.draft(Protest, protest(store, case, "2021-09-01"))
    guest = draft.add("participants", person_id=office.person("Guest"), outcome=Outcome.FINED)
    guest.add("penalties", kind=PenaltyKind.FINE, decided=dt.date(2021, 9, 3), appeal=PenaltyAppeal.FILED)
    store.save(draft)
    protest(store, case, "2022-03-01")
    assert "2022" not in " ".join(texts(timeline(store)))
    assert lanes_of_protests(store, Audience.INTERNAL) == [
        "Protests",
        "Police",
        "Court",
        "Fines",
        "Appeal to a court",
    ]
    assert lanes_of_protests(store, audience) == ["Protests"]


def lanes_of_protests(store: Store, audience: Audience) -> list[str]:
    def made(reader: Reader) -> Timeline:
        return timelines.of_protests(chronicle.protests(reader), reader)

    with store.reader(audience) as reader:
        return [lane.label for lane in made(reader).lanes]
