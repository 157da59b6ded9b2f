"""Kazakh in Cyrillic and in Latin letters, and as Russian papers usually write it.

Sources: domain standards, §5.5. The passport spelling follows the practice seen in papers, not the text of
the rules, which was not at hand; the alphabet of 2021 is that of the draft of April 2021. The way back from
passport letters to Kazakh ones is a guess, because k, g, n, o, u and a each stand for two letters or more.
"""

from __future__ import annotations

import re

from casetracker.model.names.writing import capitalised

_PASSPORT = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh",
    "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o",
    "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh",
    "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_LATIN_2021 = _PASSPORT | {
    "ә": "ä", "ғ": "ğ", "ё": "io", "ж": "j", "қ": "q", "ң": "ñ", "ө": "ö", "ұ": "ū", "ү": "ü", "х": "h",
    "ц": "ts", "ч": "tş", "ш": "ş", "щ": "ş", "і": "ı", "ю": "iu", "я": "ia",
}  # fmt: skip
_FROM_2021 = {
    "a": "а", "ä": "ә", "b": "б", "c": "с", "d": "д", "e": "е", "f": "ф", "g": "г", "ğ": "ғ", "h": "х",
    "i": "и", "ı": "і", "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "ñ": "ң", "o": "о", "ö": "ө",
    "p": "п", "q": "қ", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у", "ū": "ұ", "ü": "ү", "v": "в",
    "w": "у", "x": "х", "y": "ы", "z": "з",
}  # fmt: skip
_RUSSIAN = str.maketrans("әғқңөұүіһӘҒҚҢӨҰҮІҺ", "агкноууихАГКНОУУИХ")
_CYRILLIC_VOWELS = "аәеёиоөуұүыіэюя"
_LATIN_VOWELS = "aäeiıoöuūüy"
_ONLY_2021 = frozenset("äğñöūüşı")

# Letters of passports, longest first, as they would be in a word with back vowels and with front ones.
_GUESSED = (
    ("shch", "щ", "щ"), ("iya", "ия", "ия"), ("zh", "ж", "ж"), ("kh", "х", "х"), ("gh", "ғ", "г"),
    ("sh", "ш", "ш"), ("ch", "ч", "ч"), ("ng", "ң", "ң"), ("ye", "е", "е"), ("ya", "я", "я"),
    ("yu", "ю", "ю"), ("a", "а", "а"), ("b", "б", "б"), ("c", "к", "к"), ("d", "д", "д"), ("e", "е", "е"),
    ("f", "ф", "ф"), ("g", "ғ", "г"), ("h", "х", "х"), ("i", "и", "і"), ("j", "ж", "ж"), ("k", "қ", "к"),
    ("l", "л", "л"), ("m", "м", "м"), ("n", "н", "н"), ("o", "о", "ө"), ("p", "п", "п"), ("q", "қ", "қ"),
    ("r", "р", "р"), ("s", "с", "с"), ("t", "т", "т"), ("u", "ұ", "ү"), ("v", "в", "в"), ("w", "у", "у"),
    ("x", "х", "х"), ("y", "ы", "й"), ("z", "з", "з"),
)  # fmt: skip
# Names are made of words that each keep their own harmony: Бақыт + бек, Ай + гүл.
_WORDS_OF_NAMES = re.compile(
    r"^(?P<start>ai|ay|gul|kun)(?=[bdgklmnrstz])|(?P<end>bek|zhan|jan|gul|bai|bay|khan|kul|mbet|kyzy|qyzy|uly)$"
)
_KNOWN_WORDS = {
    "bek": "бек", "zhan": "жан", "jan": "жан", "gul": "гүл", "bai": "бай", "bay": "бай", "khan": "хан",
    "kul": "құл", "mbet": "мбет", "kyzy": "қызы", "qyzy": "қызы", "uly": "ұлы", "ai": "ай", "ay": "ай",
    "kun": "күн",
}  # fmt: skip


