"""Lines of any script: broken in the order in which one reads them, then ordered as they stand on the paper.

The Unicode bidirectional algorithm runs over characters, never over ready-made letter shapes; each stretch of
Arabic script is joined after its line is known. So a name is right in the middle of a line of another script,
right where the line breaks, and found again when one searches the PDF for it as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal, NamedTuple

from bidi import algorithm
from bidi.mirror import MIRRORED
from reportlab.lib.colors import HexColor

from casetracker.reports import fonts

INK = "#1b2733"
ARABIC_SCALE = 1.12  # Naskh is drawn smaller than Noto Sans at the same size
LEFT_MARK, RIGHT_MARK = "\u200e", "\u200f"
_MARKS = LEFT_MARK + RIGHT_MARK
_JOINERS = "\u200c\u200d"
_NO_LINE_START = set("，。、；：！？）》」』】〉”’…·.,;:!?)]»")
_NO_LINE_END = set("（《「『【〈“‘([«")
_HYPHENS = set("-\u2010–—/")

Base = Literal["auto", "L", "R"]


@dataclass(frozen=True)
class Style:
    """How letters look; sizes in points, `leading` is the height of a line (0: 1.4 times the size)."""

    size: float
    weight: str = fonts.REGULAR
    colour: str = INK
    leading: float = 0.0

    @property
    def height(self) -> float:
        """The height of a line, in points."""
        return self.leading or self.size * 1.4


@dataclass(frozen=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style


@dataclass(frozen=True)
class Run:
    """Characters of one font, ready to draw from left to right; `x` counts from the start of the line."""

    x: float
    font: str
    size: float
    colour: str
    text: str
    thicken: bool = False  # there is no bold font of this script
    leftward: bool = False  # Arabic script; its first word stands at the right


@dataclass(frozen=True)
class Line:
    """One line, ordered and measured (points); `baseline` counts from its top."""

    runs: tuple[Run, ...]
    width: float
    height: float
    baseline: float
    rightward: bool = True  # False: the paragraph runs from right to left
    balance: int = 0  # stretches from right to left, less those from left to right

    @property
    def turned(self) -> bool:
        """Whether most of the line runs from right to left."""
        return self.balance > 0


class _Unit(NamedTuple):
    """A letter with the marks on it; bidi and line breaks never part them."""

    text: str
    style: Style
    family: str

    @property
    def blank(self) -> bool:
        return self.text == " "


def joined(texts: Iterable[str], between: str = " · ") -> str:
    """Join names of different scripts so that each keeps its place, whatever their directions."""
    return LEFT_MARK + f"{LEFT_MARK}{between}{LEFT_MARK}".join(t for t in texts if t)


def lay_out(spans: Sequence[Span], width: float, base: Base = "auto") -> list[Line]:
    """Break the spans into lines not wider than `width` points; at least one line comes back."""
    return list(_laid_out(tuple(spans), width, base))


@lru_cache(maxsize=4096)  # what is measured to see whether it fits is drawn next, and labels come again
def _laid_out(spans: tuple[Span, ...], width: float, base: Base) -> tuple[Line, ...]:
    units = _units(spans)
    lines: list[Line] = []
    for paragraph in _paragraphs(units):
        direction = _direction(paragraph, base)
        levels = _levels(paragraph, direction)
        for start, end in _breaks(paragraph, width):
            lines.append(_line(paragraph[start:end], levels[start:end], direction))
    blank = spans[0].style if spans else Style(9.5)
    return tuple(line if line.height else _empty(blank) for line in lines) or (_empty(blank),)


def natural_width(spans: Sequence[Span]) -> float:
    """Return how wide the text is when no line is broken, in points."""
    return max(line.width for line in lay_out(spans, 1e6))


def longest_word(spans: Sequence[Span]) -> float:
    """Return the width of the widest part that should not be broken, in points."""
    return max(
        (_measure(p[a:b]) for p in _paragraphs(_units(spans)) for a, b in _words(p)),
        default=0.0,
    )


def draw(canvas: Any, line: Line, x: float, top: float, *, turned: bool | None = None) -> None:
    """Draw a line whose left upper corner is at `x`, `top` on ReportLab's canvas.

    `turned` says whether most of what stands at this height runs from right to left, if that is more than
    this line. Readers search by places or by the order of writing. Poppler looks at places alone. PDFium
    sorts text objects by their places, but keeps the order inside each; then it turns the whole line around
    if most of its stretches run from right to left, else only the letters of each leftward word. So a phrase
    that runs against its line is written as one object, its words in the order that comes out right, each
    where it stands.
    """
    if not line.runs:
        return
    turned = line.turned if turned is None else turned
    text = canvas.beginText()
    for run in line.runs:
        text.setTextOrigin(x + run.x, top - line.baseline)
        text.setFont(run.font, run.size)
        text.setFillColor(_colour(run.colour))
        if run.thicken:
            canvas.setLineWidth(run.size * 0.03)
            canvas.setStrokeColor(_colour(run.colour))
            text.setTextRenderMode(2)
        if run.leftward == turned or len(run.text) == 1:
            first = run is line.runs[0]  # PDFium sees no new line in a single character
            text.textOut(run.text + " " if first and len(run.text) == 1 else run.text)
        else:
            _write_backwards(canvas, text, run)
        if run.thicken:
            text.setTextRenderMode(0)
    canvas.drawText(text)


def _write_backwards(canvas: Any, text: Any, run: Run) -> None:
    """Write the stretches of a run from the last to the first, each where it stands, as one text object."""
    pieces, font = _stretches(run), fonts.font(run.font)
    split = font.splitString(run.text, canvas._doc)  # noqa: SLF001
    if len(pieces) < 2 or len(split) > 1:
        text.textOut(run.text)
        return
    ((subset, codes),) = split
    widths = [_advance(run.font, piece) * 1000 for piece in pieces]
    parts, end = [f"{-sum(widths[:-1]):.0f}"], len(codes)
    for number in range(len(pieces) - 1, -1, -1):
        start = end - len(pieces[number])
        parts.append(f"({canvas._escape(codes[start:end])})")  # noqa: SLF001
        parts.append(f"{widths[number] + widths[number - 1]:.0f}")
        end = start
    name = font.getSubsetInternalName(subset, canvas._doc)  # noqa: SLF001
    text._code.append(f"{name} {run.size:g} Tf [{' '.join(parts[:-1])}] TJ")  # noqa: SLF001
    text._curSubset = subset  # noqa: SLF001


def _stretches(run: Run) -> list[str]:
    if run.leftward:
        blank = _shaped(run.font, " ")
        return [part for part in re.split(f"({blank})", run.text) if part]
    return ["".join(group) for _, group in groupby(run.text, key=_side)]


def _side(char: str) -> int:
    """Return the direction of a character as PDFium sorts them: 1 left, -1 right, 2 weak, 0 none."""
    kind = unicodedata.bidirectional(char)
    if kind in {"R", "AL"}:
        return -1
    return 1 if kind == "L" else 2 if kind in {"EN", "AN", "NSM", "CS", "ES", "ET", "BN"} else 0


@lru_cache(maxsize=64)
def _colour(code: str) -> Any:
    return HexColor(code)


def _empty(style: Style) -> Line:
    return Line((), 0.0, style.height, style.height * 0.5 + style.size * 0.36)


# ---------------------------------------------------------------------------------------- letters and words


def _units(spans: Iterable[Span]) -> list[_Unit]:
    units: list[_Unit] = []
    for span in spans:
        for char in fonts.drawable(span.text):
            if (
                units
                and units[-1].family
                and (char in _JOINERS or unicodedata.category(char) in {"Mn", "Me"})
            ):
                units[-1] = units[-1]._replace(text=units[-1].text + char)
            elif char not in _JOINERS:
                family = "" if char in _MARKS or char == "\n" else fonts.family_of(char)
                units.append(_Unit(char, span.style, family))
    return _with_blanks_of_arabic(units)


def _with_blanks_of_arabic(units: list[_Unit]) -> list[_Unit]:
    """Give a blank between two words of Arabic script their font, so that they become one phrase."""
    for at in range(1, len(units) - 1):
        if units[at].blank and units[at - 1].family == units[at + 1].family == "arabic":
            units[at] = units[at]._replace(family="arabic")
    return units


def _paragraphs(units: list[_Unit]) -> Iterator[list[_Unit]]:
    at = 0
    for number, unit in enumerate(units):
        if unit.text == "\n":
            yield units[at:number]
            at = number + 1
    yield units[at:]


def _words(units: list[_Unit]) -> Iterator[tuple[int, int]]:
    """Yield the parts between which a line may be broken; blanks belong to the word before them."""
    start = 0
    for at in range(1, len(units)):
        if _may_break(units[max(at - 2, 0)], units[at - 1], units[at]):
            yield start, at
            start = at
    if units:
        yield start, len(units)


def _may_break(first: _Unit, before: _Unit, after: _Unit) -> bool:
    a, b = before.text[0], after.text[0]
    if a == " " or b == " ":
        return a == " " and b != " "
    if b in _NO_LINE_START or a in _NO_LINE_END:
        return False
    if before.family == "chinese" or after.family == "chinese":
        return a != "\u00a0" != b
    return a in _HYPHENS and b.isalpha() and first.text.islower()  # not in a reference: CT-7F3Q


def _breaks(units: list[_Unit], width: float) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line, the blanks at its end left out."""
    start, used, width = 0, 0.0, width + 0.01  # what was measured must fit what it measures
    for begin, end in _words(units):
        need = _measure(units[begin : _trimmed(units, begin, end)])
        if used and used + need > width:
            yield start, _trimmed(units, start, begin)
            start, used = begin, 0.0
        if not used and need > width:
            *full, (start, _) = _chop(units, begin, _trimmed(units, begin, end), width)
            yield from full
            used = _measure(units[start:end])
        else:
            used += _measure(units[begin:end])
    yield start, _trimmed(units, start, len(units))


