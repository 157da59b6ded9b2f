"""Names in four scripts, children, and what keeps a person from being saved."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.model import Person, PersonName
from casetracker.model.dates import KnownDate
from casetracker.model.people.person import Language, Script, folded, script_of


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Бақытжан Нұрланұлы", "бакытжан"),
        ("Бақытжан Нұрланұлы", "НУРЛАНУЛЫ"),
        ("Әсемгүл Қуанышқызы", "асемгул куанышкызы"),
        ("Өмірбек Іліясов", "омирбек илиясов"),
        ("Һасан Ғалымжан", "хасан галымжан"),
        ("Şahnoza Ömer", "sahnoza omer"),
        ("O‘ktam", "oktam"),
        ("ئايگۈل", "ئايگۈل"),
        ("古丽娜尔", "丽娜"),
    ],
)
def test_a_name_is_found_without_the_letters_that_the_keyboard_lacks(name: str, typed: str) -> None:
    assert folded(typed) in folded(name)


def test_the_apostrophes_of_arabic_and_latin_do_not_matter() -> None:
    assert folded("Nurlan-uly") == folded("nurlanuly")
    assert folded("O'ktam") == folded("O‘ktam") == folded("Oʻktam")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Бақытжан", Script.CYRL),
        ("Baqytzhan", Script.LATN),
        ("巴合提江", Script.HANS),
        ("باقىتجان", Script.ARAB),
        ("(№ 7) Ерлан", Script.CYRL),
        ("", Script.LATN),
    ],
)
def test_the_script_is_told_by_the_first_letter(name: str, script: Script) -> None:
    assert script_of(name) is script


def test_a_name_knows_its_script_unless_somebody_said_another() -> None:
    assert PersonName(full="古丽娜").script is Script.HANS
    assert PersonName(script=Script.LATN, full="古丽娜").script is Script.LATN


@pytest.mark.parametrize(
    ("birth", "minor"),
    [
        ("2003-11-13", True),
        ("2003-11-12", False),
        ("2004", True),
        ("2003", True),  # it may have been in December
        ("2002", False),
        ("2005-01-01/..", True),
    ],
)
def test_who_may_still_be_a_child_is_one(birth: str, minor: bool) -> None:
    person = Person(birth=KnownDate.from_edtf(birth))

    assert person.minor_on(dt.date(2021, 11, 12)) is minor


@pytest.mark.parametrize("birth", [None, KnownDate.in_words("before the war")])
def test_an_unknown_birth_makes_no_child(birth: KnownDate | None) -> None:
    assert not Person(birth=birth).minor_on(dt.date(2021, 11, 12))


def test_a_birthday_on_29_february_is_counted_in_every_year() -> None:
    person = Person(birth=KnownDate.from_edtf("2004-02-29"))

    assert person.minor_on(dt.date(2022, 2, 28))
    assert not person.minor_on(dt.date(2022, 3, 1))


def test_a_person_needs_a_name() -> None:
    assert "names" in Person().check()


def test_each_language_has_one_main_spelling() -> None:
    def spelling(language: Language | None) -> PersonName:
        return PersonName(full="Айгүл", language=language, primary=True)

    assert "names" in Person(names=[spelling(Language.KK), spelling(Language.KK)]).check()
    assert not Person(names=[spelling(Language.KK), spelling(Language.RU)]).check()
