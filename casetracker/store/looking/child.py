"""The child process that opens pictures and PDFs for the program. It knows no records, keys or folders.

It is asked one thing at a time and answers; whatever goes wrong in it, at worst, is that it ends.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

from casetracker.store.confine import confine
from casetracker.store.looking import pdf_file, picture
from casetracker.store.looking.frames import Garbled, Said, receive, send

SECONDS = 900.0  # of the processor, for one document

Answer = tuple[Said, bytes]


class _Child:
    def __init__(self) -> None:
        self._shown: Any = None  # a Picture or a Pdf

    def answer(self, said: Said, data: bytes) -> Answer:
        """Do what is asked."""
        steps: dict[str, Callable[[Said, bytes], Answer]] = {
            "open": self._open,
            "render": self._render,
            "find": self._find,
            "redact": self._redact,
            "extract": self._extract,
            "finish": self._finish,
        }
        return steps[said["do"]](said, data)

    def _open(self, said: Said, data: bytes) -> Answer:
        kinds: dict[str, Callable[[bytes], Any]] = {"pdf": pdf_file.Pdf, "picture": picture.Picture}
        self._shown = kinds[said["kind"]](data)
        told = {"pages": self._shown.pages(), "notes": self._shown.notes, "facts": self._shown.facts()}
        return told, b""

    def _render(self, said: Said, _: bytes) -> Answer:
        width, height, rows = self._shown.render(int(said["page"]), float(said["scale"]))
        return {"width": width, "height": height}, rows

    def _find(self, said: Said, _: bytes) -> Answer:
        return {"hits": self._shown.find(str(said["text"]))}, b""

    def _redact(self, said: Said, _: bytes) -> Answer:
        self._shown.redact(int(said["page"]), [tuple(box) for box in said["boxes"]])
        return {}, b""

    def _extract(self, said: Said, _: bytes) -> Answer:
        self._shown.extract(int(said["first"]), int(said["last"]))
        return {}, b""

    def _finish(self, _: Said, __: bytes) -> Answer:
        return {}, self._shown.finish()


def child() -> None:
    """What the command `look` does."""
    picture.prepare()
    pdf_file.prepare()
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    confine(SECONDS)
    logging.disable(logging.CRITICAL)
    child = _Child()
    while True:
        try:
            said, data = receive(asked)
        except Garbled:
            return
        try:
            answer, content = child.answer(said, data)
        except picture.TooLarge:
            answer, content = {"failed": "large"}, b""
        except pdf_file.Locked:
            answer, content = {"failed": "locked"}, b""
        except Exception:  # noqa: BLE001 - whatever the file did to the library: it cannot be shown
            answer, content = {"failed": "unreadable"}, b""
        send(told, answer, [content], len(content))
