"""The vocabularies: every list that a record uses is there, in three languages, with codes that exist."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from casetracker import i18n
from casetracker.model import ENTITIES, terms
from casetracker.model import fields as f
from casetracker.model.detention.custody import CustodyStatus
from casetracker.model.entity import values_of
from casetracker.model.people.person import Sex
from casetracker.model.terms import LANGUAGES, Term

KINDS = [field.kind for entity in ENTITIES for field in values_of(entity).values()]
ENUMS = {kind.options.__name__: kind.options for kind in KINDS if isinstance(kind, f.Choice)}
ENUMS["CustodyStatus"] = CustodyStatus
LISTS = sorted({kind.vocabulary for kind in KINDS if isinstance(kind, f.Term)})
CODES = Path(__file__).with_name(
    "huridocs_codes.csv"
)  # of the Micro-thesauri, as far as they bear on the field
CYRILLIC = re.compile("[а-яёәғқңөұүіһ]", re.IGNORECASE)
ONLY_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)


@pytest.fixture(autouse=True)
def nobody_changed_anything() -> Iterator[None]:
    terms.set_own()
    yield
    terms.set_own()


def huridocs() -> dict[str, set[str]]:
    """Return the codes of each list of the Micro-thesauri, headings too."""
    found: dict[str, set[str]] = {}
    with CODES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parts = row["code"].split()
            found.setdefault(row["list"].lstrip("0"), set()).update(
                " ".join(parts[:n]) for n in range(1, len(parts) + 1)
            )
    return found


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_every_choice_has_its_labels(name: str) -> None:
    options: type[Enum] = ENUMS[name]
    shipped = terms.shipped()[name]
    assert [term.code for term in shipped.terms] == [option.name for option in options]
    assert not shipped.open  # rules of the program depend on its members
    assert {o.name: o.value for o in options} == {t.code: t.labels["en"] for t in shipped.terms}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_that_a_record_uses_is_there(name: str) -> None:
    assert len(terms.shipped()[name].terms) > 1


@pytest.mark.parametrize("name", sorted(terms.shipped()))
def test_every_term_speaks_three_languages(name: str) -> None:
    shipped = terms.shipped()[name]
    assert shipped.source
    for each in (shipped, *shipped.terms):
        assert each.labels.keys() == set(LANGUAGES), each
        assert all(text == text.strip() and text for text in each.labels.values()), each
    for language in LANGUAGES:  # nobody could tell two of the same label apart
        labels = [term.labels[language].casefold() for term in shipped.terms]
        assert len(labels) == len(set(labels)), language
    russian = " ".join(term.labels["ru"] for term in shipped.terms)
    kazakh = " ".join(term.labels["kk"] for term in shipped.terms)
    assert CYRILLIC.search(russian)
    assert CYRILLIC.search(kazakh)
    assert not re.search("[әғқңөұүһі]", russian, re.IGNORECASE)
    assert ONLY_KAZAKH.search(kazakh)


@pytest.mark.parametrize("name", sorted(terms.shipped()))
def test_codes_are_plain_and_stand_once(name: str) -> None:
    codes = [term.code for term in terms.shipped()[name].terms]
    assert len(codes) == len(set(codes))
    pattern = r"[A-Z][A-Z0-9_]*" if name[0].isupper() else r"[a-z][a-z0-9_]*"
    assert all(re.fullmatch(pattern, code) and len(code) <= 60 for code in codes)


@pytest.mark.parametrize("name", sorted(terms.shipped()))
def test_huridocs_codes_exist(name: str) -> None:
    shipped = terms.shipped()[name]
    given = {term.huridocs for term in shipped.terms if term.huridocs}
    if given:
        lists = [number.lstrip("0") for number in re.findall(r"list (\d+)", shipped.source)]
        assert lists, "the source must say of which list the codes are"
        assert given <= set().union(*(huridocs()[number] for number in lists))


def test_a_label_of_the_office_stands_before_that_of_the_program() -> None:
    terms.set_own([("Sex", Term("MALE", {"en": "Man", "kk": "Еркек"}))])
    assert terms.label_of(Sex.MALE, "en") == "Man"
    assert terms.label_of(Sex.MALE, "kk") == "Еркек"
    assert terms.label_of(Sex.MALE, "ru") == "Мужской"
    assert terms.find("Sex", "MALE").huridocs == "01"  # type: ignore[union-attr]
    terms.set_own()
    assert terms.label_of(Sex.MALE, "en") == "Male"


def test_labels_follow_the_language() -> None:
    before = i18n.current()
    try:
        i18n.use("kk")
        assert terms.label_of(Sex.FEMALE) == "Әйел"
        i18n.use(i18n.PSEUDO)
        assert terms.label_of(Sex.FEMALE) == "[Female]"
    finally:
        i18n.use(before)
