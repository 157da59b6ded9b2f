"""Beside names: numbers, places by any of their names, and words inside every text, each with its reason."""

from __future__ import annotations

import pytest

from casetracker.model import Case, Family, Note, Person, Protest
from casetracker.model.dates import KnownDate
from casetracker.model.papers import PaperKind
from casetracker.store.draft import Draft
from casetracker.store.examine import inconsistencies
from casetracker.store.search import Hit, search
from casetracker.store.store import Store
from tests.conftest import Office_


def only(hits: list[Hit], entity: str) -> list[Hit]:
    return [hit for hit in hits if hit.entity == entity]


def with_account(store: Store, office: Office_, text: str) -> str:
    case = store.draft(Case, office.case())
    case.values["account"] = text
    return store.save(case)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("вокзал", "Его увезли с вокзала ночью."),
        ("темір жол", "Оны темір жол бекетінен алып кетті."),
        ("火车站", "他在火车站被带走。"),
        ("railway", "He was taken at the railway station."),
        ("پويىز", "ونى پويىز بەكەتىنەن الىپ كەتتى."),
        ("stat", "He was taken at the railway station."),
    ],
)
def test_words_in_an_account_are_found_in_every_script(
    store: Store, office: Office_, typed: str, said: str
) -> None:
    case_id = with_account(store, office, said)

    (hit,) = only(search(store, typed), "Case")

    assert (hit.id, hit.why) == (case_id, "in “What happened”")
    assert hit.snippet in said


def test_the_index_follows_edit_undo_and_delete(store: Store, office: Office_) -> None:
    case_id = with_account(store, office, "He was seen near the bridge.")
    assert only(search(store, "bridge"), "Case")
    case = store.draft(Case, case_id)
    case.values["account"] = "He was seen near the market."
    store.save(case)

    assert only(search(store, "bridge"), "Case") == []
    assert only(search(store, "market"), "Case")
    store.undo()
    assert only(search(store, "bridge"), "Case")
    assert inconsistencies(store) == []


def test_a_text_leads_to_the_page_on_which_it_stands(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.add("sources", label="a neighbour", account="She heard it from the baker.")
    case_id = store.save(case)
    about = {"about": "Case", "about_id": case_id}
    store.save(Draft(Note, values=about | {"text": "Ask the carpenter again."}))

    for typed in ("baker", "carpenter"):
        assert [hit.id for hit in search(store, typed)] == [case_id]


@pytest.mark.parametrize("typed", ["Künes", "新源", "Күнес", "654025", "xinyuan"])
def test_a_place_is_found_by_any_of_its_names(store: Store, office: Office_, typed: str) -> None:
    born = office.person("Сара", birthplace="Künes")
    case = store.draft(Case, office.case())
    case.children["episodes"][0].values["county"] = "Künes"
    case_id = store.save(case)

    hits = {hit.id: hit.why for hit in search(store, typed)}

    assert hits[born] == "born in Künes"
    assert "held in Künes" in hits[case_id]


def test_numbers_of_papers_and_lists_of_others(store: Store, office: Office_) -> None:
    person = store.draft(Person, office.person("Сара"))
    person.add("papers", kind=PaperKind.PRC_PASSPORT, number="E12345678")
    person.add("numbers", scheme="xvd", number="XVD-4711")
    person_id = store.save(person)

    (hit,) = search(store, "e 12345678")
    assert (hit.id, hit.why) == (person_id, "number of an identity paper")
    assert [(h.id, h.why) for h in search(store, "4711")] == [(person_id, "number XVD-4711")]


def test_a_record_found_by_name_and_by_text_stands_once(store: Store, office: Office_) -> None:
    protest = store.draft(Protest)
    protest.values |= {
        "title": "Vigil at the consulate",
        "on": KnownDate.from_edtf("2021-10-04"),
        "account": "The vigil began at noon.",
    }
    protest_id = store.save(protest)
    family = store.draft(Family)
    family.values |= {"name": "Family", "notes": "They came to the vigil."}
    family_id = store.save(family)

    hits = search(store, "vigil")

    assert [hit.id for hit in hits] == [protest_id, family_id]
    assert hits[0].why == "title: Vigil at the consulate"
