"""Places with codes: Xinjiang by county, with abolished codes, and the regions of Kazakhstan.

They come with the program (`resources/places/`, each file with its source and date). A place as somebody
said it always stays as free text beside a code.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from casetracker import i18n
from casetracker.i18n import N_, tr
from casetracker.paths import resource

FILES = {"CN": "xinjiang.csv", "KZ": "kazakhstan.csv"}
_LANGUAGES = ("en", "ru", "kk", "ug", "zh", "pinyin")
# What stands after the name itself: county, city, prefecture, region, in five languages.
_CHINESE_KINDS = re.compile(
    r"(?:哈萨克|蒙古|回族|柯尔克孜|锡伯|塔吉克|维吾尔)?自治[县州区]$|地区$|(?<=..)[市县]$|(?<=..)(?:矿区|区)$"
)
_KINDS = re.compile(
    r"\b(?:county|city|district|prefecture|region|oblast|облысы|область|обл|ауданы|район|аймағы|округ|қаласы|город|г|қ"
    r"|уезд|xian|shi)\b\.?"
)
# The kind of place that somebody says, as `_kind` calls it.
_SAID = {
    "city": re.compile(r"\b(?:city|shi|қаласы|қ|город|г)\b|市$"),
    "county": re.compile(r"\b(?:county|xian|ауданы|район|уезд)\b|县$"),
    "district": re.compile(r"\b(?:district|ауданы|район)\b|(?<!地|治)区$"),
    "prefecture": re.compile(r"\b(?:prefecture|аймағы|округ)\b|州$|地区$"),
    "region": re.compile(r"\b(?:region|oblast|облысы|область|обл)\b|自治区$"),
}
_ENDS = {
    "自治区": "region",
    "地区": "prefecture",
    "州": "prefecture",
    "市": "city",
    "县": "county",
    "区": "district",
}
_KIND_WORDS = {
    "city": N_("{name} city"),
    "county": N_("{name} county"),
    "district": N_("{name} district"),
    "prefecture": N_("{name} prefecture"),
}
_CODE_LENGTH = 6  # those of Kazakhstan have two digits, which anybody writes for other reasons
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_PLAIN_CYRILLIC = str.maketrans("әғқңөұүіһё", "агкноууихе")


@dataclass(frozen=True)
class Place:
    """A place that has a code; `names` by language ("pinyin" counts as one), `former` are names of before."""

    code: str
    country: str
    level: str
    parent: str
    names: dict[str, str] = field(hash=False)
    valid_from: int | None = None
    valid_to: int | None = None  # the last year of an abolished code
    former: tuple[str, ...] = ()
    formerly: str = ""  # the place that this one was a part of before `valid_from`

    @property
    def current(self) -> bool:
        """Whether the code is still in use."""
        return self.valid_to is None

    def text(self, language: str | None = None) -> str:
        """Return the name in a language (that now in use, unless one is given), else in English."""
        wanted = language or i18n.current()
        return self.names.get(wanted) or self.names.get("en") or self.names.get("zh") or self.code

    def alternatives(self) -> list[str]:
        """Return all names, those of before too."""
        return [*self.names.values(), *self.former]


def everywhere() -> tuple[Place, ...]:
    """Return all places, in the order of their codes."""
    return _all()


def with_code(code: str, year: int | None = None) -> list[Place]:
    """Return the places of a code, the current one first, then the latest; of one year if it is given."""
    found = [place for place in _by_code().get(code, []) if year is None or _in_year(place, year)]
    return sorted(found, key=lambda place: (not place.current, -(place.valid_to or 0)))


def with_name(name: str) -> list[Place]:
    """Return the places of a name in any language, with or without "county" or "区"; current ones first."""
    found = _by_name().get(_plain(name), [])
    return sorted(found, key=lambda place: (not place.current, place.code))


def above(place: Place) -> list[Place]:
    """Return what a place lies in, from the nearest to the widest."""
    chain: list[Place] = []
    while place.parent and (upper := [p for p in with_code(place.parent) if p != place and p not in chain]):
        place = upper[0]
        chain.append(place)
    return chain


def successor(code: str) -> str:
    """Return the current code of an abolished one where the name still exists, else the code itself."""
    found = with_code(code)
    if not found or found[0].current:
        return code
    name = _plain(found[0].names.get("zh", ""))
    same = [place for place in _by_name().get(name, []) if place.current and place.level == found[0].level]
    same.sort(key=lambda place: place.names.get("zh") != found[0].names.get("zh"))  # 伊宁县 is not 伊宁市
    return same[0].code if same else code


def label(place: Place) -> str:
    """Return how a place is written so that it is told from all others: "Emin", or "Ghulja city"."""
    name = place.text()
    said = [name, _with_kind(place, name), *(f"{name}, {upper.text()}" for upper in above(place)[:1])]
    return next((words for words in said if placed(words) == place), f"{name} {place.code}")


def _with_kind(place: Place, name: str) -> str:
    kind = _KIND_WORDS.get(_kind(place))
    return tr(kind, name=name) if kind else name


def resolve(text: str | None) -> str | None:
    """Return the code of a place as somebody wrote it; None where none, or more than one, is called so."""
    place = placed(text)
    return place.code if place else None


def placed(text: str | None) -> Place | None:
    """Return the one place that is meant by what somebody wrote, or None.

    What stands after a comma names what the place lies in. A code counts only beside the place's own name, or
    alone: the number of a house or a cell is no code.
    """
    found = _meant(text or "")
    return found[0] if len(found) == 1 else None


def _meant(text: str) -> list[Place]:
    """Return the places that can be meant: those of today, or else those of before."""
    found = _of_words(text.strip())
    return [place for place in found if place.current] or found


def _of_words(words: str) -> list[Place]:
    if not words:
        return []
    if words.isdecimal():
        return with_code(words)[:1] if len(words) == _CODE_LENGTH else []
    name, _, code = words.rpartition(" ")
    if code.isdecimal() and (coded := [p for p in with_name(name) if p.code == code]):
        return coded[:1]
    parts = [part.strip() for part in words.split(",") if part.strip()]
    for first, *wider in (parts, parts[::-1]):  # "Künes, Ili", and as addresses run in China
        if found := [p for p in with_name(first) if all(_lies_in(p, upper) for upper in wider)]:
            return _told_apart(found, first)
    return []


def _told_apart(found: list[Place], name: str) -> list[Place]:
    """Choose between places of one name: by the very name, by the kind that was said; else it is a city."""
    exact = [p for p in found if name.casefold() in (each.casefold() for each in p.names.values())]
    if exact and len({p.level for p in exact}) == 1:
        found = exact
    if kinds := _kinds_said(name):
        return [p for p in found if _kind(p) in kinds]
    # Beside many a county of Xinjiang lies a city of its name; those that lie in no prefecture stand alone.
    return [p for p in found if _kind(p) == "city" and p.level != "county"] or found


def _kinds_said(name: str) -> set[str]:
    return {kind for kind, pattern in _SAID.items() if pattern.search(name.casefold())}


def _kind(place: Place) -> str:
    """Return what sort of place it is: in Xinjiang the Chinese name says it."""
    name = place.names.get("zh", "")
    return next((kind for end, kind in _ENDS.items() if name.endswith(end)), place.level)


def _lies_in(place: Place, wider: str) -> bool:
    wanted = _plain(wider)
    return any(wanted in map(_plain, upper.alternatives()) for upper in above(place))


def in_language(text: str, language: str | None = None) -> str:
    """Return a place as readers of a language know it; as it was written where that cannot be said.

    Russian readers know the places of Xinjiang by their Kazakh names where no Russian one is on the list.
    """
    wanted = language or i18n.current()
    found = _meant(text)
    if not found or (wanted == "en" and text.isascii()):
        return text
    names = {_name_in(place, wanted) for place in found}
    readable = wanted == "ru" and _CYRILLIC.search(text) and "ru" not in found[0].names
    if len(names) > 1 or readable:
        return text
    name = names.pop() or text
    if len(found) == 1 and placed(name) != found[0] and _kinds_said(text.partition(",")[0]):
        with i18n.language(wanted):
            name = _with_kind(found[0], name)
    upper = above(found[0]) if "," in text else []
    return f"{name}, {_name_in(upper[0], wanted) or upper[0].text(wanted)}" if upper else name


def _name_in(place: Place, language: str) -> str:
    fallback = place.names.get("kk", "") if language == "ru" else ""
    return place.names.get(language) or fallback


def suggest(typed: str, limit: int = 8) -> list[Place]:
    """Return the places of which a name begins with what is typed, in any language; current ones first."""
    wanted = _plain(typed)
    if not wanted:
        return []
    exact = with_name(typed)
    found = dict.fromkeys(
        place for name, places in _by_name().items() if name.startswith(wanted) for place in places
    )
    rest = sorted(found, key=lambda p: (not p.current, len(p.text()), p.code))
    return list(dict.fromkeys([*exact, *rest]))[:limit]


def details(place: Place) -> str:
    """Return what a place lies in, and until when an abolished code was valid."""
    wider = " · ".join(upper.text() for upper in above(place))
    if place.current:
        return wider
    gone = tr(N_("code abolished in {year}"), year=place.valid_to)
    return f"{wider} · {gone}" if wider else gone


def _in_year(place: Place, year: int) -> bool:
    return (place.valid_from or 0) <= year <= (place.valid_to or 9999)


def _plain(name: str) -> str:
    """Return a name as it is looked up: small, without accents, kinds of places, dashes and spaces."""
    bare = _CHINESE_KINDS.sub("", _KINDS.sub("", name.casefold().strip()).strip())
    letters = unicodedata.normalize("NFKD", bare.translate(_PLAIN_CYRILLIC))
    return "".join(c for c in letters if c.isalnum()) or name.casefold()


@cache
def _all() -> tuple[Place, ...]:
    return tuple(sorted((p for country in FILES for p in _read(country)), key=lambda p: (p.country, p.code)))


@cache
def _by_code() -> dict[str, list[Place]]:
    table: dict[str, list[Place]] = defaultdict(list)
    for place in _all():
        table[place.code].append(place)
    return dict(table)


@cache
def _by_name() -> dict[str, list[Place]]:
    table: dict[str, list[Place]] = defaultdict(list)
    for place in _all():
        for plain in {_plain(each) for name in place.alternatives() for each in _spelt(name)}:
            table[plain].append(place)
    return dict(table)


def _spelt(name: str) -> Iterable[str]:
    """Yield the names in "Qitai (Guchung)"."""
    yield name
    if "(" in name:
        yield from (each.strip() for each in re.split(r"[()]", name) if each.strip())


def _read(country: str) -> list[Place]:
    text = (resource("places") / FILES[country]).read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return [_place(country, row) for row in rows]


def _place(country: str, row: dict[str, str]) -> Place:
    return Place(
        code=row["code"],
        country=country,
        level=row["level"],
        parent=row["parent"],
        names={language: row[language] for language in _LANGUAGES if row.get(language)},
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        former=tuple(name for name in row.get("former_names", "").split("|") if name),
        formerly=row.get("formerly", ""),
    )
