"""Whether two records may be of one person, with the vectors of the domain standards (§9.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casetracker.model.dates import KnownDate
from casetracker.model.matching import Profile, Spelling, blocks, key, keys, likely, pairs, score
from casetracker.model.names import Language
from tests.model.made_up_people import Generator, Made, measured


def person(number: str, *names: str, born: str | None = None, place: str | None = None) -> Profile:
    birth = KnownDate.from_edtf(born) if born else None
    return Profile(number, tuple(Spelling(name) for name in names), birth, place=place)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (
            "Нұрлан Еркінбек|Nurlan Yerkinbek|Nurlan Erkinbek|نۇرلان ەركىنبەك|努尔兰·叶尔肯别克",
            "nln lknpk",
        ),
        ("Гүлнар Қадырқызы|Gulnar Kadyrkyzy|گۇلنار قادىرقىزى|古丽娜尔·卡德尔|Gulnar Qadyr", "klnl ktl"),
        ("Бақытжан Серік|Bakhytzhan Serik|باقىتجان سەرىك|巴合提江·赛力克|Bahtjan Serik", "pktsn slk"),
        ("Дәулет Мұрат|Daulet Murat|داۋلەت مۇرات|达吾列提·木拉提", "tlt mlt"),
    ],
)
def test_one_key_for_all_scripts(forms: str, expected: str) -> None:
    assert {form: key(form) for form in forms.split("|")} == dict.fromkeys(forms.split("|"), expected)


def test_ends_of_fathers_names_do_not_count() -> None:
    forms = ["Қадыр", "Қадырұлы", "Қадырқызы", "Кадыров", "Кадырова", "Qadır", "Kadyruly", "Қадыр қызы"]

    assert {key(form) for form in forms} == {"ktl"}
    assert key("Eva") != ""


def test_other_readings_are_keys_too() -> None:
    assert keys("Xasan") >= {"sn", "ksn"}
    assert keys("Давут") >= {key("Dawut")}
    assert key("ئابلىز", language=Language.UG) == key("Abliz") == key("阿布力孜")
    assert key("Джанбулатов") == key("Жанболат")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nurlan Erkinbek", "Yerkinbek Nurlan"),  # another order
        ("Nurlan Erkinbek", "Nurlan Erkinbk"),
        ("Nurlan Erkinbek", "Nurlan Erkimbek"),  # one consonant instead of another
        ("Nurlan Erkinbek", "努尔兰叶尔肯别克"),  # no dot
        ("Nurlan Erkinbek", "Нұрлан Мейрамұлы Еркінбек"),
    ],
)
def test_who_meets_is_compared_and_found(one: str, other: str) -> None:
    first, second = person("a", one, born="1980-05-06"), person("b", other, born="1980")

    assert blocks(first) & blocks(second)
    assert [(pair.first, pair.second) for pair in pairs([first, second])] == [("a", "b")]


def test_strangers_are_not_shown() -> None:
    people = [person("a", "Нұрлан Еркінбек", born="1980"), person("b", "Дәулет Мұрат", born="1980")]

    assert pairs(people) == []
    assert score(*people).value == 0


def test_reasons_are_given_with_the_weightiest_first() -> None:
    first = person("a", "Нұрлан Еркінбек", born="1980-05-06", place="654125")
    second = person("b", "努尔兰·叶尔肯别克", born="1980-05-06", place="654025")
    found = score(first, second)

    assert found.value > 0.9
    assert found.reasons == (
        "Same date of birth: 6 May 1980",
        "Same name: Нұрлан Еркінбек / 努尔兰·叶尔肯别克",
        "Same place",  # the old and the new code of one county
    )


def test_cousins_of_one_name_are_told_apart_by_birth() -> None:
    first = person("a", "Нұрлан Еркінбек", born="1980-05-06", place="654025")
    cousin = person("b", "Нұрлан Еркінбек", born="1991-02-01", place="654025")

    assert score(first, cousin).value < 0.5 < score(first, replace(cousin, birth=None)).value


def test_birth_dates_with_a_slip_are_no_contradiction() -> None:
    first = person("a", "Нұрлан Еркінбек", born="1980-05-06")
    values = [
        score(first, person("b", "Нұрлан Еркінбек", born=born)).value
        for born in ("1980-05-06", "1980", "1980-06-05", "1978~", "1979-11-20", "1975")
    ]

    assert values[0] == max(values)
    assert min(values[:4]) > 0.5 > values[5]
    assert values == sorted(values, reverse=True) or values[3] > values[4]


def test_sex_and_prefecture_speak_against() -> None:
    first = replace(person("a", "Нұрлан Еркінбек", place="654025"), sex="MALE")
    same = replace(first, id="b")

    assert score(first, same).value > score(first, replace(same, place="653101")).value
    assert score(first, same).value > 0.5 > score(first, replace(same, sex="FEMALE")).value


def test_a_paper_makes_one_person_of_two_names() -> None:
    first = replace(person("a", "Нұрлан Еркінбек"), papers=frozenset({"PRC_ID:650102190001010016"}))
    renamed = replace(person("b", "Болат"), papers=first.papers)
    mistyped = replace(person("c", "Nurlan"), papers=frozenset({"PRC_ID:650102190001010026"}))
    other = replace(person("d", "Нұрлан Еркінбек"), papers=frozenset({"PRC_ID:654321190012311248"}))

    assert score(first, renamed).value > 0.9
    assert "differ by one character" in " ".join(score(first, mistyped).reasons)
    assert score(first, other).value < score(first, replace(other, papers=frozenset())).value


def test_a_common_name_tells_less() -> None:
    first, second = person("a", "Нұрлан Еркінбек"), person("b", "Nurlan Yerkinbek")

    assert score(first, second, namesakes=40).value < score(first, second).value


def test_a_pair_that_was_judged_is_not_shown_again() -> None:
    people = [person("a", "Нұрлан Еркінбек", born="1980"), person("b", "Nurlan Yerkinbek", born="1980")]

    assert len(pairs(people)) == 1
    assert pairs(people, apart={frozenset({"a", "b"})}) == []


@pytest.fixture(scope="module")
def made() -> Made:
    return Generator(seed=11).make(2000, planted=100, friends=40)


def test_pairs_in_mixed_scripts_are_found_in_a_long_list(made: Made) -> None:
    shown = [frozenset((pair.first, pair.second)) for pair in pairs(made.people)]
    found = measured(made, shown)

    assert len(made.people) == 2000
    assert found.recall >= 0.95, found
    assert found.precision >= 0.8, found
    assert found.friends_shown <= 10, found


def test_one_person_who_is_being_written_down(made: Made) -> None:
    shown = {frozenset((pair.first, pair.second)) for pair in pairs(made.people)}
    known = sorted(made.planted & shown, key=sorted)[0]
    first, second = sorted(known)
    newcomer = next(each for each in made.people if each.id == first)

    assert second in [pair.second for pair in likely(newcomer, made.people)]
    assert likely(newcomer, made.people, apart={known, *shown}) == []
