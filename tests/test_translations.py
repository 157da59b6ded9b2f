"""Russian and Kazakh: every text can be shown in them, and the catalogues say who has read them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from casetracker import i18n
from casetracker.i18n import ntr, tr
from casetracker.paths import resource

LANGUAGES = ("ru", "kk")
every_language = pytest.mark.parametrize("language", LANGUAGES)
_FIELD = re.compile(r"\{[^{}]*\}")


def catalogue(language: str) -> Catalog:
    path = resource("translations") / language / "LC_MESSAGES" / "casetracker.po"
    with Path(path).open("rb") as file:
        return read_po(file, locale=language)


def texts() -> set[object]:
    with (resource("translations") / "casetracker.pot").open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


@every_language
def test_no_text_is_missing(language: str) -> None:
    held = {m.id for m in catalogue(language) if m.id and m.string and all(_strings(m.string))}

    assert texts() - held == set()


def _strings(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, tuple | list) else (str(string),)


@every_language
def test_every_text_takes_the_same_values(language: str) -> None:
    for message in catalogue(language):
        if not message.id or not all(_strings(message.string)):
            continue  # what is missing has a test of its own
        wanted = set(_FIELD.findall(_strings(message.id)[-1]))
        for string in _strings(message.string):
            assert set(_FIELD.findall(string)) <= wanted, message.id
            string.format(**{name.strip("{}"): "x" for name in wanted})
        if isinstance(message.id, str):
            assert set(_FIELD.findall(str(message.string))) == wanted, message.id


@every_language
def test_the_header_says_that_no_native_speaker_has_read_it(language: str) -> None:
    assert "No native speaker has read" in catalogue(language).header_comment


@every_language
def test_plurals_and_dates_follow_the_language(language: str) -> None:
    with i18n.language(language):
        one, few, many = (ntr("{n} case", "{n} cases", n) for n in (1, 3, 5))
        assert tr("Cases") != "Cases"
    assert one.startswith("1 ")
    if language == "ru":
        assert len({one[2:], few[2:], many[2:]}) == 3


def test_a_catalogue_that_nobody_compiled_is_read_all_the_same() -> None:
    path = resource("translations") / "ru" / "LC_MESSAGES" / "casetracker.po"

    made = i18n._compiled(Path(path), "ru")

    assert made.gettext("Cases") != "Cases"
    assert i18n.languages() == ["en", "kk", "ru"]


def test_a_sentence_that_ends_with_an_abbreviation_has_one_point() -> None:
    last = "The term can be put off; the last day is {date}."
    assert tr(last, date="29 сентября 2021 г.").endswith("2021 г.")
    assert not tr(last, date="29 сентября 2021 г.").endswith("..")
    assert tr(last, date="29 September 2021").endswith("2021.")
    assert tr("{names}…", names="Асқар т.б.") == "Асқар т.б.…"
