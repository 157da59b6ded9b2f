"""The child process that takes the words out of a PDF. It knows nothing of records, keys or folders."""

from __future__ import annotations

import importlib
import io
import logging
import sys
from contextlib import suppress

LONGEST_TEXT = 1_000_000  # letters
TIME_OUT = 60.0  # seconds
_MEMORY = 2 * 1024**3


def child() -> None:
    """What the command `read-text` does: a PDF comes in at standard input, its words go out."""
    importlib.import_module("pypdf")  # before the limits, which are meant for the file
    _limit()
    content = sys.stdin.buffer.read()
    logging.disable(logging.CRITICAL)  # what a library says of a strange file would hold its words
    try:
        words = pdf_text(content)
    except Exception:  # noqa: BLE001 - whatever the file did to the library: it was not read
        raise SystemExit(1) from None
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))


def pdf_text(content: bytes) -> str:
    """Return the words of a PDF, a page after the other; raises whatever the library does."""
    from pypdf import PdfReader

    reader, length, pages = PdfReader(io.BytesIO(content)), 0, []
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > LONGEST_TEXT:
            break
    return "\n\n".join(pages)


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):
        resource = importlib.import_module("resource")  # POSIX only
        for kind, most in (
            ("RLIMIT_CORE", 0),
            ("RLIMIT_FSIZE", 0),
            ("RLIMIT_CPU", int(TIME_OUT)),
            ("RLIMIT_AS", _MEMORY),
        ):
            with suppress(ValueError, OSError, AttributeError):
                resource.setrlimit(getattr(resource, kind), (most, most))
