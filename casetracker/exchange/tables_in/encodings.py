"""In which encoding a text is: UTF-8 and UTF-16, else what its letters make likely."""

from __future__ import annotations

import codecs
import unicodedata

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The Kazakh one holds all letters of Windows-1251 and nine more in the places of signs that nobody types.
_OTHERS = ("gb18030", "kz1048", "cp1251", "cp1252")
_LOWER, _UPPER = "Ll", "Lu"
CHOICES = ("utf-8", "utf-16", "cp1251", "kz1048", "gb18030", "cp1252", "koi8-r", "big5")


def guess(data: bytes) -> str:
    """Return the encoding of the beginning of a text, by a name that Python knows."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if wide := _without_mark(data):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        best = max(_OTHERS, key=lambda code: _likely(data, code))
        same = best == "kz1048" and data.decode("kz1048", "replace") == data.decode("cp1251", "replace")
        return "cp1251" if same else best  # the name that people know
    return "utf-8"


def _without_mark(data: bytes) -> str:
    """Recognise UTF-16 without its mark by the zeros: signs, digits and ends of lines are below 256."""
    even, odd = data[0:4000:2], data[1:4000:2]
    if len(data) < 4:
        return ""
    if odd.count(0) > len(odd) // 8 and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > len(even) // 8 and not odd.count(0) else ""


def _likely(data: bytes, code: str) -> float:
    """Return how much a text looks like words when it is read so: 1 at best."""
    try:
        text = codecs.getincrementaldecoder(code)().decode(data)
    except (UnicodeDecodeError, LookupError):
        return -1.0
    wide = [c for c in text if ord(c) > 127]
    if not wide:
        return 0.5
    good = sum(_fits(before, c) for before, c in zip(" " + text, text, strict=False) if ord(c) > 127)
    return good / len(wide) + (0.1 if code == "gb18030" and _common(text) > len(wide) / 3 else 0.0)


def _fits(before: str, c: str) -> float:
    """Whether a letter can stand after the one before it: no capital within a word, no stray signs."""
    kind, prior = unicodedata.category(c), unicodedata.category(before)
    if 0x4E00 <= ord(c) <= 0x9FFF:
        return 0.9 if c.encode("gb2312", "ignore") else 0.1  # the 6,763 signs of everyday text
    if 0x0400 <= ord(c) <= 0x04FF:
        mixed = (kind == _UPPER and prior == _LOWER) or (before.isascii() and before.isalpha())
        return 0.0 if mixed else 1.0
    if c in "–—«»“”„’№…":
        return 1.0
    if c in "，。、；：（）《》·　":
        return 0.9
    return 0.4 if kind in {_LOWER, _UPPER} else 0.0


_EVERYDAY = frozenset(
    "的年月日人男女新疆县市区省族哈萨克维吾尔中国拘留判刑不于在被因有一二三十姓名性别出生地"
)


def _common(text: str) -> int:
    return sum(c in _EVERYDAY for c in text)
