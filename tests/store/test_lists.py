"""Lists are paged, filtered and searched by the database, in every script, at one price however long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casetracker.model import Case, Family, Meeting, Person, Promise, Protest
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, CustodyStatus
from casetracker.model.events.event import Outcome
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.sources.consent import Answer
from casetracker.store import lists
from casetracker.store.lists import Filter
from casetracker.store.overview import overview
from casetracker.store.search import search
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.counting import Counter


def protest(store: Store, title: str = "Day 1", day: str = "2021-10-01", *detained: str) -> str:
    draft = store.draft(Protest)
    draft.values |= {"title": title, "on": KnownDate.from_edtf(day), "place": "Алматы"}
    for person in detained:
        draft.add("participants", person_id=person, outcome=Outcome.DETAINED)
    return store.save(draft)


def test_cases_come_by_their_latest_news_and_pages_leave_nothing_out(store: Store, office: Office_) -> None:
    for year in range(2014, 2021):
        office.case(f"Ерлан {year}", custody=((CustodyKind.CAMP, str(year)),))

    whole = [line.title for line in lists.case_lines(store)]
    pages = [line.title for start in (0, 3, 6) for line in lists.case_lines(store, offset=start, limit=3)]

    assert whole == pages == [f"Ерлан {year}" for year in range(2020, 2013, -1)]
    assert lists.count_cases(store) == 7
    assert lists.case_lines(store, offset=7, limit=3) == []


def test_pages_of_equal_news_do_not_overlap(store: Store, office: Office_) -> None:
    for number in range(7):
        office.case(f"Ерлан {number}", custody=())

    pages = [line.id for start in (0, 3, 6) for line in lists.case_lines(store, offset=start, limit=3)]

    assert len(set(pages)) == 7


def test_a_line_says_who_where_since_when_and_how_it_stands(store: Store, office: Office_) -> None:
    case = office.case("Бақытжан", custody=((CustodyKind.SENTENCED, "2019-06-01"),))
    draft = store.draft(Case, case)
    draft.children["episodes"][0].add("judgments", term_years=9)
    store.save(draft)

    (line,) = lists.case_lines(store)

    assert line.title == "Бақытжан"
    assert line.detail == f"{draft.values['ref']} · Emin · since Oct 2018 · Petitioner of Бақытжан"
    assert (line.chip, line.tone, line.side) == ("Sentenced · 9 years", "red", "2 years ago")


def test_filters_hold_together(store: Store, office: Office_, clock: Callable[[dt.date], None]) -> None:
    camp = office.case("Ерлан", custody=((CustodyKind.CAMP, "2019"),))
    prison = office.case("Ерболат", custody=((CustodyKind.PRISON, "2019"),))
    office.meeting(camp)

    def found(**wanted: object) -> set[str]:
        lines = {line.id for line in lists.case_lines(store, Filter(**wanted))}
        assert lists.count_cases(store, Filter(**wanted)) == len(lines)
        return lines

    assert found(text="ер") == {camp, prison}
    assert found(text="ерл") == {camp}
    assert found(status=frozenset({CustodyStatus.SENTENCED})) == {prison}
    assert found(overdue=True) == {camp}
    assert found(overdue=True, status=frozenset({CustodyStatus.SENTENCED})) == set()
    clock(dt.date(2021, 10, 25))
    assert found(overdue=True) == set()


def test_a_consent_that_ends_soon_is_a_filter(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case(consent=()))
    given = {"use": Use.K3, "answer": Answer.AGREES, "given": dt.date(2021, 1, 5)}
    draft.add("consents", person_id=office.person(), **given, until=dt.date(2021, 12, 1))
    store.save(draft)
    office.case("Ерлан")

    assert [line.id for line in lists.case_lines(store, Filter(consent_ending=True))] == [draft.id]


@pytest.mark.parametrize(
    "typed",
    ["Бақытжан", "бакытжан", "НУРЛАНУЛЫ", "baqyt", "巴合", "باقىت", "baqytzhan-", "қытж"],
)
def test_a_person_is_found_in_every_script_and_without_kazakh_letters(
    store: Store, office: Office_, typed: str
) -> None:
    person = office.person("Бақытжан Нұрланұлы", "Baqytzhan Nurlanuly", "巴合提江", "باقىتجان")
    office.person("Айгүл")
    draft = store.draft(Case)
    draft.values |= {"person_id": person, "stage": "ACTIVE"}
    case = store.save(draft)

    assert [line.id for line in lists.person_lines(store, typed)] == [person]
    assert [line.id for line in lists.case_lines(store, Filter(text=typed))] == [case]
    assert {(h.entity, h.id) for h in search(store, typed)} == {("Person", person), ("Case", case)}


def test_the_search_finds_references_families_protests_and_meetings(store: Store, office: Office_) -> None:
    case = office.case("Ерлан", ref="CT-7F3Q")
    meeting = office.meeting(case, title="Әділет министрлігі")
    family = store.draft(Family)
    family.values["name"] = "Өтеген әулеті"
    family.add("members", person_id=office.person("Мақпал"))
    store.save(family)
    march = protest(store, "Шеру")

    def found(text: str) -> set[str]:
        return {h.id for h in search(store, text)}

    assert found("ct-7f3q") == {case}
    assert found("өтеген") == found("ӨТЕГЕН") == {family.id}
    assert family.id in found("макпал")
    assert found("шеру") == {march}
    assert found("әділет") == {meeting}
    assert found("  ") == found("%") == found("_") == set()


@pytest.mark.parametrize("text", ["%", "_", "CT-____", "100%", "\\", "'; DROP TABLE cases; --"])
def test_signs_of_the_database_mean_nothing(store: Store, office: Office_, text: str) -> None:
    office.case("Ерлан")
    protest(store)
    office.meeting()

    for lines in (
        lists.case_lines(store, Filter(text=text)),
        lists.protest_lines(store, text),
        lists.meeting_lines(store, text),
        lists.options(store, Protest, text),
    ):
        assert lines == [] or not text.strip("%_'\\ ")


def test_lists_of_everything_else(store: Store, office: Office_) -> None:
    person = office.person("Айгүл", birth=KnownDate.from_edtf("1975"), ethnicity="Kazakh")
    official = office.person("Эльвира", public_figure=True)
    case = office.case("Ерлан")
    protest(store, "Day 2", "2021-10-02", person)
    protest(store, "Day 1", "2021-10-01")
    office.meeting(case)
    office.meeting(day="2021-12-01")

    people = {line.id: line for line in lists.person_lines(store)}
    assert people[person].detail == "1975 · Kazakh"
    assert people[official].chip == "Official"
    assert [(line.title, line.chip) for line in lists.protest_lines(store)] == [
        ("Day 2", "1 detained"),
        ("Day 1", ""),
    ]
    assert [line.chip for line in lists.meeting_lines(store)] == ["", "1 overdue"]
    assert [line.chip for line in lists.family_lines(store)] == ["1 case"]
    assert [title for _, title in lists.options(store, Person, "айг")] == ["Айгүл"]
    assert lists.count(store, Meeting) == 2
    assert lists.count(store, Promise) == 1


LISTS: dict[str, Callable[[Store], object]] = {
    "cases": lambda store: lists.case_lines(store, Filter(text="а", overdue=True)),
    "count": lists.count_cases,
    "people": lists.person_lines,
    "families": lists.family_lines,
    "protests": lists.protest_lines,
    "meetings": lists.meeting_lines,
    "search": lambda store: search(store, "ер"),
    "overview": overview,
}


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_do_not_take_more_statements(store: Store, office: Office_, name: str) -> None:
    def statements() -> int:
        with Counter(store) as counted:
            LISTS[name](store)
        return counted.statements

    office.meeting(office.case("Ерлан"))
    protest(store)
    few = statements()
    office.meeting(*(office.case(f"Ерлан {n}") for n in range(6)))
    protest(store, "Day 2", "2021-10-02", office.person(), office.person())

    assert 0 < statements() == few


# Overview


def test_every_number_of_the_overview_has_its_list(store: Store, office: Office_) -> None:
    cases = [
        office.case("Ерлан", custody=((CustodyKind.PRISON, "2019"),), opened=dt.date(2021, 11, 2)),
        office.case("Мақпал", custody=((CustodyKind.LOST, "2019"),), opened=dt.date(2021, 10, 2)),
        office.case("Айгүл", custody=((CustodyKind.RELEASED, "2020"),)),
    ]
    meeting = store.draft(Meeting, office.meeting(*cases))
    meeting.children["promises"][0].children["covers"][0].values["outcome"] = PromiseOutcome.KEPT
    store.save(meeting)
    numbers = overview(store)

    assert numbers.cases == lists.count(store, Case) == 3
    assert numbers.new_this_month == 1
    assert numbers.in_custody == lists.count_cases(store, Filter(status=lists.in_custody())) == 1
    assert sum(n for _, n in numbers.by_status) == 3
    assert numbers.silent_for_a_year == 1
    assert (numbers.promises, numbers.promises_overdue, numbers.promises_kept) == (1, 1, 1)
    assert lists.count_cases(store, Filter(overdue=True)) == 2


def test_an_empty_casebook_has_an_empty_overview(store: Store) -> None:
    numbers = overview(store)

    assert numbers.by_status == ()
    assert numbers.cases == numbers.promises == numbers.in_custody == numbers.consents_ending == 0


def test_consents_that_end_or_were_withdrawn_are_counted(store: Store, office: Office_) -> None:
    def consent(**dates: dt.date) -> None:
        draft = store.draft(Case, office.case(consent=()))
        values = {"use": Use.K3, "answer": Answer.AGREES, "given": dt.date(2021, 1, 5)}
        draft.add("consents", person_id=office.person(), **values | dates)
        store.save(draft)

    for until in ("2021-11-11", "2021-11-12", "2021-12-12", "2021-12-13"):
        consent(until=dt.date.fromisoformat(until))
    for withdrawn in ("2021-11-05", "2021-11-06", "2021-11-12", "2021-11-13"):
        consent(withdrawn=dt.date.fromisoformat(withdrawn))

    numbers = overview(store)

    assert numbers.consents_ending == 2
    assert numbers.consents_withdrawn == 2
