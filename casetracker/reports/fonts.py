"""The fonts of the papers: loaded when first needed, one chosen for each letter, Arabic script joined.

Arabic letters change shape with their neighbours, and this font builds many of them from a skeleton and
loose dots. Written into a PDF as they come, such pieces cannot be searched: a reader finds dots between the
letters. So each group of pieces that stands for a letter is embedded as one glyph of its own, which the PDF
maps back to the letters as they were typed. (ReportLab's own `shaping` maps them to private characters.)
"""

from __future__ import annotations

import struct
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from casetracker.paths import resource

REGULAR, SEMIBOLD, BOLD, ITALIC = "regular", "semibold", "bold", "italic"

_FILES = {
    "sans-regular": "NotoSans-Regular.ttf",
    "sans-semibold": "NotoSans-SemiBold.ttf",
    "sans-bold": "NotoSans-Bold.ttf",
    "sans-italic": "NotoSans-Italic.ttf",
    "arabic-regular": "NotoNaskhArabic-Regular.ttf",
    "arabic-bold": "NotoNaskhArabic-Bold.ttf",
    "chinese-regular": "NotoSansSC-Regular.ttf",
}
_FAMILIES: dict[str, dict[str, str]] = {
    "sans": {weight: f"sans-{weight}" for weight in (REGULAR, SEMIBOLD, BOLD, ITALIC)},
    "arabic": {SEMIBOLD: "arabic-bold", BOLD: "arabic-bold"},
    "chinese": {},
}
_UNKNOWN = "\u25a1"  # a box for a letter that no font has: better seen than lost
_FIRST_OWN_CODE = 0xF0000  # plane 15 belongs to nobody
_MOST_OF_A_SUBSET = 224  # codes 32 to 255
_WORDS, _XY, _MORE = 0x1, 0x2, 0x20  # flags of a composite glyph (OpenType, table glyf)

_lock = threading.RLock()


class _Piece(NamedTuple):
    """A glyph of the font and where it stands, in units of the font."""

    glyph: int
    x: int
    y: int


class PaperFont(TTFont):  # type: ignore[misc]
    """A font whose embedded subset maps every glyph to the text it stands for."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, shapable=False)
        self._own: dict[tuple[tuple[_Piece, ...], int, str], int] = {}
        self._texts: dict[int, str] = {}

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """Return codes for a phrase, in one subset if one can hold it: PDFium looks at each object alone."""
        with _lock:
            state = self._assignState(doc, asciiReadable=0)
            if not hasattr(state, "places"):
                state.places = [{32: 32}]  # of each subset: where a character stands in it
            wanted = dict.fromkeys(32 if c == "\u00a0" else ord(c) for c in text)
            if len(wanted) > _MOST_OF_A_SUBSET:
                half = len(text) // 2
                return self.splitString(text[:half], doc) + self.splitString(text[half:], doc)
            number = self._subset_for(state, wanted)
            places = state.places[number]
            return [(number, bytes(places[32 if c == "\u00a0" else ord(c)] for c in text))]

    @staticmethod
    def _subset_for(state: Any, wanted: Iterable[int]) -> int:
        for number, places in enumerate(state.places):  # noqa: B007 - used after the loop
            new = [code for code in wanted if code not in places]
            if len(places) + len(new) <= _MOST_OF_A_SUBSET:
                break
        else:
            number, new = len(state.places), [code for code in wanted if code != 32]
            state.places.append({32: 32})
            state.subsets.append([0] + [32] * 32)
        for code in new:
            state.places[number][code] = len(state.subsets[number])
            state.subsets[number].append(code)
        return number

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - called by ReportLab
        """Embed the subsets that `doc` uses, with our own maps back to text."""
        with _lock:  # the font file is read through one pointer
            subsets = [list(subset) for subset in self.state[doc].subsets]
            super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("latin-1")
            doc.idToObject["toUnicodeCMap:" + name].content = self._character_map(subset)

    def embed(self, doc: Any, name: str, codes: list[int]) -> Any:
        """Embed a subset of one's own choice in the order of `codes`, and return its descriptor."""
        with _lock:
            return self.face.addSubsetObjects(doc, name, codes)

    def _character_map(self, subset: list[int]) -> str:
        texts = (self._texts.get(code, chr(code)) for code in subset)
        lines = [f"<{i:02X}> <{t.encode('utf-16-be').hex().upper()}>" for i, t in enumerate(texts)]
        blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]  # 100 a block: PDF 32000, 9.10.3
        return "\n".join([
            "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
            "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
            *(line for b in blocks for line in (f"{len(b)} beginbfchar", *b, "endbfchar")),
            "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
        ])  # fmt: skip


