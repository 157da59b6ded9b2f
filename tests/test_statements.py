"""How many statements a page sends: as many for a case with sixty events as for one with five."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from casetracker.jobs import Silent
from casetracker.model import Case, Event
from casetracker.model.confidentiality import Audience
from casetracker.reports import case_summary
from casetracker.reports.report import Scope
from casetracker.store.store import Store
from casetracker.ui.pages.case import data
from tests.benchmarks.generate import fill
from tests.store.counting import Counter

CASES = 150


@pytest.fixture
def case(store: Store) -> str:
    """The first case of a generated casebook."""
    with store._edits() as session:
        fill(session.get_bind(), CASES)  # type: ignore[arg-type]
    with store.reader() as reader:
        return reader.ids(sa.select(Case.id).order_by(Case.ref).limit(1))[0]


def statements(store: Store, work: Callable[[], object]) -> int:
    with Counter(store) as counter:
        work()
    return counter.statements


def link_all_events(store: Store, case: str) -> int:
    draft = store.draft(Case, case)
    linked = {link.values["event_id"] for link in draft.children["events"]}
    with store.reader() as reader:
        others = [i for i in reader.ids(sa.select(Event.id)) if i not in linked]
    for event in others:
        draft.add("events", event_id=event)
    store.save(draft)
    return len(others)


def test_the_page_of_a_case_sends_no_more_statements_for_more_events(store: Store, case: str) -> None:
    few = statements(store, lambda: data.read(store, case))

    assert link_all_events(store, case) > 10

    assert statements(store, lambda: data.read(store, case)) == few


def test_a_case_on_paper_sends_no_more_statements_for_more_events(store: Store, case: str) -> None:
    def blocks() -> None:
        with store.reader(Audience.OFFICIAL) as reader:
            assert len(list(case_summary.REPORT.build(reader, Scope((case,)), Silent()))) > 1

    few = statements(store, blocks)

    assert link_all_events(store, case) > 10

    assert statements(store, blocks) <= few + 2
