"""What changed since a day: happened since, learned since, settled, or nothing."""

from __future__ import annotations

import datetime as dt

from casetracker.model import Case, Meeting
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import delta
from casetracker.store.store import Store
from tests.conftest import Office_

SINCE = dt.date(2021, 10, 4)  # the audit log of a test is of today: all that is added now is added later


def add(store: Store, case_id: str, kind: CustodyKind, on: str) -> None:
    case = store.draft(Case, case_id)
    case.children["episodes"][0].add("custody", kind=kind, on=KnownDate.from_edtf(on))
    store.save(case)


def test_what_happened_since_and_what_was_learned_since(store: Store, office: Office_) -> None:
    case_id = office.case()
    add(store, case_id, CustodyKind.SENTENCED, "2019-03")
    add(store, case_id, CustodyKind.PRISON, "2021-11-01")

    with store.reader() as reader:
        (change,) = delta.changes(reader, SINCE)

    assert [h.what for h in change.happened] == ["Held in a prison"]
    assert [h.what for h in change.learned] == ["Sentenced"]
    assert change.changed


def test_a_quiet_case_says_for_how_long(store: Store, office: Office_) -> None:
    office.case(custody=((CustodyKind.SEEN, "2021-04-12"),))

    with store.reader() as reader:
        (change,) = delta.changes(reader, SINCE)

    assert not change.changed
    assert change.days_unchanged == 214  # from 12 April to 12 November 2021


def test_promises_that_were_settled_or_are_owed(store: Store, office: Office_) -> None:
    case_id = office.case()
    office.meeting(case_id, day="2021-10-04", due=dt.date(2021, 10, 25))
    with store.reader() as reader:
        (change,) = delta.changes(reader, SINCE)
        assert [p.days_overdue for p in change.silent] == [18]
        assert delta.since_of(reader) == SINCE

    with store.reader() as reader:
        meeting_id = next(reader.all(Meeting)).id
    meeting = store.draft(Meeting, meeting_id)
    covers = meeting.children["promises"][0].children["covers"][0]
    covers.values |= {"outcome": PromiseOutcome.KEPT, "outcome_on": dt.date(2021, 11, 1)}
    store.save(meeting)
    with store.reader() as reader:
        (change,) = delta.changes(reader, SINCE)
    assert [p.outcome for p in change.settled] == [PromiseOutcome.KEPT]
    assert change.silent == ()


def test_the_status_of_then_stands_beside_that_of_now(store: Store, office: Office_) -> None:
    case_id = office.case()
    add(store, case_id, CustodyKind.RELEASED, "2021-11-01")

    with store.reader() as reader:
        (change,) = delta.changes(reader, SINCE)

    assert (change.status_then, change.status_now) == ("In custody, where unknown", "Released")


def test_nobody_outside_reads_of_a_case_without_consent(store: Store, office: Office_) -> None:
    office.case(consent=())

    with store.reader(Audience.OFFICIAL) as reader:
        assert delta.changes(reader, SINCE) == []
