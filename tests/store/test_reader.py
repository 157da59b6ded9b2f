"""What a reader gives: titles, references, parts; read together, and nothing of what is left out."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from casetracker.model import Case, Episode, Family, Meeting, Person, PresentedCase, Promise, Source
from casetracker.model.confidentiality import WITHHELD, Audience, Confidentiality, Use
from casetracker.model.detention.case import Stage
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.counting import Counter


def test_a_title_is_the_main_name_else_the_alias(store: Store, office: Office_) -> None:
    person = office.person("Айгүл Серікқызы", "Aigul Serikkyzy")
    case = office.case(consent=())
    with store.reader() as reader:
        assert reader.get(Person, person).title == "Айгүл Серікқызы"
        assert reader.names(person) == ["Айгүл Серікқызы", "Aigul Serikkyzy"]
        assert reader.get(Case, case).title.startswith("CT-")
        assert reader.get(Case, case).ref("person_id").title == "Бақытжан Нұрланұлы"
        assert reader.get(Case, case).text("person_id") == "Бақытжан Нұрланұлы"
    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.name(person) == WITHHELD
        assert reader.get(Person, person).title == WITHHELD


def test_what_is_unknown_is_empty_and_what_is_withheld_is_a_dash(store: Store, office: Office_) -> None:
    person = office.person(notes="careful")
    with store.reader(Audience.OFFICIAL) as reader:
        record = reader.get(Person, person)
        assert (record.text("occupation"), record.withheld("occupation")) == ("", False)
        assert (record.text("notes"), record.withheld("notes")) == (WITHHELD, True)
        assert record.label("notes") == "Internal notes"


def test_what_does_not_exist_and_what_may_not_be_known_look_the_same(store: Store, office: Office_) -> None:
    hidden = office.person(confidentiality=int(Confidentiality.RESTRICTED))
    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.get(Person, hidden) is None
        assert reader.get(Person, "no such id") is None
        assert reader.many(Person, [hidden, "no such id"]) == []
    with store.reader() as reader:
        assert reader.get(Person, hidden) is not None


def test_a_reference_to_what_may_not_be_known_is_a_dash(store: Store, office: Office_) -> None:
    hidden = office.person(confidentiality=int(Confidentiality.RESTRICTED))
    family = store.draft(Family)
    family.values |= {"name": "Serik", "petitioner_id": hidden}
    family = store.save(family)

    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.get(Family, family).ref("petitioner_id") is None
        assert reader.get(Family, family).text("petitioner_id") == WITHHELD


def test_a_case_without_consent_is_left_out_with_all_its_parts(store: Store, office: Office_) -> None:
    given, kept = office.case("Ерлан"), office.case(consent=())
    meeting = office.meeting(given, kept)
    with store.edit("a source") as edit:
        for case in (given, kept):
            edit.write(Draft(Source, values={"case_id": case, "label": "the aunt"}))

    with store.reader(Audience.OFFICIAL) as reader:
        assert [c.id for c in reader.all(Case)] == [given]
        for entity in (Episode, Source, PresentedCase):
            assert {r.value("case_id") for r in reader.all(entity)} == {given}, entity
        record = reader.get(Meeting, meeting)
        assert [p.value("case_id") for p in record.children("presented")] == [given]
        assert [c.value("case_id") for c in record.children("promises")[0].children("covers")] == [given]
        assert [c.value("case_id") for c in record.children("cases")] == [given]


def test_a_case_of_somebody_who_may_not_be_known_is_left_out(store: Store, office: Office_) -> None:
    case = office.case()
    person = store.draft(Case, case).values["person_id"]
    store.save(Draft(Person, person, values={"confidentiality": int(Confidentiality.RESTRICTED)}))

    with store.reader(Audience.OFFICIAL) as reader:
        assert list(reader.all(Case)) == []
        assert list(reader.all(Episode)) == []


def test_an_official_reads_that_there_is_a_source_and_not_who(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    case.add("sources", label="Мақпал", relation="wife", channel="LEAKED", account="the aunt said")
    store.save(case)

    with store.reader(Audience.OFFICIAL) as reader:
        (source,) = reader.get(Case, case.id).children("sources")
        assert source.title == WITHHELD
        assert source.text("relation") == "wife"
        assert [source.text(n) for n in ("label", "channel", "account")] == [WITHHELD] * 3


def test_records_come_in_the_order_in_which_they_were_asked_for(store: Store, office: Office_) -> None:
    people = [office.person(f"Ерлан {n}") for n in range(5)]
    with store.reader() as reader:
        assert [p.id for p in reader.many(Person, reversed(people))] == people[::-1]


def test_a_long_row_of_records_that_point_at_each_other_is_read(store: Store, office: Office_) -> None:
    """One case is the duplicate of another, and so on: nothing may recur that deep, nor read them all."""
    person = office.person()
    with store.edit("a hundred cases") as edit:
        before = None
        for number in range(100):
            values = {"ref": f"CT-{number:04}", "person_id": person, "duplicate_of_id": before}
            before = edit.write(Draft(Case, values={**values, "stage": Stage.ACTIVE}))

    with store.reader() as reader, Counter(store) as counted:
        last = reader.get(Case, before)
        assert last.ref("duplicate_of_id").title == "CT-0098"
    assert counted.statements < 30


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.OFFICIAL])
def test_more_cases_do_not_take_more_statements(store: Store, office: Office_, audience: Audience) -> None:
    def statements() -> int:
        with store.reader(audience) as reader, Counter(store) as counted:
            for case in reader.all(Case):
                _ = (
                    case.title,
                    case.ref("person_id").title,
                    [e.children("custody") for e in case.children("episodes")],
                )
                _ = [p.text("person_id") for p in case.children("consents")]
            for promise in reader.all(Promise):
                _ = [c.ref("case_id").title for c in promise.children("covers")]
        return counted.statements

    office.meeting(office.case("Ерлан"), office.case("Мақпал"))
    few = statements()
    office.meeting(*(office.case(f"Ерлан {n}", consent=(Use.K3, Use.K6)) for n in range(8)))

    assert statements() <= few


def test_a_reader_sees_one_moment(store: Store, office: Office_) -> None:
    office.person()
    with store.reader() as reader:
        assert len(list(reader.all(Person))) == 1
        office.person("Ерлан")
        assert len(reader.ids(sa.select(Person.id))) == 1
