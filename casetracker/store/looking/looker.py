"""Looking at pictures and PDFs of strangers: another process decodes them, only pixels come back.

A prepared file can at worst end that process; the program, which holds the key, never decodes one. The child
is this program started again with the hidden command `look`; it gets the content through a pipe, so nothing
of it touches the disk. What comes back is measured before it is believed.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.jobs import Progress, Silent
from casetracker.store.looking.frames import Garbled, Said, receive, send
from casetracker.store.reading_text import NO_WINDOW, bare_environment, command_line

COMMAND = "look"
LARGEST = 256 * 1024 * 1024  # bytes of a picture or a PDF that is shown
TIME_OUT = 60.0  # seconds for one thing that is asked
_MOST_PAGES = 5000

Box = tuple[float, float, float, float]  # left, top, right, bottom as shares of the page

_UNREADABLE = N_("This file is damaged, or is not what it calls itself; it cannot be shown.")
_FAILED = {
    "large": N_("This picture has too many pixels to be shown here."),
    "locked": N_("This PDF wants a password, so it cannot be shown here."),
}
_ENDED = N_(
    "This file brought the part of the program that shows files to a stop. Nothing else was harmed; do "
    "not open it with another program unless you know where it comes from."
)


class CannotLook(UserError):
    """A file cannot be shown; the sentence says why."""


@dataclass(frozen=True)
class Sight:
    """What is known of an open file: sizes of its pages, what else is in it, what it says of itself."""

    pages: tuple[tuple[float, float], ...]
    notes: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    place: tuple[float, float] | None = None  # north and east, in degrees


@dataclass(frozen=True)
class Drawn:
    """A page as rows of red, green and blue bytes."""

    width: int
    height: int
    rows: bytes


class Looker:
    """One file that is looked at. `pieces` hands out its content, each time it is asked for.

    Its methods may be called from any thread, one after the other. `close` may be called at any time, also
    while something is asked; what was asked then raises `CannotLook`.
    """

    def __init__(
        self, kind: str, size: int, pieces: Callable[[], Iterable[bytes]], time_out: float = TIME_OUT
    ) -> None:
        self._kind, self._size, self._pieces, self._time_out = kind, size, pieces, time_out
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def sight(self) -> Sight:
        """Open the file; raises `CannotLook`, `Missing`, `Damaged`."""
        with self._lock:
            return self._begin()

    def draw(self, page: int, scale: float) -> Drawn:
        """Draw a page, 1.0 being a point or a pixel of it for one of the screen."""
        said, rows = self._ask({"do": "render", "page": page, "scale": scale})
        width, height = said.get("width"), said.get("height")
        if not isinstance(width, int) or not isinstance(height, int) or width * height * 3 != len(rows):
            raise self._ended()
        return Drawn(width, height, rows)

    def find(self, text: str) -> list[tuple[int, Box]]:
        """Return where a text stands: pages from nought, and boxes."""
        said, _ = self._ask({"do": "find", "text": text})
        return [(int(hit[0]), (hit[1], hit[2], hit[3], hit[4])) for hit in said.get("hits", [])]

    def redacted(
        self, boxes: Sequence[tuple[int, Box]], pages: Sequence[int], progress: Progress | None = None
    ) -> bytes:
        """Return these pages made anew as pictures, all that lies under the boxes gone."""
        report = progress or Silent()
        for number, page in enumerate(pages):
            report.step(number, len(pages))
            self._ask({"do": "redact", "page": page, "boxes": [box for at, box in boxes if at == page]})
        return self._ask({"do": "finish"})[1]

    def extracted(self, first: int, last: int) -> bytes:
        """Return some pages of a PDF as a PDF; pages from nought, both ends included."""
        self._ask({"do": "extract", "first": first, "last": last})
        return self._ask({"do": "finish"})[1]

    def close(self) -> None:
        """End the child."""
        self._closed = True
        self._end()

    # The child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _begin(self) -> Sight:
        self._end()
        if self._size > LARGEST:
            raise CannotLook(
                tr(N_("This file is too large to be shown here; save a copy outside to see it."))
            )
        self._child = subprocess.Popen(  # noqa: S603 - this program itself
            command_line((COMMAND,)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
            creationflags=NO_WINDOW,
        )
        said, _ = self._talk({"do": "open", "kind": self._kind}, self._pieces(), self._size)
        return _sight(said)

    def _ask(self, said: Said) -> tuple[Said, bytes]:
        with self._lock:
            if self._child is None or self._child.poll() is not None:
                self._begin()
            return self._talk(said)

    def _talk(self, said: Said, pieces: Iterable[bytes] = (), length: int = 0) -> tuple[Said, bytes]:
        child = self._child
        if self._closed or child is None or child.stdin is None or child.stdout is None:
            self._end()
            raise self._ended()
        clock = threading.Timer(self._time_out, child.kill)
        clock.daemon = True
        clock.start()
        try:
            send(child.stdin, said, pieces, length)
            answer, content = receive(child.stdout)
        except (OSError, ValueError, Garbled):
            self._end()
            raise self._ended() from None
        finally:
            clock.cancel()
        if failed := answer.get("failed"):
            why = _FAILED.get(str(failed), _UNREADABLE)
            raise CannotLook(tr(why))
        return answer, content

    def _ended(self) -> CannotLook:
        return CannotLook(tr(N_("It was closed.")) if self._closed else tr(_ENDED))


def _sight(said: Said) -> Sight:
    """Return what a child says of a file, as far as it can be believed."""
    try:
        pages = [(float(w), float(h)) for w, h in said["pages"][:_MOST_PAGES]]
        facts = {str(name): str(value) for name, value in said["facts"].items() if name != "place"}
        place = _pair(said["facts"].get("place"))
        notes = tuple(str(note) for note in said["notes"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CannotLook(tr(_ENDED)) from None
    if not pages or any(side <= 0 for page in pages for side in page):
        raise CannotLook(tr(_UNREADABLE))
    return Sight(tuple(pages), notes, facts, place)


def _pair(value: Any) -> tuple[float, float] | None:
    return (float(value[0]), float(value[1])) if isinstance(value, list) and len(value) == 2 else None
