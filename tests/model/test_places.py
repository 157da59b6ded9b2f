"""Places that come with the program."""

from __future__ import annotations

import pytest

from casetracker.i18n import language
from casetracker.model import places


@pytest.mark.parametrize(
    "name",
    [
        "新源县",
        "新源",
        "Xinyuan",
        "xinyuan county",
        "Күнес",
        "күнес ауданы",
        "Кунес",
        "Künes",
        "kunes",
        "XINYUAN XIAN",
    ],
)
def test_a_county_is_found_by_any_name(name: str) -> None:
    assert places.with_name(name)[0].code == "654025"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Шығыс Қазақстан облысы", "63"),
        ("Восточно-Казахстанская обл.", "63"),
        ("Nur-Sultan", "71"),
        ("Нур-Султан", "71"),
        ("город Алматы", "75"),
        ("Оңтүстік Қазақстан", "61"),  # as it was called before 2018
        ("Qitai", "652325"),
        ("Guchung", "652325"),
    ],
)
def test_places_are_found_by_other_names(name: str, code: str) -> None:
    assert code in [place.code for place in places.with_name(name)]


def test_what_a_county_lies_in() -> None:
    (county,) = places.with_code("654025")

    assert [place.code for place in places.above(county)] == ["654000", "650000"]
    assert (county.text("kk"), county.text("zh"), county.text("en")) == ("Күнес", "新源县", "Künes")


def test_abolished_codes_have_their_years() -> None:
    (old,) = places.with_code("654125")

    assert (old.current, old.valid_from, old.valid_to) == (False, 1984, 2000)
    assert places.with_code("654125", 1990) == [old]
    assert places.with_code("654125", 2001) == []
    assert places.successor("654125") == "654025"
    assert places.successor("654025") == "654025"
    assert places.successor("999999") == "999999"


def test_a_code_that_was_given_twice_means_the_current_place_first() -> None:
    assert [place.names["zh"] for place in places.with_code("650107")] == [
        "达坂城区",
        "南泉区",
        "南山矿区",
        "南山区",
    ]


def test_the_lists_are_whole() -> None:
    counties = [p for p in places.everywhere() if p.country == "CN" and p.level == "county" and p.current]
    regions = [p for p in places.everywhere() if p.country == "KZ" and p.level != "country"]
    codes = {place.code for place in places.everywhere()}

    assert len(counties) == 108  # as the National Bureau of Statistics counts
    assert len(regions) == 20
    assert all({"kk", "ru", "en"} <= set(region.names) for region in regions)
    assert {r.code: r.formerly for r in regions if r.valid_from == 2022} == {
        "10": "63",
        "33": "19",
        "62": "35",
    }
    assert [p.code for p in places.everywhere() if p.parent and p.parent not in codes] == []
    assert all(place.names.get("en") for place in places.everywhere())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Künes", "654025"),
        ("Künes, Ili", "654025"),
        ("Künes, Ili, Xinjiang", "654025"),
        ("Шыңжаң, Іле, Күнес", "654025"),
        ("新源", "654025"),
        ("654025", "654025"),
        ("Künes 654125", "654125"),  # on papers of before 2000
        ("Ürümqi", "650100"),
        ("伊宁市", "654002"),
        ("伊宁县", "654021"),
        ("Құлжа қаласы", "654002"),
        ("阿克苏地区", "652900"),
        ("г. Алматы", "75"),
        ("Almaty", "75"),
        ("Алматы облысы", "19"),
        ("Nur-Sultan", "71"),
    ],
)
def test_a_place_as_it_was_said_has_one_code(words: str, code: str) -> None:
    assert places.resolve(words) == code


@pytest.mark.parametrize(
    "words",
    [
        "",
        None,
        "Құлжа",  # the city or the county around it
        "Aksu",
        "Building 10",
        "Künes, cell 75",
        "Үрімжі, ул. Ленина 71",
        "a village near Künes",
        "999999",
    ],
)
def test_other_words_have_none(words: str | None) -> None:
    assert places.resolve(words) is None


@pytest.mark.parametrize("wanted", ["en", "ru", "kk"])
def test_a_suggestion_that_is_picked_has_exactly_its_code(wanted: str) -> None:
    with language(wanted):
        wrong = [p for p in places.everywhere() if places.resolve(places.label(p)) != p.code]

    assert wrong == []


@pytest.mark.parametrize(
    ("words", "wanted", "printed"),
    [
        ("Күнес", "en", "Künes"),
        ("Күнес ауданы", "en", "Künes"),
        ("新源县", "ru", "Күнес"),  # Russian readers know the Kazakh name
        ("Күнес ауданы", "ru", "Күнес ауданы"),
        ("Xinyuan", "en", "Xinyuan"),
        ("Künes, Ili", "kk", "Күнес, Іле"),
        ("Құлжа", "en", "Ghulja"),  # whichever of the two it is
        ("Құлжа қаласы", "en", "Ghulja city"),
        ("伊宁县", "en", "Ghulja county"),
        ("阿克苏地区", "en", "Aksu prefecture"),
        ("南泉区", "en", "Nanquan"),  # whose code is today that of another district
        ("Алматы облысы", "ru", "Алматинская область"),
        ("Үрімжі, ул. Ленина 71", "en", "Үрімжі, ул. Ленина 71"),
        ("a village by the river", "kk", "a village by the river"),
    ],
)
def test_a_place_is_printed_for_readers_of_a_language(words: str, wanted: str, printed: str) -> None:
    assert places.in_language(words, wanted) == printed


def test_places_of_one_name_are_told_apart_by_their_kind() -> None:
    with language("en"):
        labels = [places.label(place) for place in places.with_name("Ghulja") if place.current]
        assert labels == ["Ghulja city", "Ghulja county"]
        assert places.label(places.with_code("654125")[0]) == "Künes 654125"  # that of today is Künes


def test_an_abolished_code_says_its_year() -> None:
    (old,) = places.with_code("654125")

    with language("en"):
        assert places.details(old) == "Ili · Xinjiang · code abolished in 2000"
