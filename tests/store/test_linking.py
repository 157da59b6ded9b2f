"""Links follow presented cases and the families at protests; promises speak of presented cases only."""

from __future__ import annotations

import pytest

from casetracker.errors import Invalid
from casetracker.model import Case, Family, Meeting, Promise, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.model.events.event import Outcome
from casetracker.store import linking
from casetracker.store.store import Store
from tests.conftest import Office_


def roles(store: Store, event_id: str, entity: type[Meeting] | type[Protest]) -> dict[str, CaseRole | None]:
    links = store.draft(entity, event_id).children["cases"]
    assert len({link.values["case_id"] for link in links}) == len(links)
    return {link.values["case_id"]: link.values["role"] for link in links}


def test_a_presented_case_is_linked_and_loses_the_link_with_its_place(store: Store, office: Office_) -> None:
    first, second, third = (office.case(f"Relative {n}") for n in "ABC")
    meeting = office.meeting(first, second, due=None)
    draft = store.draft(Meeting, meeting)
    linking.follow_presented(draft)
    store.save(draft)
    draft = store.draft(Meeting, meeting)
    draft.children["presented"].pop(0)
    draft.add("presented", case_id=third)

    linking.follow_presented(draft)
    store.save(draft)

    assert roles(store, meeting, Meeting) == {second: CaseRole.PRESENTED, third: CaseRole.PRESENTED}


def test_links_in_other_roles_are_left_alone(store: Store, office: Office_) -> None:
    case = office.case()
    draft = store.draft(Meeting, office.meeting(due=None))
    draft.add("cases", case_id=case, role=CaseRole.CONCERNS)

    linking.follow_presented(draft)

    assert [link.values["role"] for link in draft.children["cases"]] == [CaseRole.CONCERNS]


def test_following_twice_changes_nothing(store: Store, office: Office_) -> None:
    draft = store.draft(Meeting, office.meeting(office.case(), due=None))
    linking.follow_presented(draft)
    once = [dict(link.values) for link in draft.children["cases"]]

    linking.follow_presented(draft)

    assert [dict(link.values) for link in draft.children["cases"]] == once


def test_a_case_with_a_promise_stays_on_the_list(store: Store, office: Office_) -> None:
    draft = store.draft(Meeting, office.meeting(office.case()))
    draft.children["presented"] = []

    with pytest.raises(Invalid, match="look into each case") as caught:
        linking.follow_presented(draft)

    assert list(caught.value.problems) == ["presented"]


def test_a_promise_covers_presented_cases_only(store: Store, office: Office_) -> None:
    presented, other = office.case("Relative A"), office.case("Relative B")
    promise = store.draft(Promise)
    promise.add("covers", case_id=presented)
    linking.require_covered(promise, [presented])
    promise.add("covers", case_id=other)

    with pytest.raises(Invalid, match="was not presented") as caught:
        linking.require_covered(promise, [presented])

    assert list(caught.value.problems) == ["covers.1.case_id"]


def test_a_promise_for_no_case_is_refused(store: Store) -> None:
    with pytest.raises(Invalid, match="Say which cases"):
        linking.require_covered(store.draft(Promise), [])


def protest(store: Store, *people: tuple[str, Outcome | None]) -> str:
    draft = store.draft(Protest)
    draft.values |= {"title": "Protest at the consulate", "on": KnownDate.from_edtf("2021-10-01")}
    for person, outcome in people:
        draft.add("participants", person_id=person, outcome=outcome)
    return store.save(draft)


def petitioner_of(store: Store, case: str) -> str:
    family = store.draft(Family, str(store.draft(Case, case).values["family_id"]))
    return str(family.values["petitioner_id"])


def test_families_at_a_protest_are_linked_in_one_action(store: Store, office: Office_) -> None:
    held, there = office.case("Relative A"), office.case("Relative B")
    office.case("Relative C")
    event = protest(
        store, (petitioner_of(store, held), Outcome.FINED), (petitioner_of(store, there), Outcome.PRESENT)
    )

    assert linking.link_families(store, event) == 2

    assert roles(store, event, Protest) == {
        held: CaseRole.RELATIVE_DETAINED,
        there: CaseRole.RELATIVE_PRESENT,
    }
    assert linking.family_links(store, event) == []
    assert linking.link_families(store, event) == 0
    assert store.undo() == "Link 2 cases to Protest at the consulate"
    assert roles(store, event, Protest) == {}


def test_a_relative_who_turns_out_to_have_been_detained_changes_the_link(
    store: Store, office: Office_
) -> None:
    case, spoken_for = office.case("Relative A"), office.case("Relative B")
    event = protest(
        store, (petitioner_of(store, case), Outcome.PRESENT), (petitioner_of(store, spoken_for), None)
    )
    draft = store.draft(Protest, event)
    draft.add("cases", case_id=spoken_for, role=CaseRole.SPOKEN_FOR)
    store.save(draft)
    linking.link_families(store, event)
    draft = store.draft(Protest, event)
    for line in draft.children["participants"]:
        line.values["outcome"] = Outcome.DETAINED
    store.save(draft)

    assert linking.link_families(store, event) == 1

    assert roles(store, event, Protest) == {
        case: CaseRole.RELATIVE_DETAINED,
        spoken_for: CaseRole.SPOKEN_FOR,
    }
