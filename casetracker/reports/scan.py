"""Looks in a finished PDF for what must not be in it, before anybody gets the file.

A reader shows only the text of the pages, but a value can also lie in a bookmark, a note, a form field, the
document's information, an attachment or the bytes of a picture. So everything is opened: the text as pypdf
reads it, every string of every object, and every stream as it is stored and as it is unpacked.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from casetracker.i18n import N_, tr

FEWEST_LETTERS = 3  # shorter values are found everywhere; Chinese ones of two signs are looked for too
FEWEST_BYTES = 6  # of a value sought in raw bytes, where shorter ones turn up by chance
FEWEST_DIGITS = 6  # of a telephone or identity number
MOST_DIGITS = 10  # its end is sought: +7, 8 and 0086 are written before the same number, or left out
_JOINING = str.maketrans("", "", "-\u2010\u2011\u2012\u2013\u00b7\u2019\u02bc'`")  # inside and between names
_EMBEDDINGS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]")
_WORDS_OF_THE_FORMAT = frozenset(
    re.findall(
        r"\w+",
        """catalog outlines resources procset encoding metadata registry ordering supplement identity parent
        contents subtype filter length firstchar lastchar basefont fontdescriptor tounicode truetype xobject
        border""",
    )
)
_HIDDEN = N_("hidden values")
_PICTURES = N_("pictures")


@dataclass(frozen=True)
class Leak:
    """A withheld value and where it lies ("page 3", "bookmarks"); never print `what` in a log."""

    where: str
    what: str


@dataclass(frozen=True)
class _Sought:
    value: str
    text: frozenset[str]
    digits: str
    raw: frozenset[bytes]
    words: frozenset[str]


def leaks(path: Path, withheld: Iterable[str]) -> list[Leak]:
    """Return every withheld value that the file holds, with the place; too short values are skipped."""
    sought = [s for value in dict.fromkeys(withheld) if (s := _sought(value))]
    if not sought:
        return []
    found: dict[Leak, None] = {}
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    for where, text in _texts(reader):
        folded, digits = fold(text), _numbers(text)
        for s in sought:
            if (
                any(form in folded for form in s.text)
                or (s.digits and (s.digits in digits or s.digits[::-1] in digits))
                or _spread(s, text)
            ):
                found[Leak(where, s.value)] = None
    for where, data in [*_streams(reader), (tr(_HIDDEN), path.read_bytes())]:
        small = data.lower()
        for s in sought:
            if any(form in data or form in small for form in s.raw):
                found[Leak(where, s.value)] = None
    return list(found)


def fold(text: str) -> str:
    """Return the text without blanks, hyphens, marks of direction and the difference of capitals."""
    plain = unicodedata.normalize("NFKC", _EMBEDDINGS.sub("", text)).casefold()
    return "".join(plain.translate(_JOINING).split())


def _sought(value: str) -> _Sought | None:
    folded = fold(value)
    digits = _digits("".join(c for c in folded if c.isdecimal()))
    letters = len(folded) - len(digits)
    fewest = 2 if any("\u3400" <= c <= "\u9fff" for c in folded) else FEWEST_LETTERS
    if len(folded) < fewest:
        return None
    number = digits[-MOST_DIGITS:] if len(digits) >= FEWEST_DIGITS and letters <= 4 else ""
    turned = " ".join(reversed(value.split()))  # the surname first, or last
    raw = {
        form.encode(code)
        for form in (value, value.lower(), value[::-1], turned)
        for code in ("utf-8", "utf-16-be")
    }
    raw |= {value.encode("utf-16-be").hex().encode(), value.encode("utf-8").hex().encode()}
    if folded in _WORDS_OF_THE_FORMAT or (value.isascii() and len(value) < FEWEST_BYTES):
        raw = set()
    leftward = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in folded)
    words = frozenset(fold(word) for word in value.split()) if leftward else frozenset()
    return _Sought(value, frozenset({folded, folded[::-1], fold(turned)}), number, frozenset(raw), words)


def _spread(s: _Sought, text: str) -> bool:
    """Tell whether two lines, one after the other, hold all words of a value that runs from right to left.

    pypdf gives the words of such a line in the order in which they stand, not in which they are read.
    """
    if len(s.words) < 2:
        return False
    lines = [{fold(word) for word in line.split()} for line in text.splitlines()]
    return any(s.words <= first | second for first, second in pairwise([*lines, set()]))


def _numbers(text: str) -> str:
    """Return the digits of the text as they are in Europe, with "|" where a letter stands between them."""
    return _digits(re.sub(r"[^\d|]", "", re.sub(r"[^\W\d_]+", "|", text)))


def _digits(text: str) -> str:
    """Write the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _texts(reader: PdfReader) -> Iterator[tuple[str, str]]:
    for number, page in enumerate(reader.pages, 1):
        yield tr(N_("page {number}"), number=number), page.extract_text()
    for where, obj in _objects(reader):
        yield where, "\n".join(_strings(obj))
        if isinstance(obj, StreamObject) and not _technical(obj):
            yield where, _unpacked(obj).decode("utf-8", "replace")


def _technical(stream: StreamObject) -> bool:
    """Tell whether a stream is a picture, a font or its map: words of the format are no text."""
    return stream.get("/Subtype") == "/Image" or "/Length1" in stream or b"begincmap" in _unpacked(stream)


def _streams(reader: PdfReader) -> Iterator[tuple[str, bytes]]:
    """Yield every stream as it is unpacked, pictures down to their JPEG bytes."""
    for where, obj in _objects(reader):
        if (
            isinstance(obj, StreamObject) and "/Length1" not in obj
        ):  # fonts are our own, and name their makers
            yield where, _unpacked(obj)


def _unpacked(stream: StreamObject) -> bytes:
    try:
        data = stream.get_data()
    except (PyPdfError, ValueError, NotImplementedError):
        data = stream._data  # noqa: SLF001 - as it is stored
    return bytes(data)


def _objects(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    """Yield every object of the file, also those that nothing points to, with the words for its place."""
    yield tr(_HIDDEN), reader.trailer
    for number in range(1, int(str(reader.trailer["/Size"]))):
        obj: Any = reader.get_object(IndirectObject(number, 0, reader))
        yield tr(_place(obj)), obj


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
        if len(obj) > FEWEST_BYTES and fold(obj[1:]) not in _WORDS_OF_THE_FORMAT:
            yield str(obj)
    elif isinstance(obj, str):
        yield str(obj)
