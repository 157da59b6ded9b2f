"""A photograph on paper is its pixels and nothing else."""

from __future__ import annotations

import base64
import io
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from casetracker.errors import UserError
from casetracker.reports import images, pdf
from casetracker.reports.blocks import Picture

CAMERA = "TattleCam 3000"


def photograph(size: tuple[int, int] = (400, 200)) -> bytes:
    """A JPEG that names its camera and its place."""
    exif = Image.Exif()
    exif[0x0110] = CAMERA
    exif[0x0112] = 6  # turned by a quarter
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (46.0, 30.0, 12.5)
    gps[3], gps[4] = "E", (83.0, 37.0, 40.5)
    out = io.BytesIO()
    Image.new("RGB", size, "#3070a0").save(
        out, "JPEG", exif=exif, comment=b"by Tattler", icc_profile=b"ICC Tattler"
    )
    return out.getvalue()


def jpegs(paper: bytes) -> list[bytes]:
    """The JPEG bytes of every picture in a PDF, whatever they are wrapped in."""
    found = []
    for page in PdfReader(io.BytesIO(paper)).pages:
        for picture in page["/Resources"].get("/XObject", {}).values():  # type: ignore[union-attr]
            stream = picture.get_object()
            if stream.get("/Subtype") != "/Image":
                continue
            data, filters = stream._data, stream["/Filter"]
            for name in filters if isinstance(filters, list) else [filters]:
                if name == "/ASCII85Decode":
                    data = base64.a85decode(data.split(b"~>")[0])
                elif name == "/FlateDecode":
                    data = zlib.decompress(data)
            found.append(data)
    return found


def segments(jpeg: bytes) -> set[int]:
    """The kinds of the segments of a JPEG before its pixels."""
    kinds, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        kinds.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return kinds


def test_the_test_picture_tells_all() -> None:
    assert CAMERA.encode() in photograph()
    assert {0xE1, 0xE2, 0xFE} <= segments(photograph())  # EXIF, colour profile, comment


def test_no_metadata_reaches_the_paper() -> None:
    paper = pdf.to_bytes([Picture(images.clean(photograph()))], title="x", language="en")
    (jpeg,) = jpegs(paper)

    assert jpeg.startswith(b"\xff\xd8")
    assert segments(jpeg) & {*range(0xE1, 0xF0), 0xFE} == set()
    for word in (CAMERA.encode(), b"Exif", b"GPS", b"Tattler", b"ICC"):
        assert word not in jpeg
        assert word not in paper


def test_a_turned_picture_is_set_upright() -> None:
    with Image.open(io.BytesIO(images.clean(photograph((400, 200))))) as picture:
        assert picture.size == (200, 400)


def test_a_large_picture_becomes_smaller() -> None:
    with Image.open(io.BytesIO(images.clean(photograph((4000, 2000)), longest=800))) as picture:
        assert max(picture.size) == 800


def test_what_is_transparent_becomes_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")

    with Image.open(io.BytesIO(images.clean(out.getvalue()))) as picture:
        assert picture.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.5 not either", photograph()[:300]])
def test_what_is_no_picture_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        images.clean(data)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 1000)

    with pytest.raises(UserError, match="too large"):
        images.clean(photograph())


def test_a_tall_picture_fits_the_page(tmp_path: Path) -> None:
    from tests.reports import reading

    path = tmp_path / "paper.pdf"
    path.write_bytes(
        pdf.to_bytes(
            [Picture(images.clean(photograph((2000, 100))), "Caption", 200)], title="x", language="en"
        )
    )

    assert len(reading.pages(path)) == 1
    assert reading.finds(path, "Caption")


KINDS = ("JPEG", "PNG", "WEBP", "TIFF")


def full_of_words(number: int) -> bytes:
    """A small picture of one kind or another that names its camera, place and owner in every way it can."""
    exif = Image.Exif()
    exif[0x0110], exif[0x013B], exif[0x9286] = CAMERA, CAMERA, CAMERA.encode()  # model, artist, comment
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (46.0, 30.0, 12.5)
    words = f"<x:xmpmeta>{CAMERA}</x:xmpmeta>".encode()
    more: dict[str, object] = {"exif": exif, "icc_profile": f"ICC {CAMERA}".encode()}
    more |= {} if KINDS[number % 4] == "TIFF" else {"xmp": words}
    if KINDS[number % 4] == "PNG":
        more["pnginfo"] = about = PngInfo()
        about.add_text("Author", CAMERA)
    out = io.BytesIO()
    picture = Image.new("RGB", (8 + number % 40, 8 + number % 23), (number % 256, 90, 160))
    picture.save(out, KINDS[number % 4], **more)
    return out.getvalue()


def test_of_a_thousand_pictures_not_a_byte_of_metadata_is_left() -> None:
    left = 0
    for number in range(1000):
        before = full_of_words(number)
        assert CAMERA.encode() in before
        after = images.clean(before)
        told = segments(after) & {*range(0xE1, 0xF0), 0xFE}
        left += len(told) + after.count(CAMERA.encode()) + after.count(b"Exif") + after.count(b"xmp")
        with Image.open(io.BytesIO(after)) as picture:
            left += len(picture.getexif()) + len(set(picture.info) - {"jfif", "jfif_version", "jfif_unit",
                                                                     "jfif_density"})  # fmt: skip

    assert left == 0