class ArabicFont(PaperFont):
    """A font that joins letters; `shape` gives the characters to draw, from left to right."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self._harfbuzz = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(bytes(self.face._ttf_data))))  # noqa: SLF001
        self._shaped: dict[str, str] = {}
        self._make_room_for_glyphs()

    def _make_room_for_glyphs(self) -> None:
        """Move the outlines to the end of the font, where more can be added, and allow for what they need."""
        face = self.face
        start, length = face.get_table_pos("glyf")[0], face.glyphPos[-1]
        data = bytearray(face._ttf_data)  # noqa: SLF001
        limits = face.table["maxp"]["offset"]
        for at in range(6, 14, 2):  # points and contours, of simple and of composite glyphs
            most = struct.unpack_from(">H", data, limits + at)[0]
            struct.pack_into(">H", data, limits + at, min(most * 4, 0xFFFF))
        struct.pack_into(">HH", data, limits + 28, 16, 4)  # components of a glyph, and their depth
        face.table["glyf"].update(offset=len(data), length=length)
        face._ttf_data = data + data[start : start + length]  # noqa: SLF001

    def shape(self, text: str) -> str:
        """Return what to draw, in visual order, for letters of one direction in logical order."""
        with _lock:
            if text not in self._shaped:
                self._shaped[text] = self._shape(text)
            return self._shaped[text]

    def _shape(self, text: str) -> str:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script = "rtl", "Arab"
        uharfbuzz.shape(self._harfbuzz, buffer)
        groups: dict[int, list[tuple[Any, Any]]] = {}
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            groups.setdefault(info.cluster, []).append((info, position))
        ends = dict(zip(sorted(groups), [*sorted(groups)[1:], len(text)], strict=True))
        return "".join(self._character(group, text[at : ends[at]]) for at, group in groups.items())

    def _character(self, group: list[tuple[Any, Any]], text: str) -> str:
        pieces, pen = [], 0
        for info, position in group:
            glyph = info.codepoint
            if self.face.glyphPos[glyph] != self.face.glyphPos[glyph + 1]:
                pieces.append(_Piece(glyph, pen + position.x_offset, position.y_offset))
            pen += position.x_advance
        if not pieces and not pen:
            return ""
        key = (tuple(pieces), pen, text)
        if key not in self._own:
            self._own[key] = self._add(*key)
        return chr(self._own[key])

    def _add(self, pieces: tuple[_Piece, ...], advance: int, text: str) -> int:
        code, face = _FIRST_OWN_CODE + len(self._own), self.face
        outline, left = self._compose(pieces)
        face._ttf_data += outline  # noqa: SLF001
        face.glyphPos.append(face.glyphPos[-1] + len(outline))
        face.table["glyf"]["length"] = face.glyphPos[-1]
        face.hmetrics.append((advance, left & 0xFFFF))
        face.charToGlyph[code] = len(face.glyphPos) - 2
        face.charWidths[code] = face._pdfScale(advance)  # noqa: SLF001
        self._texts[code] = text[::-1]  # readers turn what runs from right to left, this group included
        return code

    def _compose(self, pieces: tuple[_Piece, ...]) -> tuple[bytes, int]:
        """Return a composite glyph made of the pieces, and its left edge."""
        if not pieces:
            return b"", 0
        boxes = [self._box(piece) for piece in pieces]
        left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
        outline = struct.pack(">5h", -1, left, bottom, max(b[2] for b in boxes), max(b[3] for b in boxes))
        for number, piece in enumerate(pieces, 1):
            flags = _WORDS | _XY | (_MORE if number < len(pieces) else 0)
            outline += struct.pack(">2H2h", flags, *piece)
        return outline + bytes(-len(outline) % 4), left

    def _box(self, piece: _Piece) -> tuple[int, int, int, int]:
        at = self.face.get_table_pos("glyf")[0] + self.face.glyphPos[piece.glyph]
        x0, y0, x1, y1 = struct.unpack_from(">4h", self.face._ttf_data, at + 2)  # noqa: SLF001
        return x0 + piece.x, y0 + piece.y, x1 + piece.x, y1 + piece.y


@cache
def _load(name: str) -> PaperFont:
    kind = ArabicFont if name.startswith("arabic") else PaperFont
    font = kind(name, str(resource("fonts") / _FILES[name]))
    pdfmetrics.registerFont(font)
    return font


def font(name: str) -> PaperFont:
    """Return the font, loaded and known to ReportLab by its name."""
    with _lock:
        return _load(name)


def family_of(char: str) -> str:
    """Return the family ("sans", "arabic", "chinese") that draws a character, "" if none can."""
    code = ord(char)
    if code < 0x590:  # Latin, Greek, Cyrillic: never load the big fonts for them
        return "sans" if code in font("sans-regular").face.charToGlyph else ""
    return _family_by_script(code)


@lru_cache(maxsize=20_000)
def _family_by_script(code: int) -> str:
    if 0x600 <= code < 0x780 or 0x870 <= code < 0x900 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF:
        order: tuple[str, ...] = ("arabic", "sans")
    elif 0x2E80 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0xFF00 <= code < 0xFFF0 or code >= 0x20000:
        order = ("chinese", "sans")
    else:
        order = ("sans", "chinese", "arabic")
    return next((f for f in order if code in font(f"{f}-regular").face.charToGlyph), "")


def drawable(text: str) -> str:
    """Return the text as the fonts can draw it: composed, no control characters, boxes for the unknown."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char in "\n\u200c\u200d\u200e\u200f":
            kept.append(char)
        elif unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"}:
            kept.append(_blank(char))
        else:
            kept.append(char if family_of(char) else _UNKNOWN)
    return "".join(kept)


def _blank(char: str) -> str:
    if char in "\u2028\u2029\v\f\x85":
        return "\n"
    if char in "\u00a0\u202f":
        return "\u00a0"  # keeps its neighbours on one line
    return " " if unicodedata.category(char) == "Zs" or char == "\t" else ""


def named(family: str, weight: str) -> str:
    """Return the name of the font of a family in a weight, or the nearest there is."""
    return _FAMILIES[family].get(weight, f"{family}-regular")
