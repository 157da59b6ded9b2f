"""The cross-script key: what is left of a name when scripts, vowels and habits of spelling are taken away.

Source: domain standards, §9.3, with its vectors. It finds much and tells little apart; it only proposes.
One thing differs from the table there: w is dropped with the vowels (Kazakh у, Uyghur ۋ, Chinese wu), v
goes with b and p.
"""

from __future__ import annotations

import re
from functools import lru_cache

from casetracker.model.names import arabic, chinese, kazakh
from casetracker.model.names.writing import Language, Script, parts, script_of

# Ends of father's names, and the words that stand for them.
_SON_OR_DAUGHTER = re.compile(
    r"(?:uly|ulı|oglu|oghli|ogli|kyzy|qyzy|kizi|qizi|kyzi|ovich|evich|ovna|evna|yeva|yev|ova|eva|ov|ev)$"
)
_PINYIN = (("zh", "j"), ("q", "ch"), ("x", "sh"), ("ng", "n"))
# Digraphs first, then letters, then classes of sounds that are heard or written for one another.
_DIGRAPHS = {
    "shch": "s", "dzh": "s", "kh": "h", "gh": "h", "zh": "s", "ch": "s", "sh": "s", "ng": "n", "ts": "s",
}  # fmt: skip
_DIGRAPH = re.compile("|".join(_DIGRAPHS).replace("ts", "ts(?!h)"))  # Бақытшан: t and sh
_CLASSES = str.maketrans("qxvbfgdrzjch", "kspppktlsssk")
_VOWELS = re.compile(r"[aeiouyw]")
_DOUBLED = re.compile(r"(.)\1+")
_LATIN = str.maketrans({"ş": "sh", "ç": "ch", "ı": "i", "ñ": "n", "ŋ": "n", "ž": "zh", "š": "sh", "č": "ch"})


@lru_cache(50_000)
def romanised(full: str, script: Script | None = None, language: Language | None = None) -> tuple[str, ...]:
    """Return the parts of a name in small plain Latin letters, without the ends of father's names."""
    script = script or script_of(full)
    if script is Script.ARAB:
        uyghur = (language or arabic.uyghur_or_kazakh(full)) is Language.UG
        full = arabic.uyghur_to_latin(full).replace("x", "h") if uyghur else arabic.kazakh_to_cyrillic(full)
        script = Script.LATN if uyghur else Script.CYRL
    if script is Script.HANS:
        return tuple(_from_chinese(part) for part in parts(full))
    if script is Script.CYRL:
        full = kazakh.to_passport(full)
    return tuple(bare for part in parts(full) if (bare := _bare(_plain(part))))


def _plain(text: str) -> str:
    from anyascii import anyascii

    return re.sub(r"[^a-z]", "", anyascii(text.casefold().translate(_LATIN)).casefold())


def _bare(part: str) -> str:
    """Take away "-uly", "-kyzy", "-ova", but never the whole of a short name such as Eva."""
    shorter = _SON_OR_DAUGHTER.sub("", part)
    turkic = part.endswith(("y", "i", "u"))
    return shorter if len(shorter) > 2 or turkic else part


def _from_chinese(part: str) -> str:
    return "".join(_from_syllable(syllable) for syllable in chinese.syllables(part))


def _from_syllable(syllable: str) -> str:
    for pinyin, sound in _PINYIN:
        syllable = syllable.replace(pinyin, sound)
    return "".join(c for c in syllable.removeprefix("w") if c.isascii() and c.isalpha())


def consonants(part: str) -> str:
    """Return the classes of the consonants of a part in Latin letters, doubled ones too."""
    short = _DIGRAPH.sub(lambda found: _DIGRAPHS[found[0]], part)  # in one pass: "tzh" must not become "ts"
    return _VOWELS.sub("", short.translate(_CLASSES))


def without_doubles(sounds: str) -> str:
    """Return consonants with each that follows itself written once."""
    return _DOUBLED.sub(r"\1", sounds)


def part_key(part: str) -> str:
    """Return the key of one part of a name that is in Latin letters already."""
    return without_doubles(consonants(part)) or "-"  # Ай, Әуе: nothing but vowels


@lru_cache(50_000)
def key(full: str, script: Script | None = None, language: Language | None = None) -> str:
    """Return the key of a name, one word per part: Нұрлан Еркінбек and 努尔兰·叶尔肯别克 are "nln lknpk"."""
    return _key(romanised(full, script, language))


def _key(reading: tuple[str, ...]) -> str:
    return " ".join(part_key(part) for part in reading)


@lru_cache(50_000)
def readings(
    full: str, script: Script | None = None, language: Language | None = None
) -> frozenset[tuple[str, ...]]:
    """Return the ways to read a name: Arabic letters of either language, x for h, v for w."""
    script = script or script_of(full)
    found = {romanised(full, script, language)}
    if script is Script.ARAB and language is None and arabic.uyghur_or_kazakh(full) is None:
        found.add(romanised(full, script, Language.UG))
    if script is Script.LATN:
        found |= {romanised(re.sub(v, to, full), script) for v, to in (("[xX]", "h"), ("[vV]", "w"))}
    if script is Script.CYRL:
        found.add(romanised(re.sub("[вВ]", "у", full), script))
    return frozenset(each for each in found if each)


@lru_cache(50_000)
def keys(full: str, script: Script | None = None, language: Language | None = None) -> frozenset[str]:
    """Return the key and those of other readings."""
    return frozenset(_key(reading) for reading in readings(full, script, language))
