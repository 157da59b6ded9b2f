"""The day by which an appeal is to be answered follows its records, the rules and the days off."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.errors import Invalid, UserError
from casetracker.model import Appeal, DayOff, DeadlineRule, IndexRate, Office, clock
from casetracker.model.clock import Unit
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.post import BodyKind
from casetracker.store import reply_days
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import Office_

SENT = dt.date(2021, 10, 4)


@pytest.fixture
def akimat(store: Store, office: Office_) -> str:
    draft = store.draft(Office, office.office("City akimat"))
    draft.values["body"] = BodyKind.AKIMAT
    return store.save(draft)


def appeal(store: Store, office_id: str, *cases: str, **values: object) -> str:
    draft = store.draft(Appeal)
    draft.values |= {"subject": "Where they are held", "office_id": office_id, "received": SENT} | values
    for case in cases:
        draft.add("cases", case_id=case, asked="confirm where he is held")
    return store.save(draft)


def kept(store: Store, appeal_id: str) -> tuple[dt.date | None, dt.date | None]:
    with store.reading() as session:
        held = session.get_one(Appeal, appeal_id)
        assert reply_days.wrong(session) == []
        return held.reply_due, held.answered_on


def reply(store: Store, appeal_id: str, kind: ReplyKind, on: dt.date, case: str = "") -> None:
    draft = store.draft(Appeal, appeal_id)
    made = draft.add("replies", on=on, kind=kind)
    if case:
        made.add("cases", case_id=case, result="nothing_new")
    store.save(draft)


def test_the_day_is_kept_with_the_appeal(store: Store, akimat: str) -> None:
    made = appeal(store, akimat)
    assert kept(store, made) == (dt.date(2021, 10, 25), None)
    assert store.draft(Appeal, made).values["ref"].startswith("AP-")


def test_a_reply_ends_the_waiting_and_undo_begins_it_again(store: Store, akimat: str) -> None:
    made = appeal(store, akimat)
    reply(store, made, ReplyKind.INTERIM, dt.date(2021, 10, 8))
    assert kept(store, made)[1] is None
    reply(store, made, ReplyKind.SUBSTANTIVE, dt.date(2021, 10, 20))
    assert kept(store, made)[1] == dt.date(2021, 10, 20)
    store.undo()
    assert kept(store, made)[1] is None


def test_what_sort_of_body_an_office_is_moves_the_day(store: Store, office: Office_) -> None:
    body = office.office("A court")
    made = appeal(store, body)
    assert kept(store, made) == (None, None)
    draft = store.draft(Office, body)
    draft.values["body"] = BodyKind.PROSECUTOR
    store.save(draft)
    assert kept(store, made)[0] == dt.date(2021, 10, 25)


def test_rules_and_days_off_of_the_office_move_all_days(store: Store, akimat: str) -> None:
    made = appeal(store, akimat)
    rule = store.draft(DeadlineRule)
    rule.values |= {"key": "appeal_reply", "amount": 10, "unit": Unit.WORKING_DAYS, "body": BodyKind.AKIMAT}
    rule.values |= {"source": "Order No. 7", "dated": dt.date(2021, 9, 1)}
    store.save(rule)
    assert kept(store, made)[0] == dt.date(2021, 10, 18)
    assert clock.current()["appeal_reply"].basis() == "Order No. 7 – not verified"
    off = store.draft(DayOff)
    off.values |= {"day": dt.date(2021, 10, 18), "worked": False, "source": "Resolution of the Government"}
    store.save(off)
    assert kept(store, made)[0] == dt.date(2021, 10, 19)
    store.undo()
    store.undo()
    assert kept(store, made)[0] == dt.date(2021, 10, 25)
    assert not clock.is_own("appeal_reply")


def test_a_rule_of_an_action_that_fails_is_not_heard_of(store: Store, akimat: str) -> None:
    rule = store.draft(DeadlineRule)
    rule.values |= {"key": "appeal_reply", "amount": 10, "unit": Unit.DAYS}
    rule.values |= {"source": "Order No. 7", "dated": dt.date(2021, 9, 1)}
    store.save(rule)
    again = store.draft(DeadlineRule)
    again.values |= rule.values | {"amount": 3}
    with pytest.raises(UserError):
        store.save(again)
    assert clock.current()["appeal_reply"].amount == 10


def test_an_index_of_the_office_counts(store: Store) -> None:
    index = store.draft(IndexRate)
    index.values |= {"since": dt.date(2021, 1, 1), "tenge": 3000, "source": "Law on the budget"}
    store.save(index)
    assert clock.in_indices(6000, dt.date(2021, 6, 22)) == 2
    store.undo()
    assert clock.in_indices(2917, dt.date(2021, 6, 22)) == 1


def test_what_cannot_be_is_refused(store: Store, office: Office_, akimat: str) -> None:
    case, other = office.case("Relative A"), office.case("Relative B")
    made = appeal(store, akimat, case)
    for values, field in (
        ({"sent": dt.date(2021, 10, 5)}, "received"),
        ({"forwarded_on": dt.date(2021, 10, 5)}, "forwarded_to_id"),
    ):
        draft = store.draft(Appeal, made)
        draft.values |= values
        with pytest.raises(Invalid) as problem:
            store.save(draft)
        assert list(problem.value.problems) == [field]
    with pytest.raises(Invalid) as problem:
        reply(store, made, ReplyKind.REFUSAL, dt.date(2021, 10, 20), other)
    assert list(problem.value.problems) == ["replies"]


def test_a_wrong_day_is_found(store: Store, akimat: str) -> None:
    made = appeal(store, akimat)
    assert inconsistencies(store) == []
    with store._edits() as session:
        session.get_one(Appeal, made).reply_due = dt.date(2021, 1, 1)
        session.commit()
    (found,) = inconsistencies(store)
    assert found.where == store.draft(Appeal, made).values["ref"]
