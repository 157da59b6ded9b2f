"""The rows of the tables in those pages: read from the leaves, so that a lost branch loses as little as
possible.

The format is SQLite's (sqlite.org/fileformat2.html). A leaf whose branch is lost is given to its table by the
shape of its rows, where only one damaged table has that shape; freed pages hold nothing, because the program
overwrites what it frees.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from casetracker.store.rescue.pages import USABLE, Pages

_INTERIOR, _LEAF = 0x05, 0x0D
_SCHEMA_KINDS = ("table", "index", "trigger", "view")
Row = tuple[int, list[Any]]  # the number of the row, its values


@dataclass
class Walk:
    """What was found below the root of a table. `bad` are pages of it that could not be read."""

    rows: dict[int, list[Any]] = field(default_factory=dict)
    bad: list[int] = field(default_factory=list)
    cut: int = 0  # rows of which a part lies in a page that could not be read
    seen: set[int] = field(default_factory=set)


def walk(pages: Pages, root: int) -> Walk:
    """Read every row below a root page that can be read."""
    found, waiting = Walk(), [root]
    while waiting:
        number = waiting.pop()
        if number in found.seen:
            continue
        found.seen.add(number)
        page = pages.good.get(number)
        if page is None:
            found.bad.append(number)
        elif _kind(page, number) == _INTERIOR:
            waiting += _children(page, number)
        elif _kind(page, number) == _LEAF:
            take_leaf(pages, number, found)
    return found


def take_leaf(pages: Pages, number: int, found: Walk) -> None:
    """Add the rows of one leaf page."""
    for rowid, record in _cells(pages, number):
        if record is None:
            found.cut += 1
        else:
            found.rows.setdefault(rowid, record)


def schema(pages: Pages) -> tuple[list[Row], list[int]]:
    """Return the rows that say which tables there are, and the pages of them that could not be read."""
    found = walk(pages, 1)
    if found.bad:
        for number in orphans(pages, found.seen):
            rows = [record for _, record in _cells(pages, number) if record]
            if rows and all(_is_schema(record) for record in rows):
                take_leaf(pages, number, found)
    return list(found.rows.items()), found.bad


def orphans(pages: Pages, seen: set[int]) -> Iterator[int]:
    """Return the leaves of tables that were reached from nowhere."""
    for number, page in pages.good.items():
        if number not in seen and _kind(page, number) == _LEAF:
            yield number


def shape(pages: Pages, number: int, fits: Callable[[list[Any]], bool]) -> bool:
    """Whether all rows of a leaf have the shape of a table."""
    rows = [record for _, record in _cells(pages, number) if record]
    return bool(rows) and all(map(fits, rows))


def _is_schema(record: list[Any]) -> bool:
    return len(record) == 5 and record[0] in _SCHEMA_KINDS and isinstance(record[3], int)


def _kind(page: bytes, number: int) -> int:
    return page[100 if number == 1 else 0]


def _children(page: bytes, number: int) -> list[int]:
    start = 100 if number == 1 else 0
    cells = struct.unpack_from(">H", page, start + 3)[0]
    pointers = struct.unpack_from(f">{cells}H", page, start + 12)
    children = [struct.unpack_from(">I", page, at)[0] for at in pointers]
    return [*children, struct.unpack_from(">I", page, start + 8)[0]]


def _cells(pages: Pages, number: int) -> Iterator[tuple[int, list[Any] | None]]:
    page = pages.good[number]
    start = 100 if number == 1 else 0
    cells = struct.unpack_from(">H", page, start + 3)[0]
    for pointer in struct.unpack_from(f">{cells}H", page, start + 8):
        length, at = _varint(page, pointer)
        rowid, at = _varint(page, at)
        content = _payload(pages, page, at, length)
        yield _signed(rowid), _record(content) if content is not None else None


def _payload(pages: Pages, page: bytes, at: int, length: int) -> bytes | None:
    """Return what a cell holds; None if a part of it lies in a page that could not be read."""
    most, least = USABLE - 35, (USABLE - 12) * 32 // 255 - 23
    if length <= most:
        return page[at : at + length]
    here = least + (length - least) % (USABLE - 4)
    here = here if here <= most else least
    content = page[at : at + here]
    following = struct.unpack_from(">I", page, at + here)[0]
    while following and len(content) < length:
        over = pages.good.get(following)
        if over is None:
            return None
        following = struct.unpack_from(">I", over, 0)[0]
        content += over[4 : 4 + min(USABLE - 4, length - len(content))]
    return content if len(content) == length else None


def _record(content: bytes) -> list[Any]:
    size, at = _varint(content, 0)
    kinds = []
    while at < size:
        kind, at = _varint(content, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(content, at, kind)
        values.append(value)
    return values


def _value(content: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind == 7:
        return struct.unpack_from(">d", content, at)[0], at + 8
    if kind < 7:
        width = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}[kind]
        return int.from_bytes(content[at : at + width], "big", signed=True), at + width
    width = (kind - 12) // 2
    raw = content[at : at + width]
    return (raw.decode("utf-8", "replace") if kind % 2 else raw), at + width


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = content[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
