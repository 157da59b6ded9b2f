"""The smallest things on a page: lines of text, chips, pictures. They have a height and are never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reportlab.lib.colors import HexColor

from casetracker.reports import script
from casetracker.reports.blocks import Chip, ReplyField, Tone
from casetracker.reports.pdf import look


class Ground(Protocol):
    """What atoms may ask of the paper, beside drawing on `canvas`."""

    canvas: Any

    def page_of(self, anchor: str, right: float, top: float) -> None:
        """Print the page number of an anchor, which may come later, flush right."""

    def field(self, field: ReplyField, x: float, bottom: float, width: float, height: float) -> None:
        """Place a field that can be filled in."""


class Atom(Protocol):
    """The smallest thing on a page; it has a height and is never cut."""

    @property
    def height(self) -> float:
        """Points from top to bottom."""

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw it with its left upper corner at `x`, `top`."""

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return the height on the page and the balance (see `script.Line`) of each line of text in it."""


class _Mute:
    """An atom without text."""

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return nothing."""
        return []


@dataclass(frozen=True)
class Text:
    """A line of text; align is "l", "r", "c" or "s" (start: the side from which the paragraph runs)."""

    line: script.Line
    align: str = "l"

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.line.height

    def draw(self, ground: Ground, x: float, top: float, width: float, *, turned: bool | None = None) -> None:
        """Draw the line inside `width`; `turned` as `script.draw` needs it."""
        spare = width - self.line.width
        right = self.align == "r" or (self.align == "s" and not self.line.rightward)
        x += spare if right else spare / 2 if self.align == "c" else 0
        script.draw(ground.canvas, self.line, x, top, turned=turned)

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return the place and balance of the line."""
        return [(top - self.line.baseline, self.line.balance)]


@dataclass(frozen=True)
class ChipLine:
    """Chips beside each other, each with the lines of its text."""

    chips: tuple[tuple[Chip, tuple[script.Line, ...]], ...]

    PAD, GAP = 6.0, 5.0
    MARK = 9.0  # width of the sign that says in black and white what the colour says
    MARKED = (Tone.RED, Tone.AMBER, Tone.GREEN)

    @property
    def height(self) -> float:
        """The height of the tallest chip, and a little air."""
        return max(self._tall(text) for _, text in self.chips) + 2.5

    @classmethod
    def around(cls, tone: Tone) -> float:
        """Return what a chip is wider than its text."""
        return 2 * cls.PAD + (cls.MARK if tone in cls.MARKED else 0.0)

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return the place and balance of each line of the chips' texts."""
        return [(y - line.baseline, line.balance) for _, text in self.chips for line, y in _tops(text, top)]

    @staticmethod
    def _tall(text: tuple[script.Line, ...]) -> float:
        return sum(line.height for line in text) + 2

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw each frame, its mark and its text; frame and mark stay when colours are lost in a copy."""
        canvas = ground.canvas
        for chip, text in self.chips:
            ink, tall = look.TONES[chip.tone], self._tall(text)
            wide = max(line.width for line in text) + self.around(chip.tone)
            canvas.setLineWidth(0.7)
            canvas.setStrokeColor(HexColor(ink.line))
            canvas.setFillColor(HexColor(ink.ground))
            canvas.roundRect(x, top - 1 - tall, wide, tall, 3.5, stroke=1, fill=1)
            _mark(canvas, chip.tone, x + self.PAD - 1, top - 7.5)
            for line, y in _tops(text, top):
                script.draw(canvas, line, x + self.around(chip.tone) - self.PAD, y)
            x += wide + self.GAP


def _tops(text: tuple[script.Line, ...], top: float) -> Iterator[tuple[script.Line, float]]:
    """Yield the lines of a chip with the height at which each begins."""
    y = top - 2
    for line in text:
        yield line, y
        y -= line.height


def _mark(canvas: Any, tone: Tone, x: float, middle: float) -> None:
    """Draw the sign of a tone: a full triangle (red), a hollow one (amber), a tick (green); others none."""
    if tone not in ChipLine.MARKED:
        return
    canvas.setLineWidth(1.1 if tone is Tone.GREEN else 0.8)
    canvas.setFillColor(HexColor(look.TONES[tone].line))
    path = canvas.beginPath()
    if tone is Tone.GREEN:
        path.moveTo(x + 0.4, middle)
        path.lineTo(x + 2.4, middle - 2.2)
        path.lineTo(x + 6.2, middle + 2.8)
    else:
        path.moveTo(x + 3.2, middle + 3)
        path.lineTo(x + 6.4, middle - 2.6)
        path.lineTo(x, middle - 2.6)
        path.close()
    canvas.drawPath(path, stroke=1, fill=int(tone is Tone.RED))


@dataclass(frozen=True)
class Blank(_Mute):
    """Nothing, of a height."""

    height: float

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True)
class PageOf(_Mute):
    """The number of the page on which an anchor stands."""

    anchor: str
    height: float = look.BODY.height

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Leave room for the number; it is filled in at the end."""
        ground.page_of(self.anchor, x + width, top)


@dataclass(frozen=True)
class Photo(_Mute):
    """A picture of a size in points."""

    image: Any
    width: float
    height: float
    framed: bool = True

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the picture, a photograph with a thin frame."""
        ground.canvas.drawImage(self.image, x, top - self.height, self.width, self.height)
        if not self.framed:
            return
        ground.canvas.setLineWidth(0.5)
        ground.canvas.setStrokeColor(HexColor(look.FRAME))
        ground.canvas.rect(x, top - self.height, self.width, self.height)


@dataclass(frozen=True)
class Frame(_Mute):
    """An empty frame with a label in its corner (for a stamp)."""

    label: tuple[script.Line, ...]
    height: float = 84.0

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the frame over the whole width."""
        ground.canvas.setLineWidth(0.6)
        ground.canvas.setStrokeColor(HexColor(look.FRAME))
        ground.canvas.rect(x, top - self.height, width, self.height)
        top -= 5
        for line in self.label:
            script.draw(ground.canvas, line, x + 6, top)
            top -= line.height


@dataclass(frozen=True)
class Entry(_Mute):
    """A field to be filled in, in a thin frame so that it can be filled in with a pen too."""

    field: ReplyField
    height: float

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the frame and place the field in it."""
        if not self.field.hidden:
            ground.canvas.setLineWidth(0.6)
            ground.canvas.setStrokeColor(HexColor(look.FRAME))
            ground.canvas.rect(x, top - self.height, width, self.height)
        ground.field(self.field, x, top - self.height, width, self.height)


def pile(
    spans: Sequence[script.Span], width: float, align: str = "l", base: script.Base = "auto"
) -> tuple[Atom, ...]:
    """Return the lines of a text as atoms."""
    return tuple(Text(line, align) for line in script.lay_out(spans, width, base))
