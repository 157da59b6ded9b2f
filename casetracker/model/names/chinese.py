"""Names in Chinese papers, read aloud in pinyin: Chinese syllables, not the name as the family says it."""

from __future__ import annotations

import re
from functools import cache

from casetracker.model.names.writing import capitalised, parts

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
# 叶 is always "ye" in names of Xinjiang, 别 "bie"; pypinyin knows both, and is told the few that it does not.
_IN_NAMES = {
    "尔": "er",
    "克": "ke",
    "孜": "zi",
    "铁": "tie",
    "什": "shi",
    "阿": "a",
    "单": "dan",
    "仇": "chou",
}


@cache
def syllables(characters: str) -> tuple[str, ...]:
    """Return the syllables of Chinese characters without tones: 努尔兰 → nu, er, lan; ü is written u."""
    from pypinyin import Style, lazy_pinyin  # a fifth of a second, only when somebody meets a Chinese name

    read: list[str] = []
    for letter in characters:
        known = _IN_NAMES.get(letter)
        read += [known] if known else lazy_pinyin(letter, style=Style.NORMAL, v_to_u=False)
    return tuple(syllable.replace("v", "u") for syllable in read)


def to_pinyin(text: str) -> str:
    """Return Chinese in pinyin, one word per part of the name: 努尔兰·叶尔肯别克 → Nuerlan Yeerkenbieke."""
    words = (_HAN.sub(lambda run: "".join(syllables(run[0])), part) for part in parts(text))
    return capitalised(" ".join(words))
