"""Promises that are made again, and posts whose open promises pass to the successor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest

from casetracker.model import Meeting, Office, Post, Promise
from casetracker.model.dates import KnownDate
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import ledger, promises, questions
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_


def promise_of(store: Store, meeting: str) -> str:
    return store.draft(Meeting, meeting).children["promises"][0].id


def change(store: Store, promise: str, **values: object) -> None:
    draft = store.draft(Promise, promise)
    draft.values |= values
    store.save(draft)


def outcomes(store: Store, promise: str) -> list[PromiseOutcome | None]:
    return [c.values["outcome"] for c in store.draft(Promise, promise).children["covers"]]


@pytest.fixture
def thrice(store: Store, office: Office_) -> list[str]:
    """The same promise, made at three meetings about one case; each names the one before."""
    case = office.case("Relative A")
    made = [
        promise_of(store, office.meeting(case, day=day)) for day in ("2020-09-26", "2021-03-01", "2021-10-04")
    ]
    for earlier, later in pairwise(made):
        change(store, later, renews_id=earlier)
    return made


def test_how_often_it_was_promised_and_since_when(store: Store, thrice: list[str]) -> None:
    with store.reader() as reader:
        lines = {o.promise_id: o.renewal for o in questions.promises(reader)}
        assert lines == {
            thrice[0]: "",
            thrice[1]: "second time promised, first on 26 September 2020, 412 days ago",
            thrice[2]: "third time promised, first on 26 September 2020, 412 days ago",
        }
        said = {p.id: promises.made_again(p, reader) for p in reader.many(Promise, thrice)}
        assert said[thrice[0]] == "promised again on 1 March 2021"
        assert said[thrice[1]].endswith("412 days ago; promised again on 4 October 2021")


def test_what_is_promised_again_is_still_owed_by_the_new_promise_only(store: Store, office: Office_) -> None:
    kept, open_ = office.case("Relative A"), office.case("Relative B")
    earlier = promise_of(store, office.meeting(kept, open_, day="2021-03-01"))
    ledger.set_outcome(store, earlier, [kept], PromiseOutcome.KEPT, dt.date(2021, 4, 1))
    meeting = office.meeting(kept, open_)
    assert promises.renewable(store, meeting, "look") == [
        (earlier, "look into each case", "Meeting with the Commissioner for Human Rights")
    ]

    assert promises.mark_renewed(store, earlier, [kept, open_], dt.date(2021, 10, 4))

    assert outcomes(store, earlier) == [PromiseOutcome.KEPT, PromiseOutcome.RENEWED]
    assert not promises.mark_renewed(store, earlier, [kept, open_], dt.date(2021, 10, 4))
    assert store.undo().startswith("Promised again: ")
    assert outcomes(store, earlier) == [PromiseOutcome.KEPT, None]


def test_only_the_same_office_renews(store: Store, office: Office_) -> None:
    case = office.case()
    office.meeting(case, day="2021-03-01", office_id=office.office("City akimat"))
    assert promises.renewable(store, office.meeting(case)) == []


@pytest.fixture
def post(store: Store, office: Office_) -> tuple[str, str, str]:
    """A post with its former holder and the one since 1 November 2021."""
    draft = store.draft(Office, office.office())
    draft.add("posts", title="Commissioner")
    store.save(draft)
    post_id = store.draft(Office, office.office()).children["posts"][0].id
    before, after = office.person("Before", public_figure=True), office.person("After", public_figure=True)
    held = store.draft(Post, post_id)
    held.add("tenures", person_id=before, until=KnownDate.from_edtf("2021-10-31"))
    held.add("tenures", person_id=after, since=KnownDate.from_edtf("2021-11-01"))
    store.save(held)
    return post_id, before, after


def test_a_successor_inherits_the_open_promises(
    store: Store,
    office: Office_,
    post: tuple[str, str, str],
    clock: Callable[[dt.date], None],
) -> None:
    post_id, before, after = post
    first, second = office.case("Relative A"), office.case("Relative B")
    promise = promise_of(store, office.meeting(first, second))
    change(store, promise, post_id=post_id, made_by_id=before)
    ledger.set_outcome(store, promise, [first], PromiseOutcome.KEPT, TODAY)

    with store.reader() as reader:
        (line,) = promises.inherited_by(reader, after)
        assert (line.post, line.made_by, line.owed.case_id) == ("Commissioner", "Before", second)
        assert promises.inherited_by(reader, before) == []
        assert [o.case_id for o in promises.owed_by_post(reader, post_id)] == [second]
        assert [o.case_id for o in promises.owed_by_person(reader, after)] == [second]
        assert [o.case_id for o in promises.owed_by_person(reader, before)] == [second]
        made = reader.get(Promise, promise)
        assert made is not None
        now = promises.successor(reader, made)
        assert now is not None
        assert (now.person_id, now.name, now.post) == (after, "After", "Commissioner")

    clock(dt.date(2021, 10, 20))
    with store.reader() as reader:
        assert promises.inherited_by(reader, after) == []
        made = reader.get(Promise, promise)
        assert made is not None
        assert promises.successor(reader, made) is None
