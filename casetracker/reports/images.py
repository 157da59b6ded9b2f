"""Photographs for papers: only their pixels, of a bounded size; place, camera and preview are left behind."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from casetracker.errors import UserError
from casetracker.i18n import N_, tr

LONGEST_SIDE = 1400  # pixels; 12 cm at 300 dots an inch
LOGO_SIDE = 600  # 5 cm at 300 dots an inch
MOST_PIXELS = 100_000_000  # of the picture that comes in; more is refused before it is unpacked
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")


def clean(data: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """Return a JPEG made anew from the pixels of `data`; raises `UserError` if it is no readable picture."""
    return _written(_pixels(data, longest, _FORMATS)[0], "JPEG")


def clean_logo(data: bytes) -> bytes:
    """Return a logo made anew from the pixels of a PNG or JPEG; raises `UserError` if it is neither.

    A PNG stays one, because a logo has hard edges; what is transparent in it becomes paper.
    """
    pixels, form = _pixels(data, LOGO_SIDE, ("PNG", "JPEG"))
    return _written(pixels, form)


def _pixels(data: bytes, longest: int, forms: tuple[str, ...]) -> tuple[Image.Image, str]:
    """Return the picture upright, opaque and small enough, and the form in which it came."""
    try:
        with Image.open(io.BytesIO(data), formats=forms) as source:
            if source.width * source.height > MOST_PIXELS:
                raise UserError(tr(N_("The picture is too large; make it smaller first.")))
            form = str(source.format)
            source.draft("RGB", (longest * 2, longest * 2))
            pixels = _on_white(ImageOps.exif_transpose(source))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as trouble:
        raise UserError(tr(N_("The picture cannot be read; save it anew as JPEG or PNG."))) from trouble
    pixels.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return pixels, form


def _written(pixels: Image.Image, form: str) -> bytes:
    bare = Image.frombytes("RGB", pixels.size, pixels.tobytes())  # a new picture knows nothing of the old one
    out = io.BytesIO()
    if form == "PNG":
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in RGB; what is transparent becomes paper."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
