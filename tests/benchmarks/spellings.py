"""Invented names in four scripts, put together from parts: thousands of them, and namesakes among them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import NamedTuple

from casetracker.model.people.person import Script


class Part(NamedTuple):
    """A part of a name in Cyrillic, Latin, Chinese and Arabic script."""

    cyrl: str
    latn: str
    hans: str
    arab: str


_FIRST = tuple(
    Part(*line.split())
    for line in """
    нұр nur 努尔 نۇر
    ай ai 阿依 اي
    ер er 叶尔 ەر
    бақыт baqyt 巴合提 باقىت
    жан zhan 江 جان
    қай qai 海 قاي
    бек bek 别克 بەك
    сер ser 谢尔 سەر
    дәу dau 达吾 داۋ
    мұрат murat 木拉提 مۇرات
    тұр tur 吐尔 تۇر
    ораз oraz 吾拉孜 وراز
    есен esen 叶森 ەسەن
    құрман qurman 胡尔曼 قۇرمان
    самат samat 沙马提 سامات
    ақ aq 阿克 اق
    алтын altyn 阿勒腾 التىن
    күміс kumis 库米斯 كۇمىس
    дос dos 多斯 دوس
    мейір meiir 梅依尔 مەيىر
    төлеу toleu 托列吾 تولەۋ
    шәкі shaki 夏克 شاكى
    """.strip().splitlines()
)
_MALE = tuple(
    Part(*line.split())
    for line in """
    бек bek 别克 بەك
    жан zhan 江 جان
    лан lan 兰 لان
    хан khan 汗 حان
    бай bai 拜 باي
    болат bolat 波拉提 بولات
    сұлтан sultan 苏力坦 سۇلتان
    ғали ghali 哈力 عالي
    тай tai 泰 تاي
    мұхамед mukhamed 穆罕默德 مۇحامەد
    """.strip().splitlines()
)
_FEMALE = tuple(
    Part(*line.split())
    for line in """
    гүл gul 古丽 گۇل
    сұлу sulu 苏鲁 سۇلۋ
    бибі bibi 比比 بيبى
    жамал zhamal 加马力 جامال
    шаш shash 夏西 شاش
    нәр nar 娜尔 نار
    """.strip().splitlines()
)


@dataclass(frozen=True)
class Spellings:
    """One name as it is written in four scripts."""

    cyrl: str
    latn: str
    hans: str
    arab: str

    def by_script(self) -> tuple[tuple[Script, str], ...]:
        """Return the spellings, the main one first."""
        return (
            (Script.CYRL, self.cyrl),
            (Script.LATN, self.latn),
            (Script.HANS, self.hans),
            (Script.ARAB, self.arab),
        )


def spelt(dice: random.Random, *, female: bool, father: Part | None = None) -> tuple[Spellings, Part]:
    """Return a name and the given name in it, by which children are called after their father."""
    given = _given(dice, _FEMALE if female else _MALE)
    of = father or _given(dice, _MALE)
    child = Part("қызы", "qyzy", "", "قىزى") if female else Part("ұлы", "uly", "", "ۇلى")
    return (
        Spellings(
            f"{given.cyrl.capitalize()} {of.cyrl.capitalize()}{child.cyrl}",
            f"{given.latn.capitalize()} {of.latn.capitalize()}{child.latn}",
            f"{given.hans}·{of.hans}",
            f"{given.arab} {of.arab}{child.arab}",
        ),
        given,
    )


def _given(dice: random.Random, ends: tuple[Part, ...]) -> Part:
    start, end = dice.choice(_FIRST), dice.choice(ends)
    return Part(*(a + b for a, b in zip(start, end, strict=True)))
