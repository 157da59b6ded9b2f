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
    r"\b(?:county|city|prefecture|region|oblast|облысы|область|обл|ауданы|аймағы|қаласы|город|уезд|xian|shi)\b\.?"
)
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
    """Return how a place is written so that it is told from all others: "Emin", or "Künes, Ili"."""
    name = place.text()
    if resolve(name) == place.code:
        return name
    upper = above(place)
    wider = f"{name}, {upper[0].text()}" if upper else name
    return wider if resolve(wider) == place.code else f"{name} {place.code}"


def resolve(text: str | None) -> str | None:
    """Return the code of a place as somebody wrote it; None where no place, or more than one, is called so.

    What stands after a comma names what the place lies in; a code may stand at the end.
    """
    words = (text or "").strip()
    if not words:
        return None
    if (code := words.split()[-1]).isdecimal() and with_code(code):
        return code
    name, _, wider = (part.strip() for part in words.partition(","))
    found = [p for p in with_name(name) if not wider or _lies_in(p, wider)]
    codes = {place.code for place in found if place.current} or {place.code for place in found}
    return next(iter(codes)) if len(codes) == 1 else None


def _lies_in(place: Place, wider: str) -> bool:
    wanted = _plain(wider)
    return any(wanted in map(_plain, upper.alternatives()) for upper in above(place))


def in_language(text: str, language: str | None = None) -> str:
    """Return a place as readers of a language know it; as it was written where it has no code."""
    wanted = language or i18n.current()
    code = resolve(text)
    place = with_code(code)[0] if code else None
    if place is None or text in (place.names.get(wanted), label(place)) or wanted not in place.names:
        return text
    same_script = wanted == "en" and text.isascii()
    return text if same_script else place.text(wanted)


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
