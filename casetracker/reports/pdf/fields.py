"""Fields of a form (AcroForm): where they stand, what they are called, and the letters for what is typed.

ReportLab's own fields know only the standard fonts, which hold no Cyrillic. So the form carries a font with
all Latin and Cyrillic letters of the papers' font, by which PDF programs draw what is typed (ISO 32000-1,
12.7.3.3 "Variable Text"; 9.7 "Composite Fonts"). A field "CT-7F3Q.answer" is the child "answer" of the field
"CT-7F3Q" (12.7.3.2).
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc

from casetracker.reports import fonts
from casetracker.reports.blocks import ReplyField

_READ_ONLY, _MULTILINE, _COMBO, _EDIT = 1 << 0, 1 << 12, 1 << 17, 1 << 18  # table 221, 228, 230
_HIDDEN, _PRINT = 1 << 1, 1 << 2  # flags of an annotation, table 165
_LONGEST_LINE = 300  # letters; what the casebook holds in a line
# What the font is called in the form. PDFium sorts letters by the Windows character set they belong to and
# looks for a font of the system for all that is not Western, even if the font of the form has them; but a
# font of this name is asked first for every letter (CPDF_BAFontMap: its character set counts as "symbol").
# To other programs it is a name like any other.
_FONT = "Wingdings"
_LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x400, 0x530), 0x2010, 0x2011, 0x2012, 0x2013,
            0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2116)  # fmt: skip


def _string(text: str) -> Any:
    """Write a string as UTF-16 where it needs that."""
    return pdfdoc.PDFString(text)


class Form:
    """The fields of one paper, in the order in which they were placed."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._document = canvas._doc  # noqa: SLF001
        self._groups: dict[str, list[Any]] = {}
        self._alone: list[Any] = []

    def add(self, field: ReplyField, x: float, bottom: float, width: float, height: float) -> None:
        """Place a field on the page that is open; a hidden one has no place."""
        group, _, own = field.name.rpartition(".")
        name = f"field {field.name}"
        made = self._widget(field, own, [x, bottom, x + width, bottom + height])
        if group:
            made["Parent"] = pdfdoc.PDFObjectReference(f"group {group}")
        self._document.Reference(pdfdoc.PDFDictionary(made), name)
        reference = pdfdoc.PDFObjectReference(name)
        self._canvas._annotationrefs.append(reference)  # noqa: SLF001 - has no other door
        if group:
            self._groups.setdefault(group, []).append(reference)
        else:
            self._alone.append(reference)

    def _widget(self, field: ReplyField, name: str, box: list[float]) -> dict[str, Any]:
        made: dict[str, Any] = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Widget"),
            "FT": pdfdoc.PDFName("Ch" if field.options else "Tx"),
            "T": _string(name),
            "V": _string(field.value),
            "Rect": pdfdoc.PDFArray([0, 0, 0, 0] if field.hidden else box),
            "F": _HIDDEN if field.hidden else _PRINT,
            "DA": _string(f"/{_FONT} 9.5 Tf 0 g"),
        }
        flags = _READ_ONLY if field.hidden else 0
        if field.label:
            made["TU"] = _string(field.label)
        if field.options:
            flags |= _COMBO | _EDIT
            pairs = [pdfdoc.PDFArray([_string(code), _string(text)]) for code, text in field.options]
            made["Opt"] = pdfdoc.PDFArray(pairs)
        elif field.lines > 1:
            flags |= _MULTILINE
        elif not field.hidden:
            made["MaxLen"] = _LONGEST_LINE
        return made | {"Ff": flags}

    def finish(self) -> None:
        """Write the form into the catalogue; a paper without fields stays as it was."""
        if not (self._groups or self._alone):
            return
        roots = list(self._alone)
        for group, kids in self._groups.items():
            name = f"group {group}"
            parent = pdfdoc.PDFDictionary({"T": _string(group), "Kids": pdfdoc.PDFArray(kids)})
            self._document.Reference(parent, name)
            roots.append(pdfdoc.PDFObjectReference(name))
        letters = pdfdoc.PDFDictionary({_FONT: self._font()})
        form = {
            "Fields": pdfdoc.PDFArray(roots),
            "DR": pdfdoc.PDFDictionary({"Font": letters}),
            "DA": _string(f"/{_FONT} 9.5 Tf 0 g"),
            "NeedAppearances": "true",
        }
        self._canvas.setCatalogEntry("AcroForm", form)

    def _font(self) -> Any:
        """Embed the letters of the papers' font as a composite font in which a code is a glyph."""
        font = fonts.font("sans-regular")
        face = font.face
        codes = [code for code in _LETTERS if code in face.charToGlyph]
        name = "REPLYF+" + face.name.decode("latin-1")
        descriptor = font.embed(self._document, name, codes)
        glyphs: dict[int, int] = {0: 0}  # of the font: the first letter that is drawn with it
        for code in codes:
            glyphs.setdefault(face.charToGlyph[code], code)
        letters = list(glyphs.values())
        widths = pdfdoc.PDFArray([0, pdfdoc.PDFArray([face.getCharWidth(code) for code in letters])])
        system = {"Registry": _string("Adobe"), "Ordering": _string("Identity"), "Supplement": 0}
        descendant = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"), "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(name), "CIDSystemInfo": pdfdoc.PDFDictionary(system),
            "FontDescriptor": descriptor, "DW": face.defaultWidth, "W": widths,
            "CIDToGIDMap": pdfdoc.PDFName("Identity"),
        })  # fmt: skip
        return self._document.Reference(pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"), "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(name), "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([self._document.Reference(descendant, "reply letters")]),
            "ToUnicode": self._map_to_text(name, letters),
        }), "reply font")  # fmt: skip

    def _map_to_text(self, name: str, letters: list[int]) -> Any:
        lines = [f"<{n:04X}> <{code:04X}>" for n, code in enumerate(letters) if code]
        blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        stream = pdfdoc.PDFStream(content="\n".join([
            "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
            "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
            *(line for b in blocks for line in (f"{len(b)} beginbfchar", *b, "endbfchar")),
            "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
        ]))  # fmt: skip
        stream.filters = [pdfdoc.PDFZCompress]
        return self._document.Reference(stream, f"reply map {name}")
