"""The parts of a name, told from the name in full: an offer to look at, never more.

Kazakhs of Kazakhstan write the family name first in papers (Ахметов Нұрлан Болатұлы); Kazakhs and Uyghurs of
Xinjiang have a given name and the father's (Нұрлан Болат, 努尔兰·波拉提). Endings tell what a word is;
where no ending tells, two words are a given name and the father's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

_CHILD_OF = r"(?:ұлы|улы|ули|қызы|кызы|uly|ulı|ūly|oğlı|oghli|ughli|qyzy|qızı|kyzy|qizi|ۇلى|قىزى|ئوغلى)"
_OWN_WORD = re.compile(rf"^{_CHILD_OF}$", re.IGNORECASE)
_KAZAKH = re.compile(rf"^(?P<father>.+?)[\s-]*{_CHILD_OF}$", re.IGNORECASE)
_RUSSIAN = re.compile(r"(?:ович|евич|ич|овна|евна|ична|ovich|evich|ovna|evna)$", re.IGNORECASE)
# Short words in -ин and -ына are given names more often: Арын, Мадина, but Сейфуллин, Сейфуллина.
_SURNAME = re.compile(
    r"(?:\w(?:ов|ев|ёв|ова|ева|ёва|ский|ская|ov|ev|ova|eva)|\w{5}[иы]н|\w{5}[иы]на)$", re.IGNORECASE
)
_DOTS = re.compile(r"[·•・‧]")


@dataclass(frozen=True)
class Parts:
    """What each part of a name seems to be; empty where nothing tells."""

    given: str = ""
    father: str = ""
    grandfather: str = ""
    surname: str = ""
    patronymic: str = ""

    def named(self) -> dict[str, str]:
        """Return the parts that were told, by the name of the field."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}


def parts_of(full: str) -> Parts:
    """Take a name apart."""
    if _DOTS.search(full):
        words = [word.strip() for word in _DOTS.split(full) if word.strip()]
        return _by_order(words)
    words = _joined(full.split())
    told = [(_is_patronymic(word), bool(_SURNAME.search(word)) and len(words) > 1) for word in words]
    patronymic = next((w for w, (is_one, _) in zip(words, told, strict=True) if is_one), "")
    rest = [w for w in words if w != patronymic]
    surname = next((w for w in rest if _SURNAME.search(w)), "") if len(rest) > 1 else ""
    if not surname and patronymic and len(rest) > 1:
        surname = rest[0]  # in papers the family name stands first
    left = [w for w in rest if w != surname]
    if patronymic:
        return Parts(" ".join(left), _father(patronymic), "", surname, patronymic)
    if surname:
        return Parts(" ".join(left), surname=surname)
    return _by_order(left)


def _by_order(words: list[str]) -> Parts:
    given, father, grandfather = [*words, "", "", ""][:3]
    return Parts(given, father, grandfather)


def _joined(words: list[str]) -> list[str]:
    """Put "Болат ұлы" together as one word, which it is."""
    found: list[str] = []
    for word in words:
        if found and _OWN_WORD.match(word):
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def _is_patronymic(word: str) -> bool:
    return bool(_KAZAKH.match(word) or _RUSSIAN.search(word))


def _father(patronymic: str) -> str:
    """Return the father's name inside a Kazakh patronymic; a Russian one has changed it too much."""
    found = _KAZAKH.match(patronymic)
    return found["father"].strip() if found else ""
