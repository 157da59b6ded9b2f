"""The timeline as a picture: bands, ranges and signs in ink over an axis of years; its labels are real text.

A label stands on the line behind its sign where there is room, else below it like a flag on its pole. Flags
never overlap and no pole runs through a text: the flag that reaches over the pole of a later one hangs lower.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from casetracker.model.dates import KnownDate
from casetracker.reports import script
from casetracker.reports.drawn import Bounds, Lane, Moment, Shade, Stretch, Timeline
from casetracker.reports.pdf import look, timeline_ink
from casetracker.reports.pdf.atoms import Ground, pile
from casetracker.reports.pdf.rows import Column, Row
from casetracker.reports.pdf.timeline_ink import SIGN, Drawn
from casetracker.reports.script import Line, Span

_LINE = 11.0  # height of the line on which bands and signs stand
_LABEL = 84.0  # widest head of a lane
_WIDEST = 132.0  # of a label, before it becomes two lines
_APART = 8.0  # centres of signs nearer than this become one group
_OPEN = 16.0  # what an open side reaches over
_NEAR = 4.0  # what "about" adds at each side
_AIR = 3.0
_RESERVES = (4.0, 24.0, 48.0, 72.0, 96.0, 120.0, _WIDEST + 10)  # right of the axis, for the last labels
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MONTH_STEPS = (1, 2, 3, 6, 12)
_MONTHS = 900  # days: below this the axis is marked by months


@dataclass(frozen=True)
class _Axis:
    """Days on paper."""

    first: dt.date
    last: dt.date
    width: float

    def x(self, day: dt.date) -> float:
        """Return how far from the left a day begins."""
        days = max((self.last - self.first).days, 1)
        return self.width * min(max((day - self.first).days / days, 0.0), 1.0)

    def span(self, on: Bounds, *, about: bool) -> tuple[float, float] | None:
        """Return from where to where something may lie; an open side reaches a little beyond the other."""
        low, high = on
        if low is None and high is None:
            return None
        left = self.x(low) if low else self.x(high or self.last) - _OPEN
        right = self.x(high) if high else self.x(low or self.first) + _OPEN
        more = _NEAR if about else 0.0
        return max(left - more, 0.0), min(max(right, left) + more, self.width + _AIR)


@dataclass(frozen=True)
class _Placed:
    """A shape on the line with the label that belongs to it; `track` 0 is the line itself."""

    shape: Drawn
    text: str
    pole: float
    lines: tuple[Line, ...] = ()
    track: int = 0

    @property
    def label(self) -> float:
        """Where the label begins."""
        return (
            self.shape.right + (_AIR + 3 if self.shape.arrows[1] else _AIR)
            if self.track == 0
            else self.pole + _AIR - 1
        )

    @property
    def wide(self) -> float:
        """The width of the label."""
        return max((line.width for line in self.lines), default=0.0)


@dataclass(frozen=True)
class _Picture:
    """One lane: what is on its line, and the labels below."""

    items: tuple[_Placed, ...]
    ticks: tuple[float, ...]
    height: float

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return nothing: each label is read by itself."""
        return []

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the marks of the years, the shapes, the poles and the labels, from left to right."""
        canvas = ground.canvas
        timeline_ink.ticks(canvas, [x + tick for tick in self.ticks], top + 2, top - self.height - 2)
        tops = _tops(self.items)
        for item in self.items:
            item.shape.draw(canvas, x, top - _LINE / 2)
            if item.track:
                timeline_ink.pole(canvas, x + item.pole, top - _LINE / 2, top - tops[item.track] - 4)
        for item in self.items:
            y = top - tops[item.track]
            for line in item.lines:
                script.draw(canvas, line, x + item.label, y)
                y -= line.height


@dataclass(frozen=True)
class _Scale:
    """The axis with the names of its marks."""

    marks: tuple[tuple[float, Line], ...]
    width: float
    height: float = 14.0

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return nothing: numbers have no direction."""
        return []

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the line, a mark for each year or month, and its name."""
        timeline_ink.axis(ground.canvas, x, x + self.width, top - 1.5, [x + at for at, _ in self.marks])
        for at, line in self.marks:
            script.draw(ground.canvas, line, x + at + 2, top - 2.5)


def rows(block: Timeline, width: float) -> Iterator[Row]:
    """Yield a row a lane and one for the axis; nothing if there are not two dates to compare."""
    days = [day for lane in block.lanes for item in lane.items for day in _days(item)]
    lanes = [lane for lane in block.lanes if any(any(_bounds(item)) for item in lane.items)]
    if len(days) < 2 or min(days) >= max(*days, block.until):
        return
    heads = [pile([Span(lane.label, look.MUTED)], _LABEL) if lane.label else () for lane in lanes]
    head = _LABEL + 6
    first, last = min(days), max(*days, block.until)
    room = width - head
    for reserve in _RESERVES:
        axis = _Axis(first - (last - first) * 0.02, last, room - reserve)
        marks = _marks(axis)
        laid = [_lane(lane, axis) for lane in lanes]
        if all(item.label + item.wide <= room for lane in laid for item in lane):
            break
    for number, (lane, items, atoms) in enumerate(zip(lanes, laid, heads, strict=True)):
        head_height = sum(a.height for a in atoms) if lane.label else 0.0
        height = max(_tops(items)[-1], head_height)
        picture = _Picture(items, tuple(x for x, _ in marks), height)
        columns = (Column(0, _LABEL, atoms), Column(head, room, (picture,)))
        air = (1.5, 1.5) if lane.label else (0.0, 0.5)
        yield Row(columns, gap=0 if number else 6, pad=air, whole=True, keep_next=True)
    yield Row((Column(head, room, (_Scale(marks, axis.width),)),), whole=True)


def _days(item: Moment | Stretch) -> Iterator[dt.date]:
    yield from (day for day in _bounds(item) if day)


def _bounds(item: Moment | Stretch) -> tuple[dt.date | None, ...]:
    return item.on if isinstance(item, Moment) else (*item.begins, *(item.ends or ()))


# ------------------------------------------------------------------------------------------- one lane


def _lane(lane: Lane, axis: _Axis) -> tuple[_Placed, ...]:
    stretches = [s for item in lane.items if isinstance(item, Stretch) for s in _stretch(item, axis)]
    moments = [m for item in lane.items if isinstance(item, Moment) for m in _moment(item, axis)]
    items = sorted([*stretches, *_grouped(moments)], key=lambda item: (item.pole, item.shape.right))
    return _hung([replace(item, lines=_label(item.text)) for item in items])


@lru_cache(maxsize=1024)  # each is laid out once for every width of the axis that is tried
def _label(text: str) -> tuple[Line, ...]:
    return tuple(script.lay_out([Span(text, look.FLAG)], _WIDEST)) if text else ()


def _stretch(item: Stretch, axis: _Axis) -> Iterator[_Placed]:
    begun = axis.span(item.begins, about=item.about)
    if begun is None:
        return
    ended = axis.span(item.ends, about=False) if item.ends else None
    start, end = begun[1], ended[0] if ended else axis.width
    shape = Drawn(
        left=begun[0],
        right=max(ended[1] if ended else axis.width, begun[1]),
        solid=(start, end) if end > start else None,
        shade=item.shade,
        soft=tuple(soft for soft in (begun, ended) if soft and soft[1] - soft[0] > 1),
        arrows=(item.begins[0] is None, ended is None or (item.ends or (None, None))[1] is None),
        about=item.about,
    )
    yield _Placed(shape, item.text, min(max(start, begun[0] + 1), axis.width))


def _moment(item: Moment, axis: _Axis) -> Iterator[_Placed]:
    span = axis.span(item.on, about=item.about)
    if span is None:
        return
    exact = item.on[0] == item.on[1] and not item.about
    middle = sum(span) / 2
    wide = span[1] - span[0] > SIGN + 2
    shape = Drawn(
        left=min(span[0], middle - SIGN / 2),
        right=max(span[1], middle + SIGN / 2),
        shade=Shade.FULL if exact else Shade.NONE,
        soft=(span,) if wide else (),
        arrows=(item.on[0] is None, item.on[1] is None),
        signs=((middle, item.sign),),
        about=item.about,
    )
    yield _Placed(shape, item.text, middle)


def _grouped(moments: Sequence[_Placed]) -> Iterator[_Placed]:
    """Put signs that would touch into one group: "20 Sep 2021 – 18 Oct 2021 (4)"."""
    ranges = Counter(each for each in moments if each.shape.soft)
    for each, number in ranges.items():
        yield replace(each, text=f"{each.text} ({number})") if number > 1 else each
    group: list[_Placed] = []
    for each in sorted((each for each in moments if not each.shape.soft), key=lambda m: m.pole):
        if group and each.pole - group[-1].pole >= _APART:
            yield _together(group)
            group = []
        group.append(each)
    if group:
        yield _together(group)


def _together(group: list[_Placed]) -> _Placed:
    if len(group) == 1:
        return group[0]
    ends = " – ".join(dict.fromkeys((group[0].text, group[-1].text)))
    signs: list[_Placed] = []
    for each in group:  # as many signs as can be told apart
        if not signs or each.pole - signs[-1].pole > SIGN / 2:
            signs.append(each)
    shape = Drawn(
        left=min(each.shape.left for each in group),
        right=max(each.shape.right for each in group),
        shade=Shade.FULL if all(each.shape.shade is Shade.FULL for each in signs) else Shade.NONE,
        signs=tuple(sign for each in signs for sign in each.shape.signs),
    )
    return _Placed(shape, f"{ends} ({len(group)})", signs[0].pole)


def _hung(items: list[_Placed]) -> tuple[_Placed, ...]:
    """Give each label its track, from the last to the first."""
    done: list[_Placed] = []
    for number in range(len(items) - 1, -1, -1):
        item = items[number]
        nearest = min((other.shape.left for other in items[number + 1 :]), default=float("inf"))
        behind = max((other.shape.right for other in items[:number]), default=0.0)
        on_line = item.shape.right + _AIR + item.wide + _AIR < nearest and behind <= item.shape.right
        if item.text and not on_line:
            end = item.pole + _AIR + item.wide + _AIR
            below = [other.track for other in done if other.track and other.pole - 1 <= end]
            item = replace(item, track=1 + max(below, default=0))
        done.insert(0, item)
    return tuple(done)


def _tops(items: Sequence[_Placed]) -> list[float]:
    """Return how far below the top each track begins, and after them the height of all."""
    tracks = max((item.track for item in items), default=0)
    heights = [
        max((sum(line.height for line in i.lines) for i in items if i.track == track), default=0.0)
        for track in range(tracks + 1)
    ]
    tops = [max((_LINE - look.FLAG.height) / 2, 0.0), max(_LINE, heights[0])]
    for height in heights[1:]:
        tops.append(tops[-1] + height)
    return tops


# ------------------------------------------------------------------------------------------- the axis


def _marks(axis: _Axis) -> tuple[tuple[float, Line], ...]:
    """Return where years begin, or months where there are few: as many as have room for their names."""
    by_month = (axis.last - axis.first).days < _MONTHS
    for step in _MONTH_STEPS if by_month else _YEAR_STEPS:
        days = _month_days(axis, step) if by_month else _year_days(axis, step)
        marks = tuple((axis.x(day), _name(day, by_month=by_month)) for day in days)
        ends = [x + line.width + 6 for x, line in marks]
        if all(end < x for end, (x, _) in zip(ends, marks[1:], strict=False)):
            break
    return marks


def _month_days(axis: _Axis, step: int) -> list[dt.date]:
    years = range(axis.first.year, axis.last.year + 1)
    days = (dt.date(year, month, 1) for year in years for month in range(1, 13, step))
    return [day for day in days if axis.first <= day <= axis.last]


def _year_days(axis: _Axis, step: int) -> list[dt.date]:
    years = range(axis.first.year + 1, axis.last.year + 1)
    return [dt.date(year, 1, 1) for year in years if year % step == 0]


@lru_cache(maxsize=256)
def _name_of(text: str) -> Line:
    return script.lay_out([Span(text, look.FLAG)], 80)[0]


def _name(day: dt.date, *, by_month: bool) -> Line:
    return _name_of(KnownDate.from_edtf(f"{day:%Y-%m}" if by_month else f"{day:%Y}").short())
