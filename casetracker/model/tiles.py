"""The schematic map: where the square of a prefecture of Xinjiang or a region of Kazakhstan stands.

The file comes with the program (`resources/places/tiles.csv`); it was drawn for it and is no outline.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from casetracker.paths import resource


@dataclass(frozen=True)
class Square:
    """A place of that code, in that row from the north and that column from the west."""

    country: str
    code: str
    row: int
    column: int


@cache
def squares(country: str) -> tuple[Square, ...]:
    """Return the squares of "CN" (Xinjiang) or "KZ"."""
    text = (resource("places") / "tiles.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    every = [Square(r["country"], r["code"], int(r["row"]), int(r["column"])) for r in rows]
    return tuple(square for square in every if square.country == country)
