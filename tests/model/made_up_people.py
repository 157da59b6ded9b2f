"""A made-up list of people with planted pairs in mixed scripts, misspellings, vague dates and false friends.

All names are put together from parts by a seeded generator; nobody is real.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from casetracker.model.dates import KnownDate
from casetracker.model.matching import Profile, Spelling
from casetracker.model.names.arabic import cyrillic_to_kazakh
from casetracker.model.names.kazakh import to_latin, to_passport, to_russian

# Kazakh, and how Chinese papers write it.
_STARTS = [
    ("Нұр", "努尔"), ("Бақыт", "巴合提"), ("Ер", "叶尔"), ("Ай", "阿依"), ("Күн", "昆"), ("Қуат", "胡瓦提"),
    ("Дәулет", "达吾列提"), ("Серік", "赛力克"), ("Болат", "波拉提"), ("Мұрат", "木拉提"), ("Жан", "江"),
    ("Асыл", "阿斯力"), ("Тұрсын", "吐尔逊"), ("Құдай", "胡达依"), ("Сейіт", "赛依提"), ("Орал", "奥拉力"),
    ("Марат", "马拉提"), ("Қанат", "哈纳提"), ("Самат", "萨马提"), ("Ербол", "叶尔波力"),
    ("Талғат", "塔勒哈提"), ("Жеңіс", "金格斯"), ("Мейрам", "美拉木"), ("Әділ", "阿迪力"),
    ("Өмір", "吾米尔"), ("Қасым", "哈斯木"), ("Сәбит", "萨比提"), ("Шәкен", "夏肯"), ("Тілек", "铁列克"),
    ("Раш", "热什"), ("Бейсен", "别依森"), ("Досым", "多斯木"), ("Қайрат", "海拉提"), ("Манас", "玛纳斯"),
    ("Зейнеп", "再乃普"), ("Гүл", "古丽"), ("Ләззат", "拉扎提"), ("Перизат", "帕丽扎提"),
    ("Рысбек", "热斯别克"), ("Тоқтар", "托合塔尔"),
]  # fmt: skip
_ENDS = [
    ("", ""), ("бек", "别克"), ("жан", "江"), ("бай", "拜"), ("хан", "汗"), ("гүл", "古丽"),
    ("мұрат", "木拉提"), ("болат", "波拉提"), ("нұр", "努尔"), ("қали", "哈力"), ("дәулет", "达吾列提"),
    ("мырза", "米尔扎"),
]  # fmt: skip
_COUNTIES = [
    "654002", "654021", "654022", "654023", "654024", "654025", "654026", "654027", "654028", "654201",
    "654202", "654221", "654224", "654225", "654226", "654301", "654321", "654322", "654323", "654324",
    "654325", "654326", "650521", "652328",
]  # fmt: skip
_OLD_COUNTIES = {
    "654021": "654121",
    "654025": "654125",
    "654027": "654127",
    "654028": "654128",
    "654024": "654124",
}


@dataclass(frozen=True)
class Made:
    """The list, the pairs that are one person, and the pairs that only look like it."""

    people: list[Profile]
    planted: set[frozenset[str]]
    friends: set[frozenset[str]]


@dataclass(frozen=True)
class _Truth:
    given: tuple[str, str]
    father: tuple[str, str]
    woman: bool
    born: dt.date
    county: str
    family: str


class Generator:
    """Makes people; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._count = 0

    def make(self, size: int, planted: int, friends: int) -> Made:
        """Return a list of `size` people with so many planted pairs and so many false friends."""
        people: list[Profile] = []
        pairs: tuple[set[frozenset[str]], set[frozenset[str]]] = (set(), set())
        for at in range(planted + friends):
            truth = self._person()
            second = truth if at < planted else self._cousin(truth)
            twins = [self._record(truth), self._record(second, again=True)]
            people += twins
            pairs[at >= planted].add(frozenset(person.id for person in twins))
        people += [self._record(self._person()) for _ in range(size - len(people))]
        self._dice.shuffle(people)
        return Made(people, *pairs)

    def _name(self, *, woman: bool) -> tuple[str, str]:
        # some names are common: the first in the list are drawn more often
        start = _STARTS[min(int(self._dice.expovariate(0.07)), len(_STARTS) - 1)]
        end = ("гүл", "古丽") if woman and self._dice.random() < 0.5 else self._dice.choice(_ENDS)
        return start[0] + end[0], start[1] + end[1]

    def _person(self) -> _Truth:
        woman = self._dice.random() < 0.3
        born = dt.date(1940, 1, 1) + dt.timedelta(days=self._dice.randrange(60 * 365))
        given, father = self._name(woman=woman), self._name(woman=False)
        return _Truth(
            given, father, woman, born, self._dice.choice(_COUNTIES), f"f{self._dice.randrange(10**9)}"
        )

    def _cousin(self, truth: _Truth) -> _Truth:
        """Somebody of the same name, family and county, born years apart."""
        away = self._dice.choice([-1, 1]) * self._dice.randrange(4 * 365, 20 * 365)
        return replace(truth, born=truth.born + dt.timedelta(days=away))

    def _record(self, truth: _Truth, *, again: bool = False) -> Profile:
        self._count += 1
        place: str | None = truth.county
        if again:
            place = self._dice.choice(
                [place, place, _OLD_COUNTIES.get(truth.county, place), f"{truth.county[:4]}00", None]
            )
        return Profile(
            id=f"p{self._count:05}",
            names=tuple(Spelling(each) for each in self._spellings(truth, again=again)),
            birth=self._birth(truth.born, again=again),
            sex=None if again and self._dice.random() < 0.3 else "FEMALE" if truth.woman else "MALE",
            place=place,
            related=frozenset({truth.family} if self._dice.random() < 0.5 else ()),
        )

    def _spellings(self, truth: _Truth, *, again: bool) -> list[str]:
        child = "қызы" if truth.woman else "ұлы"
        ending = self._dice.choice(["", child, "ова" if truth.woman else "ов"])
        full = f"{truth.given[0].capitalize()} {truth.father[0].capitalize()}{ending}"
        plain = f"{truth.given[0].capitalize()} {truth.father[0].capitalize()}"
        ways: list[Callable[[], str]] = [
            lambda: full,
            lambda: to_passport(full),
            lambda: to_russian(full),
            lambda: to_latin(full),
            lambda: self._loosely(to_passport(plain)),
            lambda: cyrillic_to_kazakh(plain),
            lambda: self._dice.choice("·•‧ ").join((truth.given[1], truth.father[1])),
        ]
        chosen = self._dice.sample(ways, self._dice.choice([1, 1, 2]))
        written = [way() for way in chosen]
        return [self._mistyped(each) if again and self._dice.random() < 0.25 else each for each in written]

    def _loosely(self, name: str) -> str:
        for one, other in (
            ("zh", "j"),
            ("Zh", "J"),
            ("kh", "h"),
            ("Ye", "E"),
            ("ai", "ay"),
            ("y", "i"),
            ("K", "Q"),
        ):
            if self._dice.random() < 0.5:
                name = name.replace(one, other)
        return " ".join(reversed(name.split())) if self._dice.random() < 0.2 else name

    def _mistyped(self, name: str) -> str:
        if len(name) < 8:  # one Chinese character less is another name
            return name
        at = self._dice.randrange(1, len(name) - 1)
        return name if not name[at].isalpha() else name[:at] + name[at + 1 :]

    def _birth(self, born: dt.date, *, again: bool) -> KnownDate | None:
        fate = self._dice.random()
        if fate < 0.5 or (not again and fate < 0.8):
            return KnownDate.on(born)
        if again and fate < 0.6:  # remembered a year wrong
            return KnownDate.from_edtf(f"{born.year + self._dice.choice([-1, 1])}")
        if fate < 0.9:
            return KnownDate.from_edtf(f"{born.year}" if fate < 0.8 else f"{born.year + 1}~")
        return None


@dataclass(frozen=True)
class Measured:
    """How well the planted pairs were found among those shown."""

    recall: float
    precision: float
    friends_shown: int
    shown: int


def measured(made: Made, shown: list[frozenset[str]]) -> Measured:
    """Compare the pairs shown with the truth."""
    right = made.planted & set(shown)
    return Measured(
        recall=len(right) / len(made.planted),
        precision=len(right) / len(shown) if shown else 1.0,
        friends_shown=len(made.friends & set(shown)),
        shown=len(shown),
    )
