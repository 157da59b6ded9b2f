"""Rows: everything on a page is a row of cells, and every cell a pile of small things that are never cut.

A row is broken between such things, so an account of twenty lines in a table runs on to the next page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reportlab.lib.colors import HexColor

from casetracker.reports.pdf.atoms import Atom, Ground, Text

SAME_LINE = 6.0  # points between the baselines of what is read as one line
LEAST = 2  # lines of a paragraph that stay together at either end of a page


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
    scale: float = 1.0  # of the columns, which are laid out on a text so much wider; such a row is whole

    @property
    def height(self) -> float:
        """The height without the gap."""
        return (max((c.height for c in self.columns), default=0.0) + sum(self.pad)) * self.scale

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
        if self.scale != 1.0:
            ground.canvas.saveState()
            ground.canvas.translate(left, top)
            ground.canvas.scale(self.scale, self.scale)
            replace(self, scale=1.0).draw(ground, 0.0, 0.0, width / self.scale)
            ground.canvas.restoreState()
            return
        self._decorate(ground.canvas, left, top, width)
        placed = list(self._placed(left, top))
        turned = iter(_turned([place for atom, _, y, _ in placed for place in atom.lines(y)]))
        for atom, x, y, across in placed:
            if isinstance(atom, Text):
                atom.draw(ground, x, y, across, turned=next(turned))
            else:
                atom.draw(ground, x, y, across)
                for _ in atom.lines(y):
                    next(turned)

    def _placed(self, left: float, top: float) -> Iterator[tuple[Atom, float, float, float]]:
        """Yield each atom with its left upper corner and its width, in the order of drawing."""
        for column in self.columns:
            y = top - self.pad[0]
            for atom in column.atoms:
                yield atom, left + column.x, y, column.width
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


def _turned(lines: list[tuple[float, int]]) -> list[bool]:
    """Return for each line whether what is read together with it runs mostly from right to left.

    Readers take lines that are drawn one after the other at the same height for one line.
    """
    groups: list[list[tuple[float, int]]] = []
    for line in lines:
        if groups and abs(groups[-1][-1][0] - line[0]) < SAME_LINE:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sum(balance for _, balance in group) > 0 for group in groups for _ in group]


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
