"""Dates as lists hold them: in four languages, in any order, impossible ones kept as words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from casetracker.model import dates
from casetracker.model.dates import KnownDate

Order = Literal["dmy", "mdy"]

_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
_CHINESE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*[日号])?")
_CHINESE_SEASON = re.compile(r"(\d{4})\s*年\s*([春夏秋冬])[天季]?")
_SEASON_SIGNS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_WITH_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})([./-])(\d{4})")
_KAZAKH_BEFORE = re.compile(r"(.+?)(?:\s*(?:жылға|ж\.))?\s+дейін")
# Words of Russian and Kazakh around a date, as the reader of dates knows them in English.
_WORDS: tuple[tuple[str, str], ...] = (
    (r"между\s+(.+?)\s+и\s+(.+)", r"between \1 and \2"),
    (r"(?:около|примерно|приблизительно|ок\.|шамамен)\s+(.+)", r"about \1"),
    (r"(?:возможно|вероятно|мүмкін)[, ]\s*(.+)", r"perhaps \1"),
    (r"(?:до|раньше)\s+(.+)", r"before \1"),
    (r"(?:после|позже)\s+(.+)", r"after \1"),
    (r"не позднее\s+(.+)", r"by \1"),
    (r"с\s+(.+?)\s+(?:по|до)\s+(.+)", r"from \1 to \2"),
    (r"(?:в )?начал[оае]\s+(.+)", r"early \1"),
    (r"(?:в )?середин[аеу]\s+(.+)", r"mid \1"),
    (r"(?:в )?кон(?:ец|це)\s+(.+)", r"late \1"),
    (r"(\d{3}0)-?[ехы]+\s*(?:гг\.?|годы|годах|годов)?", r"\1s"),
)
_SEASONS = {
    "spring": r"весн[аыойеу]+|көктем(?:де)?",
    "summer": r"лет[оамеу]+|жаз(?:да)?",
    "autumn": r"осен[ьию]+|осенью|күз(?:де)?",
    "winter": r"зим[аыойеу]+|қыс(?:та)?",
}


@lru_cache(20_000)  # the same days come again and again
def read(text: str, order: Order = "dmy") -> tuple[KnownDate, bool]:
    """Return the date and whether it was understood; what was not is kept as the words that stood there."""
    said = " ".join(text.split())
    try:
        known = dates.parse(_plain(said, order))
    except ValueError:  # 29 February 1954
        return KnownDate.in_words(said[:300]), False
    if known.edtf is None:
        return KnownDate.in_words(said[:300]), False
    return (replace(known, words=said[:300]) if known.words else known), True


def _plain(said: str, order: Order) -> str:
    """Write a date as the reader of typed dates expects it."""
    if _ISO.fullmatch(said):
        return said
    if match := _CHINESE.fullmatch(said):
        year, month, day = match.groups()
        return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    if match := _CHINESE_SEASON.fullmatch(said):
        return f"{_SEASON_SIGNS[match[2]]} {match[1]}"
    if match := _RUN_TOGETHER.fullmatch(said):
        return "-".join(match.groups())
    if match := _WITH_CLOCK.fullmatch(said):
        return match[1]
    if match := _NUMBERS.fullmatch(said):
        return _ordered(match, order)
    return _in_english(said)


def _ordered(match: re.Match[str], order: Order) -> str:
    """Put the day first; a number above twelve is a day wherever it stands."""
    first, mark, second, _, year = match.groups()
    if (order == "mdy" and int(second) <= 31 and int(first) <= 12) or (int(second) > 12 >= int(first)):
        first, second = second, first
    return f"{first}{mark}{second}{mark}{year}"


def _in_english(said: str) -> str:
    plain = said.casefold()
    if match := _KAZAKH_BEFORE.fullmatch(plain):
        plain = f"before {match[1]}"
    for name, pattern in _SEASONS.items():
        plain = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", name, plain)
    plain = re.sub(r"^((?:19|20)\d\d)\s*(spring|summer|autumn|winter)$", r"\2 \1", plain)
    for pattern, english in _WORDS:
        if match := re.fullmatch(pattern, plain):
            return match.expand(english)
    return plain if plain != said.casefold() else said
