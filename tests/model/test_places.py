"""Places that come with the program."""

from __future__ import annotations

import pytest

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
