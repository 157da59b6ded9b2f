"""Reads papers back as people do: with poppler where it is installed, and always with PDFium."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2

_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))


def poppler(path: Path) -> str | None:
    """Return the text as pdftotext gives it, without its marks of direction; None where it is missing."""
    tool = shutil.which("pdftotext")
    if not tool:
        return None
    done = subprocess.run([tool, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").translate(_DIRECTIONS)


def pages(path: Path) -> list[str]:
    """Return the text of each page as PDFium gives it."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def finds(path: Path, words: str) -> bool:
    """Tell whether the search of a PDF reader (PDFium's) finds the words as typed."""
    with pypdfium2.PdfDocument(path) as document:
        return any(page.get_textpage().search(words).get_next() for page in document)


def ink(path: Path, page: int = 0) -> tuple[int, int, int, int]:
    """Return the box of all that is printed on a page, in pixels at 72 dots an inch."""
    from PIL import ImageOps

    with pypdfium2.PdfDocument(path) as document:
        picture = document[page].render(scale=1).to_pil().convert("L")
    box = ImageOps.invert(picture).getbbox()
    assert box is not None, "the page is empty"
    return box
