"""Names of several scripts in one line, each kept in its own direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_FSI, _PDI = "\u2068", "\u2069"


def isolate(text: str) -> str:
    """Return the text shut off from its surroundings, so that it cannot turn its neighbours round."""
    return f"{_FSI}{text}{_PDI}" if any(_runs_left(letter) for letter in text) else text


def _runs_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


def joined(parts: Iterable[str], between: str = " · ") -> str:
    """Join what is there of the parts into one line, each in its own direction."""
    return between.join(isolate(part) for part in parts if part)
