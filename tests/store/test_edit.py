"""Drafts go in, all of an action happens or none of it, and what is wrong is said beside the field."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
import sqlalchemy as sa

from casetracker.errors import Conflict, Invalid, ReadOnly, UserError
from casetracker.model import Case, CaseEvent, ContactPoint, Episode, Family, Meeting, Office, Person, Source
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.people.person import Language
from casetracker.model.sources.consent import Answer, Consent, Use
from casetracker.store.draft import Draft
from casetracker.store.edit import REF_LETTERS
from casetracker.store.store import Change, Store
from tests.conftest import Office_

SECRET = "Бақытжан-құпия"


def problems(store: Store, draft: Draft) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        store.save(draft)
    assert str(refused.value)
    return refused.value.problems


# What is wrong


def test_what_is_missing_is_said_at_its_address(store: Store) -> None:
    draft = store.draft(Person)
    draft.add("names", full="Айгүл")
    draft.add("names")

    assert problems(store, draft).keys() == {"names.1.full"}


def test_a_case_needs_a_person_and_a_stage(store: Store) -> None:
    assert problems(store, store.draft(Case)).keys() == {"person_id", "stage"}


def test_problems_are_found_three_layers_down(store: Store, office: Office_) -> None:
    draft = store.draft(Meeting, office.meeting(office.case()))
    draft.children["promises"][0].add("covers", outcome_note="?")

    assert problems(store, draft).keys() == {"promises.0.covers.1.case_id"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"arrested": "2018-10", "held_from": "2018-09"}, "held_from"),
        ({"arrested": "2018-10", "ended": "2018-09"}, "ended"),
        ({"no_reason_given": True, "official_reason": "extremism"}, "official_reason"),
    ],
)
def test_an_episode_that_contradicts_itself(
    store: Store, office: Office_, values: dict[str, object], field: str
) -> None:
    draft = store.draft(Case, office.case())
    known = {
        n: KnownDate.from_edtf(v) if isinstance(v, str) and v[0] == "2" else v for n, v in values.items()
    }
    draft.children["episodes"][0].values |= known

    assert problems(store, draft).keys() == {f"episodes.0.{field}"}


def test_which_version_counts_needs_a_reason(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case())
    draft.children["episodes"][0].children["custody"][0].values["standing"] = "COUNTS"

    assert problems(store, draft).keys() == {"episodes.0.custody.0.standing_reason"}


def test_a_consent_does_not_end_before_it_begins(store: Store, office: Office_) -> None:
    draft = store.draft(Person, office.person())
    given = {"use": Use.K3, "answer": Answer.AGREES, "given": dt.date(2021, 2, 1)}
    draft.add("consents", **given, until=dt.date(2021, 1, 31), withdrawn=dt.date(2021, 1, 1))

    assert problems(store, draft).keys() == {"consents.0.until", "consents.0.withdrawn"}


def test_nobody_and_nothing_is_on_a_list_twice(store: Store, office: Office_) -> None:
    case, person = office.case(), office.person()
    draft = store.draft(Meeting, office.meeting(case))
    draft.add("presented", case_id=case)
    draft.children["promises"][0].add("covers", case_id=case)
    for _ in range(2):
        draft.add("participants", person_id=person)

    assert problems(store, draft).keys() == {"presented", "participants", "promises.0.covers"}


def test_one_main_spelling_a_language(store: Store) -> None:
    draft = store.draft(Person)
    for full in ("Айгүл", "Әйгүл"):
        draft.add("names", full=full, primary=True, language=Language.KK)

    assert problems(store, draft).keys() == {"names"}


def test_nothing_of_a_refused_action_is_kept(store: Store, office: Office_) -> None:
    def two() -> None:
        with store.edit("two") as edit:
            edit.write(Draft(Office, values={"name": "Ombudsman"}))
            edit.write(Draft(Office))

    with pytest.raises(Invalid):
        two()

    with store.reader() as reader:
        assert list(reader.all(Office)) == []
    assert store.recent() == []
    assert store.saved_at is None


def test_a_draft_that_was_refused_is_saved_once_it_is_right(store: Store) -> None:
    draft = store.draft(Person)
    draft.values["occupation"] = "teacher"
    assert problems(store, draft).keys() == {"names"}

    draft.add("names", full="Айгүл")
    person = store.save(draft)

    assert store.draft(Person, person).values["occupation"] == "teacher"


# What is written


def test_a_field_that_a_draft_does_not_hold_is_left_alone(store: Store, office: Office_) -> None:
    person = office.person(occupation="teacher", notes="careful")
    draft = store.draft(Person, person)
    del draft.values["notes"]
    del draft.children["names"]
    draft.values["occupation"] = "driver"

    store.save(draft)

    kept = store.draft(Person, person)
    assert (kept.values["notes"], kept.values["occupation"]) == ("careful", "driver")
    assert len(kept.children["names"]) == 1


def test_children_keep_the_order_of_the_draft(store: Store, office: Office_) -> None:
    person = office.person("Айгүл", "Aigul", "古丽娜")
    draft = store.draft(Person, person)
    draft.children["names"].reverse()
    store.save(draft)

    names = [n.values["full"] for n in store.draft(Person, person).children["names"]]
    assert names == ["古丽娜", "Aigul", "Айгүл"]


def test_a_child_that_was_taken_off_is_deleted(store: Store, office: Office_) -> None:
    person = office.person("Айгүл", "Aigul")
    draft = store.draft(Person, person)
    draft.children["names"].pop()
    store.save(draft)

    assert [n.values["full"] for n in store.draft(Person, person).children["names"]] == ["Айгүл"]


def test_nothing_changed_writes_nothing(store: Store, office: Office_) -> None:
    case = office.case()
    actions = len(store.recent(99))

    store.save(store.draft(Case, case))

    assert len(store.recent(99)) == actions


def test_a_case_gets_a_reference_that_does_not_count(store: Store, office: Office_) -> None:
    refs = [store.draft(Case, office.case(f"Ерлан {n}")).values["ref"] for n in range(5)]

    assert len(set(refs)) == 5
    assert refs != sorted(refs) or refs != sorted(refs, reverse=True)
    for ref in refs:
        prefix, _, rest = ref.partition("-")
        assert (prefix, len(rest)) == ("CT", 4)
        assert set(rest) <= set(REF_LETTERS)


def test_a_reference_is_not_given_twice(store: Store, office: Office_) -> None:
    office.case(ref="CT-7F3Q")
    person = office.person("Ерлан")
    draft = store.draft(Case)
    draft.values |= {"person_id": person, "stage": "ACTIVE", "ref": "CT-7F3Q"}

    assert problems(store, draft)["ref"] == "The reference CT-7F3Q is in use already; choose another."


def test_a_person_typed_into_a_list_is_written_with_it(store: Store, office: Office_) -> None:
    person = Draft(Person)
    person.add("names", full="Мақпал")
    draft = store.draft(Meeting, office.meeting(office.case()))
    draft.add("participants", person_id=person)
    people = len(store.recent(99))
    store.save(draft)

    assert len(store.recent(99)) == people + 1
    store.undo()
    store.redo()
    saved = store.draft(Meeting, draft.id).children["participants"][0]
    assert store.draft(Person, saved.values["person_id"]).children["names"][0].values["full"] == "Мақпал"


def test_a_link_is_one_row_from_either_side(store: Store, office: Office_) -> None:
    case = office.case()
    meeting = office.meeting(case)
    (link,) = store.draft(Case, case).children["events"]
    assert link.id == store.draft(Meeting, meeting).children["cases"][0].id

    draft = store.draft(Case, case)
    draft.children["events"].clear()
    store.save(draft)

    assert store.draft(Meeting, meeting).children["cases"] == []


# Two pages at once


def test_what_another_page_added_meanwhile_is_not_lost(store: Store, office: Office_) -> None:
    case = office.case()
    open_page = store.draft(Case, case)
    meeting = office.meeting(case)  # links the case

    open_page.values["request"] = "find him"
    store.save(open_page)

    assert len(store.draft(Case, case).children["events"]) == 1
    assert len(store.draft(Meeting, meeting).children["cases"]) == 1
    assert store.draft(Case, case).values["request"] == "find him"


def test_a_record_that_was_changed_meanwhile_is_not_written_over(store: Store, office: Office_) -> None:
    person = office.person()
    mine, theirs = store.draft(Person, person), store.draft(Person, person)
    theirs.values["occupation"] = "teacher"
    store.save(theirs)
    mine.values["occupation"] = "driver"

    with pytest.raises(Conflict, match="changed meanwhile"):
        store.save(mine)

    assert store.draft(Person, person).values["occupation"] == "teacher"


def test_a_child_that_was_changed_meanwhile_is_not_taken_off(store: Store, office: Office_) -> None:
    person = office.person("Айгүл", "Aigul")
    mine, theirs = store.draft(Person, person), store.draft(Person, person)
    theirs.children["names"][1].values["full"] = "Aygul"
    store.save(theirs)
    mine.children["names"].pop()

    with pytest.raises(Conflict, match="changed meanwhile"):
        store.save(mine)


def test_a_record_that_was_deleted_meanwhile_is_not_made_again(store: Store, office: Office_) -> None:
    person = office.person()
    mine = store.draft(Person, person)
    store.delete(Person, person)

    with pytest.raises(Conflict, match="deleted meanwhile"):
        store.save(mine)
    with pytest.raises(UserError, match="no longer there"):
        store.delete(Person, person)
    with pytest.raises(UserError, match="no longer there"):
        store.draft(Person, person)


# Deleting


def test_what_is_still_used_is_not_deleted_and_by_what_is_said(store: Store, office: Office_) -> None:
    case = office.case()
    meeting = office.meeting(case)
    person = store.draft(Case, case).values["person_id"]
    agency = store.draft(Meeting, meeting).values["office_id"]

    for entity, record_id, used in (
        (Person, person, "Cases"),
        (Case, case, "Presented cases"),
        (Office, agency, "Meetings"),
        (Family, store.draft(Case, case).values["family_id"], "Cases"),
    ):
        with pytest.raises(UserError, match="still used by") as refused:
            store.delete(entity, record_id)
        assert used in str(refused.value)
        assert store.draft(entity, record_id)


def test_a_source_that_an_event_rests_on_is_not_taken_off(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case())
    draft.add("sources", label="the aunt")
    store.save(draft)
    draft = store.draft(Case, draft.id)
    source = draft.children["sources"][0].id
    draft.children["episodes"][0].add("custody", kind=CustodyKind.CAMP, source_id=source)
    store.save(draft)
    draft = store.draft(Case, draft.id)
    draft.children["sources"].clear()

    with pytest.raises(UserError, match="points at this one"):
        store.save(draft)

    assert store.draft(Source, source)


def test_what_belongs_to_a_record_goes_with_it(store: Store, office: Office_) -> None:
    case = office.case()
    store.delete(Case, case)

    with store.reading() as session:
        for entity in (Case, Episode, CaseEvent, Consent):
            assert session.scalar(sa.select(sa.func.count()).select_from(entity)) == 0, entity


# What others are told


def test_listeners_hear_what_was_changed_and_only_then(store: Store, office: Office_) -> None:
    heard: list[Change] = []
    store.listeners.append(heard.append)
    with pytest.raises(Invalid):
        store.save(store.draft(Person))
    assert heard == []

    person = office.person()
    store.undo()

    assert [c.label for c in heard] == ["New Person", "Undo: New Person"]
    assert heard[0].touches(Person)
    assert not heard[0].touches(Case, Meeting)
    assert ("Person", person) in heard[1].records


def test_a_casebook_that_is_read_only_says_why(store: Store, office: Office_) -> None:
    person = office.person()
    reading = Store(store._reads.kw["bind"], "A. Serik", read_only="Another program has it open.")

    for attempt in (
        lambda: reading.delete(Person, person),
        lambda: reading.save(reading.draft(Person, person)),
        reading.undo,
    ):
        with pytest.raises(ReadOnly, match="Another program has it open"):
            attempt()


# What errors may say


@pytest.mark.parametrize(
    "rule", ["a reference to nothing", "an id twice", "nothing where something is needed"]
)
def test_a_broken_rule_of_the_database_is_told_without_any_value(
    store: Store, office: Office_, rule: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Names must not reach a log or a crash report, not even by the chain of errors."""
    person = office.person()
    record = {
        "a reference to nothing": ContactPoint(person_id=SECRET, value=SECRET),
        "an id twice": Person(id=person, occupation=SECRET),
        "nothing where something is needed": ContactPoint(person_id=person, note=SECRET),
    }[rule]
    caplog.set_level(logging.DEBUG)

    with pytest.raises(UserError) as refused, store.edit("break a rule") as edit:
        edit._session.add(record)

    told: BaseException | None = refused.value
    chain = []
    while told is not None:
        chain.append(f"{told!r} {told}")
        told = told.__cause__ or told.__context__
    assert any("IntegrityError" in link for link in chain)  # the database's own complaint is among them
    assert SECRET not in "".join(chain) + caplog.text
    assert str(refused.value).endswith("nothing was changed.")
    assert store.draft(Person, person)  # and the connection is of use again
    office.person()
