"""Rows: everything on a page is a row of cells, and every cell a pile of small things that are never cut.

A row is broken between such things, so an account of twenty lines in a table runs on to the next page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from reportlab.lib.colors import HexColor

from casetracker.reports import script
from casetracker.reports.blocks import Chip
from casetracker.reports.pdf import look

LEAST = 2  # lines of a paragraph that stay together at either end of a page


class Ground(Protocol):
    """What atoms may ask of the paper, beside drawing on `canvas`."""

    canvas: Any

    def page_of(self, anchor: str, right: float, top: float) -> None:
        """Print the page number of an anchor, which may come later, flush right."""


class Atom(Protocol):
    """The smallest thing on a page; it has a height and is never cut."""

    @property
    def height(self) -> float:
        """Points from top to bottom."""

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw it with its left upper corner at `x`, `top`."""


@dataclass(frozen=True)
class Text:
    """A line of text; align is "l", "r", "c" or "s" (start: the side from which the paragraph runs)."""

    line: script.Line
    align: str = "l"

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.line.height

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the line inside `width`."""
        spare = width - self.line.width
        right = self.align == "r" or (self.align == "s" and not self.line.rightward)
        script.draw(
            ground.canvas, self.line, x + (spare if right else spare / 2 if self.align == "c" else 0), top
        )


@dataclass(frozen=True)
class ChipLine:
    """Chips beside each other, each of one line, with the width of its text."""

    chips: tuple[tuple[Chip, script.Line], ...]
    height: float = 15.5

    PAD, GAP = 6.0, 5.0

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw each frame and its text; the frame stays when colours are lost in a copy."""
        for chip, line in self.chips:
            ink, wide = look.TONES[chip.tone], line.width + 2 * self.PAD
            canvas = ground.canvas
            canvas.setLineWidth(0.7)
            canvas.setStrokeColor(HexColor(ink.line))
            canvas.setFillColor(HexColor(ink.ground))
            canvas.roundRect(x, top - 14, wide, 13, 3.5, stroke=1, fill=1)
            script.draw(canvas, line, x + self.PAD, top - 1 - (13 - line.height) / 2)
            x += wide + self.GAP


@dataclass(frozen=True)
class Blank:
    """Nothing, of a height."""

    height: float

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True)
class PageOf:
    """The number of the page on which an anchor stands."""

    anchor: str
    height: float = look.BODY.height

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Leave room for the number; it is filled in at the end."""
        ground.page_of(self.anchor, x + width, top)


@dataclass(frozen=True)
class Photo:
    """A picture of a size in points."""

    image: Any
    width: float
    height: float

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the picture with a thin frame."""
        ground.canvas.drawImage(self.image, x, top - self.height, self.width, self.height)
        ground.canvas.setLineWidth(0.5)
        ground.canvas.setStrokeColor(HexColor(look.FRAME))
        ground.canvas.rect(x, top - self.height, self.width, self.height)


