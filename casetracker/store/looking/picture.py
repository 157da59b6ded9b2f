"""Pictures in the child process: bounded, shown upright, blacked out, and made anew without hidden data."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from PIL import ExifTags, Image, ImageDraw, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "MPO")
MOST_PIXELS = 100_000_000  # of a picture that is decoded
MOST_SHOWN = 24_000_000  # of one that is handed on
MOST_FRAMES = 500
_GRID = 16  # pixels: what a JPEG keeps together, so that nothing shines through beside a box
_QUALITY = 92
_LONGEST = 200  # letters of a fact

Box = tuple[float, float, float, float]  # left, top, right, bottom as shares of the page


class TooLarge(Exception):
    """A picture of more pixels than are decoded."""


def prepare() -> None:
    """Load what Pillow needs, before the limits."""
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class Picture:
    """One picture, with a page for each frame that it holds."""

    def __init__(self, data: bytes) -> None:
        self._source = Image.open(io.BytesIO(data), formats=FORMATS)
        if self._source.width * self._source.height > MOST_PIXELS:
            raise TooLarge
        self._frames = min(getattr(self._source, "n_frames", 1), MOST_FRAMES)
        if self._source.format in ("GIF", "WEBP", "PNG", "AVIF", "MPO"):
            self._frames = 1  # what moves, or was made twice, is shown once
        self._shown: tuple[int, Image.Image] | None = None
        self.notes: list[str] = []
        self._made = b""

    def pages(self) -> list[tuple[float, float]]:
        """Return the sizes of the pages, in pixels."""
        sizes = []
        for number in range(self._frames):
            self._source.seek(number)
            turned = self._source.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
            width, height = self._source.size
            sizes.append((height, width) if turned else (width, height))
        self._source.seek(0)
        return [(float(w), float(h)) for w, h in sizes]

    def render(self, page: int, scale: float) -> tuple[int, int, bytes]:
        """Return a page as rows of red, green and blue."""
        upright = self._upright(page)
        scale = min(scale, 1.0, math.sqrt(MOST_SHOWN / max(upright.width * upright.height, 1)))
        if scale < 1.0:
            size = (max(round(upright.width * scale), 1), max(round(upright.height * scale), 1))
            upright = upright.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        return upright.width, upright.height, upright.tobytes()

    def find(self, _text: str) -> list[list[float]]:
        """Find nothing: a picture has no words that a program could read."""
        return []

    def facts(self) -> dict[str, Any]:
        """Return what a camera wrote into a photograph: when, with what, where."""
        exif = self._source.getexif()
        inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        told = {
            "taken": inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime),
            "camera": " ".join(
                str(exif[tag]).strip() for tag in (ExifTags.Base.Make, ExifTags.Base.Model) if tag in exif
            ),
            "software": exif.get(ExifTags.Base.Software),
            "artist": exif.get(ExifTags.Base.Artist),
        }
        found: dict[str, Any] = {name: _plain(value) for name, value in told.items() if _plain(value)}
        if place := _degrees(gps):
            found["place"] = place
        return found

    def redact(self, page: int, boxes: Sequence[Box]) -> None:
        """Make the page anew from its pixels alone, those under the boxes painted over."""
        picture = self._upright(page).copy()
        grid = _GRID if self._source.format in ("JPEG", "MPO", "WEBP", "AVIF") else 1
        paint = ImageDraw.Draw(picture)
        for box in boxes:
            paint.rectangle(_outward(box, picture.size, grid), fill="black")
        bare = Image.frombytes("RGB", picture.size, picture.tobytes())
        out = io.BytesIO()
        if self._source.format in ("PNG", "GIF", "BMP"):
            bare.save(out, "PNG", optimize=True)
        else:
            bare.save(out, "JPEG", quality=_QUALITY)
        self._made = out.getvalue()

    def finish(self) -> bytes:
        """Return what was made."""
        return self._made

    def _upright(self, page: int) -> Image.Image:
        if self._shown is None or self._shown[0] != page:
            self._source.seek(page)
            self._shown = (page, _on_white(ImageOps.exif_transpose(self._source)))
        return self._shown[1]


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _outward(box: Box, size: tuple[int, int], grid: int) -> tuple[int, int, int, int]:
    """Return a box in whole pixels, both corners inside it, grown to the grid."""
    (left, top, right, bottom), (width, height) = box, size
    first = (math.floor(left * width / grid) * grid, math.floor(top * height / grid) * grid)
    last = (math.ceil(right * width / grid) * grid - 1, math.ceil(bottom * height / grid) * grid - 1)
    return first[0], first[1], max(last[0], first[0]), max(last[1], first[1])


def _plain(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_LONGEST]


def _degrees(gps: dict[int, Any]) -> list[float]:
    """Return north and east in degrees; nothing where they are missing or impossible."""
    try:
        found = []
        for value, way, most in ((2, 1, 90.0), (4, 3, 180.0)):
            degrees, minutes, seconds = (float(part) for part in gps[value])
            sign = -1.0 if str(gps.get(way, "")).upper()[:1] in ("S", "W") else 1.0
            degrees = sign * (degrees + minutes / 60 + seconds / 3600)
            if not math.isfinite(degrees) or abs(degrees) > most:
                return []
            found.append(round(degrees, 6))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return []
    return found if any(found) else []
