"""Pseudonyms: stable for one audience and year, told apart between them, and not to be read backwards."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from casetracker.model import Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.sources.consent import Answer
from casetracker.store import meta, pseudonyms, upgrade
from casetracker.store.engine import open_engine
from casetracker.store.store import Store
from tests.conftest import KEY, Office_

NAME = "Бақытжан Нұрланұлы"


def called(store: Store, person: str, audience: Audience, year: int = 2021) -> str:
    with store.reader(audience, dt.date(year, 11, 12)) as reader:
        return reader.reference(person)


def agreeing(store: Store, office: Office_, *uses: Use, **values: object) -> str:
    person = office.person(NAME, **values)
    draft = store.draft(Person, person)
    for use in uses:
        draft.add("consents", use=use, answer=Answer.AGREES, given=dt.date(2021, 1, 5))
    return store.save(draft)


def test_the_same_person_is_called_the_same(store: Store, office: Office_) -> None:
    one, other = office.person(NAME), office.person(NAME)

    assert called(store, one, Audience.OFFICIAL) == called(store, one, Audience.OFFICIAL)
    assert called(store, one, Audience.OFFICIAL).startswith("Person ")
    assert called(store, one, Audience.OFFICIAL) != called(store, other, Audience.OFFICIAL)


def test_other_readers_and_another_year_have_other_pseudonyms(store: Store, office: Office_) -> None:
    person = office.person(NAME)

    told = {called(store, person, a, y) for a in (Audience.OFFICIAL, Audience.UN) for y in (2021, 2022)}

    assert len(told) == 4


def test_who_may_be_named_is_named(store: Store, office: Office_) -> None:
    person = agreeing(store, office, Use.K3)

    assert called(store, person, Audience.OFFICIAL) == called(store, person, Audience.INTERNAL) == NAME


def test_instead_of_initials_in_public(store: Store, office: Office_) -> None:
    assert called(store, agreeing(store, office, Use.K8), Audience.PUBLIC).startswith("Person ")


def test_who_does_not_exist_for_the_readers_has_no_pseudonym(store: Store, office: Office_) -> None:
    assert called(store, office.person(NAME), Audience.PUBLIC) == "—"


@pytest.mark.parametrize("audience", [a for a in Audience if a not in (Audience.INTERNAL, Audience.FAMILY)])
def test_a_child_is_initials_and_age(store: Store, office: Office_, audience: Audience) -> None:
    child = agreeing(store, office, *Use, birth=KnownDate.from_edtf("2009-02"))

    with store.reader(audience, dt.date(2021, 11, 12)) as reader:
        assert reader.name(child) == reader.reference(child) == "Б. Н. (12 years)"


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.FAMILY])
def test_a_child_has_a_name_among_their_own(store: Store, office: Office_, audience: Audience) -> None:
    child = office.person(NAME, birth=KnownDate.from_edtf("2009-02"))

    with store.reader(audience, dt.date(2021, 11, 12)) as reader:
        assert reader.name(child) == NAME


def test_another_casebook_calls_the_same_record_otherwise(template: Path, tmp_path: Path) -> None:
    keys = []
    for name in ("1", "2"):
        path = tmp_path / f"{name}.db"
        upgrade.create_tables(path, KEY, lambda connection: meta.write_identity(connection, "0" * 32))
        engine = open_engine(path, KEY)
        with Store(engine, "A. Serik").reading() as session:
            keys.append(pseudonyms.key_of(session))
        engine.dispose()

    one, two = (pseudonyms.pseudonym(key, Audience.UN, 2021, "x") for key in keys)
    assert one != two
    assert pseudonyms.pseudonym("", Audience.UN, 2021, "x") == ""
