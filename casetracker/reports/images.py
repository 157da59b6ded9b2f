"""Photographs for papers: only their pixels, of a bounded size; place, camera and preview are left behind."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from casetracker.errors import UserError
from casetracker.i18n import N_, tr

LONGEST_SIDE = 1400  # pixels; 12 cm at 300 dots an inch
MOST_PIXELS = 100_000_000  # of the picture that comes in; more is refused before it is unpacked
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")


def clean(data: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """Return a JPEG made anew from the pixels of `data`; raises `UserError` if it is no readable picture."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
            if source.width * source.height > MOST_PIXELS:
                raise UserError(tr(N_("The picture is too large; make it smaller first.")))
            source.draft("RGB", (longest * 2, longest * 2))
            upright = ImageOps.exif_transpose(source)
            pixels = _on_white(upright)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as trouble:
        raise UserError(tr(N_("The picture cannot be read; save it anew as JPEG or PNG."))) from trouble
    pixels.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", pixels.size, pixels.tobytes())  # a new picture knows nothing of the old one
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in RGB; what is transparent becomes paper."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
