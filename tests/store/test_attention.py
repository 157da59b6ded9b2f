"""Which cases need attention: the signs as they are read from the records, for one case and for all."""

from __future__ import annotations

import datetime as dt

from casetracker.model import Case, Person, Protest
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole, Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.detention.episode import OutsideContact
from casetracker.store import attention
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.store.counting import Counter

RECENT = ((CustodyKind.CAMP, "2021-11-01"),)


def why(store: Store, case: str) -> set[str]:
    return {reason.text for reason in attention.of_case(store, case).reasons}


def test_a_case_that_is_looked_after_shows_only_that_somebody_is_held(store: Store, office: Office_) -> None:
    case = office.case(custody=RECENT)
    office.meeting(case, due=None)

    assert why(store, case) == {"Deprived of liberty"}


def test_what_the_records_say_is_among_the_reasons(store: Store, office: Office_) -> None:
    case = office.case(custody=((CustodyKind.CAMP, "2019-06-01"),), consent=())
    draft = store.draft(Case, case)
    draft.children["episodes"][0].values["outside"] = OutsideContact.HIDDEN
    draft.children["episodes"][0].add("judgments", term_years=1, term_from=KnownDate.from_edtf("2019-01-01"))
    draft.values["health"] = "diabetes"
    store.save(draft)
    person = store.draft(Person, draft.values["person_id"])
    person.values["birth"] = KnownDate.from_edtf("1950")
    store.save(person)

    assert why(store, case) == {
        "Deprived of liberty",
        "The family may not reach them",
        "Held 682 days beyond the sentence",
        "Health is a concern",
        "65 years or older",
        "No news for 895 days",
        "Never put to an official",
        "No consent for officials",
    }


def test_an_overdue_promise_and_a_consent_that_ends_are_counted_to_the_day(
    store: Store, office: Office_
) -> None:
    case = office.case(custody=RECENT)
    office.meeting(case)
    draft = store.draft(Case, case)
    draft.children["consents"][0].values["until"] = TODAY + dt.timedelta(days=9)
    store.save(draft)

    assert why(store, case) == {
        "Deprived of liberty",
        "A promise is 18 days overdue",
        "Consent ends in 9 days",
    }


def test_a_relative_detained_at_a_protest_of_the_last_year_is_a_reprisal(
    store: Store, office: Office_
) -> None:
    case = office.case(custody=RECENT)
    for day in ("2019-10-01", "2021-10-01"):
        before = why(store, case)
        draft = store.draft(Protest)
        draft.values |= {"title": "Protest", "on": KnownDate.from_edtf(day)}
        draft.add("cases", case_id=case, role=CaseRole.RELATIVE_DETAINED)
        store.save(draft)

    assert "A relative was detained or threatened" not in before
    assert "A relative was detained or threatened" in why(store, case)


def test_the_neediest_come_first_and_those_at_rest_not_at_all(store: Store, office: Office_) -> None:
    fine = office.case("Айгүл", custody=RECENT)
    office.meeting(fine, due=None)
    silent = office.case("Ерлан", custody=((CustodyKind.PRISON, "2018"),))
    closed = office.case("Мақпал", custody=((CustodyKind.PRISON, "2018"),))
    other = store.draft(Case, closed)
    other.values |= {"stage": Stage.DUPLICATE, "duplicate_of_id": silent}
    store.save(other)

    needs = attention.most(store, 5)

    assert [n.case_id for n in needs] == [silent, fine]
    assert needs[0].name == "Ерлан"
    assert [n.attention for n in needs] == [attention.of_case(store, n.case_id) for n in needs]
    assert len(attention.most(store, 1)) == 1
    assert attention.of_case(store, closed).score == 0


def test_all_cases_are_read_with_as_many_statements_as_one(store: Store, office: Office_) -> None:
    def statements() -> int:
        with Counter(store) as counter:
            attention.most(store)
        return counter.statements

    office.case(consent=(Use.K3,))
    few = statements()
    for n in range(5):
        office.meeting(office.case(f"Ерлан {n}"))

    assert statements() == few


def test_a_casebook_without_cases_needs_nothing(store: Store) -> None:
    assert attention.most(store) == []
