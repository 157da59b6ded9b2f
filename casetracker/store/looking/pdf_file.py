"""PDFs in the child process: drawn, searched, cut to some pages, and made anew as pictures of pages."""

from __future__ import annotations

import ctypes
import importlib
import io
import math
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from casetracker.store.looking.picture import MOST_SHOWN, Box

MOST_PAGES = 5000
MOST_HITS = 500
REDACTED_DPI = 200
_POINTS = 72
_QUALITY = 85
_GROWN = 2  # pixels that a box is larger than it was drawn
_LONGEST = 200  # letters of a fact
_SIDE = 14_400.0  # points: the largest page that PDF 1.7 allows
_RUNNING = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")


class Locked(Exception):
    """The PDF wants a password."""


def prepare() -> None:
    """Load what else is needed, before the limits."""
    importlib.import_module("pypdf")


class Pdf:
    """One PDF. Scripts in it never run: this build of PDFium has no engine for them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._file = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Locked if "assword" in str(error) else error from error
        self._file.init_forms()
        self.notes = self._notes()
        self._made: pypdfium2.PdfDocument | None = None
        self._extracted = b""

    def pages(self) -> list[tuple[float, float]]:
        """Return the sizes of the pages, in points."""
        return [self._size(number) for number in range(min(len(self._file), MOST_PAGES))]

    def _size(self, number: int) -> tuple[float, float]:
        width, height = self._file.get_page_size(number)
        return tuple(side if 1.0 <= side <= _SIDE else 595.0 for side in (width, height))  # type: ignore[return-value]

    def render(self, page: int, scale: float) -> tuple[int, int, bytes]:
        """Return a page as rows of red, green and blue."""
        drawn = self._drawn(page, scale)
        return drawn.width, drawn.height, drawn.tobytes()

    def _drawn(self, number: int, scale: float) -> Image.Image:
        width, height = self._size(number)
        scale = min(scale, math.sqrt(MOST_SHOWN / max(width * height, 1)))
        page = self._file[number]
        try:
            drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
            return drawn
        finally:
            page.close()

    def find(self, text: str) -> list[list[float]]:
        """Return where a text stands: the page and the box as shares of it, at most `MOST_HITS`."""
        hits: list[list[float]] = []
        for number in range(min(len(self._file), MOST_PAGES)):
            page = self._file[number]
            words = page.get_textpage()
            search = words.search(text)
            while (found := search.get_next()) is not None and len(hits) < MOST_HITS:
                rects = [words.get_rect(each) for each in range(words.count_rects(*found))]
                hits.extend([number, *_share(page, rect)] for rect in rects)
            words.close()
            page.close()
            if len(hits) >= MOST_HITS:
                break
        return hits[:MOST_HITS]

    def facts(self) -> dict[str, Any]:
        """Return what the program that wrote the PDF said about it."""
        told = self._file.get_metadata_dict(skip_empty=True)
        names = {"Title": "title", "Author": "artist", "Creator": "software", "CreationDate": "taken"}
        found = {names[key]: _plain(value) for key, value in told.items() if key in names}
        return {name: value for name, value in found.items() if value}

    def redact(self, page: int, boxes: Sequence[Box]) -> None:
        """Add a page to the new PDF: a picture of it, on which the boxes are black. No text stays."""
        if self._made is None:
            self._made = pypdfium2.PdfDocument.new()
        drawn = self._drawn(page, REDACTED_DPI / _POINTS)
        paint = ImageDraw.Draw(drawn)
        for left, top, right, bottom in boxes:
            corners = (left * drawn.width, top * drawn.height, right * drawn.width, bottom * drawn.height)
            first = [math.floor(corners[0]) - _GROWN, math.floor(corners[1]) - _GROWN]
            paint.rectangle([*first, math.ceil(corners[2]) + _GROWN, math.ceil(corners[3]) + _GROWN], "black")
        out = io.BytesIO()
        drawn.save(out, "JPEG", quality=_QUALITY, dpi=(REDACTED_DPI, REDACTED_DPI))
        width, height = self._size(page)
        picture = pypdfium2.PdfImage.new(self._made)
        picture.load_jpeg(io.BytesIO(out.getvalue()), inline=True)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        sheet = self._made.new_page(width, height)
        sheet.insert_obj(picture)
        sheet.gen_content()
        sheet.close()

    def extract(self, first: int, last: int) -> None:
        """Make a PDF of some of the pages, counted from nought, with nothing about where it came from."""
        self._extracted = _bare(self._data, range(first, last + 1))

    def finish(self) -> bytes:
        """Return what was made."""
        if self._made is None:
            return self._extracted
        out = io.BytesIO()
        self._made.save(out)
        self._made = None
        return _bare(out.getvalue())

    def _notes(self) -> list[str]:
        """Say what is in the PDF beside its pages, by the keys that the program has words for."""
        found = []
        scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(self._file)
        if scripts > 0 or _names(self._data, b"/JS", b"/JavaScript"):
            found.append("scripts")
        if pdfium.FPDFDoc_GetAttachmentCount(self._file) > 0 or _names(self._data, b"/EmbeddedFile"):
            found.append("attachments")
        if _names(self._data, b"/Launch", b"/GoToR", b"/SubmitForm"):
            found.append("launches")
        return found


def _names(data: bytes, *names: bytes) -> bool:
    return any(name in data for name in names)


def _share(page: pypdfium2.PdfPage, rect: tuple[float, float, float, float]) -> list[float]:
    """Return a box of the page's own points as shares of the page as it is shown, turned and cut."""
    size, corners = 10_000, []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, size, size, 0, x, y, across, down)
        corners.append((across.value / size, down.value / size))
    (a, b), (c, d) = corners
    return [min(a, c), min(b, d), max(a, c), max(b, d)]


def _bare(data: bytes, wanted: range | None = None) -> bytes:
    """Return some pages of a PDF, or all, without metadata, scripts, attachments and actions."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, NameObject

    reader, writer = PdfReader(io.BytesIO(data)), PdfWriter()
    for number in wanted if wanted is not None else range(len(reader.pages)):
        page = writer.add_page(reader.pages[number])
        for name in ("/AA", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/StructParents"):
            page.pop(name, None)
        kept = ArrayObject()
        for mark in page.get("/Annots", ArrayObject()) or ArrayObject():
            inner = mark.get_object()
            if inner.get("/Subtype") in _RUNNING:
                continue
            for name in ("/A", "/AA", "/PA", "/T", "/M", "/CreationDate", "/NM"):
                inner.pop(name, None)
            kept.append(mark)
        if "/Annots" in page:
            page[NameObject("/Annots")] = kept
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _plain(value: object) -> str:
    return "".join(letter for letter in str(value) if letter.isprintable()).strip()[:_LONGEST]
