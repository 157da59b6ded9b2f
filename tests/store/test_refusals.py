"""Deleting a person must not lose a refusal that keeps a case in the office."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.errors import UserError
from casetracker.model import Case, Consent, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.sources.consent import Answer
from casetracker.store.merging import merge
from casetracker.store.store import Store
from tests.conftest import Office_

DAY = dt.date(2021, 3, 1)


def refused(store: Store, office: Office_, **more: object) -> tuple[str, str]:
    """Write a case to which one relative agreed and which a cousin refused; return case and cousin."""
    case = office.case()
    cousin = office.person("Мақпал Ерланқызы")
    draft = store.draft(Case, case)
    values = {"use": Use.K3, "answer": Answer.REFUSES, "given": DAY} | more
    draft.add("consents", person_id=cousin, **values)
    return store.save(draft), cousin


def given_to_officials(store: Store, case: str) -> bool:
    with store.reader(Audience.OFFICIAL) as reader:
        return reader.get(Case, case) is not None


def test_who_refused_is_not_deleted(store: Store, office: Office_) -> None:
    case, cousin = refused(store, office)

    with pytest.raises(UserError, match="refused or withdrew a consent about case CT-"):
        store.delete(Person, cousin)

    assert store.draft(Person, cousin).id == cousin
    assert not given_to_officials(store, case)


def test_who_withdrew_is_not_deleted(store: Store, office: Office_) -> None:
    _, cousin = refused(store, office, answer=Answer.AGREES, withdrawn=dt.date(2021, 4, 1))

    with pytest.raises(UserError, match="withdrew"):
        store.delete(Person, cousin)


def test_a_slip_is_taken_out_of_the_case_and_then_the_person_can_go(store: Store, office: Office_) -> None:
    case, cousin = refused(store, office)
    draft = store.draft(Case, case)
    draft.children["consents"] = [c for c in draft.children["consents"] if c.values["person_id"] != cousin]
    store.save(draft)

    store.delete(Person, cousin)

    assert given_to_officials(store, case)


def test_who_only_agreed_can_be_deleted_and_missing_means_no(store: Store, office: Office_) -> None:
    case, cousin = refused(store, office, answer=Answer.AGREES, use=Use.K6)

    store.delete(Person, cousin)

    with store.reader(Audience.UN) as reader:
        assert reader.get(Case, case) is None


def test_own_data_go_with_what_was_said_of_them(store: Store, office: Office_) -> None:
    person = store.draft(Person, office.person("Мақпал Ерланқызы"))
    person.add("consents", use=Use.K0, answer=Answer.REFUSES, given=DAY)
    store.save(person)

    store.delete(Person, person.id)

    with store.reader() as reader:
        assert list(reader.all(Consent)) == []


def test_with_the_case_go_all_answers_about_it(store: Store, office: Office_) -> None:
    case, cousin = refused(store, office)

    store.delete(Case, case)
    store.delete(Person, cousin)

    with store.reader() as reader:
        assert reader.get(Person, cousin) is None


def test_what_was_typed_in_one_action_can_be_undone(store: Store, office: Office_) -> None:
    case = office.case()
    draft = store.draft(Case, case)
    cousin = store.draft(Person)
    cousin.add("names", full="Мақпал Ерланқызы", primary=True)
    draft.add("consents", person_id=cousin, use=Use.K3, answer=Answer.REFUSES, given=DAY)
    store.save(draft)
    assert not given_to_officials(store, case)

    store.undo()

    assert given_to_officials(store, case)
    store.redo()
    assert not given_to_officials(store, case)


def test_a_merge_keeps_the_refusal(store: Store, office: Office_) -> None:
    case, cousin = refused(store, office)
    same = office.person("Мақпал Ерланова")

    merge(store, Person, same, cousin)

    assert not given_to_officials(store, case)
    with pytest.raises(UserError, match="refused"):
        store.delete(Person, same)
