"""Words that stand nowhere else: names in four scripts, texts, numbers and days, each made from a number.

Each is searched for in finished papers, so none is a part of another, nor of anything that papers say anyway.
"""

from __future__ import annotations

import datetime as dt
import re

from casetracker.model.names.writing import Script

# A given name begins with a letter that stands nowhere else in it, a father's name with another one.
_SYLLABLES = {
    Script.CYRL: re.findall("..", "бабедудозызеламемұнепырасеташиго"),
    Script.LATN: re.findall("..", "babedudozyzelamemunepyrasetawigo"),
    Script.ARAB: re.findall("..", "بادوزىلامەنوپاراسىتوشاگوبەدازولى"),
    Script.HANS: list("柏楚枫淦函骥琨岚铭霓鹏茜韬旭筠喆"),
}
_BEGINS = {Script.CYRL: "Қ", Script.LATN: "Q", Script.ARAB: "ق", Script.HANS: "库"}
_FATHER = {Script.CYRL: "Ж", Script.LATN: "Zh", Script.ARAB: "ج", Script.HANS: "加"}
_ENDS = {Script.CYRL: "ұлы", Script.LATN: "uly", Script.ARAB: "ۇلى", Script.HANS: ""}
MOST = 16**3


def syllables(number: int, script: Script) -> str:
    """Return three syllables that tell the number."""
    parts = _SYLLABLES[script]
    return parts[number // 256 % 16] + parts[number // 16 % 16] + parts[number % 16]


def name_words(number: int, script: Script) -> tuple[str, ...]:
    """Return the words of a name: two, or one in Chinese."""
    given = _BEGINS[script] + syllables(number, script)
    father = _FATHER[script] + syllables((number * 37 + 11) % MOST, script)
    if script is Script.HANS:
        return (given,)
    return (given, father + _ENDS[script])


def text(number: int) -> str:
    """Return a word for a text of which it must be known where it stands."""
    return "vex" + syllables(number, Script.LATN) + "qa"


def phone(number: int) -> str:
    """Return a telephone number as people write it."""
    digits = f"{(number * 7_919_113 + 1_234_567) % 10**9:09}"
    return f"+7 7{digits[0:2]} {digits[2:5]} {digits[5:7]} {digits[7:9]}"


def passport(number: int) -> str:
    """Return the number of a passport."""
    return f"E{(number * 7_654_321 + 23_456_789) % 10**8:08}"


def born(number: int, *, child: bool) -> dt.date:
    """Return a day of birth, with two digits in it so that none is the end of another."""
    year = 2006 + number % 10 if child else 1935 + number % 64
    return dt.date(year, 1 + number // 3 % 12, 10 + number % 18)


def reference(number: int) -> str:
    """Return the four letters of a reference."""
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(letters[(number * 7919 + 4711) // 30**place % 30] for place in range(4))