def _trimmed(units: list[_Unit], start: int, end: int) -> int:
    while end > start and units[end - 1].blank:
        end -= 1
    return end


def _chop(units: list[_Unit], start: int, end: int, width: float) -> list[tuple[int, int]]:
    """Break a word that is wider than the line between its letters."""
    parts = []
    at = start
    while at < end:
        stop = at + 1
        while stop < end and _measure(units[at : stop + 1]) <= width:
            stop += 1
        parts.append((at, stop))
        at = stop
    return parts


# ----------------------------------------------------------------------------------------- order and measure


def _direction(units: list[_Unit], base: Base) -> Literal["L", "R"]:
    if base != "auto":
        return base
    for unit in units:
        kind = unicodedata.bidirectional(unit.text[0])
        if kind in {"L", "R", "AL"}:
            return "L" if kind == "L" else "R"
    return "L"


def _levels(units: list[_Unit], direction: str) -> list[int]:
    """Return the embedding level of each unit: odd ones run from right to left (Unicode annex 9)."""
    base = 1 if direction == "R" else 0
    if not base and all(unicodedata.bidirectional(u.text[0]) not in {"R", "AL", "AN"} for u in units):
        return [0] * len(units)
    store = algorithm.get_empty_storage()
    store["base_level"], store["base_dir"] = base, direction
    algorithm.get_embedding_levels("".join(u.text[0] for u in units), store)
    algorithm.explicit_embed_and_overrides(store)
    algorithm.resolve_weak_types(store)
    algorithm.resolve_neutral_types(store, False)
    algorithm.resolve_implicit_levels(store, False)
    return [char["level"] for char in store["chars"]]


