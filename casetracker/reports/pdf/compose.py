"""From blocks to rows: one function a block."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatch

from reportlab.lib.utils import ImageReader

from casetracker.reports import blocks as b
from casetracker.reports import drawn, script
from casetracker.reports.pdf import charts, look, timeline
from casetracker.reports.pdf.atoms import Atom, Blank, Entry, Frame, PageOf, Photo, pile
from casetracker.reports.pdf.cells import chip_lines, column, fitted
from casetracker.reports.pdf.rows import Column, Decor, Mark, Row
from casetracker.reports.script import Span, Style

LABELS, LABELS_OF_TWO = 122.0, 166.0  # width of the labels of facts, in one language and in two
AIR = 6.0  # at each side of a cell
GAP = 10.0  # between fields beside each other
UNBROKEN = 110.0  # height up to which the row of a table stays on one page
BETWEEN = 20.0  # between a text and the same in a second language
LOGO = 150.0, 48.0  # the most it takes across and down
PORTRAIT = 74.0, 88.0  # 26 by 31 mm, as on a form
HEADS = Decor(rule=look.FRAME, rule_width=0.8)
LINE = Decor(rule=look.RULE)
_MM = 72 / 25.4


@singledispatch
def rows(block: b.Block, width: float) -> Iterator[Row]:
    """Yield the rows of a block on a text `width` points wide."""
    raise TypeError(type(block).__name__)


def _plain(spans: list[Span], width: float, gap: float, align: str = "s", indent: float = 0.0) -> Row:
    return Row((Column(indent, width - indent, pile(spans, width - indent, align)),), gap=gap)


@rows.register
def _(block: b.Cover, width: float) -> Iterator[Row]:
    if block.handling:
        chips = chip_lines(tuple(b.Chip(each, b.Tone.RED) for each in block.handling.split("\n")), width)
        yield Row((Column(0, width, (*chips, Blank(10))),), keep_next=True)
    title = pile([Span(block.title, look.TITLE)], width, "s")
    subtitle = pile([Span(block.subtitle, look.SUBTITLE)], width, "s") if block.subtitle else ()
    yield Row((Column(0, width, (*title, *subtitle, Blank(10))),), whole=True, keep_next=True,
              decor=Decor(rule=look.BLUE, rule_width=1.8))  # fmt: skip
    yield from _facts(block.facts, width, 10.0)
    yield Row((Column(0, width, (Blank(6),)),))


@rows.register
def _(block: b.Letterhead, width: float) -> Iterator[Row]:
    if not block.logo:
        yield from rows(b.Para(block.name, style="muted"), width)
        return
    image = ImageReader(io.BytesIO(block.logo))
    across, down = image.getSize()
    high = min(LOGO[1], LOGO[0] * down / across)
    wide = high * across / down
    x = wide + 14
    name = pile([Span(block.name, look.LETTERHEAD)], width - x) if block.name else ()
    above = Blank(max(0.0, (high - sum(atom.height for atom in name)) / 2))  # in the middle of the logo
    picture = Column(0, wide, (Photo(image, wide, high, framed=False),))
    yield Row((picture, Column(x, width - x, (above, *name))), gap=6, pad=(0, 12), whole=True, keep_next=True)


@rows.register
def _(block: b.Section, width: float) -> Iterator[Row]:
    if block.anchor or block.outline:
        anchor = block.anchor or f"section {block.outline}"
        yield Row((), keep_next=True, marks=(Mark(anchor, block.outline),))


@rows.register
def _(block: b.Heading, width: float) -> Iterator[Row]:
    level = min(max(block.level, 1), 3)
    outline = block.text.replace("\n", " / ") if level < 3 else ""
    marks = (Mark(block.anchor, outline, level - 1),) if block.anchor else ()
    row = _plain([Span(block.text, look.HEADINGS[level])], width, look.BEFORE_HEADING[level])
    yield replace(row, keep_next=True, whole=True, marks=marks, pad=(0, 2))


@rows.register
def _(block: b.Para, width: float) -> Iterator[Row]:
    style = {"body": look.BODY, "small": look.SMALL, "muted": look.MUTED, "quote": look.QUOTE}[block.style]
    if not block.text and not block.lead:
        return
    bold = replace(look.LEAD, size=style.size, leading=style.leading)
    indent = 14.0 if block.style == "quote" else 0.0
    first, second = (
        _led(block.lead, block.text, bold, style),
        _led(block.lead_beside, block.beside, bold, style),
    )
    row = Row(_two_columns(first, second, indent, width - indent), gap=7.0)
    yield replace(row, decor=Decor(bar=look.FRAME)) if block.style == "quote" else row


def _led(lead: str, text: str, bold: Style, style: Style) -> list[Span]:
    """Return a text with what stands bold before it."""
    return [Span(f"{lead} ", bold)] * bool(lead) + [Span(text, style)] * bool(text or lead)


def _two_columns(first: list[Span], second: list[Span], x: float, width: float) -> tuple[Column, ...]:
    """Return a text over the whole width, or, if it is there in a second language, both beside each other."""
    half = (width - BETWEEN) / 2 if second else width
    places = ((x, first), (x + half + BETWEEN, second)) if second else ((x, first),)
    return tuple(Column(at, half, pile(spans, half, "s")) for at, spans in places)


@rows.register
def _(block: b.Names, width: float) -> Iterator[Row]:
    if not block.main and not any(block.others):
        return
    photo = _photo(block.portrait, PORTRAIT) if block.portrait else None
    wide = width - (photo.width + BETWEEN if photo else 0.0)
    main = pile([Span(block.main, look.MAIN_NAME)], wide)
    others = [Span(script.joined(block.others), look.OTHER_NAMES)]
    below = pile(others, wide, base="L") if any(block.others) else ()
    chips = (Blank(4), *chip_lines(block.chips, wide)) if block.chips else ()
    words = Column(0, wide, (*main, *below, *chips))
    beside = (Column(width - photo.width, photo.width, (photo,)),) if photo else ()
    yield Row((words, *beside), gap=8, pad=(0, 2), whole=True, keep_next=True)


def _photo(data: bytes, most: tuple[float, float]) -> Photo:
    """Return a picture as large as there is room for, across and down."""
    image = ImageReader(io.BytesIO(data))
    across, down = image.getSize()
    wide = min(most[0], most[1] * across / down)
    return Photo(image, wide, wide * down / across)


@rows.register
def _(block: b.Callout, width: float) -> Iterator[Row]:
    first = _led(block.title, block.text, look.LEAD, look.BODY)
    second = _led(block.title_beside, block.beside, look.LEAD, look.BODY)
    yield Row(_two_columns(first, second, 15, width - 30), gap=8, pad=(9, 9),
              decor=Decor(frame=look.FRAME, bar=look.TONES[block.tone].line))  # fmt: skip


@rows.register
def _(block: b.Facts, width: float) -> Iterator[Row]:
    if block.columns == 1:
        yield from _facts(block.pairs, width, 8.0)
        return
    half = (width - 20) / 2
    sides = [next(_facts((pair,), half, 0.0)).columns for pair in block.pairs if pair[1]]
    for number, left in enumerate(sides[::2]):
        right = sides[2 * number + 1] if 2 * number + 1 < len(sides) else ()
        moved = tuple(replace(c, x=c.x + half + 20) for c in right)
        yield Row((*left, *moved), gap=0 if number else 8, pad=(1.5, 1.5))


def _facts(pairs: tuple[tuple[str, b.Cell], ...], width: float, before: float) -> Iterator[Row]:
    two_languages = any("\n" in label for label, _ in pairs)
    labels = min(LABELS_OF_TWO if two_languages else LABELS, width * 0.43)
    for label, value in pairs:
        if value:
            name = Column(0, labels - 8, pile([Span(label, look.LABEL)], labels - 8))
            yield Row((name, column(value, labels, width - labels)), gap=before, pad=(1.5, 1.5))
            before = 0.0


@rows.register
def _(block: b.Table, width: float) -> Iterator[Row]:
    align = block.align.ljust(len(block.heads), "l")
    widths = fitted(block, width)
    if not block.rows:
        yield from _nothing(block.empty, width)
        return
    heads = _heads(block.heads, widths, align)
    for number, cells in enumerate(block.rows):
        yield from heads if not number else ()
        row = Row(_beside(cells, widths, align), pad=(3.2, 3.6), decor=LINE, heads=heads)
        yield replace(row, whole=row.height < UNBROKEN)


def _beside(cells: tuple[b.Cell, ...], widths: list[float], align: str) -> tuple[Column, ...]:
    """Return the cells of a row as columns beside each other, with air at each side."""
    columns, x = [], 0.0
    for cell, width, where in zip(cells, widths, align, strict=False):
        columns.append(column(cell, x + AIR, width - 2 * AIR, where))
        x += width
    return tuple(columns)


def _heads(texts: tuple[str, ...], widths: list[float], align: str) -> tuple[Row, ...]:
    if not any(texts):
        return ()
    columns, x = [], 0.0
    for text, width, where in zip(texts, widths, align, strict=True):
        columns.append(
            Column(x + AIR, width - 2 * AIR, pile([Span(text, look.HEAD)], width - 2 * AIR, where))
        )
        x += width
    return (Row(tuple(columns), gap=3, pad=(2, 3), decor=HEADS, keep_next=True, whole=True),)


def _nothing(text: str, width: float) -> Iterator[Row]:
    if text:
        yield _plain([Span(text, look.MUTED)], width, 4.0)


@rows.register
def _(block: b.Chronology, width: float) -> Iterator[Row]:
    if not block.entries:
        yield from _nothing(block.empty, width)
        return
    sourced = any(e.source for e in block.entries)
    dates = min(max(script.natural_width([Span(e.date, look.BODY)]) for e in block.entries) + 14, 150)
    widths = [max(dates, 66), 0.0, 112.0 if sourced else 0.0]
    widths[1] = width - sum(widths)
    number = 3 if sourced else 2
    heads = _heads((*block.heads, "", "")[:number], widths[:number], "lll"[:number]) if block.heads else ()
    for place, entry in enumerate(block.entries):
        yield from heads if not place else ()
        cells: tuple[b.Cell, ...] = (entry.date, "", b.Muted(entry.source))
        bar = look.TONES[entry.tone].line if entry.tone is not b.Tone.GREY else ""
        columns = list(_beside(cells[:number], widths[:number], "lll"))
        columns[1] = _happened(entry, columns[1])
        yield Row(tuple(columns), pad=(2.2, 2.6), decor=replace(LINE, bar=bar), heads=heads)


def _happened(entry: b.Entry, column: Column) -> Column:
    """Return what happened with its detail behind it: a long chronology must not cost a page."""
    style = look.LEAD if entry.tone is not b.Tone.GREY else look.BODY
    detail = [Span(f"  {entry.detail}", look.MUTED)] if entry.detail else []
    return replace(column, atoms=pile([Span(entry.what, style), *detail], column.width))


@rows.register
def _(block: b.Index, width: float) -> Iterator[Row]:
    if not block.entries:
        yield from _nothing(block.empty, width)
        return
    page = max(38.0, script.natural_width([Span(block.heads[3], look.HEAD)]) + 2 * AIR)
    widths = [30.0, (width - 30 - page) * 0.46, (width - 30 - page) * 0.54, page]
    heads = _heads(block.heads, widths, "lllr")
    for place, entry in enumerate(block.entries):
        yield from heads if not place else ()
        main, *others = entry.names or ("",)
        small = script.joined([*others, entry.ref])
        names: b.Cell = (b.Strong(main), b.Muted(small))
        columns = _beside((entry.number, names, entry.asked), widths, "lll")
        last = Column(width - page + AIR, page - 2 * AIR, (PageOf(entry.anchor),))
        yield Row((*columns, last), pad=(3.2, 3.6), decor=LINE, heads=heads, link=entry.anchor, whole=True)


@rows.register
def _(block: b.Chips, width: float) -> Iterator[Row]:
    if block.chips:
        yield Row((Column(0, width, chip_lines(block.chips, width)),), gap=7, keep_next=True)


@rows.register
def _(block: b.Note, width: float) -> Iterator[Row]:
    line = Row((Column(0, width, (Blank(0.1),)),), gap=10, pad=(0, 4), decor=LINE, keep_next=True)
    yield line
    second = [Span(block.beside, look.NOTE)] if block.beside else []
    yield Row(_two_columns([Span(block.text, look.NOTE)], second, 0.0, width), gap=4.0)


@rows.register
def _(block: b.Picture, width: float) -> Iterator[Row]:
    image = ImageReader(io.BytesIO(block.data))
    across, down = image.getSize()
    wide = min(block.width * _MM, width, 420 * across / down)  # never taller than 420 points
    atoms = (Photo(image, wide, wide * down / across), Blank(3))
    caption = pile([Span(block.caption, look.MUTED)], width) if block.caption else ()
    yield Row((Column(0, width, (*atoms, *caption)),), gap=6, whole=True)


@rows.register
def _(block: b.Bars, width: float) -> Iterator[Row]:
    yield from charts.bars(block, width) if block.bars else _nothing(block.empty, width)


@rows.register
def _(block: b.Columns, width: float) -> Iterator[Row]:
    yield from charts.columns(block, width) if block.bars else _nothing(block.empty, width)


@rows.register
def _(block: b.TileMap, width: float) -> Iterator[Row]:
    yield from charts.tile_map(block, width)


@rows.register
def _(block: drawn.Timeline, width: float) -> Iterator[Row]:
    yield from timeline.rows(block, width)


@rows.register
def _(block: b.Signature, width: float) -> Iterator[Row]:
    stamp = 130.0 if block.stamp else 0.0
    lines = width - stamp - (24 if stamp else 0)
    atoms: list[Atom] = []
    for label in block.labels:
        atoms += [Blank(26), *pile([Span(f"{label}: {'_' * 42}", look.MUTED)], lines)]
    columns = [Column(0, lines, tuple(atoms))]
    if stamp:
        frame = Frame(tuple(script.lay_out([Span(block.stamp, look.MUTED)], stamp - 12)))
        columns.append(Column(width - stamp, stamp, (Blank(14), frame)))
    yield Row(tuple(columns), gap=6, whole=True)


@rows.register
def _(block: b.FormFields, width: float) -> Iterator[Row]:
    yield replace(_plain([Span(block.title, look.HEADINGS[3])], width, 10.0), keep_next=True, pad=(0, 2))
    if block.note:
        yield replace(_plain([Span(block.note, look.MUTED)], width, 0.0), keep_next=True)
    line: list[Column] = []
    used = 0.0
    for field in block.fields:
        if used + field.share > 1.001:
            yield Row(tuple(line), gap=4, whole=True, keep_next=True)
            line, used = [], 0.0
        last = used + field.share > 0.999
        line.append(_entry(field, used * width, field.share * width, last=last))
        used += 0.0 if field.hidden else field.share
    yield Row(tuple(line), gap=4, whole=True)


def _entry(field: b.ReplyField, x: float, width: float, *, last: bool) -> Column:
    """Return the frame of a field with its label above; a hidden one takes no room."""
    if field.hidden:
        return Column(x, 0.0, (Entry(field, 0.0),))
    across = width - (0.0 if last else GAP)
    label = pile([Span(field.label, look.HEAD)], across)
    return Column(x, across, (*label, Entry(field, 6.0 + look.BODY.height * field.lines)))


@rows.register
def _(block: b.Keep, width: float) -> Iterator[Row]:
    every = [row for each in block.blocks for row in rows(each, width)]
    for number, row in enumerate(every, 1):
        last = number == len(every)
        yield replace(row, keep_next=row.keep_next if last else True, whole=True)


@rows.register
def _(block: b.Smaller, width: float) -> Iterator[Row]:
    for each in block.blocks:
        for row in rows(each, width / block.scale):
            yield replace(row, gap=row.gap * block.scale, scale=block.scale, whole=True)
