"""Numbers of papers are found by a keyed hash, however they are written, and are kept close."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from casetracker.i18n import language
from casetracker.model import Case, Episode, Facility, IdentityPaper, Person
from casetracker.model.confidentiality import Audience
from casetracker.model.papers import PaperKind
from casetracker.model.people.papers import masked
from casetracker.store import duplicates, facilities, papers, place_codes
from casetracker.store.engine import open_unguarded
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import KEY, Office_

NUMBER = "65310119000615009X"  # a documented vector, of nobody alive


def with_paper(store: Store, office: Office_, number: str, kind: PaperKind = PaperKind.PRC_ID) -> str:
    person_id = office.person("Нұрлан")
    draft = store.draft(Person, person_id)
    draft.add("papers", kind=kind, number=number)
    store.save(draft)
    return person_id


def found(store: Store, typed: str) -> list[str]:
    with store.reading() as session:
        return papers.people_with_number(session, typed)


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), f" {NUMBER[:6]} {NUMBER[6:]} "])
def test_a_number_is_found_however_it_is_written(store: Store, office: Office_, typed: str) -> None:
    person_id = with_paper(store, office, NUMBER)

    assert found(store, typed) == [person_id]
    assert found(store, "653101190006150") == []
    assert found(store, "12") == []


def test_the_hash_follows_every_edit_and_undo(store: Store, office: Office_) -> None:
    person_id = with_paper(store, office, "E12345678", PaperKind.PRC_PASSPORT)
    draft = store.draft(Person, person_id)
    draft.children["papers"][0].values["number"] = "E87654321"
    store.save(draft)
    assert (found(store, "E12345678"), found(store, "e87654321")) == ([], [person_id])

    store.undo()

    assert found(store, "E12345678") == [person_id]
    assert inconsistencies(store) == []


def test_two_people_with_one_number_are_suspected(store: Store, office: Office_) -> None:
    first = with_paper(store, office, NUMBER)
    second = store.draft(Person, office.person("Сәуле"))
    second.add("papers", kind=PaperKind.PRC_ID, number=f"{NUMBER[:6]}-{NUMBER[6:]}")

    assert duplicates.suspected(store) == []
    (near,) = duplicates.near(store, duplicates.profile_of(second))
    store.save(second)
    (pair,) = duplicates.suspected(store)

    assert near.second == first
    assert near.reasons[0] == "Same number of an identity paper"
    assert {pair.first, pair.second} == {first, second.id}


def test_two_casebooks_hash_differently() -> None:
    one, other = "00" * 32, "01" * 32

    assert papers.digest(one, PaperKind.KZ_IIN, "123456789012") != papers.digest(
        other, PaperKind.KZ_IIN, "123456789012"
    )


def test_nobody_outside_hears_of_a_paper(store: Store, office: Office_) -> None:
    with_paper(store, office, NUMBER)

    for audience in set(Audience) - {Audience.INTERNAL}:
        with store.reader(audience) as reader:
            assert list(reader.all(IdentityPaper)) == []


def test_only_the_end_of_a_number_is_shown() -> None:
    assert masked(NUMBER) == "•••• 009X"
    assert masked("1234") == "••••"
    assert masked("") == ""


def test_places_have_codes_and_keep_their_words(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    (episode,) = case.children["episodes"]
    for words, code in (("Künes", "654025"), ("a village near Künes", None), ("Нылқы", "654028")):
        case = store.draft(Case, case.id)
        case.children["episodes"][0].values["county"] = words
        store.save(case)

        with store.reading() as session:
            assert session.get_one(Episode, episode.id).county_code == code
        assert store.draft(Case, case.id).children["episodes"][0].values["county"] == words
    with store.reader() as reader, language("en"):
        assert next(reader.all(Episode)).text("county") == "Nilqa"
    store.undo()
    assert inconsistencies(store) == []


def test_a_new_program_works_codes_out_anew(store: Store, database: Path, office: Office_) -> None:
    person = store.draft(Person, office.person("Нұрлан"))
    person.values["birthplace"] = "Künes"
    store.save(person)
    engine = open_unguarded(database, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE persons SET birthplace_code = 'x', version = 7")
    assert [finding.what for finding in inconsistencies(store)] == [
        "The code of a place does not agree with its words."
    ]

    with Session(engine) as session, session.begin():
        place_codes.rebuild(session)
    engine.dispose()

    assert inconsistencies(store) == []
    assert store.draft(Person, person.id).version == 7  # nobody edited it


def test_who_was_held_in_a_facility(store: Store, office: Office_) -> None:
    draft = store.draft(Facility)
    draft.values |= {"name": "Künes detention centre", "place": "Künes"}
    facility = store.save(draft)
    case_id = office.case("Бақытжан")
    case = store.draft(Case, case_id)
    case.children["episodes"][0].children["custody"][0].values["facility_id"] = facility
    store.save(case)

    with store.reader() as reader:
        (held,) = facilities.held_in(reader, facility)
    assert (held.case_id, held.name) == (case_id, "Бақытжан")
    (line,) = facilities.facility_lines(store)
    assert line.chip == "1 case"
    assert facilities.count_facilities(store, "nowhere") == 0
