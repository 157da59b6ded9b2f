"""Looks in a finished PDF for what must not be in it, before anybody gets the file.

A reader shows only the text of the pages, but a value can also lie in a bookmark, a note, a form field, the
document's information, an attachment or the bytes of a picture. So everything is opened: the text as pypdf
reads it, every string of every object, and every stream as it is stored and as it is unpacked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from casetracker.i18n import N_, in_window
from casetracker.leaving.sought import FEWEST_BYTES, WORDS_OF_THE_FORMAT, InBytes, all_sought, fold, in_text

_APART = "\n\x00|\x00\n"  # no value reaches from one object into the next
_HIDDEN = N_("hidden values")
_PICTURES = N_("pictures")
_STRINGS = re.compile(rb"(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|%[^\r\n]*)", re.DOTALL)
_DRAWING = re.compile(
    rb"(?:(?<=\s)|^)(?:[-+]?(?:\d+\.?\d*|\.\d+)\s+)+"  # numbers, then an operator (ISO 32000-1, table A.1)
    rb"(?=(?:m|l|c|v|y|re|cm|w|rg|RG|g|G|k|K|d|i|j|J|M|Td|TD|Tm|TL|Tc|Tw|Tz|Tr|Ts|Tf)(?:\s|$))"
)

Pages = Mapping[int, set[int]]  # numbers of pages, each with those of the objects that are drawn on it


@dataclass(frozen=True)
class Leak:
    """A withheld value and where it lies ("page 3", "bookmarks"); never print `what` in a log."""

    where: str
    what: str


def leaks(data: bytes, withheld: Iterable[str], but_on: Collection[int] = ()) -> list[Leak]:
    """Return every withheld value that a PDF holds, with the place; too short values are skipped.

    Not those that stand on the pages `but_on`, the first being 1.
    """
    sought = all_sought(withheld)
    if not sought:
        return []
    found: dict[Leak, None] = {}
    reader = PdfReader(io.BytesIO(data))
    texts: dict[str, list[str]] = {}
    streams: dict[str, list[bytes]] = {in_window(_HIDDEN): [data]}
    passed = {number: _drawn_on(reader.pages[number - 1]) for number in but_on}
    for where, text in _texts(reader, passed):
        texts.setdefault(where, []).append(text)
    for where, raw in _streams(reader, passed):
        streams.setdefault(where, []).append(raw)
    for where, told in texts.items():  # one search a place: there are thousands of values, and many objects
        found |= dict.fromkeys(Leak(where, value) for value in in_text(_APART.join(told), sought))
    in_bytes = InBytes(sought)
    for where, held in streams.items():
        found |= dict.fromkeys(Leak(where, value) for value in in_bytes(_APART.encode().join(held)))
    return list(found)


def _drawn_on(page: PageObject) -> set[int]:
    """Return the numbers of the objects with which a page is drawn."""
    held = page.raw_get("/Contents")
    parts = held if isinstance(held, ArrayObject) else [held]
    return {part.idnum for part in parts if isinstance(part, IndirectObject)}


def _texts(reader: PdfReader, passed: Pages) -> Iterator[tuple[str, str]]:
    for number, page in enumerate(reader.pages, 1):
        if number not in passed:
            yield in_window(N_("page {number}"), number=number), page.extract_text()
    for where, obj in objects(reader, passed):
        yield where, "\n".join(_strings(obj))
        if isinstance(obj, StreamObject) and not _technical(obj):
            yield where, _without_drawing(unpacked(obj)).decode("utf-8", "replace")
            if "/Resources" in obj and reader.pages:
                yield where, _drawn(reader, obj)


def _drawn(reader: PdfReader, stream: StreamObject) -> str:
    """Return the text of a drawing that is kept in the file, also where no page shows it.

    Its letters are numbers of a font that holds only what is used: nothing in the bytes looks like the text.
    """
    try:
        return reader.pages[0].extract_xform_text(stream)  # type: ignore[arg-type]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return ""  # no drawing after all


def _without_drawing(data: bytes) -> bytes:
    """Return a stream without the numbers by which lines are drawn and letters are placed.

    A picture has thousands of them, and one after the other they hold every date sooner or later. What is in
    strings and in comments stays, and so does each number that no operator of drawing follows.
    """
    parts = _STRINGS.split(data)
    parts[::2] = [_DRAWING.sub(b" ", part) for part in parts[::2]]
    return b"".join(parts)


def _technical(stream: StreamObject) -> bool:
    """Tell whether a stream is a picture, a font or its map: words of the format are no text."""
    return stream.get("/Subtype") == "/Image" or "/Length1" in stream or b"begincmap" in unpacked(stream)


def _streams(reader: PdfReader, passed: Pages) -> Iterator[tuple[str, bytes]]:
    """Yield every stream as it is unpacked, pictures down to their JPEG bytes."""
    for where, obj in objects(reader, passed):
        if (
            isinstance(obj, StreamObject) and "/Length1" not in obj
        ):  # fonts are our own, and name their makers
            yield where, unpacked(obj)


def unpacked(stream: StreamObject) -> bytes:
    """Return what a stream holds, a picture down to its JPEG bytes."""
    try:
        data = stream.get_data()
    except (PyPdfError, ValueError, NotImplementedError):
        data = stream._data  # noqa: SLF001 - as it is stored
    return bytes(data)


def objects(reader: PdfReader, passed: Pages = MappingProxyType({})) -> Iterator[tuple[str, Any]]:
    """Yield every object of the file, also those that nothing points to, with the words for its place.

    Not those that are drawn on the pages that are `passed` over.
    """
    yield in_window(_HIDDEN), reader.trailer
    drawn = {number for held in passed.values() for number in held}
    for number in range(1, int(str(reader.trailer["/Size"]))):
        if number in drawn:
            continue
        obj: Any = reader.get_object(IndirectObject(number, 0, reader))
        yield in_window(_place(obj)), obj


def _place(obj: Any) -> str:
    """Return the words for where an object lies, by what it looks like."""
    keys = set(obj) if isinstance(obj, DictionaryObject) else set()
    kind = {str(obj.get("/Type")), str(obj.get("/Subtype"))} if keys else set()
    if keys & {"/FT", "/V", "/TU"}:
        return N_("form fields")
    if "/Rect" in keys:
        return N_("notes and links")
    if "/Title" in keys and keys & {"/Dest", "/A", "/Parent"}:
        return N_("bookmarks")
    if kind & {"/EmbeddedFile", "/Filespec", "/F"}:
        return N_("attachments")
    if "/Image" in kind:
        return _PICTURES
    if "/Metadata" in kind or keys & {"/Title", "/Author", "/Creator", "/Producer", "/Subject", "/Keywords"}:
        return N_("document information")
    return _HIDDEN


def _strings(obj: Any) -> Iterator[str]:
    """Yield the strings inside an object, each as text; other objects are visited by themselves."""
    if isinstance(obj, IndirectObject):
        return
    if isinstance(obj, DictionaryObject):
        for key in obj:
            yield from _strings(obj.raw_get(key))
    elif isinstance(obj, ArrayObject):
        for at in range(len(obj)):
            yield from _strings(list.__getitem__(obj, at))
    elif isinstance(obj, bytes):
        yield obj.decode("utf-8", "replace")
        yield obj.decode("utf-16-be", "replace")
    elif isinstance(obj, NameObject):
        if len(obj) > FEWEST_BYTES and fold(obj[1:]) not in WORDS_OF_THE_FORMAT:
            yield str(obj)
    elif isinstance(obj, str):
        yield str(obj)
