"""One paper in two languages: it is built in each of them, and what says the same is printed together.

Labels, heads and facts stand below each other in their places, running text in two columns, headings behind
each other. What is equal in both (names, numbers, what somebody wrote) is printed once. Blocks are paired
section by section, so that what one language has and the other has not is printed as it is and never beside
something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import singledispatch
from itertools import zip_longest

from casetracker import i18n
from casetracker.i18n import BETWEEN
from casetracker.reports import blocks as b
from casetracker.reports import drawn


def spoken(language: str, blocks: Iterable[b.Block]) -> Iterator[b.Block]:
    """Yield blocks, each built in the language, whatever is spoken where they are taken."""
    rest = iter(blocks)
    while True:
        with i18n.language(language):
            block = next(rest, None)
        if block is None:
            return
        yield block


def paired(first: Iterable[b.Block], second: Iterable[b.Block]) -> Iterator[b.Block]:
    """Yield the blocks of a paper that was built in two languages, a section at a time."""
    for one, other in zip_longest(_sections(first), _sections(second), fillvalue=()):
        yield from _aligned(one, other)


def both(first: str, second: str, between: str = BETWEEN) -> str:
    """Return a text in both languages, once if they have the same words for it."""
    return between.join(dict.fromkeys(text for text in (first, second) if text))


def _lines(first: str, second: str) -> str:
    return both(first, second, "\n")


def _sections(blocks: Iterable[b.Block]) -> Iterator[tuple[b.Block, ...]]:
    held: list[b.Block] = []
    for block in blocks:
        if isinstance(block, b.Section) and held:
            yield tuple(held)
            held = []
        held.append(block)
    if held:
        yield tuple(held)


def _aligned(first: tuple[b.Block, ...], second: tuple[b.Block, ...]) -> Iterator[b.Block]:
    ours, theirs = ([likeness(block) for block in side] for side in (first, second))
    for what, a, a_end, c, c_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            for one, other in zip(first[a:a_end], second[c:c_end], strict=True):
                yield one if one == other else merged(one, other)
        else:
            yield from (*first[a:a_end], *second[c:c_end])


def likeness(block: b.Block) -> tuple[object, ...]:
    """Return by what two blocks are known to say the same."""
    if isinstance(block, b.Keep):
        return (b.Keep, *(likeness(each) for each in block.blocks))
    size = tuple(len(rows) for name in _ROWS if isinstance(rows := getattr(block, name, None), tuple))
    return type(block), getattr(block, "anchor", ""), getattr(block, "level", 0), size


_ROWS = ("pairs", "rows", "entries", "heads", "labels", "fields", "facts", "bars", "tiles", "legend")


# What two blocks that say the same are together


@singledispatch
def merged(first: b.Block, second: b.Block) -> b.Block:
    """Return the block that says what `first` and `second`, of one kind and size, say in two languages."""
    raise TypeError(type(first).__name__)


@merged.register
def _(first: b.Cover, second: b.Cover) -> b.Block:
    return b.Cover(
        _lines(first.title, second.title),
        _lines(first.subtitle, second.subtitle),
        _pairs(first.facts, second.facts),
        _lines(first.handling, second.handling),
    )


@merged.register
def _(first: b.Section, second: b.Section) -> b.Block:
    return replace(
        first,
        header_left=_lines(first.header_left, second.header_left),
        header_right=_lines(first.header_right, second.header_right),
        outline=both(first.outline, second.outline),
    )


@merged.register
def _(first: b.Heading, second: b.Heading) -> b.Block:
    return replace(first, text=both(first.text, second.text, "\n" if first.level == 1 else BETWEEN))


@merged.register
def _(first: b.Para, second: b.Para) -> b.Block:
    if first.text == second.text:
        return replace(first, lead=both(first.lead, second.lead))
    return replace(first, beside=second.text, lead_beside=second.lead)


@merged.register
def _(first: b.Names, second: b.Names) -> b.Block:
    others = dict.fromkeys((second.main, *first.others, *second.others))
    return b.Names(
        first.main,
        tuple(name for name in others if name and name != first.main),
        _chips(first.chips, second.chips),
        first.portrait,
    )


@merged.register
def _(first: b.Callout, second: b.Callout) -> b.Block:
    if first.text == second.text:
        return replace(first, title=both(first.title, second.title))
    return replace(first, beside=second.text, title_beside=second.title)


@merged.register
def _(first: b.Facts, second: b.Facts) -> b.Block:
    return replace(first, pairs=_pairs(first.pairs, second.pairs))


@merged.register
def _(first: b.Table, second: b.Table) -> b.Block:
    rows = zip(first.rows, second.rows, strict=True)
    return replace(
        first,
        heads=_all_lines(first.heads, second.heads),
        rows=tuple(tuple(cell(x, y) for x, y in zip(one, other, strict=True)) for one, other in rows),
        empty=_lines(first.empty, second.empty),
    )


@merged.register
def _(first: b.Chronology, second: b.Chronology) -> b.Block:
    return replace(
        first,
        entries=tuple(_entry(*pair) for pair in zip(first.entries, second.entries, strict=True)),
        heads=_all_lines(first.heads, second.heads),
        empty=_lines(first.empty, second.empty),
    )


def _entry(first: b.Entry, second: b.Entry) -> b.Entry:
    return replace(
        first,
        date=_lines(first.date, second.date),
        what=_lines(first.what, second.what),
        detail=both(first.detail, second.detail),
        source=_lines(first.source, second.source),
    )


@merged.register
def _(first: b.Index, second: b.Index) -> b.Block:
    entries = tuple(
        replace(one, names=_unlike((*one.names, *other.names)), asked=cell(one.asked, other.asked))
        for one, other in zip(first.entries, second.entries, strict=True)
    )
    number, names, asked, page = _all_lines(first.heads, second.heads)
    empty = _lines(first.empty, second.empty)
    return b.Index(entries, (number, names, asked, page), empty)


@merged.register
def _(first: b.Chips, second: b.Chips) -> b.Block:
    return b.Chips(_chips(first.chips, second.chips))


@merged.register
def _(first: b.Note, second: b.Note) -> b.Block:
    return replace(first, beside=second.text)


@merged.register
def _(first: b.Picture, second: b.Picture) -> b.Block:
    return replace(first, caption=_lines(first.caption, second.caption))


@merged.register
def _(first: b.Signature, second: b.Signature) -> b.Block:
    return b.Signature(_all_lines(first.labels, second.labels), _lines(first.stamp, second.stamp))


@merged.register
def _(first: b.FormFields, second: b.FormFields) -> b.Block:
    fields = tuple(_field(*pair) for pair in zip(first.fields, second.fields, strict=True))
    return b.FormFields(both(first.title, second.title), fields, _lines(first.note, second.note))


def _field(first: b.ReplyField, second: b.ReplyField) -> b.ReplyField:
    """Return a field that sends back the same codes in whichever language its choices are read."""
    words = dict(second.options)
    options = tuple((code, both(text, words.get(code, ""))) for code, text in first.options)
    return replace(first, label=both(first.label, second.label), options=options)


@merged.register
def _(first: b.Bars, second: b.Bars) -> b.Block:
    return b.Bars(_bars(first.bars, second.bars), _lines(first.empty, second.empty))


@merged.register
def _(first: b.Columns, second: b.Columns) -> b.Block:
    return b.Columns(_bars(first.bars, second.bars), _lines(first.empty, second.empty))


def _bars(first: tuple[b.Bar, ...], second: tuple[b.Bar, ...]) -> tuple[b.Bar, ...]:
    return tuple(
        replace(one, label=_lines(one.label, other.label), text=_lines(one.text, other.text))
        for one, other in zip(first, second, strict=True)
    )


@merged.register
def _(first: b.TileMap, second: b.TileMap) -> b.Block:
    tiles = tuple(
        replace(one, name=_lines(one.name, other.name), text=_lines(one.text, other.text))
        for one, other in zip(first.tiles, second.tiles, strict=True)
    )
    said = zip(first.legend, second.legend, strict=True)
    legend = tuple((shade, _lines(text, other)) for (shade, text), (_, other) in said)
    return b.TileMap(tiles, legend, _lines(first.source, second.source))


@merged.register
def _(first: b.Keep, second: b.Keep) -> b.Block:
    return b.Keep(tuple(_aligned(first.blocks, second.blocks)))


@merged.register
def _(first: b.OnePage, second: b.OnePage) -> b.Block:
    versions = zip(first.versions, second.versions, strict=True)  # as many in every language
    return replace(first, versions=tuple(tuple(_aligned(one, other)) for one, other in versions))


@merged.register
def _(first: drawn.Timeline, second: drawn.Timeline) -> b.Block:
    """The same lanes; what stands beside a sign (dates, states) is read in the first language."""
    if len(first.lanes) != len(second.lanes):
        return first
    lanes = zip(first.lanes, second.lanes, strict=True)
    return replace(
        first, lanes=tuple(replace(one, label=_lines(one.label, other.label)) for one, other in lanes)
    )


# Cells and lists


def cell(first: b.Cell, second: b.Cell) -> b.Cell:
    """Return a cell with each part in both languages, one below the other; equal parts once."""
    one, other = _parts(first), _parts(second)
    if [type(part) for part in one] == [type(part) for part in other]:
        parts = [part for pair in zip(one, other, strict=True) for part in pair]
    else:
        parts = [*one, *other]
    kept: list[b.Part] = []
    own = {_text(part) for part in one}
    for part in parts:
        said = {_text(each) for each in kept}
        if _text(part) and _text(part) not in said and (part in one or _text(part) not in own):
            kept.append(part)
    return kept[0] if len(kept) == 1 else tuple(kept)


def _parts(of: b.Cell) -> tuple[b.Part, ...]:
    return of if isinstance(of, tuple) else (of,)


def _text(part: b.Part) -> str:
    return part if isinstance(part, str) else part.text


def _pairs(
    first: tuple[tuple[str, b.Cell], ...], second: tuple[tuple[str, b.Cell], ...]
) -> tuple[tuple[str, b.Cell], ...]:
    return tuple((_lines(x, y), cell(v, w)) for (x, v), (y, w) in zip(first, second, strict=True))


def _chips(first: tuple[b.Chip, ...], second: tuple[b.Chip, ...]) -> tuple[b.Chip, ...]:
    if len(first) != len(second):
        return tuple(dict.fromkeys((*first, *second)))
    return tuple(replace(x, text=both(x.text, y.text)) for x, y in zip(first, second, strict=True))


def _all_lines(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_lines(x, y) for x, y in zip(first, second, strict=True))


def _unlike(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