def to_passport(text: str) -> str:
    """Return Kazakh Cyrillic as passports write it: Қадырқызы → Kadyrkyzy, Еркінбек → Yerkinbek."""
    return capitalised("".join(_passport_letter(text.lower(), i) for i in range(len(text.lower()))))


def _passport_letter(text: str, at: int) -> str:
    letter, before = text[at], text[at - 1 : at] if at else ""
    if letter == "е" and (not before.isalpha() or before in _CYRILLIC_VOWELS + "ъь"):
        return "ye"
    if letter == "й" and not before.isalpha():
        return "y"
    return _PASSPORT.get(letter, letter)


def to_latin(text: str) -> str:
    """Return Kazakh Cyrillic in the Latin alphabet of 2021: Гүлнар Қадырқызы → Gülnar Qadyrqyzy."""
    return capitalised("".join(_LATIN_2021.get(letter, letter) for letter in text.lower()))


def to_russian(text: str) -> str:
    """Return Kazakh Cyrillic as Russian papers usually render it: Гүлнар Қадырқызы → Гулнар Кадыркызы."""
    shorter = re.sub("й[ыі]", "и", re.sub("Й[ыі]", "И", text))
    return shorter.translate(_RUSSIAN)


def is_latin_2021(text: str) -> bool:
    """Whether a Latin spelling has letters that only the alphabet of 2021 has (q alone does not tell)."""
    return any(letter in _ONLY_2021 for letter in text.lower())


def from_latin(text: str) -> str:
    """Return the Latin alphabet of 2021 in Kazakh Cyrillic; only х and һ cannot be told apart."""
    lower = _lower(text).replace("iu", "ю").replace("ia", "я").replace("tş", "ч")
    written = ""
    for at, letter in enumerate(lower):
        after_vowel = at > 0 and lower[at - 1] in _LATIN_VOWELS
        written += "й" if letter == "i" and after_vowel else _FROM_2021.get(letter, letter)
    return capitalised(written)


def from_passport(text: str) -> str:
    """Return the likeliest Kazakh Cyrillic of a passport spelling: Daulet Murat → Дәулет Мұрат.

    It is a guess by the harmony of vowels: Kamila and Qamila look alike in a passport.
    """
    return capitalised(re.sub(r"[a-z]+", lambda word: _guess_word(word[0]), _lower(text)))


def _lower(text: str) -> str:
    return text.replace("İ", "i").replace("I", "i" if not is_latin_2021(text) else "ı").lower()


def _guess_word(word: str) -> str:
    known = _WORDS_OF_NAMES.search(word)
    if known is None or known[0] == word:
        return _KNOWN_WORDS.get(word) or _guess_letters(word)
    spelt = _KNOWN_WORDS[known[0]]
    if known["start"]:
        return spelt + _guess_word(word[known.end() :])
    return _guess_word(word[: known.start()]) + spelt


def _guess_letters(word: str) -> str:
    front = bool(re.search(r"e|(?<![aeou])i(?!a)", word))
    written, at = "", 0
    while at < len(word):
        letters, back, forward = next((r for r in _GUESSED if word.startswith(r[0], at)), (word[at],) * 3)
        guessed = forward if front else back
        written += _beside_vowels(
            guessed, word[at - 1 : at] if at else "", word[at + len(letters) :], front=front
        )
        at += len(letters)
    return written


def _beside_vowels(letter: str, before: str, after: str, *, front: bool) -> str:
    """Mend a guessed vowel by its neighbours: u beside a vowel is у, i after one is й, a before e is ә."""
    if letter in "ұү" and ((before and before in "aeoui") or after[:1] in {*"aeoi"}):
        return "у"
    if letter in "иі" and before and before in "aeou":
        return "й"
    if letter == "а" and front and not set(before) & set("aeou") and not re.match(r"i|y", after):
        return "ә" if re.match(r"[^aeou]*u?[^aeou]*[ei]", after) else "а"
    return letter
