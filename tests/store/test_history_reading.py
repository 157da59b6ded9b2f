"""The history in words, and bringing back what stood there."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.model import Case, Meeting, Person
from casetracker.model.dates import KnownDate
from casetracker.store import handover, tags
from casetracker.store.audit import reading, restoring
from casetracker.store.audit.accesses import Access, Noted
from casetracker.store.audit.entries import Op, entries
from casetracker.store.audit.reading import Wanted
from casetracker.store.audit.verifying import verify
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from tests.conftest import Office_


def newest(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(sa.select(sa.func.max(entries.c.seq))) or 0


def edit(store: Store, case: str, **values: object) -> int:
    draft = store.draft(Case, case)
    draft.values |= values
    store.save(draft)
    with store.reading() as session:
        action = sa.select(sa.func.max(entries.c.seq)).where(entries.c.op == Op.ACTION.name)
        return session.scalar(action) or 0


def held(draft: Draft) -> object:
    children = {name: [held(child) for child in many] for name, many in draft.children.items()}
    return draft.id, {n: v for n, v in draft.values.items() if n != "version"}, children


def test_dates_terms_and_links_are_told_as_people_read_them(store: Store, office: Office_) -> None:
    case, other = office.case(), office.person("Сара")
    draft = store.draft(Case, case)
    draft.values["person_id"] = other
    episode = draft.children["episodes"][0]
    episode.values["arrested"] = KnownDate.from_edtf("2018-09-03")
    store.save(draft)

    line = reading.of_record(store, Case, case)[0]
    told = {(r.entity, f.name): (f.label, f.before, f.after) for r in line.records for f in r.fields}

    assert told["Case", "person_id"][2] == "Сара"
    assert told["Episode", "arrested"] == ("Arrested", "October 2018", "3 September 2018")
    assert {r.op for r in line.records} == {"changed"}
    assert line.who == "A. Serik"


def test_what_belonged_to_a_record_once_is_part_of_its_history(store: Store, office: Office_) -> None:
    case = office.case()
    tags.put_on(store, (Case, case), "urgent")
    draft = store.draft(Case, case)
    draft.children["episodes"].clear()
    store.save(draft)
    office.case("Сара")

    lines = reading.of_record(store, Case, case)

    assert [(r.entity, r.op) for r in lines[0].records if r.op == "deleted"] == [
        ("Episode", "deleted"),
        ("CustodyEvent", "deleted"),
    ]
    assert any(r.entity == "Tagging" for line in lines for r in line.records)
    assert not any("Сара" in (r.title, *(f.after for f in r.fields)) for x in lines for r in x.records)


def test_the_history_of_a_field(store: Store, office: Office_) -> None:
    case = office.case()
    for text in ("one", "two"):
        edit(store, case, notes=text)
    edit(store, case, request="a visit")

    lines = reading.of_field(store, Case, case, "notes")

    assert [(f.before, f.after) for x in lines for r in x.records for f in r.fields] == [
        ("one", "two"),
        ("", "one"),
    ]


def test_the_office_by_person_day_kind_and_sort(store: Store, office: Office_) -> None:
    case = office.case()
    store.who = store.chain.who = "Г. Әлімова"
    meeting = office.meeting(case)
    store.note(Noted(Access.PRINTED, "Case", case, "Case summary"))

    def lines(**wanted: object) -> list[str]:
        return [line.label for line in reading.of_office(store, Wanted(**wanted))]  # type: ignore[arg-type]

    today = dt.datetime.now().astimezone().date()
    assert len(lines()) == len(lines(since=today - dt.timedelta(1), until=today + dt.timedelta(1)))
    assert lines(until=today - dt.timedelta(2)) == []
    assert lines(who="Г. Әлімова")[0] == "Made a paper: Case summary"
    assert lines(entity="Meeting") == ["New Meeting"]
    assert lines(kind=Op.ACCESS) == ["Made a paper: Case summary"]
    assert reading.users(store) == ["A. Serik", "Г. Әлімова"]
    assert len(reading.of_office(store, Wanted(), limit=2)) == 2
    assert store.draft(Meeting, meeting).id


def test_a_field_comes_back_as_an_action_that_can_be_undone(store: Store, office: Office_) -> None:
    case = office.case()
    edit(store, case, notes="first")
    seq = edit(store, case, notes="second", request="a visit")

    restoring.restore_field(store, Case, case, "notes", seq)

    assert store.draft(Case, case).values["notes"] == "first"
    assert store.draft(Case, case).values["request"] == "a visit"
    store.undo()
    assert store.draft(Case, case).values["notes"] == "second"
    with pytest.raises(UserError, match="already"):
        restoring.restore_field(store, Case, case, "notes", newest(store) + 1)
    with store.reading() as session:
        assert verify(session).breaks == []


def test_a_whole_record_comes_back_with_what_belonged_to_it(store: Store, office: Office_) -> None:
    case = office.case()
    was, seq = held(store.draft(Case, case)), newest(store)
    draft = store.draft(Case, case)
    draft.values["notes"] = "later"
    draft.children["episodes"].clear()
    draft.add("episodes", county="Altay")
    store.save(draft)

    restoring.restore_record(store, Case, case, seq)

    assert held(store.draft(Case, case)) == was
    store.undo()
    assert store.draft(Case, case).values["notes"] == "later"


def test_a_deleted_record_comes_back(store: Store, office: Office_) -> None:
    person = office.person("Сара", "Sara")
    was, seq = held(store.draft(Person, person)), newest(store)
    store.delete(Person, person)

    restoring.restore_record(store, Person, person, seq)

    assert held(store.draft(Person, person)) == was


def test_what_was_handed_over_does_not_change_by_being_brought_back(store: Store, office: Office_) -> None:
    case = office.case()
    meeting = office.meeting(case)
    before = newest(store)
    handover.hand_over(store, meeting)
    draft = store.draft(Meeting, meeting)
    draft.values["minutes"] = "long"
    store.save(draft)
    was = held(store.draft(Meeting, meeting))

    with pytest.raises(UserError, match="handed over"):
        restoring.restore_record(store, Meeting, meeting, before)

    assert held(store.draft(Meeting, meeting)) == was


def test_nothing_to_bring_back_is_said(store: Store, office: Office_) -> None:
    case = office.case()

    with pytest.raises(UserError, match="already"):
        restoring.restore_record(store, Case, case, newest(store))
