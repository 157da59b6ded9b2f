"""What stands in a cell, and how wide the columns of a table are."""

from __future__ import annotations

from casetracker.reports import script
from casetracker.reports.blocks import Cell, Chip, Muted, Part, Strong, Table
from casetracker.reports.pdf import look
from casetracker.reports.pdf.atoms import Atom, ChipLine, pile
from casetracker.reports.pdf.rows import Column
from casetracker.reports.script import Span, Style

_AIR = 12.0  # beside the text of a cell, both sides together


def column(cell: Cell, x: float, width: float, align: str = "l") -> Column:
    """Return a cell as a column; its parts stand below each other, chips beside each other where they fit."""
    atoms: list[Atom] = []
    chips: list[Chip] = []
    for part in cell if isinstance(cell, tuple) else (cell,):
        if isinstance(part, Chip):
            chips.append(part)
            continue
        atoms += chip_lines(tuple(chips), width)
        chips = []
        text, style = _styled(part)
        if text:
            atoms += pile([Span(text, style)], width, align)
    return Column(x, width, (*atoms, *chip_lines(tuple(chips), width)))


def _styled(part: Part) -> tuple[str, Style]:
    if isinstance(part, Strong):
        return part.text, look.LEAD
    if isinstance(part, Muted):
        return part.text, look.MUTED
    if isinstance(part, Chip):
        return part.text, look.CHIP
    return part, look.BODY


def chip_lines(chips: tuple[Chip, ...], width: float) -> tuple[Atom, ...]:
    """Return chips in as many lines as they need; the text of one that is wider than the line is broken."""
    lines: list[list[tuple[Chip, tuple[script.Line, ...]]]] = [[]]
    used = 0.0
    for chip in chips:
        around = ChipLine.around(chip.tone)
        text = tuple(script.lay_out([Span(chip.text, _ink(chip))], width - around))
        wide = max(line.width for line in text) + around
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        lines[-1].append((chip, text))
        used += wide + ChipLine.GAP
    return tuple(ChipLine(tuple(line)) for line in lines if line)


def _ink(chip: Chip) -> Style:
    return Style(look.CHIP.size, look.CHIP.weight, look.TONES[chip.tone].line, look.CHIP.leading)


def fitted(table: Table, width: float) -> list[float]:
    """Return the widths of the columns in points: as asked, or as what they hold needs."""
    if table.widths:
        return _for_heads(table.heads, [width * share / sum(table.widths) for share in table.widths])
    least, ideal = [], []
    for number, head in enumerate(table.heads):
        parts = [(head, look.HEAD), *(p for row in table.rows for p in _parts(row[number]))]
        least.append(max(script.longest_word([Span(*p)]) for p in parts) + _AIR)
        ideal.append(max(script.natural_width([Span(*p)]) for p in parts) + _AIR)
    return _shared(least, ideal, width)


def _for_heads(heads: tuple[str, ...], widths: list[float]) -> list[float]:
    """Make wider, at the cost of the others, each column in which a word of its head would be broken."""
    least = [script.longest_word([Span(head, look.HEAD)]) + _AIR + 0.1 for head in heads]
    lacking = sum(max(low - wide, 0.0) for low, wide in zip(least, widths, strict=True))
    spare = sum(max(wide - low, 0.0) for low, wide in zip(least, widths, strict=True))
    if not lacking or lacking >= spare:
        return widths
    return [
        low if wide < low else wide - (wide - low) * lacking / spare
        for low, wide in zip(least, widths, strict=True)
    ]


def _parts(cell: Cell) -> list[tuple[str, Style]]:
    every = cell if isinstance(cell, tuple) else (cell,)
    styled = [(_styled(part), part) for part in every]
    unbroken = "\u00a0"  # a chip needs its whole width, and some for its frame
    return [
        (text.replace(" ", unbroken) + unbroken * 11 if isinstance(part, Chip) else text, style)
        for (text, style), part in styled
    ]


def _shared(least: list[float], ideal: list[float], width: float) -> list[float]:
    spare = width - sum(ideal)
    if spare >= 0:  # all fits: the widest column takes what is over
        widest = ideal.index(max(ideal)) if ideal else 0
        return [w + (spare if i == widest else 0) for i, w in enumerate(ideal)]
    if sum(least) >= width:
        return [w * width / sum(least) for w in least]
    wish = [min(i, width * 0.6) - low if i > low else 0.0 for i, low in zip(ideal, least, strict=True)]
    wish = [max(w, 0.0) for w in wish]
    rest = width - sum(least)
    total = sum(wish) or 1.0
    return [low + rest * w / total for low, w in zip(least, wish, strict=True)]
