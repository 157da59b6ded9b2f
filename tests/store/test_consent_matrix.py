"""The matrix says how each answer stands, what counts of each use, and what was given out before."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest

from casetracker.errors import Invalid
from casetracker.model import Case, Family, Meeting
from casetracker.model.confidentiality import CASE_CONSENT, Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.people.family import Whereabouts
from casetracker.model.sources.consent import Answer, review_due
from casetracker.store import consent_matrix, handover
from casetracker.store.consent_matrix import AGREEING, Matrix, State
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_

DAY = dt.timedelta(days=1)
GIVEN = dt.date(2021, 1, 5)


def matrix(store: Store, case: str, day: dt.date = TODAY) -> Matrix:
    with store.reader(as_of=day) as reader:
        read = reader.get(Case, case)
        assert read is not None
        return consent_matrix.about_case(read, reader)


def says(store: Store, case: str, person: str, **values: Any) -> None:
    draft = store.draft(Case, case)
    draft.add(
        "consents",
        **({"person_id": person, "use": Use.K3, "answer": Answer.AGREES, "given": GIVEN} | values),
    )
    store.save(draft)


def states(found: Matrix, use: Use = Use.K3) -> dict[str, State]:
    line = next(line for line in found.lines if line.use is use)
    return {name: s.state for (_, name), s in zip(found.people, line.stands, strict=True)}


def counts(found: Matrix, use: Use = Use.K3) -> bool:
    return next(line.counts for line in found.lines if line.use is use)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.AGREED),
        ({"answer": Answer.REFUSES}, State.REFUSED),
        ({"given": TODAY + DAY}, State.NOT_ASKED),
        ({"until": TODAY}, State.AGREED),
        ({"until": TODAY - DAY}, State.ENDED),
        ({"withdrawn": TODAY}, State.WITHDRAWN),
        ({"withdrawn": TODAY + DAY}, State.AGREED),
        ({"given": dt.date(2020, 11, 12)}, State.RECONFIRM),
        ({"given": dt.date(2020, 11, 13)}, State.AGREED),
        ({"given": dt.date(2019, 1, 1), "review_on": TODAY + DAY}, State.AGREED),
        ({"review_on": TODAY}, State.RECONFIRM),
        ({"given": dt.date(2019, 1, 1), "answer": Answer.REFUSES}, State.REFUSED),
    ],
)
def test_how_an_answer_stands(store: Store, office: Office_, values: dict[str, Any], state: State) -> None:
    case = office.case(consent=())
    aunt = office.person("Мақпал")
    says(store, case, aunt, **values)

    found = matrix(store, case)

    assert states(found)["Мақпал"] is state
    assert states(found, Use.K6)["Мақпал"] is State.NOT_ASKED
    assert counts(found) is (state in AGREEING)


def test_where_relatives_disagree_the_strictest_counts(store: Store, office: Office_) -> None:
    case = office.case(consent=(Use.K3,))
    says(store, case, office.person("Мақпал"), answer=Answer.REFUSES)

    found = matrix(store, case)

    assert states(found) == {
        "Petitioner of Бақытжан Нұрланұлы": State.AGREED,
        "Мақпал": State.REFUSED,
    }
    assert not counts(found)


def test_a_living_refusal_is_not_hidden_by_a_later_yes(store: Store, office: Office_) -> None:
    case, aunt = office.case(consent=()), office.person("Мақпал")
    says(store, case, aunt, answer=Answer.REFUSES)
    says(store, case, aunt, given=GIVEN + DAY)

    assert states(matrix(store, case))["Мақпал"] is State.REFUSED


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"answer": Answer.REFUSES},
        {"until": TODAY - DAY},
        {"withdrawn": TODAY},
        {"given": dt.date(2019, 1, 1)},
    ],
)
def test_what_counts_is_what_the_gate_lets_through(
    store: Store, office: Office_, values: dict[str, Any]
) -> None:
    """Two ways to the same rule: the matrix on the screen, and the book that every paper is asked by."""
    case = office.case(consent=())
    for who, use in product(("Мақпал", "Гүлназ"), (Use.K2, Use.K3, Use.K6, Use.K8)):
        says(store, case, office.person(who), use=use, **(values if who == "Мақпал" else {}))

    found = matrix(store, case)

    for audience, use in CASE_CONSENT.items():
        with store.reader(audience) as reader:
            assert (reader.refusal(case) == "") is counts(found, use), audience


def test_a_withdrawal_that_nobody_handled_is_said(store: Store, office: Office_) -> None:
    case, aunt = office.case(consent=()), office.person("Мақпал")
    says(store, case, aunt, withdrawn=TODAY)
    says(store, case, aunt, use=Use.K6, withdrawn=TODAY, handled_on=TODAY)

    by_use = {line.use: line.stands[-1].note for line in matrix(store, case).lines}

    assert by_use[Use.K3] == "not handled yet"
    assert by_use[Use.K6] == ""


def test_grown_members_here_can_be_asked_and_nobody_else(store: Store, office: Office_) -> None:
    case = office.case(consent=())
    draft = store.draft(Case, case)
    family = store.draft(Family, draft.values["family_id"])
    child = office.person("Аяулым", birth=KnownDate.from_edtf("2012-05"))
    there = office.person("Гүлназ")
    brother = office.person("Мұхит")
    family.add("members", person_id=draft.values["person_id"], whereabouts=Whereabouts.DETAINED)
    family.add("members", person_id=child, whereabouts=Whereabouts.HERE)
    family.add("members", person_id=there, whereabouts=Whereabouts.CHINA)
    family.add("members", person_id=brother, whereabouts=Whereabouts.HERE)
    store.save(family)

    found = matrix(store, case)

    assert [name for _, name in found.people] == ["Petitioner of Бақытжан Нұрланұлы", "Мұхит"]
    assert not found.asked


def test_twelve_months_by_the_rule_of_the_office() -> None:
    assert review_due(dt.date(2020, 2, 29), None) == dt.date(2021, 2, 28)
    assert review_due(GIVEN, TODAY) == TODAY


def test_a_day_before_the_consent_is_refused(store: Store, office: Office_) -> None:
    case, aunt = office.case(consent=()), office.person("Мақпал")
    with pytest.raises(Invalid):
        says(store, case, aunt, review_on=GIVEN - DAY)
    with pytest.raises(Invalid) as caught:
        says(store, case, aunt, handled_on=TODAY)
    assert "Nothing was withdrawn" in caught.value.problems["consents.0.handled_on"]


def given(store: Store, case: str) -> list[tuple[str, bool]]:
    with store.reader() as reader:
        return [(g.title, g.withdrawn is None) for g in consent_matrix.given_out(reader, case)]


def test_what_was_given_out_is_listed_for_recall(store: Store, office: Office_) -> None:
    case, held_back = office.case(), office.case("Гүлнар Әбдіқызы", consent=())
    meeting = office.meeting(case, held_back)
    assert given(store, case) == []

    handover.hand_over(store, meeting)

    title = "Meeting with the Commissioner for Human Rights"
    assert given(store, case) == [(title, True)]
    assert given(store, held_back) == []  # it was on the list of the meeting and not in what was given
    [handed] = store.draft(Meeting, meeting).children["handovers"]
    handover.withdraw(store, handed.id, "consent was taken back")
    assert given(store, case) == [(title, False)]
    with store.reader(Audience.OFFICIAL) as reader:
        assert consent_matrix.given_out(reader, case) == []
