"""In which script and language a spelling is, and where its parts begin."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from casetracker.i18n import N_

# What stands between the parts of a name in Chinese papers: middle dots of five keyboards, full stops.
DOTS = "·•・‧∙⋅᛫･.。．"
_PARTS = re.compile(rf"[\s{re.escape(DOTS)}]+")
_WORD = re.compile(r"[^\W\d_]+")


class Script(Enum):
    """The writing of a name."""

    CYRL = N_("Cyrillic")
    LATN = N_("Latin")
    HANS = N_("Chinese")
    ARAB = N_("Arabic script")


class Language(Enum):
    """The language that a name or a text is in."""

    KK = N_("Kazakh")
    RU = N_("Russian")
    EN = N_("English")
    ZH = N_("Chinese")
    UG = N_("Uyghur")
    KY = N_("Kyrgyz")
    OTHER = N_("Other")


def script_of(text: str) -> Script:
    """Tell the script of a spelling by its first letter that has one."""
    for letter in text:
        name = unicodedata.name(letter, "")
        for start, script in (
            ("CYRILLIC", Script.CYRL),
            ("LATIN", Script.LATN),
            ("CJK", Script.HANS),
            ("ARABIC", Script.ARAB),
        ):
            if name.startswith(start):
                return script
    return Script.LATN


def parts(full: str) -> list[str]:
    """Return the parts of a name as they stand, split at spaces and at the dots of Chinese papers."""
    return [part for part in _PARTS.split(full) if part]


def capitalised(text: str) -> str:
    """Write each word of a name with a capital first letter and small ones after it."""
    return _WORD.sub(lambda word: word[0][0].upper() + word[0][1:].lower(), text)
