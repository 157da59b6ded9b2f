"""Two records become one, and two again; nothing is lost on either way."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.errors import UserError
from casetracker.model import Case, Family, Meeting, Merge, Office, Participant, Person, Protest, Source
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import Stage
from casetracker.model.events.event import Outcome, Part, PenaltyKind
from casetracker.model.people.person import Language, Sex
from casetracker.store import handover, merging
from casetracker.store.draft import Draft
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store


def person(store: Store, *names: str, **values: object) -> str:
    draft = store.draft(Person)
    for place, name in enumerate(names):
        draft.add("names", full=name, primary=place == 0, language=Language.KK)
    draft.values |= values
    return store.save(draft)


def case(store: Store, person_id: str, **values: object) -> str:
    draft = store.draft(Case)
    draft.values |= {"person_id": person_id, "stage": Stage.ACTIVE, **values}
    return store.save(draft)


def protest(store: Store, *people: str) -> str:
    draft = store.draft(Protest)
    draft.values |= {"title": "Vigil", "on": KnownDate.from_edtf("2021-10-04")}
    for each in people:
        draft.add("participants", person_id=each, part=Part.PARTICIPANT)
    return store.save(draft)


def meeting(store: Store, *cases: str) -> str:
    office = store.draft(Office)
    office.values["name"] = "Commissioner"
    draft = store.draft(Meeting)
    draft.values |= {
        "office_id": store.save(office),
        "title": "Meeting",
        "on": KnownDate.from_edtf("2021-10-04"),
    }
    for each in cases:
        draft.add("presented", case_id=each)
    return store.save(draft)


def content(draft: Draft) -> object:
    """Return what a draft says, without versions and without the order in which parts were read."""
    children = {n: sorted(repr(content(c)) for c in kids) for n, kids in draft.children.items()}
    return draft.id, sorted((n, repr(v)) for n, v in draft.values.items()), children


def everything(store: Store, *records: tuple[type, str]) -> list[object]:
    return [content(store.draft(entity, id_)) for entity, id_ in records]


@pytest.fixture
def two(store: Store) -> tuple[str, str]:
    """Two records of one person, each with a spelling, a fact and a case of its own."""
    keep = person(store, "Күнболат", sex=Sex.MALE, ethnicity="Kazakh")
    gone = person(store, "Kunbolat", "Күнболат", birth=KnownDate.from_edtf("1971"), ethnicity="Kazak")
    return keep, gone


def test_the_kept_record_has_every_spelling_once_and_every_value(store: Store, two: tuple[str, str]) -> None:
    keep, gone = two
    merge_id = merging.merge(store, Person, keep, gone)

    kept = store.draft(Person, keep)
    assert sorted(n.values["full"] for n in kept.children["names"]) == ["Kunbolat", "Күнболат"]
    assert sum(bool(n.values["primary"]) for n in kept.children["names"]) == 1
    assert (kept.values["sex"], kept.values["birth"].edtf) == (Sex.MALE, "1971")
    assert kept.values["ethnicity"] == "Kazakh"
    assert store.draft(Merge, merge_id).values["left"] == "People (ethnicity): Kazak"
    with store.reader() as reader:
        assert reader.get(Person, gone) is None
    assert inconsistencies(store) == []


def test_the_other_value_is_taken_where_that_was_chosen(store: Store, two: tuple[str, str]) -> None:
    merge_id = merging.merge(store, Person, *two, take={"ethnicity"})

    assert store.draft(Person, two[0]).values["ethnicity"] == "Kazak"
    assert store.draft(Merge, merge_id).values["left"] == "People (ethnicity): Kazakh"


def test_what_pointed_at_the_other_points_at_the_kept_one(store: Store, two: tuple[str, str]) -> None:
    keep, gone = two
    ours, theirs = case(store, keep), case(store, gone)
    told = store.draft(Case, theirs)
    told.add("sources", label="brother", person_id=gone)
    store.save(told)
    march = protest(store, gone)

    merging.merge(store, Person, keep, gone)

    assert (
        store.draft(Case, ours).values["person_id"] == store.draft(Case, theirs).values["person_id"] == keep
    )
    assert store.draft(Case, theirs).children["sources"][0].values["person_id"] == keep
    assert store.draft(Protest, march).children["participants"][0].values["person_id"] == keep


def test_who_stood_there_twice_stands_there_once_with_both_fates(store: Store, two: tuple[str, str]) -> None:
    keep, gone = two
    march = protest(store, keep, gone)
    draft = store.draft(Protest, march)
    first, second = draft.children["participants"]
    first.values["hours_held"] = 5
    second.values["outcome"] = Outcome.FINED
    second.add("penalties", kind=PenaltyKind.FINE, amount=87510)
    store.save(draft)
    before = everything(store, (Protest, march), (Person, keep), (Person, gone))

    merge_id = merging.merge(store, Person, keep, gone)

    (line,) = store.draft(Protest, march).children["participants"]
    assert (line.values["hours_held"], line.values["outcome"]) == (5, Outcome.FINED)
    assert [p.values["amount"] for p in line.children["penalties"]] == [87510]
    merging.take_apart(store, merge_id)
    assert everything(store, (Protest, march), (Person, keep), (Person, gone)) == before


def test_taken_apart_everything_is_as_before(store: Store, two: tuple[str, str]) -> None:
    keep, gone = two
    theirs, march = case(store, gone), protest(store, gone)
    family = store.draft(Family)
    family.values |= {"name": "Family", "petitioner_id": gone}
    family.add("members", person_id=gone)
    family_id = store.save(family)
    records = ((Person, keep), (Person, gone), (Case, theirs), (Protest, march), (Family, family_id))
    before = everything(store, *records)

    merge_id = merging.merge(store, Person, keep, gone)
    assert merging.take_apart(store, merge_id) == gone

    assert everything(store, *records) == before
    assert inconsistencies(store) == []
    with pytest.raises(UserError, match="apart already"):
        merging.take_apart(store, merge_id)


def test_what_was_changed_since_stays_when_it_is_taken_apart(store: Store, two: tuple[str, str]) -> None:
    keep, gone = two
    merge_id = merging.merge(store, Person, keep, gone)
    later = store.draft(Person, keep)
    later.values["birth"] = KnownDate.from_edtf("1972-05")
    later.add("names", full="昆博拉特")
    store.save(later)

    merging.take_apart(store, merge_id)

    kept, back = store.draft(Person, keep), store.draft(Person, gone)
    assert kept.values["birth"].edtf == "1972-05"
    assert back.values["birth"].edtf == "1971"
    assert [n.values["full"] for n in kept.children["names"]] == ["Күнболат", "昆博拉特"]
    assert sorted(n.values["full"] for n in back.children["names"]) == ["Kunbolat", "Күнболат"]


def test_a_merge_can_be_undone_and_done_again(store: Store, two: tuple[str, str]) -> None:
    before = everything(store, (Person, two[0]), (Person, two[1]))
    merging.merge(store, Person, *two)

    store.undo()
    assert everything(store, (Person, two[0]), (Person, two[1])) == before
    store.redo()
    with store.reader() as reader:
        assert reader.get(Person, two[1]) is None


def test_of_three_the_later_merge_is_taken_apart_first(store: Store, two: tuple[str, str]) -> None:
    third = person(store, "Kunbolat K.")
    first = merging.merge(store, Person, *two)
    second = merging.merge(store, Person, third, two[0])

    with pytest.raises(UserError, match="third one"):
        merging.take_apart(store, first)
    merging.take_apart(store, second)
    merging.take_apart(store, first)

    with store.reader() as reader:
        assert all(reader.get(Person, each) for each in (*two, third))


def test_a_case_that_is_a_duplicate_keeps_its_number(store: Store, two: tuple[str, str]) -> None:
    keep, gone = case(store, two[0], request="Find him"), case(store, two[0], request="Free him")
    told = store.draft(Case, gone)
    told.add("episodes", arrested=KnownDate.from_edtf("2018-10"))
    source = told.add("sources", label="sister")
    store.save(told)
    source_id = source.id
    refs = [store.draft(Case, each).values["ref"] for each in (keep, gone)]

    merge_id = merging.merge(store, Case, keep, gone)

    kept, other = store.draft(Case, keep), store.draft(Case, gone)
    assert kept.values["request"] == "Find him\n\nFree him"
    assert len(kept.children["episodes"]) == len(kept.children["sources"]) == 1
    assert [kept.values["ref"], other.values["ref"]] == refs
    assert (other.values["stage"], other.values["duplicate_of_id"]) == (Stage.DUPLICATE, keep)
    merging.take_apart(store, merge_id)
    assert store.draft(Case, gone).values["stage"] is Stage.ACTIVE
    assert store.draft(Source, source_id).values["case_id"] == gone


def test_a_list_that_was_handed_over_stays_as_it_was_given(store: Store, two: tuple[str, str]) -> None:
    keep, gone = case(store, two[0]), case(store, two[1])
    draft = store.draft(Case, gone)
    from casetracker.model.confidentiality import Use
    from casetracker.model.sources.consent import Answer

    draft.add("consents", person_id=two[0], use=Use.K3, answer=Answer.AGREES, given=dt.date(2021, 1, 1))
    store.save(draft)
    met = meeting(store, gone)
    handover.hand_over(store, met)

    merging.merge(store, Case, keep, gone)

    assert [p.values["case_id"] for p in store.draft(Meeting, met).children["presented"]] == [gone]
    assert inconsistencies(store) == []


def test_nothing_is_merged_with_itself_or_with_what_is_gone(store: Store, two: tuple[str, str]) -> None:
    with pytest.raises(UserError, match="itself"):
        merging.merge(store, Person, two[0], two[0])
    with pytest.raises(UserError, match="no longer there"):
        merging.merge(store, Person, two[0], "0" * 32)
    with store.reader() as reader:
        assert len(list(reader.all(Participant))) == 0


def family(store: Store, name: str, petitioner: str, *members: str) -> str:
    draft = store.draft(Family)
    draft.values |= {"name": name, "petitioner_id": petitioner}
    for each in members:
        draft.add("members", person_id=each)
    return store.save(draft)


def test_two_families_become_one_with_each_member_once(store: Store, two: tuple[str, str]) -> None:
    sister = person(store, "Сара")
    keep = family(store, "Family of Күнболат", two[0], two[0], sister)
    gone = family(store, "Kunbolat's", sister, sister, two[1])
    theirs = case(store, two[0], family_id=gone)
    before = everything(store, (Family, keep), (Family, gone), (Case, theirs))

    merge_id = merging.merge(store, Family, keep, gone)

    kept = store.draft(Family, keep)
    assert kept.values["petitioner_id"] == two[0]
    assert sorted(m.values["person_id"] for m in kept.children["members"]) == sorted([*two, sister])
    assert store.draft(Case, theirs).values["family_id"] == keep
    assert "Kunbolat's" in store.draft(Merge, merge_id).values["left"]
    merging.take_apart(store, merge_id)
    assert everything(store, (Family, keep), (Family, gone), (Case, theirs)) == before