@dataclass(frozen=True)
class Frame:
    """An empty frame with a label in its corner (for a stamp)."""

    label: script.Line
    height: float = 84.0

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the frame over the whole width."""
        ground.canvas.setLineWidth(0.6)
        ground.canvas.setStrokeColor(HexColor(look.FRAME))
        ground.canvas.rect(x, top - self.height, width, self.height)
        script.draw(ground.canvas, self.label, x + 6, top - 5)


@dataclass(frozen=True)
class Column:
    """A cell: what is piled in it, and where, counted from the left edge of the text."""

    x: float
    width: float
    atoms: tuple[Atom, ...]

    @property
    def height(self) -> float:
        """The height of the pile."""
        return sum(atom.height for atom in self.atoms)


@dataclass(frozen=True)
class Decor:
    """Lines and grounds around a row: the rule under it, a frame, a bar at its left, a dot for its tone."""

    rule: str = ""
    rule_width: float = 0.6
    frame: str = ""
    bar: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Mark:
    """Something to point to: an anchor, and the text and level of its bookmark ("" for none)."""

    anchor: str
    outline: str = ""
    level: int = 0


@dataclass(frozen=True)
class Row:
    """A row and how it behaves at the end of a page."""

    columns: tuple[Column, ...]
    gap: float = 0.0  # before it, not at the top of a page
    pad: tuple[float, float] = (0.0, 0.0)  # above and below what is in it
    decor: Decor = Decor()
    keep_next: bool = False
    whole: bool = False  # never broken if one page can hold it
    heads: tuple[Row, ...] = ()  # drawn again when the row starts a page
    link: str = ""
    marks: tuple[Mark, ...] = field(default=())

    @property
    def height(self) -> float:
        """The height without the gap."""
        return max((c.height for c in self.columns), default=0.0) + sum(self.pad)

    @property
    def least(self) -> float:
        """The room that the first part of the row needs, or all of it if it is not broken."""
        tallest = max((len(c.atoms) for c in self.columns), default=0)
        if self.whole or tallest < 2 * LEAST:
            return self.height
        return max(sum(a.height for a in c.atoms[:LEAST]) for c in self.columns) + sum(self.pad)

    def split(self, room: float) -> tuple[Row, Row] | None:
        """Return the part that fits into `room` and the rest; None if nothing can be broken off."""
        room -= sum(self.pad)
        cuts = [_cut(column, room) for column in self.columns]
        if any(cut < min(LEAST, len(c.atoms)) for cut, c in zip(cuts, self.columns, strict=True)):
            return None
        if all(cut == len(c.atoms) for cut, c in zip(cuts, self.columns, strict=True)):
            return None
        first = [replace(c, atoms=c.atoms[:cut]) for c, cut in zip(self.columns, cuts, strict=True)]
        rest = [replace(c, atoms=c.atoms[cut:]) for c, cut in zip(self.columns, cuts, strict=True)]
        top = replace(self, columns=tuple(first), keep_next=False, decor=replace(self.decor, rule=""))
        return top, replace(self, columns=tuple(rest), gap=0.0, marks=())

    def draw(self, ground: Ground, left: float, top: float, width: float) -> None:
        """Draw the row over the text's whole width."""
        self._decorate(ground.canvas, left, top, width)
        for column in self.columns:
            y = top - self.pad[0]
            for atom in column.atoms:
                atom.draw(ground, left + column.x, y, column.width)
                y -= atom.height

    def _decorate(self, canvas: Any, left: float, top: float, width: float) -> None:
        bottom, decor = top - self.height, self.decor
        if decor.frame or decor.ground:
            canvas.setLineWidth(0.6)
            canvas.setStrokeColor(HexColor(decor.frame or decor.ground))
            canvas.setFillColor(HexColor(decor.ground or "#ffffff"))
            canvas.rect(
                left, bottom, width, self.height, stroke=int(bool(decor.frame)), fill=int(bool(decor.ground))
            )
        if decor.bar:
            canvas.setFillColor(HexColor(decor.bar))
            canvas.rect(left, bottom, 2.6, self.height, stroke=0, fill=1)
        if decor.rule:
            canvas.setLineWidth(decor.rule_width)
            canvas.setStrokeColor(HexColor(decor.rule))
            canvas.line(left, bottom, left + width, bottom)


def _cut(column: Column, room: float) -> int:
    """Return how many atoms fit, leaving no single line behind where that can be helped."""
    used, number = 0.0, 0
    for atom in column.atoms:
        used += atom.height
        if used > room + 0.01:
            break
        number += 1
    left = len(column.atoms) - number
    if 0 < left < LEAST and number > LEAST:
        number -= LEAST - left
    return number


def pile(
    spans: Sequence[script.Span], width: float, align: str = "l", base: script.Base = "auto"
) -> tuple[Atom, ...]:
    """Return the lines of a text as atoms."""
    return tuple(Text(line, align) for line in script.lay_out(spans, width, base))
