"""Small pictures of files on the disk, decoded in another process like everything that strangers made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casetracker.errors import UserError
from casetracker.store.file_kinds import HEAD, Look, kind_of
from casetracker.store.looking.looker import LARGEST, Drawn, Looker

_PIECE = 1024 * 1024


def thumb(path: Path, side: int) -> Drawn | None:
    """Return a picture of at most so many pixels a side; None of what is no picture, or too large."""
    try:
        with path.open("rb") as file:
            picture = kind_of(file.read(HEAD), path.name).look is Look.PICTURE
        size = path.stat().st_size
    except OSError:
        return None
    if not picture or size > LARGEST:
        return None
    looker = Looker(Look.PICTURE.value, size, lambda: _pieces(path), time_out=15.0)
    try:
        longest = max(max(page) for page in looker.sight().pages[:1])
        drawn = looker.draw(0, min(1.0, side / max(longest, 1)))
    except (UserError, OSError, ValueError):
        return None
    finally:
        looker.close()
    return drawn


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
