"""The strictest living answer wins, missing means no, and why a case is left out is said in a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.model import Case, Person
from casetracker.model.confidentiality import WITHHELD, Audience, Use
from casetracker.model.sources.consent import Answer, Consent
from casetracker.store.consents import agreed
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_

DAY = dt.date(2021, 1, 5)
BEFORE = dt.date(2021, 9, 30)


def answer(use: Use = Use.K3, said: Answer = Answer.AGREES, **dates: Any) -> dict[str, Any]:
    return {"use": use, "answer": said, "given": DAY} | dates


def case_with(store: Store, office: Office_, *answers: dict[str, Any]) -> str:
    draft = store.draft(Case, office.case(consent=()))
    for values in answers:
        draft.add("consents", person_id=office.person("Мақпал"), **values)
    return store.save(draft)


def refusal(store: Store, case: str, audience: Audience = Audience.OFFICIAL, day: dt.date = TODAY) -> str:
    with store.reader(audience, day) as reader:
        shown = reader.get(Case, case) is not None
        why = reader.refusal(case)
    assert shown is (why == "")
    return why


def test_missing_means_no(store: Store, office: Office_) -> None:
    case = case_with(store, office)

    assert refusal(store, case) == "the family has not agreed to it."
    assert refusal(store, case, Audience.INTERNAL) == ""


def test_an_agreement_is_for_its_own_use_only(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer(Use.K6))

    assert refusal(store, case, Audience.UN) == ""
    assert refusal(store, case) == "the family has not agreed to it."


def test_one_refusal_outweighs_many_agreements(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer(), answer(said=Answer.REFUSES), answer())

    assert refusal(store, case) == "somebody in the family refused."


def test_a_refusal_that_was_taken_back_no_longer_counts(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer(), answer(said=Answer.REFUSES, withdrawn=dt.date(2021, 2, 1)))

    assert refusal(store, case) == ""


def test_a_refusal_taken_back_is_no_agreement_and_is_not_called_one(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer(said=Answer.REFUSES, withdrawn=dt.date(2021, 2, 1)))

    assert refusal(store, case) == "the family has not agreed to it."


def test_what_was_withdrawn_is_said_with_its_day(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer(withdrawn=dt.date(2021, 10, 1)))

    assert refusal(store, case) == "consent was withdrawn on 1 October 2021."
    assert refusal(store, case, day=dt.date(2021, 10, 1)) != ""
    assert refusal(store, case, day=BEFORE) == ""  # a paper made again as of the day before


def test_what_ran_out_is_said_with_its_day(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer(until=dt.date(2021, 10, 1)))

    assert refusal(store, case) == "consent ran out on 1 October 2021."
    assert refusal(store, case, day=dt.date(2021, 10, 1)) == ""


def test_an_answer_counts_from_the_day_it_was_given(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer())

    assert refusal(store, case, day=DAY) == ""
    assert refusal(store, case, day=DAY - dt.timedelta(days=1)) == "the family has not agreed to it."


def test_the_name_of_the_detained_goes_by_the_consent_on_the_case(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer())
    person = store.draft(Case, case).values["person_id"]

    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.name(person) == "Бақытжан Нұрланұлы"
    with store.reader(Audience.PARTNER) as reader:
        assert reader.name(person) == WITHHELD


def test_of_two_cases_of_one_person_the_stricter_counts(store: Store, office: Office_) -> None:
    first = case_with(store, office, answer())
    second = store.draft(Case, case_with(store, office, answer(said=Answer.REFUSES)))
    person = second.values["person_id"] = store.draft(Case, first).values["person_id"]
    store.save(second)

    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.name(person) == WITHHELD


def test_somebody_who_was_released_can_refuse_for_themselves(store: Store, office: Office_) -> None:
    case = case_with(store, office, answer())
    person = store.draft(Person, store.draft(Case, case).values["person_id"])
    person.add("consents", **answer(said=Answer.REFUSES))
    store.save(person)

    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.name(person.id) == WITHHELD


def test_what_a_petitioner_agrees_to_for_a_case_is_not_about_their_own_name(
    store: Store, office: Office_
) -> None:
    case = store.draft(Case, case_with(store, office, answer()))
    petitioner = case.children["consents"][0].values["person_id"]

    with store.reader(Audience.OFFICIAL) as reader:
        assert reader.name(petitioner) == WITHHELD


days = st.dates(dt.date(2021, 1, 1), dt.date(2021, 1, 8))
consents = st.lists(
    st.builds(
        Consent,
        use=st.sampled_from([Use.K3, Use.K6]),
        answer=st.sampled_from(Answer),
        given=days,
        until=st.none() | days,
        withdrawn=st.none() | days,
    ),
    max_size=5,
)


@given(consents, days)
def test_nothing_is_agreed_to_that_somebody_living_refuses(asked: list[Consent], day: dt.date) -> None:
    found = agreed(asked, day)

    for use in (Use.K3, Use.K6):
        said = {c.answer for c in asked if c.use is use and c.living(day)}
        assert (use in found) == (said == {Answer.AGREES})


@pytest.mark.parametrize("use", set(Use) - {Use.K3}, ids=lambda u: u.name)
def test_no_other_use_opens_a_case_to_officials(store: Store, office: Office_, use: Use) -> None:
    assert refusal(store, case_with(store, office, answer(use))) != ""
