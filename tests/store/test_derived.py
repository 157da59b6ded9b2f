"""The columns that lists sort by always say what the custody events say."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casetracker.model import Case
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, CustodyStatus, Standing
from casetracker.store import derived
from casetracker.store.situations import situation
from casetracker.store.store import Store
from tests.conftest import Office_


def status(store: Store, case: str) -> CustodyStatus:
    with store.reading() as session:
        assert derived.wrong(session) == []
        return session.scalar(sa.select(Case.status).where(Case.id == case))


def test_the_status_follows_the_custody_events(store: Store, office: Office_) -> None:
    case = office.case(custody=())
    assert status(store, case) is CustodyStatus.UNKNOWN

    draft = store.draft(Case, case)
    draft.children["episodes"][0].add("custody", kind=CustodyKind.CAMP, on=KnownDate.from_edtf("2018-11"))
    store.save(draft)
    assert status(store, case) is CustodyStatus.CAMP

    draft = store.draft(Case, case)
    draft.children["episodes"][0].children["custody"].clear()
    store.save(draft)
    assert status(store, case) is CustodyStatus.UNKNOWN

    store.undo()
    assert status(store, case) is CustodyStatus.CAMP
    store.undo()
    assert status(store, case) is CustodyStatus.UNKNOWN
    store.redo()
    assert status(store, case) is CustodyStatus.CAMP


def test_an_episode_that_goes_takes_its_status_along(store: Store, office: Office_) -> None:
    case = office.case(custody=((CustodyKind.PRISON, "2019"),))
    draft = store.draft(Case, case)
    draft.children["episodes"].clear()
    store.save(draft)

    assert status(store, case) is CustodyStatus.UNKNOWN


def test_since_and_latest_news_are_bounds_of_dates_as_known(store: Store, office: Office_) -> None:
    case = office.case(
        custody=((CustodyKind.TAKEN, "2018-11"), (CustodyKind.SEEN, "2019-03"), (CustodyKind.LOST, "2020"))
    )
    with store.reading() as session:
        since, news = session.execute(sa.select(Case.since, Case.last_news).where(Case.id == case)).one()

    assert (since, news) == (dt.date(2018, 10, 1), dt.date(2019, 3, 31))


def test_a_contradiction_is_decided_with_a_reason_and_the_other_version_stays(
    store: Store, office: Office_
) -> None:
    day = "2019-06-01"
    case = office.case(custody=((CustodyKind.PRISON, day), (CustodyKind.RELEASED, day)))
    with store.reader() as reader:
        assert situation(reader.get(Case, case), reader).contradicted

    draft = store.draft(Case, case)
    by_kind = {c.values["kind"]: c for c in draft.children["episodes"][0].children["custody"]}
    by_kind[CustodyKind.PRISON].values |= {"standing": Standing.COUNTS, "standing_reason": "court paper"}
    store.save(draft)

    assert status(store, case) is CustodyStatus.SENTENCED
    with store.reader() as reader:
        now = situation(reader.get(Case, case), reader)
        assert not now.contradicted
        assert now.decided_by.id == by_kind[CustodyKind.PRISON].id
    assert len(store.draft(Case, case).children["episodes"][0].children["custody"]) == 2


custody = st.tuples(
    st.sampled_from(CustodyKind),
    st.sampled_from([None, "2017", "2018-10", "2018-10-15", "2017-04/2017-09", "2019~", "2018-03/.."]),
    st.sampled_from([None, *Standing]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(custody, max_size=3), min_size=1, max_size=3))
def test_page_and_list_agree_after_any_edit(store: Store, versions: list[list[tuple]]) -> None:
    case = Office_(store).case(custody=())
    for events in versions:
        draft = store.draft(Case, case)
        episode = draft.children["episodes"][0]
        episode.children["custody"].clear()
        for kind, edtf, standing in events:
            on = KnownDate.from_edtf(edtf) if edtf else None
            episode.add(
                "custody", kind=kind, on=on, standing=standing, standing_reason="heard" if standing else None
            )
        store.save(draft)
        kept = status(store, case)
        with store.reader() as reader:
            assert situation(reader.get(Case, case), reader).status is kept
    store.undo()
    status(store, case)
