"""Lists as others make them, of any length: names in four scripts, five dated events a person."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.spellings import spelt

HEADS = (
    "Name", "Latin name", "Chinese name", "Names", "Sex", "Date of birth", "Place of birth", "Occupation",
    "Arrested", "In custody: Taken to a camp: when", "In custody: Charged: when",
    "In custody: Sentenced: when", "In custody: In prison: when", "In custody: Released: when", "County",
)  # fmt: skip
_PLACES = ("Emin", "Tacheng", "Kunes", "Tekes", "Altay", "Burqin", "Qaba", "Mori", "Barkol", "Nilka")
_WORK = ("herder", "teacher", "driver", "imam", "farmer", "cook", "trader", "nurse")


def rows(people: int, seed: int = 7) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a list below its headings; every twentieth cell of a date is as people write it."""
    dice = random.Random(seed)
    for number in range(people):
        female = number % 3 == 0
        name, _ = spelt(dice, female=female)
        day = dt.date(dice.randint(2016, 2018), dice.randint(1, 12), dice.randint(1, 28))
        days = [day]
        for _ in range(4):
            days.append(days[-1] + dt.timedelta(days=dice.randint(20, 300)))
        told = [each.isoformat() if dice.random() > 0.05 else f"{each:%m.%Y}" for each in days]
        born = dt.date(dice.randint(1940, 2000), dice.randint(1, 12), dice.randint(1, 28))
        yield (
            name.cyrl, name.latn, name.hans, name.arab, "F" if female else "M", born.isoformat(),
            dice.choice(_PLACES), dice.choice(_WORK), told[0], told[1], "", told[2], told[3], told[4],
            dice.choice(_PLACES),
        )  # fmt: skip


def write(path: Path, people: int, seed: int = 7) -> Path:
    """Write such a list as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows(rows(people, seed))
    return path
