"""A timeline before it is drawn: lanes over one axis of time, on which dates are as exact as they are known.

Every text is already translated and disclosed, as in `blocks`; days come as bounds, and None is an open side.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

Bounds = tuple[dt.date | None, dt.date | None]  # the earliest and the latest day


class Shade(Enum):
    """How a surface is filled: in patterns that stay apart in a copy, from light to dark."""

    NONE = "none"
    DASHED = "dashed"  # not told how many; not known where
    SPARSE = "sparse"
    DENSE = "dense"
    FULL = "full"


class Sign(Enum):
    """The shape of a moment; shapes stay apart where colours do not."""

    TRIANGLE = "triangle"
    SQUARE = "square"
    CIRCLE = "circle"
    CROSS = "cross"


@dataclass(frozen=True)
class Moment:
    """What happened on one day within the bounds: a filled sign for a day, a hollow one on a range."""

    on: Bounds
    text: str
    sign: Sign
    about: bool = False  # the bounds themselves are only near


@dataclass(frozen=True)
class Stretch:
    """What lasted; it began and ended within these bounds. Without `ends` it goes on to the last day."""

    begins: Bounds
    ends: Bounds | None
    text: str
    shade: Shade
    about: bool = False  # when it began


@dataclass(frozen=True)
class Lane:
    """One line of a timeline; stretches on it follow each other. Without a label it belongs to the last."""

    label: str
    items: tuple[Moment | Stretch, ...]


@dataclass(frozen=True)
class Timeline:
    """Lanes over an axis of time that ends on the day `until`; nothing is drawn of fewer than two dates.

    It shows again what a chronology or a table says, so a reader who cannot see it misses nothing.
    """

    lanes: tuple[Lane, ...]
    until: dt.date
