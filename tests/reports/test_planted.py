"""Eleven ways in which a value can lie in a PDF without being read on it, in three scripts: all are found."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from casetracker.paths import resource
from casetracker.reports import scan

SECRETS = {"Latin": "Tattler Street", "Cyrillic": "Әлия Сақтағанова", "Arabic": "گۈلچېھرە تۇردى"}
FONTS = {
    "Latin": "NotoSans-Regular.ttf",
    "Cyrillic": "NotoSans-Regular.ttf",
    "Arabic": "NotoNaskhArabic-Regular.ttf",
}
INNOCENT = {"Latin": "Sparrow Lane", "Cyrillic": "Берік Оразов", "Arabic": "ئالىم سابىر"}


def white(canvas: Canvas, secret: str) -> None:
    canvas.setFillGray(1)
    canvas.drawString(60, 600, secret)


def invisible(canvas: Canvas, secret: str) -> None:
    text = canvas.beginText(60, 600)
    text.setTextRenderMode(3)
    text.textOut(secret)
    canvas.drawText(text)


def off_the_page(canvas: Canvas, secret: str) -> None:
    canvas.drawString(-900, 600, secret)


def covered(canvas: Canvas, secret: str) -> None:
    canvas.drawString(60, 600, secret)
    canvas.rect(50, 590, 400, 30, fill=1)


def bookmark(canvas: Canvas, secret: str) -> None:
    canvas.bookmarkPage("here")
    canvas.addOutlineEntry(secret, "here")


def link(canvas: Canvas, secret: str) -> None:
    canvas.linkURL(f"https://example.org/?q={secret}", (60, 600, 90, 620))


def title(canvas: Canvas, secret: str) -> None:
    canvas.setTitle(secret)


def annotation(canvas: Canvas, secret: str) -> None:
    canvas.textAnnotation(secret, (60, 600, 90, 620))


def never_painted(canvas: Canvas, secret: str) -> None:
    canvas.beginForm("hidden")
    canvas.setFont(canvas.script, 10)
    canvas.drawString(0, 0, secret)
    canvas.endForm()


def camera(canvas: Canvas, secret: str) -> None:
    exif = Image.Exif()
    exif[0x9286] = b"UNICODE\0" + secret.encode("utf-16-be")  # the comment of the user
    exif[0x010E] = secret.encode("utf-8")
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    canvas.drawImage(ImageReader(io.BytesIO(out.getvalue())), 60, 600)


CHANNELS: tuple[Callable[[Canvas, str], None], ...] = (
    white,
    invisible,
    off_the_page,
    covered,
    bookmark,
    link,
    title,
    annotation,
    never_painted,
    camera,
)


def planted(channel: Callable[[Canvas, str], None], script: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A PDF as ReportLab makes it by itself, streams wrapped in ASCII85, with the value in one channel."""
    monkeypatch.setattr(rl_config, "useA85", 1)
    monkeypatch.setattr(pdfmetrics, "_fonts", dict(pdfmetrics._fonts))  # the program registers its own later
    monkeypatch.setattr(pdfmetrics, "_dynFaceNames", {})
    pdfmetrics.registerFont(TTFont(script, str(resource(f"fonts/{FONTS[script]}"))))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.script = script
    canvas.setFont(script, 10)
    canvas.drawString(60, 700, INNOCENT[script])
    channel(canvas, SECRETS[script])
    canvas.save()
    return out.getvalue()


def with_field(data: bytes, secret: str) -> bytes:
    """The value of a form field; ReportLab's own fields know no Cyrillic."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    made = DictionaryObject({
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/T"): TextStringObject("answer"),
        NameObject("/V"): TextStringObject(secret),
        NameObject("/Rect"): ArrayObject(NumberObject(n) for n in (0, 0, 9, 9)),
    })  # fmt: skip
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([writer._add_object(made)])}
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("script", SECRETS)
@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_what_is_planted_is_found(
    monkeypatch: pytest.MonkeyPatch, channel: Callable[[Canvas, str], None], script: str
) -> None:
    data = planted(channel, script, monkeypatch)

    assert found(data, script) == {SECRETS[script]}


@pytest.mark.parametrize("script", SECRETS)
def test_what_is_filled_into_a_field_is_found(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    bare = planted(lambda _canvas, _secret: None, script, monkeypatch)

    assert found(bare, script) == set()
    assert found(with_field(bare, SECRETS[script]), script) == {SECRETS[script]}


def found(data: bytes, script: str) -> set[str]:
    return {leak.what for leak in scan.leaks(data, [SECRETS[script], "Nobody at all", "Ешкім де емес"])}
