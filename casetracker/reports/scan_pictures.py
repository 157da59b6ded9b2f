"""Looks at the pictures in a finished PDF: only those handed to it may be there, and no hidden face.

A picture has no words to look for. So each one in the file, whatever it hangs on, is compared with the
pictures that the audience was given. A logo is compared by its looks with the portraits that are held back,
because a face could have been chosen as one.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import StreamObject

from casetracker.i18n import N_, in_window
from casetracker.reports.scan import Leak, objects, unpacked

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_SIDE = 16  # squares across and down, of which the looks of a picture are made
_ALIKE = 24  # of 256 squares that may differ
_TELLING = 16  # squares that a picture needs to have any looks
_FOREIGN = N_("a picture that was not given to these readers")
_FACE = N_("a portrait that is held back")


@dataclass(frozen=True)
class Pictures:
    """The pictures that may be in a file, as they were put into it, and portraits that must not."""

    given: tuple[bytes, ...] = ()
    logo: bytes = b""
    withheld: tuple[bytes, ...] = ()


def leaks(data: bytes, pictures: Pictures) -> list[Leak]:
    """Return the pictures in a PDF that should not be there; `what` says why, not what is to be seen."""
    given = {digest for picture in pictures.given for digest in _digests(picture)}
    logo = set(_digests(pictures.logo)) if pictures.logo else set()
    hides = bool(logo) and _alike(_looks(_opened(pictures.logo)), pictures.withheld)
    found: list[Leak] = []
    for where, content in _pictures(data):
        digest = hashlib.sha256(content).digest()
        if digest not in given | logo:
            found.append(Leak(where, in_window(_FOREIGN)))
        elif hides and digest not in given:
            found.append(Leak(where, in_window(_FACE)))
    return found


def _pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the place and the bytes of each picture, also of one that no page shows."""
    for where, obj in objects(PdfReader(io.BytesIO(data))):
        if not isinstance(obj, StreamObject):
            continue
        content = unpacked(obj)
        if obj.get("/Subtype") == "/Image" or content.startswith(_BEGINNINGS):
            yield where, content


def _digests(picture: bytes) -> Iterator[bytes]:
    """Yield what a picture is known by in a file: a JPEG lies there as it is, another as its pixels."""
    yield hashlib.sha256(picture).digest()
    if (opened := _opened(picture)) is not None:
        yield hashlib.sha256(opened.convert("RGB").tobytes()).digest()


def _opened(content: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            picture.load()
            return picture
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _looks(picture: Image.Image | None) -> Sequence[bool]:
    """Return whether it grows lighter from each square to the next: the same in another size or quality."""
    if picture is None:
        return ()
    grey = picture.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX).tobytes()
    rows = (grey[start : start + _SIDE + 1] for start in range(0, len(grey), _SIDE + 1))
    return tuple(left < right for row in rows for left, right in pairwise(row))


def _alike(looks: Sequence[bool], pictures: Iterable[bytes]) -> bool:
    hidden = [each for picture in pictures if sum(each := _looks(_opened(picture))) >= _TELLING]
    return any(
        len(looks) == len(each) and sum(a != b for a, b in zip(looks, each, strict=True)) <= _ALIKE
        for each in hidden
    )
