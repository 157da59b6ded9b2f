"""Sizes of files as people say them."""

from __future__ import annotations

from casetracker.i18n import N_, tr

_KILO, _MEGA, _GIGA = 1024, 1024**2, 1024**3


def size_text(size: int) -> str:
    """Return a size as people say it; nothing for a document without a file."""
    if size >= _GIGA:
        return tr(N_("{n} GB"), n=f"{size / _GIGA:.1f}")
    if size >= _MEGA:
        return tr(N_("{n} MB"), n=f"{size / _MEGA:.1f}")
    return tr(N_("{n} kB"), n=max(1, round(size / _KILO))) if size else ""
