"""Looks at the letters of a PDF where they stand: none in the margins, none on another, no heading alone.

It reads the places of all letters back with PDFium, so it knows nothing of how the paper was laid out.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

SIDE = 48.0  # the margin of 50 points, and what a letter may reach over it
FOOT = 50.0  # below this stands the footer
COVERED = 0.3  # of a letter, by one of another line
HEADINGS = {("Bold", 15.0), ("Bold", 10.5), ("SemiBold", 9.5)}
_CELL = 12.0


@dataclass(frozen=True)
class Letter:
    """A letter on paper, with its box in points from the lower left."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    font: tuple[str, float]

    @property
    def surface(self) -> float:
        """The surface of its box."""
        return (self.right - self.left) * (self.top - self.bottom)

    def covered(self, other: Letter) -> float:
        """Return the share of the smaller of both that lies under the other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across * up / min(self.surface, other.surface) if across > 0 and up > 0 else 0.0


def letters(page: pypdfium2.PdfPage) -> list[Letter]:
    """Return all letters of a page that leave ink."""
    text, found = page.get_textpage(), []
    name = ctypes.create_string_buffer(128)
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        if char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}:
            continue
        left, bottom, right, top = text.get_charbox(index)
        if right - left < 0.05 or top - bottom < 0.05:
            continue
        raw.FPDFText_GetFontInfo(text, index, name, 128, None)
        weight = name.value.decode("latin-1").rpartition("-")[2]
        font = weight, round(raw.FPDFText_GetFontSize(text, index), 1)
        found.append(Letter(char, left, bottom, right, top, font))
    return found


def _joins(char: str) -> bool:
    """Whether a letter runs into its neighbours by nature."""
    return (
        unicodedata.category(char) in {"Mn", "Me", "Lm"} or "\u0600" <= char <= "\u08ff" or char >= "\ufb50"
    )


def on_each_other(page: list[Letter]) -> Iterator[str]:
    """Yield pairs of letters of which one lies on the other."""
    cells: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in page:
        if _joins(letter.char):
            continue
        near = {
            (x, y)
            for x in (int(letter.left // _CELL), int(letter.right // _CELL))
            for y in (int(letter.bottom // _CELL), int(letter.top // _CELL))
        }
        others = {id(other): other for cell in near for other in cells[cell]}
        for other in others.values():
            if letter.covered(other) > COVERED:
                yield f"“{letter.char}” on “{other.char}” at {letter.left:.0f}, {letter.bottom:.0f}"
        for cell in near:
            cells[cell].append(letter)


def outside(page: list[Letter], width: float, height: float) -> Iterator[str]:
    """Yield letters that stand in the margins."""
    for letter in page:
        if (
            letter.left < SIDE
            or letter.right > width - SIDE
            or letter.bottom < 15
            or letter.top > height - 25
        ):
            yield f"“{letter.char}” at {letter.left:.0f}, {letter.bottom:.0f}"


def alone(page: list[Letter]) -> str:
    """Return the last line of a page if it is a heading, without its text below it."""
    text = [letter for letter in page if letter.bottom > FOOT]
    if not text:
        return ""
    lowest = min(text, key=lambda letter: letter.bottom)
    line = [letter for letter in text if abs(letter.bottom - lowest.bottom) < 5]
    heading = all(letter.font in HEADINGS for letter in line)
    return "".join(letter.char for letter in line) if heading else ""


def faults(path: Path) -> list[str]:
    """Return what is wrong with the layout of a paper, page by page."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            every = letters(page)
            said = [f"outside: {each}" for each in outside(every, *page.get_size())]
            said += [f"overlap: {each}" for each in on_each_other(every)]
            said += [f"heading alone: {each}" for each in [alone(every)] if each]
            found += [f"page {number}: {each}" for each in said]
    return found
