"""Names in Arabic letters: which language, Kazakh ("töte jazu") ↔ Cyrillic, Uyghur → Latin.

Source: domain standards, §5.5 (the table of letters there is from general knowledge). A word is front when
it has the upper hamza or one of ە ك گ; a few common endings keep their own harmony. Known failure: other
compounds of two harmonies, ٴومىرزاق gives Өмірзәқ instead of Өмірзақ; so what comes out is offered, never
saved by itself.
"""

from __future__ import annotations

import re

from casetracker.model.names.writing import Language

_HAMZA = "ٴ"  # U+0674; older keyboards type U+0621 instead
_SILENT = re.compile("[\u0640\u200c-\u200f\u0621\u0674]")  # the stroke that stretches, joiners, the hamza
_LETTERS = {
    "ا": "а", "ب": "б", "ۆ": "в", "گ": "г", "ع": "ғ", "د": "д", "ە": "е", "ج": "ж", "ز": "з", "ي": "й",
    "ك": "к", "ق": "қ", "ل": "л", "م": "м", "ن": "н", "ڭ": "ң", "و": "о", "پ": "п", "ر": "р", "س": "с",
    "ت": "т", "ۋ": "у", "ۇ": "ұ", "ف": "ф", "ح": "х", "ھ": "һ", "چ": "ч", "ش": "ш", "ى": "ы",
}  # fmt: skip
_AS_TYPED = str.maketrans("هکی", "ەكى")  # letters of Arabic and Persian keyboards
_FRONT = str.maketrans("оұы", "өүі")
_BACKWARD = {cyrillic: arabic for arabic, cyrillic in _LETTERS.items()} | {
    "ә": "ا", "ө": "و", "ү": "ۇ", "і": "ى", "и": "ي", "э": "ە", "ё": "يو", "ю": "يۋ", "я": "يا", "ц": "س",
    "щ": "ش", "ъ": "", "ь": "",
}  # fmt: skip
_UYGHUR = {
    "ا": "a", "ە": "e", "ب": "b", "پ": "p", "ت": "t", "ج": "j", "چ": "ch", "خ": "x", "د": "d", "ر": "r",
    "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "گ": "g", "ڭ": "ng",
    "ل": "l", "م": "m", "ن": "n", "ھ": "h", "و": "o", "ۇ": "u", "ۆ": "ö", "ۈ": "ü", "ۋ": "w", "ې": "ë",
    "ى": "i", "ي": "y", "ئ": "",
}  # fmt: skip
_ONLY_UYGHUR = frozenset("ئۈېغخ")
_ONLY_KAZAKH = frozenset("عحٴء")
# Words that stand at the end of names and keep their own harmony, whatever stands before them.
_ENDINGS = ("ۇلى", "قىزى", "بولات", "جان", "باي", "حان", "نۇر", "بەك", "گۇل")
_LETTER = re.compile(r"[\u0600-\u06ff\u200c-\u200f]+")


def uyghur_or_kazakh(text: str) -> Language | None:
    """Tell Uyghur from Kazakh by the letters that only one has; nothing when a name has neither or both."""
    uyghur, kazakh = _ONLY_UYGHUR & set(text), _ONLY_KAZAKH & set(text)
    if bool(uyghur) == bool(kazakh):
        return None
    return Language.UG if uyghur else Language.KK


def kazakh_to_cyrillic(text: str) -> str:
    """Return Kazakh in Arabic letters in Cyrillic ones, all small: نۇرلان ەركىنبەك → нұрлан еркінбек."""
    return _LETTER.sub(lambda word: _word_to_cyrillic(word[0]), text)


def _word_to_cyrillic(word: str) -> str:
    hamza = bool({_HAMZA, "ء"} & set(word))
    bare = _SILENT.sub("", word).translate(_AS_TYPED)
    end = next((e for e in _ENDINGS if bare.endswith(e) and len(bare) > len(e) + 1), "")
    return _harmonised(bare.removesuffix(end), hamza=hamza) + _harmonised(end, hamza=False)


def _harmonised(word: str, *, hamza: bool) -> str:
    written = "".join(_LETTERS.get(letter, letter) for letter in word)
    written = re.sub("(?<![аеоұы])й(?=[^аоұы]|$)", "и", written)
    written = re.sub("(?<=[^аеоұы])й(?=а)", "ий", written).replace("йа", "я").replace("йу", "ю")
    if hamza or set("екг") & set(written):
        written = written.translate(_FRONT)
    return written.replace("а", "ә") if hamza else written


def cyrillic_to_kazakh(text: str) -> str:
    """Return Kazakh Cyrillic in Arabic letters: Үміт → ٴۇمىت."""
    return re.sub(r"[^\W\d_]+", lambda word: _word_to_arabic(word[0].lower()), text)


def _word_to_arabic(word: str) -> str:
    needs_hamza = bool(set("әөүі") & set(word)) and not set("екгэ") & set(word)
    return (_HAMZA if needs_hamza else "") + "".join(
        _BACKWARD.get(letter, letter) for letter in word.replace("ия", "я").replace("ию", "ю")
    )


def uyghur_to_latin(text: str) -> str:
    """Return Uyghur in Arabic letters in Latin ones (Uyghur Latin of 2000), all small: ئابلىز → abliz."""
    kept = re.sub("[\u0640\u200c-\u200f]", "", text)
    return "".join(_UYGHUR.get(letter, letter) for letter in kept)
