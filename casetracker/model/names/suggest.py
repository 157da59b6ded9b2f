"""What a spelling could be in the other scripts; every one of these is a suggestion, none is a fact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from casetracker.i18n import N_, tr
from casetracker.model.names import arabic, chinese, kazakh
from casetracker.model.names.writing import Language, Script, capitalised, script_of


class Scheme(Enum):
    """By which rules a suggestion was made; the values are labels."""

    PASSPORT = N_("Kazakh passport letters")
    LATIN_2021 = N_("Kazakh Latin of 2021")
    RUSSIAN = N_("Usual Russian rendering")
    CYRILLIC = N_("Kazakh Cyrillic, letter by letter")
    GUESS = N_("Kazakh Cyrillic, guessed")
    TOTE = N_("Kazakh in Arabic letters")
    UYGHUR_LATIN = N_("Uyghur Latin")
    PINYIN = N_("Pinyin")


@dataclass(frozen=True)
class Suggestion:
    """A spelling that the program made up by rule; whoever knows the person says whether it is right."""

    full: str
    script: Script
    language: Language
    scheme: Scheme

    def remark(self) -> str:
        """What stands beside it in a list, so that nobody takes it for a name out of a paper."""
        return tr(N_("Suggested: {scheme}"), scheme=tr(self.scheme.value))


def suggestions(
    full: str, script: Script | None = None, language: Language | None = None
) -> list[Suggestion]:
    """Return spellings of a name in the other scripts, the surest first, none twice, never the name itself.

    Without `script` or `language` both are told from the letters. A name in Arabic letters that could be
    Uyghur or Kazakh is taken for Kazakh. For Russian, English and other names there is nothing to suggest
    but pinyin.
    """
    name = " ".join(full.split())
    script = script or script_of(name)
    found = {
        Script.CYRL: _from_cyrillic,
        Script.ARAB: _from_arabic,
        Script.HANS: _from_chinese,
        Script.LATN: _from_latin,
    }[script](name, language)
    unlike: dict[str, Suggestion] = {}
    for each in found:
        if each.full and each.full.casefold() != name.casefold():
            unlike.setdefault(each.full, each)
    return list(unlike.values())


def _from_cyrillic(name: str, language: Language | None) -> list[Suggestion]:
    passport = Suggestion(kazakh.to_passport(name), Script.LATN, Language.EN, Scheme.PASSPORT)
    if language not in {None, Language.KK}:
        return [passport]
    return [
        passport,
        Suggestion(kazakh.to_latin(name), Script.LATN, Language.KK, Scheme.LATIN_2021),
        Suggestion(kazakh.to_russian(name), Script.CYRL, Language.RU, Scheme.RUSSIAN),
        Suggestion(arabic.cyrillic_to_kazakh(name), Script.ARAB, Language.KK, Scheme.TOTE),
    ]


def _from_arabic(name: str, language: Language | None) -> list[Suggestion]:
    language = language or arabic.uyghur_or_kazakh(name)
    if language is Language.UG:
        latin = capitalised(arabic.uyghur_to_latin(name))
        return [Suggestion(latin, Script.LATN, Language.UG, Scheme.UYGHUR_LATIN)]
    if language not in {None, Language.KK}:
        return []
    cyrillic = capitalised(arabic.kazakh_to_cyrillic(name))
    first = Suggestion(cyrillic, Script.CYRL, Language.KK, Scheme.CYRILLIC)
    return [
        first,
        *(each for each in _from_cyrillic(cyrillic, Language.KK) if each.script is not Script.ARAB),
    ]


def _from_chinese(name: str, _language: Language | None) -> list[Suggestion]:
    return [Suggestion(chinese.to_pinyin(name), Script.LATN, Language.ZH, Scheme.PINYIN)]


def _from_latin(name: str, language: Language | None) -> list[Suggestion]:
    if language not in {None, Language.KK, Language.EN}:
        return []
    if kazakh.is_latin_2021(name):
        cyrillic, scheme = kazakh.from_latin(name), Scheme.CYRILLIC
    else:
        cyrillic, scheme = kazakh.from_passport(name), Scheme.GUESS
    first = Suggestion(cyrillic, Script.CYRL, Language.KK, scheme)
    return [
        first,
        *(each for each in _from_cyrillic(cyrillic, Language.KK) if each.scheme is not Scheme.PASSPORT),
    ]
