"""Charts and the schematic map: lines, frames and hatching in ink, which stay apart in any copy.

No picture: texts are texts, can be searched and copied, and break where they are too long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import HexColor

from casetracker.reports import blocks as b
from casetracker.reports import script
from casetracker.reports.drawn import Shade
from casetracker.reports.pdf import look
from casetracker.reports.pdf.atoms import Atom, Blank, Ground, pile
from casetracker.reports.pdf.rows import Column, Row
from casetracker.reports.script import Span

_LABEL, _BAR = 0.36, 0.42  # shares of the width; the rest is for the number
_AIR = 6.0
_TALL = 80.0  # of the tallest upright bar
_NARROWEST = 44.0  # of a column of years
_SWATCH = 13.0  # height of the pattern in a tile
_STEP = {Shade.SPARSE: 6.0, Shade.DENSE: 2.6}  # points between the lines of a pattern
_DASHED = (2, 2)


@dataclass(frozen=True)
class _Lying:
    """A bar that takes a share of its cell; None for one of which the length is not told."""

    share: float | None
    height: float = look.BODY.height

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return nothing: there is no text in it."""
        return []

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the bar, and the line from which all bars begin."""
        long = 8.0 if self.share is None else max(1.0, width * self.share)
        pattern(ground.canvas, (x, top - self.height + 3, long, self.height - 6), _shade(self.share))


@dataclass(frozen=True)
class _Standing:
    """An upright bar on its ground line."""

    share: float | None
    height: float

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return nothing: there is no text in it."""
        return []

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the bar in the middle of its width."""
        wide = min(26.0, width * 0.6)
        pattern(ground.canvas, (x + (width - wide) / 2, top - self.height, wide, self.height),
                 _shade(self.share))  # fmt: skip


@dataclass(frozen=True)
class _Tile:
    """A framed tile: its pattern, its name, its number."""

    texts: tuple[script.Line, ...]
    shade: Shade
    height: float

    def lines(self, top: float) -> list[tuple[float, int]]:
        """Return nothing: each tile is read by itself."""
        return []

    def draw(self, ground: Ground, x: float, top: float, width: float) -> None:
        """Draw the frame, the pattern at its top and the texts below."""
        canvas = ground.canvas
        canvas.setLineWidth(0.8)
        canvas.setStrokeColor(HexColor(script.INK))
        canvas.rect(x, top - self.height, width, self.height)
        pattern(canvas, (x, top - _SWATCH, width, _SWATCH), self.shade)
        y = top - _SWATCH - 2
        for line in self.texts:
            script.draw(canvas, line, x + 3, y)
            y -= line.height


def _shade(share: float | None) -> Shade:
    return Shade.DASHED if share is None else Shade.FULL


def pattern(canvas: Any, box: tuple[float, float, float, float], shade: Shade) -> None:
    """Fill a box (left, bottom, width, height) with a pattern and frame it."""
    x, y, width, height = box
    canvas.saveState()
    canvas.setStrokeColor(HexColor(look.TONES[b.Tone.GREY].line))
    canvas.setFillColor(HexColor(look.TONES[b.Tone.GREY].line))
    canvas.setLineWidth(0.6)
    if shade is Shade.DASHED:
        canvas.setDash(*_DASHED)
    canvas.rect(x, y, width, height, stroke=1, fill=int(shade is Shade.FULL))
    if step := _STEP.get(shade):
        clip = canvas.beginPath()
        clip.rect(x, y, width, height)
        canvas.clipPath(clip, stroke=0, fill=0)
        at = x - height
        while at < x + width:
            canvas.line(at, y, at + height, y + height)
            at += step
    canvas.restoreState()


def bars(block: b.Bars, width: float) -> Iterator[Row]:
    """Yield a row a bar: label, bar, number, each in a column of its own."""
    most = _most(block.bars)
    label, bar = width * _LABEL, width * _BAR
    for number, each in enumerate(block.bars):
        share = None if each.number is None else each.number / most
        rest = width - label - bar
        columns = (
            Column(0, label - _AIR, pile([Span(each.label, look.BODY)], label - _AIR)),
            Column(label, bar - _AIR, (_Lying(share),)),
            Column(label + bar, rest, pile([Span(each.text, look.BODY)], rest)),
        )
        yield Row(columns, gap=0 if number else 6, pad=(1, 1), whole=True, keep_next=not number)


def columns(block: b.Columns, width: float) -> Iterator[Row]:
    """Yield lines of upright bars, each with its number above and its label below."""
    most = _most(block.bars)
    fit = max(1, int(width // _NARROWEST))
    for start in range(0, len(block.bars), fit):
        line = block.bars[start : start + fit]
        wide = min(width / len(line), 70.0)
        heads = [pile([Span(each.text, look.SMALL)], wide - 4, "c") for each in line]
        room = max(sum(a.height for a in head) for head in heads) + _TALL
        cells = []
        for place, (each, head) in enumerate(zip(line, heads, strict=True)):
            share = None if each.number is None else each.number / most
            tall = 8.0 if share is None else max(1.0, _TALL * share)
            space = room - tall - sum(a.height for a in head)
            foot = pile([Span(each.label, look.SMALL)], wide - 4, "c")
            atoms: tuple[Atom, ...] = (Blank(space), *head, _Standing(share, tall), *foot)
            cells.append(Column(place * wide, wide - 4, atoms))
        yield Row(tuple(cells), gap=8, whole=True)


def tile_map(block: b.TileMap, width: float) -> Iterator[Row]:
    """Yield a row a line of the map, then the legend and the source."""
    across = max((t.column for t in block.tiles), default=0) + 1
    wide = min(width / across, 84.0)
    by_row: dict[int, list[b.Tile]] = defaultdict(list)
    for tile in block.tiles:
        by_row[tile.row].append(tile)
    for number in sorted(by_row):
        line = sorted(by_row[number], key=lambda t: t.column)
        yield _tiles([(t.column * wide, t.name, t.text, t.shade) for t in line], wide, keep_next=True)
    step = width / max(1, len(block.legend))
    yield _tiles([(i * step, said, "", s) for i, (s, said) in enumerate(block.legend)], step, gap=8)
    if block.source:
        yield Row((Column(0, width, pile([Span(block.source, look.MUTED)], width)),), gap=3)


def _tiles(
    tiles: list[tuple[float, str, str, Shade]], wide: float, *, gap: float = 0.0, keep_next: bool = False
) -> Row:
    """Return tiles of one height beside each other: left edge, name, number, pattern."""
    texts = []
    style = _fitting([name for _, name, _, _ in tiles], wide - 10)
    for _, name, text, _ in tiles:
        lines = script.lay_out([Span(name, style)], wide - 10)
        texts.append((*lines, *(script.lay_out([Span(text, look.CHIP)], wide - 10) if text else ())))
    height = max(sum(line.height for line in lines) for lines in texts) + _SWATCH + 6
    cells = [
        Column(x, wide - 4, (_Tile(lines, shade, height), Blank(4)))
        for (x, _, _, shade), lines in zip(tiles, texts, strict=True)
    ]
    return Row(tuple(cells), gap=gap, whole=True, keep_next=keep_next)


def _fitting(names: list[str], width: float) -> script.Style:
    """Return letters in which no word of the names has to be broken, if they need not be too small for it."""
    for size in (8.0, 7.5, 7.0, 6.5, 6.0, 5.5):
        style = replace(look.RUNNING, size=size, leading=size * 1.375)
        if all(script.longest_word([Span(name, style)]) <= width for name in names):
            break
    return style


def _most(drawn: tuple[b.Bar, ...]) -> int:
    return max((each.number or 0 for each in drawn), default=0) or 1
