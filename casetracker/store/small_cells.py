"""Small numbers in statistics: who is one of fewer than five can be found out, so it is not said how many.

The rule is that of the domain standards (section 7.6): counts under five are not told outside the office. Nor
may they follow from a total and the other lines: then further lines are held back (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

LEAST = 5  # the smallest number that is told outside the office


class Shown(Enum):
    """What is told of a number."""

    EXACT = auto()
    FEW = auto()  # "fewer than 5"
    HELD_BACK = auto()  # large enough itself, but a small one would follow from it


@dataclass(frozen=True)
class Cell:
    """One line of a count; `code` is what it counts ("" for what is not known), `number` is never 0."""

    code: str
    number: int
    shown: Shown = Shown.EXACT

    @property
    def told(self) -> int | None:
        """The number, or None where it may not be told."""
        return self.number if self.shown is Shown.EXACT else None


def suppressed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Hold back small numbers and as many others as keep them from being worked out.

    The reader is taken to know the total, all lines that are told, and this rule: of a line that is "fewer
    than 5" that it is between 1 and 4, of one held back that it is 5 at least. Nothing comes back
    where even that is not enough.
    """
    found = [replace(c, shown=Shown.FEW) if c.number < LEAST else c for c in cells]
    while not _safe(found):
        open_ = [i for i, c in enumerate(found) if c.shown is Shown.EXACT]
        if not open_:
            return ()
        smallest = min(open_, key=lambda i: (found[i].number, found[i].code))
        found[smallest] = replace(found[smallest], shown=Shown.HELD_BACK)
    return tuple(found)


def determined(cells: Sequence[Cell]) -> bool:
    """Whether some small number can be worked out from the total and the lines that are told."""
    hidden = [c for c in cells if c.shown is not Shown.EXACT]
    rest = sum(c.number for c in hidden)
    low = {c: 1 if c.shown is Shown.FEW else LEAST for c in hidden}
    high = {c: LEAST - 1 if c.shown is Shown.FEW else rest for c in hidden}
    for cell in hidden:
        if cell.shown is Shown.FEW:
            others = [c for c in hidden if c is not cell]
            least = max(low[cell], rest - sum(high[c] for c in others))
            most = min(high[cell], rest - sum(low[c] for c in others))
            if least == most:
                return True
    return False


def _safe(cells: Sequence[Cell]) -> bool:
    hidden = [c for c in cells if c.shown is not Shown.EXACT]
    return not hidden or (sum(c.number for c in hidden) >= LEAST and not determined(cells))
