"""The child process that takes words or fields out of a PDF. It knows nothing of records, keys or folders."""

from __future__ import annotations

import importlib
import io
import json
import logging
import sys
from collections.abc import Callable

from casetracker.store.confine import confine

LONGEST_TEXT = 1_000_000  # letters
LONGEST_FIELD = 20_000  # letters
TIME_OUT = 60.0  # seconds


def child() -> None:
    """What the command `read-text` does: a PDF comes in at standard input, its words go out."""
    _read(pdf_text)


def form_child() -> None:
    """What the command `read-text --fields` does: a PDF comes in, its fields go out as JSON."""
    _read(pdf_fields)


def _read(read: Callable[[bytes], str]) -> None:
    importlib.import_module("pypdf")  # before the limits, which are meant for the file
    confine(TIME_OUT)
    content = sys.stdin.buffer.read()
    logging.disable(logging.CRITICAL)  # what a library says of a strange file would hold its words
    try:
        words = read(content)
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


def pdf_fields(content: bytes) -> str:
    """Return the fields that hold text, by their full names, as JSON; raises whatever the library does."""
    from pypdf import PdfReader

    fields = PdfReader(io.BytesIO(content)).get_fields() or {}
    texts = {"/Tx", "/Ch"}  # not buttons, nor the signature of whoever filled it in
    values = {name: field.get("/V") for name, field in fields.items() if field.get("/FT") in texts}
    return json.dumps({name: _text_of(value)[:LONGEST_FIELD] for name, value in values.items()})


def _text_of(value: object) -> str:
    """Return what a field holds; a field of another sort than text holds nothing for us."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, str) else ""
