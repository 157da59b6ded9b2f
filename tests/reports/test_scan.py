"""What is held back is found wherever it hides in a PDF, and nothing else is."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from casetracker.reports import pdf, scan
from casetracker.reports.blocks import Block, Heading, Para, Section

SECRET = "Tattler Street 17"


def paper(*parts: Block, title: str = "Paper") -> bytes:
    return pdf.to_bytes(parts or (Para("Nothing to see."),), title=title, language="en")


def changed(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(paper())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stream(data: bytes, **entries: str) -> StreamObject:
    made = StreamObject()
    made._data = data
    for key, value in entries.items():
        made[NameObject(f"/{key}")] = NameObject(f"/{value}")
    return made


def note(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text=SECRET, rect=(0, 0, 9, 9)))


def field(writer: PdfWriter) -> None:
    made = DictionaryObject({
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/T"): TextStringObject("where"),
        NameObject("/V"): TextStringObject(SECRET),
        NameObject("/Rect"): ArrayObject(NumberObject(n) for n in (0, 0, 9, 9)),
    })  # fmt: skip
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([writer._add_object(made)])}
    )


def picture(writer: PdfWriter) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    wrapped = base64.a85encode(zlib.compress(out.getvalue())) + b"~>"
    image = stream(wrapped, Subtype="Image")
    image[NameObject("/Filter")] = ArrayObject(
        NameObject(n) for n in ("/ASCII85Decode", "/FlateDecode", "/DCTDecode")
    )
    writer._add_object(image)


HIDING_PLACES: dict[str, Callable[[], bytes]] = {
    "text": lambda: paper(Para(f"He lives at {SECRET}.")),
    "text over two lines": lambda: paper(Para("x " * 90 + "Tattler\nStreet 17")),
    "capitals": lambda: paper(Para(SECRET.upper())),
    "bookmark": lambda: paper(Section(anchor="a", outline=SECRET), Para("x")),
    "heading with anchor": lambda: paper(Heading(SECRET, 2, "a"), Para("x")),
    "title": lambda: paper(title=SECRET),
    "note": lambda: changed(note),
    "form field": lambda: changed(field),
    "subject": lambda: changed(lambda w: w.add_metadata({"/Subject": SECRET})),
    "attachment": lambda: changed(lambda w: w.add_attachment("a.txt", f"at {SECRET}".encode())),
    "name of an attachment": lambda: changed(lambda w: w.add_attachment(f"{SECRET}.txt", b"x")),
    "metadata stream": lambda: changed(
        lambda w: w._add_object(stream(f"<x>{SECRET}</x>".encode(), Type="Metadata", Subtype="XML"))
    ),
    "object that nothing points to": lambda: changed(lambda w: w._add_object(TextStringObject(SECRET))),
    "packed stream": lambda: changed(
        lambda w: w._add_object(stream(zlib.compress(SECRET.encode()), Filter="FlateDecode"))
    ),
    "wide letters": lambda: changed(lambda w: w._add_object(stream(SECRET.encode("utf-16-be")))),
    "picture": lambda: changed(picture),
    "comment after the end": lambda: paper() + b"\n% " + SECRET.encode(),
}


def found(data: bytes, *withheld: str) -> set[str]:
    return {leak.what for leak in scan.leaks(data, withheld)}


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_a_secret_is_found_in(place: str) -> None:
    assert found(HIDING_PLACES[place](), SECRET, "Nobody at all") == {SECRET}


@pytest.mark.parametrize(
    ("printed", "withheld"),
    [
        ("+7 (701) 555-12-12", "87015551212"[1:]),
        ("7015551212", "+7 701 555 12 12"[2:]),
        ("IIN 760512 300 456", "760512300456"),
        ("Әбдірахманұлы", "ӘБДІРАХМАНҰЛЫ"),
        ("古丽切热·吐尔地", "古丽切热"),
        ("吐尔地", "吐尔地"),
        ("گۈلچېھرە تۇردى نىياز", "گۈلچېھرە تۇردى نىياز"),
        ("Latin words گۈلچېھرە تۇردى نىياز and more of them", "گۈلچېھرە تۇردى نىياز"),
        ("Tattler\u00a0Street\u200b 17", SECRET),
        ("+7 701 555 12 12", "8 701 555 12 12"),
        ("8-701-555-12-12", "+77015551212"),
        ("00 86 138 0013 8000", "+86 138 0013 8000"),
        ("٧٠١٥٥٥١٢١٢", "701 555 12 12"),
        ("2121555107", "701 555 12 12"),
        ("71 teertS relttaT", SECRET),
        ("Нұрланұлы Бақытжан", "Бақытжан Нұрланұлы"),
        ("Бақыт‑жан Нұрланұлы", "Бақытжан Нұрланұлы"),
        ("古丽切热 吐尔地", "古丽切热·吐尔地"),
    ],
)
def test_other_spellings_are_found(printed: str, withheld: str) -> None:
    assert found(paper(Para(printed)), withheld) == {withheld}


@pytest.mark.parametrize("lead", range(60, 110, 4))
def test_an_arabic_name_over_two_lines_is_found(lead: int) -> None:
    name = "گۈلچېھرە تۇردى نىياز"

    assert found(paper(Para("i" * lead * 2 + " " + name)), name) == {name}


def test_nothing_is_found_in_a_clean_paper() -> None:
    values = [
        SECRET,
        "+7 701 555 12 12",
        "古丽切热",
        "گۈلچېھرە تۇردى",
        "Font",
        "Type",
        "Metadata",
        "obj",
        "of",
    ]

    assert found(paper(Para("He was taken on 12 May 2018 (12.05.2018), 701 days ago.")), *values) == set()


def test_the_place_is_named() -> None:
    assert "bookmarks" in {leak.where for leak in scan.leaks(HIDING_PLACES["bookmark"](), [SECRET])}


def test_values_too_short_to_be_told_apart_are_skipped() -> None:
    assert found(paper(Para("F, 17, no")), "F", "17", "no", "") == set()


def test_nothing_withheld_needs_no_reading() -> None:
    assert scan.leaks(b"no PDF at all", []) == []


DAY = "14 Sept 1985"


def drawn(content: bytes) -> bytes:
    return changed(lambda writer: writer._add_object(stream(content)))


def test_numbers_by_which_lines_are_drawn_are_no_dates() -> None:
    assert not list(
        scan.leaks(drawn(b"q 0.6 w 14 19 m 85 .5 l S 1 4.1 98 5 re f 1 0 0 1 4 1985 cm Q"), [DAY])
    )


@pytest.mark.parametrize(
    "content",
    [b"BT (14 1985) Tj ET", b"% 14 1985 m\n0 0 m", b"BT [(14) (1985)] TJ ET", b"14 1985 x", b"14 1985"],
)
def test_numbers_that_draw_nothing_are_looked_at(content: bytes) -> None:
    assert scan.leaks(drawn(content), ["141985"])
