"""A list that was handed over is frozen with its hash, and may only be withdrawn."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from casetracker.errors import Invalid, UserError
from casetracker.model import Case, HandOver, Meeting
from casetracker.store.draft import Draft
from casetracker.store.handover import digest, hand_over, tampered, withdraw
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_


def handover(store: Store, meeting: str, place: int = 0) -> Draft:
    return store.draft(Meeting, meeting).children["handovers"][place]


def test_what_was_given_is_kept_as_officials_read_it(store: Store, office: Office_) -> None:
    given, kept = office.case("Ерлан"), office.case("Мақпал", consent=())
    meeting = office.meeting(given, kept)

    sum_ = hand_over(store, meeting)

    frozen = handover(store, meeting)
    (line,) = json.loads(frozen.values["content"])
    assert (line["case"], line["name"], line["asked"]) == (given, "Ерлан", "confirm where he is held")
    assert "Мақпал" not in frozen.values["content"]
    assert frozen.values["at"] == TODAY
    assert frozen.values["digest"] == sum_ == digest(frozen.values["content"])
    assert len(sum_) == 64


def test_what_is_found_out_later_does_not_change_what_was_given(store: Store, office: Office_) -> None:
    case = office.case("Ерлан")
    meeting = office.meeting(case)
    hand_over(store, meeting)
    before = handover(store, meeting).values
    draft = store.draft(Case, case)
    draft.values["request"] = "something else"
    store.save(draft)

    assert handover(store, meeting).values == before
    assert tampered(store) == []


@pytest.mark.parametrize("change", ["remove", "add", "reorder"])
def test_the_list_cannot_change_until_it_is_withdrawn(store: Store, office: Office_, change: str) -> None:
    meeting = office.meeting(office.case("Ерлан"), office.case("Мақпал"))
    another = office.case("Айгүл")
    hand_over(store, meeting)

    def changed() -> Draft:
        draft = store.draft(Meeting, meeting)
        presented = draft.children["presented"]
        if change == "remove":
            presented.pop()
        elif change == "add":
            draft.add("presented", case_id=another)
        else:
            presented.reverse()
        return draft

    with pytest.raises(Invalid, match="withdraw it first") as refused:
        store.save(changed())
    assert refused.value.problems.keys() == {"presented"}

    withdraw(store, handover(store, meeting).id, "the wrong list")
    store.save(changed())
    hand_over(store, meeting)
    assert len(store.draft(Meeting, meeting).children["handovers"]) == 2


def test_the_rest_of_the_meeting_is_still_written(store: Store, office: Office_) -> None:
    meeting = office.meeting(office.case())
    hand_over(store, meeting)
    draft = store.draft(Meeting, meeting)
    draft.values["minutes"] = "they listened"
    draft.children["presented"][0].values["answered"] = "we will look into it"
    draft.add("promises", words="a letter by Friday")

    store.save(draft)

    assert store.draft(Meeting, meeting).children["presented"][0].values["answered"] == "we will look into it"


def test_withdrawing_needs_a_reason_and_keeps_the_list(store: Store, office: Office_) -> None:
    meeting = office.meeting(office.case())
    hand_over(store, meeting)
    frozen = handover(store, meeting)
    with pytest.raises(Invalid) as refused:
        withdraw(store, frozen.id, "  ")
    assert refused.value.problems.keys() == {"withdrawn_reason"}

    withdraw(store, frozen.id, "the wrong list")

    now = handover(store, meeting).values
    assert (now["withdrawn"], now["withdrawn_reason"]) == (TODAY, "the wrong list")
    assert (now["content"], now["digest"]) == (frozen.values["content"], frozen.values["digest"])
    with pytest.raises(UserError, match="withdrawn already"):
        withdraw(store, frozen.id, "again")


def test_what_cannot_be_handed_over_is_said_in_a_sentence(store: Store, office: Office_) -> None:
    with pytest.raises(UserError, match="No case is on the list"):
        hand_over(store, office.meeting())
    with pytest.raises(UserError, match="consent first"):
        hand_over(store, office.meeting(office.case(consent=())))
    meeting = office.meeting(office.case())
    hand_over(store, meeting)
    with pytest.raises(UserError, match="handed over already"):
        hand_over(store, meeting)


def test_a_frozen_list_that_was_changed_behind_the_program_is_found(store: Store, office: Office_) -> None:
    meeting = office.meeting(office.case())
    hand_over(store, meeting)
    assert tampered(store) == []
    with store._edits() as session:
        session.execute(sa.update(HandOver).values(content=HandOver.content + " "))
        session.commit()

    assert tampered(store) == [handover(store, meeting).id]
