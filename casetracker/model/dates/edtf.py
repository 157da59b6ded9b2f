"""Reading and writing the part of EDTF (ISO 8601-2) that records of people need.

Level 1 (marks `~ ? %`, `201X`, `2018-XX`, `2018-10-XX`, seasons 21 to 24, intervals with an open or unknown
end) and from level 2 the one-of-a-set with two dots: `[2017-04..2017-09]`, `[..2018-09]`, `[2018-11..]`.
A mark on a whole set stands behind it (`[2017-10..2017-12]~`), which level 2 allows only inside; marks inside
are read too.

Why not the library `edtf` (5.0.2)? It was measured: it takes 29 February 2023 for a date and an interval that
ends before it begins; it refuses the mark behind a set; it ends winter with the year; an unknown end becomes
ten years, an open one infinity; what it calls fuzzy is a year too wide on both sides. It needs 5 to 20 ms for
a date, which a list of thousands of cases cannot wait for, and a tenth of a second to load.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from casetracker.i18n import N_, tr
from casetracker.model.dates.parts import Part, Qualifier, Relation, Season

_PART = re.compile(r"(\d{3}[\dX])(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)
_SET = re.compile(r"\[([^\[\].]*)\.\.([^\[\].]*)\]([~?%]?)")
_MARKS = {qualifier.mark: qualifier for qualifier in Qualifier}


class NotEdtfError(ValueError):
    """The text is not written in EDTF (as opposed to: it is, and names an impossible date)."""

    def __init__(self, text: str) -> None:
        super().__init__(tr(N_("“{text}” is not a date that this program can read."), text=text))


@dataclass(frozen=True)
class Reading:
    """What an EDTF text says; each end has its own qualifier.

    BEFORE and AFTER keep the part that people name: `[..2018-09]` is BEFORE October 2018.
    """

    relation: Relation
    first: Part
    second: Part | None = None
    sure: Qualifier = Qualifier.EXACT
    second_sure: Qualifier = Qualifier.EXACT

    @property
    def qualifier(self) -> Qualifier:
        """What is said of either end."""
        return self.sure.joined(self.second_sure)

    @property
    def earliest(self) -> dt.date | None:
        """The first day on which it can have happened or begun; nothing for BEFORE."""
        if self.relation is Relation.BEFORE:
            return None
        return self.first.next.first_day if self.relation is Relation.AFTER else self.first.first_day

    @property
    def latest(self) -> dt.date | None:
        """The last day on which it can have happened or ended; nothing when that is open or unknown."""
        if self.second:
            return self.second.last_day
        if self.relation is Relation.BEFORE:
            return self.first.previous.last_day
        return self.first.last_day if self.relation is Relation.ON else None


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """Read EDTF; raises `NotEdtfError`, or `ValueError` for an impossible date, each with a sentence."""
    text = "".join(text.split()).upper()
    if found := _SET.fullmatch(text):
        return _read_set(text, *found.groups())
    if "/" in text:
        return _read_interval(text)
    part, sure = read_part(text)
    return Reading(Relation.ON, part, sure=sure)


def read_part(text: str) -> tuple[Part, Qualifier]:
    """Read one EDTF date with its mark; raises like `read`."""
    found = _PART.fullmatch(text)
    if not found:
        raise NotEdtfError(text)
    year, month, day, mark = found.groups()
    if "X" in year:
        if month:
            raise NotEdtfError(text)
        return Part(int(year.replace("X", "0")), decade=True), _MARKS[mark]
    if month == "XX":
        if day not in (None, "XX"):
            raise NotEdtfError(text)
        return Part(int(year), unknown=True), _MARKS[mark]
    if month and 21 <= int(month) <= 24 and not day:
        return Part(int(year), season=list(Season)[int(month) - 21]), _MARKS[mark]
    exact_day = int(day) if day and day != "XX" else None
    return Part(int(year), int(month) if month else None, exact_day, unknown=day == "XX"), _MARKS[mark]


def _plain(part: Part) -> Part:
    """Return the part without "nobody knows the month", which says nothing at the end of a set."""
    return Part(part.year, part.month) if part.unknown else part


def _read_set(text: str, start: str, end: str, mark: str) -> Reading:
    """Read a moment somewhere between two dates, before one or after one."""
    ends = [read_part(end_text) for end_text in (start, end) if end_text]
    if not ends:
        raise NotEdtfError(text)
    sure = _MARKS[mark]
    for _, each in ends:
        sure = sure.joined(each)
    if len(ends) == 2:
        first, second = _plain(ends[0][0]), _plain(ends[1][0])
        _check_order(first, second)
        if first == second:
            return Reading(Relation.ON, first, sure=sure)
        return Reading(Relation.BETWEEN, first, second, sure, sure)
    part = _plain(ends[0][0])
    if end:
        return Reading(Relation.BEFORE, part.next, sure=sure)
    return Reading(Relation.AFTER, part.previous, sure=sure)


def _read_interval(text: str) -> Reading:
    """Read a time that lasted."""
    start, end = text.split("/", 1)
    first, sure = read_part(start)
    if end in ("", ".."):
        return Reading(Relation.SINCE_ONGOING if end else Relation.SINCE_END_UNKNOWN, first, sure=sure)
    second, second_sure = read_part(end)
    _check_order(first, second)
    return Reading(Relation.FROM_TO, first, second, sure, second_sure)


def _check_order(first: Part, second: Part) -> None:
    if second.last_day < first.first_day:
        raise ValueError(tr(N_("The end is before the start.")))


def write_part(part: Part) -> str:
    """Write one date in EDTF, without a mark."""
    if part.decade:
        return f"{part.year // 10:03}X"
    if part.season:
        return f"{part.year:04}-{part.season.code}"
    month = "" if part.month is None else f"-{part.month:02}"
    day = "" if part.day is None else f"-{part.day:02}"
    return f"{part.year:04}{month}{day}{'-XX' if part.unknown else ''}"


def write(reading: Reading) -> str:
    """Write what was read in its normal form: reading that again gives the same."""
    first, sure = reading.first, reading.sure.mark
    second = write_part(reading.second) if reading.second else ""
    match reading.relation:
        case Relation.BEFORE:
            return f"[..{write_part(first.previous)}]{sure}"
        case Relation.AFTER:
            return f"[{write_part(first.next)}..]{sure}"
        case Relation.BETWEEN:
            return f"[{write_part(first)}..{second}]{sure}"
        case Relation.FROM_TO:
            return f"{write_part(first)}{sure}/{second}{reading.second_sure.mark}"
        case Relation.SINCE_ONGOING:
            return f"{write_part(first)}{sure}/.."
        case Relation.SINCE_END_UNKNOWN:
            return f"{write_part(first)}{sure}/"
        case Relation.ON:
            return f"{write_part(first)}{sure}"
