"""The forgiving reader of typed dates, for imports and quick entry; a form uses `compose` instead.

The day comes first ("15/10/2018"). Month names are read in all languages of the program. What this reader
does not understand stays what it was, words; what looks like a date and is impossible is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from babel.dates import get_month_names

from casetracker.i18n import N_, tr
from casetracker.model.dates import edtf as notation
from casetracker.model.dates.edtf import NotEdtfError, Reading
from casetracker.model.dates.known import KnownDate, compose
from casetracker.model.dates.parts import Part, Qualifier, Relation, Season

_LANGUAGES = ("en", "en_GB", "ru", "kk")
_SEASONS = {season.value: season for season in Season} | {"fall": Season.AUTUMN}
_FILLERS = {
    *("the", "of", "in", "on", "st", "nd", "rd", "th"),
    *("г", "год", "года", "году", "го", "ж", "жыл", "жылы"),
}

# One frame for each relation, tried in this order; the step moves the bound of "no later than".
_FRAMES: tuple[tuple[str, Relation, int], ...] = (
    (r"between (.+) and (.+)", Relation.BETWEEN, 0),
    (r"(.+?) ?(?:…|\.\.\.?) ?(.+)", Relation.BETWEEN, 0),
    (r"from (.+?),? end (?:is )?(?:not known|unknown)", Relation.SINCE_END_UNKNOWN, 0),
    (r"since (.+?),? \(?end (?:is )?(?:not known|unknown)\)?", Relation.SINCE_END_UNKNOWN, 0),
    (r"from (.+) (?:to|until|till) (.+)", Relation.FROM_TO, 0),
    (r"since (.+)", Relation.SINCE_ONGOING, 0),
    (r"(?:before|earlier than) (.+)", Relation.BEFORE, 0),
    (r"(?:after|later than) (.+)", Relation.AFTER, 0),
    (r"(?:by|no later than|not later than|not after) (.+)", Relation.BEFORE, 1),
    (r"(?:no earlier than|not earlier than|not before) (.+)", Relation.AFTER, -1),
    (r"(.+) [-–—] ?\?", Relation.SINCE_END_UNKNOWN, 0),
    (r"(.+) ?[–—]", Relation.SINCE_ONGOING, 0),
    (r"(.+?)(?: - | ?[–—] ?)(.+)", Relation.FROM_TO, 0),
    (r"(\d{4})-(\d{4})", Relation.FROM_TO, 0),
)
_SURE = (
    r"(?P<perhaps>perhaps |maybe |possibly |probably )?"
    r"(?P<about>(?:about|around|approximately|approx\.?|roughly|circa|ca\.|c\.|~|≈) ?)?"
)
_QUALIFIED = re.compile(_SURE + r"(?P<date>.+?) ?(?P<mark>[?~%]?)")
_WHOLE = re.compile(_SURE + r"(?P<date>between .+?)(?P<mark>\??)")
_SPAN_OF = re.compile(
    r"(?:the )?(?:(early|beginning of|start of)|(mid|middle of)|(late|end of))(?: |-)(?:the )?(.+)"
)
_NUMBERS = (
    re.compile(r"(?P<d>\d{1,2})([./-])(?P<m>\d{1,2})\2(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})([./-])(?P<m>\d{1,2})(?:\2(?P<d>\d{1,2}))?"),
    re.compile(r"(?P<m>\d{1,2})[./-](?P<y>\d{4})"),
)
_SHORT_YEAR = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2}")
_DECADE = re.compile(r"(?:in )?(?:the )?(\d{3}0)['’]?s")
_TWO_YEAR_WINTER = re.compile(r"(?:the )?(?:in )?(?:the )?winter (?:of )?(\d{4}) ?[-–/] ?(\d{2}|\d{4})")
_UNKNOWN = re.compile(r"(.+) \((?:day|month) (?:not known|unknown)\)")


def parse(text: str) -> KnownDate:
    """Read a date as people type it: "15.10.2018", "Oct 2018", "about 2017", "before autumn 2017", EDTF.

    "Since March 2018" is taken as still going on. "Early", "mid" and "late" give bounds and keep the words.
    Words that say no date are kept as words. Raises `ValueError` with a sentence for an impossible date.
    """
    said = " ".join(text.split())
    as_words = KnownDate.in_words(said)  # first of all, because it refuses a text of any length
    try:
        return KnownDate.from_edtf(said)
    except NotEdtfError:
        pass
    plain = said.casefold().rstrip(".")
    if found := _end(plain):
        return compose(Relation.ON, found[0], qualifier=found[1])
    return _span_of(plain, said) or _framed(plain) or as_words


def _framed(plain: str) -> KnownDate | None:
    """Read "before …", "between … and …" and the like."""
    whole = _WHOLE.fullmatch(plain)
    for pattern, relation, step in _FRAMES:
        match = re.fullmatch(pattern, whole["date"] if whole else plain)
        reading = _ends(relation, step, *match.groups()) if match else None
        if reading and whole:
            reading = replace(reading, sure=reading.sure.joined(_qualifier(whole)))
        if reading:
            return KnownDate.from_edtf(notation.write(reading))
    return None


def _ends(relation: Relation, step: int, start: str, end: str | None = None) -> Reading | None:
    """Read the dates inside a frame; the first may leave its month and year to the second."""
    second = _end(end) if end else None
    if end and not second:
        return None
    first = _end(start, second[0] if second else None)
    if not first:
        return None
    part = first[0].step(step) if step else first[0]
    if second:
        joined = first[1].joined(second[1])
        sure = (joined, joined) if relation is Relation.BETWEEN else (first[1], second[1])
        return Reading(relation, part, second[0], *sure)
    return Reading(relation, part, sure=first[1])


def _end(plain: str, like: Part | None = None) -> tuple[Part, Qualifier] | None:
    """Read one date with what is said about its being sure."""
    match = _QUALIFIED.fullmatch(plain)
    if not match:
        return None
    part = _part(match["date"], like)
    if part is None:
        return None
    return part, _qualifier(match)


def _qualifier(match: re.Match[str]) -> Qualifier:
    """Tell from what stands around a date how sure it is."""
    mark = match["mark"]
    approximate = bool(match["about"]) or mark in ("~", "%")
    uncertain = bool(match["perhaps"]) or mark in ("?", "%")
    return Qualifier.of(approximate=approximate, uncertain=uncertain)


def _part(plain: str, like: Part | None = None) -> Part | None:
    """Read one date; what it leaves out is as in `like`. Raises `ValueError` for one that cannot be."""
    try:
        return notation.read_part(plain.upper())[0]
    except NotEdtfError:
        pass
    if _SHORT_YEAR.fullmatch(plain):
        raise ValueError(tr(N_("Write the year with four digits.")))
    if match := _UNKNOWN.fullmatch(plain):
        part = _part(match[1])
        return part and Part(part.year, part.month, part.day, part.season, part.decade, unknown=True)
    if match := _DECADE.fullmatch(plain):
        return Part(int(match[1]), decade=True)
    if (match := _TWO_YEAR_WINTER.fullmatch(plain)) and int(match[2][-2:]) == (int(match[1]) + 1) % 100:
        return Part(int(match[1]), season=Season.WINTER)
    for pattern in _NUMBERS:
        if match := pattern.fullmatch(plain):
            groups = match.groupdict()
            return Part(int(match["y"]), int(match["m"]), int(groups["d"]) if groups.get("d") else None)
    return _from_words(plain, like)


def _from_words(plain: str, like: Part | None) -> Part | None:
    """Read "15 October 2018", "October 15th, 2018", "2018 ж. 15 қазан", "autumn 2017", in any order."""
    if re.search(r"[^\w .,'’-]", plain):
        return None
    seen: dict[str, int | Season] = {}
    for token in re.findall(r"[^\W\d_]+|\d+", plain):
        for kind, value in _meaning(token):
            if kind in seen:
                return None
            seen[kind] = value
    if like and seen and (like.month or like.season) and "year" not in seen:
        seen["year"] = like.year
        if set(seen) == {"day", "year"} and like.month:
            seen["month"] = like.month
    if "nothing" in seen or "year" not in seen or ("day" in seen and "month" not in seen):
        return None
    return Part(**seen)  # type: ignore[arg-type]  # each key comes with its own type


def _meaning(token: str) -> Iterator[tuple[str, int | Season]]:
    """Yield what a word or number of a date stands for; a filler stands for nothing at all."""
    if token.isdecimal():
        yield {4: "year", 1: "day", 2: "day"}.get(len(token), "nothing"), int(token)
    elif season := _season(token):
        yield "season", season
    elif month := _months().get(token):
        yield "month", month
    elif token not in _FILLERS:
        yield "nothing", 0


def _season(token: str) -> Season | None:
    """Find a season by its English name or by that in the language now in use."""
    return _SEASONS.get(token) or next((s for s in Season if tr(s.value).casefold() == token), None)


@cache
def _months() -> dict[str, int]:
    """Return the names of the months, long and short, in every case, in every language of the program."""
    return {
        name.casefold().rstrip("."): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }


def _span_of(plain: str, said: str) -> KnownDate | None:
    """Read "late 2017" (October to December), "mid October 2018" (the 11th to the 20th)."""
    match = _SPAN_OF.fullmatch(plain)
    whole = _part(match[4]) if match else None
    if not match or not whole or whole.season or whole.day or whole.decade:
        return None
    which = 0 if match[1] else 1 if match[2] else 2
    if whole.month is None:
        months = ((1, 3), (5, 8), (10, 12))[which]
        first, second = (Part(whole.year, month) for month in months)
    else:
        days = ((1, 10), (11, 20), (21, whole.last_day.day))[which]
        first, second = (Part(whole.year, whole.month, day) for day in days)
    return compose(Relation.BETWEEN, first, second, Qualifier.ABOUT, words=said)