def _visual(levels: Sequence[int]) -> list[int]:
    """Return the places of the units from left to right (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        for raised, group in groupby(list(order), key=lambda i: levels[i] >= level):
            length = len(list(group))
            if raised:
                order[at : at + length] = reversed(order[at : at + length])
            at += length
    return order


def _line(units: list[_Unit], levels: list[int], direction: str) -> Line:
    order = [i for i in _visual(levels) if units[i].family]
    runs: list[Run] = []
    x = 0.0
    for (family, style, odd), places in groupby(
        order, key=lambda i: (units[i].family, units[i].style, levels[i] % 2)
    ):
        text = _as_drawn([units[i] for i in places], family, mirror=bool(odd))
        name, size = fonts.named(family, style.weight), _size(family, style)
        thicken = family == "chinese" and style.weight in {fonts.BOLD, fonts.SEMIBOLD}
        leftward = bool(odd) and family == "arabic"
        runs.append(Run(x, name, size, style.colour, text, thicken, leftward))
        x += _advance(name, text) * size
    if not runs:
        return Line((), 0.0, 0.0, 0.0)
    tallest = max((units[i].style for i in order), key=lambda s: s.height)
    height = tallest.height
    return Line(tuple(runs), x, height, height * 0.5 + tallest.size * 0.36, direction == "L", _balance(units))


def _balance(units: Iterable[_Unit]) -> int:
    """Count stretches from right to left, less those from left to right; what has no direction parts them."""
    sides = groupby(_side(char) for unit in units if unit.family for char in unit.text)
    return -sum(side for side, _ in sides if side in {1, -1})


def _as_drawn(units: list[_Unit], family: str, *, mirror: bool) -> str:
    if family == "arabic" and mirror:
        return _shaped(fonts.named(family, units[0].style.weight), "".join(u.text for u in reversed(units)))
    return "".join(MIRRORED.get(u.text, u.text) if mirror else u.text for u in units)


def _shaped(name: str, text: str) -> str:
    font = fonts.font(name)
    return font.shape(text) if isinstance(font, fonts.ArabicFont) else text


def _size(family: str, style: Style) -> float:
    return round(style.size * ARABIC_SCALE, 2) if family == "arabic" else style.size


def _measure(units: Iterable[_Unit]) -> float:
    total = 0.0
    for (family, style), group in groupby(units, key=lambda u: (u.family, u.style)):
        if family:
            name = fonts.named(family, style.weight)
            text = "".join(u.text for u in group)
            total += _advance(name, _shaped(name, text)) * _size(family, style)
    return total


@lru_cache(maxsize=50_000)
def _advance(name: str, text: str) -> float:
    """Return the width at size 1."""
    return float(fonts.font(name).stringWidth(text, 1000)) / 1000
