"""Undo and redo live from the audit log: also after a restart, never over what left the office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import Conflict, UserError
from casetracker.model import Case, Family, HandOver, Meeting, Person, PresentedCase
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.promise import PromiseOutcome
from casetracker.store import history
from casetracker.store.audit import guard
from casetracker.store.draft import Draft
from casetracker.store.engine import open_engine
from casetracker.store.handover import hand_over, withdraw
from casetracker.store.history import AuditChange
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY, Office_
from tests.store.stepping import content, redo_all, undo_all


def test_three_layers_come_back_together(store: Store, office: Office_) -> None:
    meeting = office.meeting(office.case(), office.case("Ерлан"))
    before = content(store)

    store.delete(Meeting, meeting)
    gone = content(store)
    assert not gone["Meeting"]
    assert not gone["Promise"]
    assert not gone["PromisedCase"]
    store.undo()

    assert content(store) == before
    promise = store.draft(Meeting, meeting).children["promises"][0]
    assert len(promise.children["covers"]) == 2


def test_undo_to_the_beginning_and_forward_again(store: Store, office: Office_) -> None:
    office.meeting(office.case())
    case = store.draft(Case, office.case("Ерлан"))
    case.children["episodes"][0].add("custody", kind=CustodyKind.SENTENCED)
    store.save(case)
    end = content(store)

    steps = undo_all(store)

    assert not any(content(store).values())
    assert redo_all(store) == steps
    assert content(store) == end


def test_undo_works_after_a_restart(store: Store, database: Path, office: Office_) -> None:
    person = office.person("Айгүл")
    draft = store.draft(Person, person)
    draft.values["occupation"] = "teacher"
    store.save(draft)

    again = open_engine(database, KEY)
    reopened = Store(again, "A. Serik")
    assert reopened.can_undo()
    reopened.undo()
    assert reopened.draft(Person, person).values["occupation"] is None
    assert Store(again, "A. Serik").redo()
    assert reopened.draft(Person, person).values["occupation"] == "teacher"
    again.dispose()


def test_nothing_to_undo_or_redo_is_said_in_a_sentence(store: Store, office: Office_) -> None:
    assert (store.can_undo(), store.can_redo()) == ("", "")
    with pytest.raises(UserError, match="nothing to undo"):
        store.undo()
    office.person()
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()


def test_a_new_action_ends_the_way_forward(store: Store, office: Office_) -> None:
    office.person("Айгүл")
    office.person("Ерлан")
    store.undo()
    office.person("Мақпал")

    assert store.can_redo() == ""
    store.undo()
    assert store.redo()
    assert undo_all(store) == 2


def test_undo_says_what_it_took_back_and_the_log_keeps_both(store: Store, office: Office_) -> None:
    office.person()

    label = store.undo()

    assert label == "New Person"
    assert [t.label for t in store.recent()] == ["Undo: New Person", "New Person"]
    assert all(t.who == "A. Serik" and t.records for t in store.recent())


def test_fifty_actions_deep(store: Store, office: Office_) -> None:
    person = office.person()
    for number in range(history.UNDO_DEPTH + 5):
        draft = store.draft(Person, person)
        draft.values["occupation"] = f"trade {number}"
        store.save(draft)

    assert undo_all(store) == history.UNDO_DEPTH
    assert store.draft(Person, person).values["occupation"] == "trade 4"
    assert redo_all(store) == history.UNDO_DEPTH
    assert store.draft(Person, person).values["occupation"] == f"trade {history.UNDO_DEPTH + 4}"


def test_going_to_and_fro_does_not_wear_the_way_back_out(
    store: Store, office: Office_, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "UNDO_DEPTH", 4)
    office.person()
    for _ in range(history.UNDO_DEPTH * 3):
        store.undo()
        store.redo()

    assert store.can_undo()
    assert undo_all(store) == 1


# Not over a hand-over


@pytest.fixture
def given_list(store: Store, office: Office_) -> str:
    """A meeting whose list was handed over."""
    meeting = office.meeting(office.case(), office.case("Ерлан"))
    hand_over(store, meeting)
    return meeting


def test_a_hand_over_is_not_undone_and_says_what_to_do(store: Store, given_list: str) -> None:
    before = content(store)

    with pytest.raises(UserError, match="left the office; withdraw it instead"):
        store.undo()

    assert content(store) == before


def test_what_came_after_a_hand_over_is_undone_down_to_it(
    store: Store, office: Office_, given_list: str
) -> None:
    before = content(store)
    office.person("Мақпал")
    draft = store.draft(Meeting, given_list)
    draft.children["promises"][0].children["covers"][0].values["outcome"] = PromiseOutcome.KEPT
    store.save(draft)

    store.undo()
    store.undo()

    assert content(store) == before
    with pytest.raises(UserError, match="left the office"):
        store.undo()


def test_withdrawing_is_not_undone_either(store: Store, given_list: str) -> None:
    withdraw(store, store.draft(Meeting, given_list).children["handovers"][0].id, "the wrong list")

    with pytest.raises(UserError, match="left the office"):
        store.undo()


def test_what_a_colleague_handed_over_is_not_undone_under_it(
    store: Store, colleague: Store, office: Office_
) -> None:
    meeting = office.meeting(office.case())
    hand_over(colleague, meeting)

    with pytest.raises(UserError):
        store.undo()

    assert len(store.draft(Meeting, meeting).children["presented"]) == 1


# Not over what somebody else did later


@pytest.fixture
def colleague(database: Path) -> Iterator[Store]:
    """A second user on the same casebook."""
    engine = open_engine(database, KEY)
    yield Store(engine, "B. Aliya", today=lambda: TODAY)
    engine.dispose()


def edit(store: Store, person: str, **values: object) -> None:
    draft = store.draft(Person, person)
    draft.values |= values
    store.save(draft)


def test_each_undoes_their_own(store: Store, colleague: Store, office: Office_) -> None:
    person = office.person()
    edit(store, person, occupation="teacher")
    edit(colleague, person, ethnicity="Kazakh")

    store.undo()

    assert store.draft(Person, person).values["occupation"] is None
    assert store.draft(Person, person).values["ethnicity"] == "Kazakh"
    colleague.undo()
    assert store.draft(Person, person).values["ethnicity"] is None


def test_refused_when_somebody_else_changed_the_same_field_later(
    store: Store, colleague: Store, office: Office_
) -> None:
    person = office.person()
    edit(store, person, occupation="teacher")
    edit(colleague, person, occupation="imam")

    with pytest.raises(Conflict, match="later action"):
        store.undo()

    assert store.draft(Person, person).values["occupation"] == "imam"


def test_a_new_record_is_not_taken_away_with_what_others_wrote_into_it(
    store: Store, colleague: Store, office: Office_
) -> None:
    person = office.person()
    edit(colleague, person, occupation="imam")

    with pytest.raises(Conflict, match="later action"):
        store.undo()


def test_a_new_record_is_not_taken_away_with_what_others_added_to_it(
    store: Store, colleague: Store, office: Office_
) -> None:
    person = office.person()
    draft = colleague.draft(Person, person)
    draft.add("names", full="Aigul")
    colleague.save(draft)

    with pytest.raises(Conflict, match="added to this record later"):
        store.undo()

    assert len(store.draft(Person, person).children["names"]) == 2


def test_a_new_record_is_not_taken_away_under_what_points_at_it(
    store: Store, colleague: Store, office: Office_
) -> None:
    person = office.person()
    draft = colleague.draft(Family)
    draft.values |= {"name": "Serik", "petitioner_id": person}
    colleague.save(draft)

    with pytest.raises(UserError, match="points at this one"):
        store.undo()


def test_a_deleted_record_is_not_changed_back(store: Store, colleague: Store, office: Office_) -> None:
    person = office.person()
    edit(store, person, occupation="teacher")
    colleague.delete(Person, person)

    with pytest.raises(Conflict, match="later action"):
        store.undo()


def test_one_action_may_touch_a_record_twice(store: Store, office: Office_) -> None:
    before = content(store)
    with store.edit("a person, corrected at once") as action:
        draft = Draft(Person, values={"occupation": "teacher"})
        draft.add("names", full="Айгүл")
        person = action.write(draft)
        action.write(Draft(Person, person, values={"occupation": "imam", "ethnicity": "Kazakh"}))
    after = content(store)

    store.undo()
    assert content(store) == before
    store.redo()
    assert content(store) == after

    with store.edit("changed, then deleted") as action:
        action.write(Draft(Person, person, values={"occupation": "driver"}))
        action.delete(Person, person)
    store.undo()
    assert content(store) == after


def test_a_name_whose_script_was_cleared_comes_back_without_one(store: Store) -> None:
    draft = Draft(Person)
    draft.add("names", full="古丽娜", script=None)
    person = store.save(draft)
    before = store.draft(Person, person).children["names"][0].values

    store.undo()
    store.redo()

    assert store.draft(Person, person).children["names"][0].values == before


def test_the_frozen_list_survives_whatever_way_it_is_reached(store: Store, given_list: str) -> None:
    draft = store.draft(Meeting, given_list)
    presented, handover = draft.children["presented"][0], draft.children["handovers"][0]
    before = content(store)

    for attempt in (
        lambda: store.delete(Meeting, given_list),
        lambda: store.delete(PresentedCase, presented.id),
        lambda: store.delete(HandOver, handover.id),
        lambda: store.save(Draft(PresentedCase, presented.id, values={"position": 9})),
        lambda: store.save(Draft(HandOver, handover.id, values={"content": "[]"})),
    ):
        with pytest.raises(UserError):
            attempt()

    assert content(store) == before


def test_what_an_older_program_wrote_into_a_column_that_moved_is_not_taken_back(
    store: Store, office: Office_
) -> None:
    case = office.case()
    draft = store.draft(Case, case)
    draft.values["request"] = "a visit"
    store.save(draft)
    with store._edits() as session:
        guard.take_down(session)
        change = session.scalars(sa.select(AuditChange).where(AuditChange.record_id == case)).all()[-1]
        change.before = {**(change.before or {}), "moved_elsewhere": "9"}
        session.commit()

    with pytest.raises(Conflict, match="older version"):
        store.undo()

    assert store.draft(Case, case).values["request"] == "a visit"
