"""Files of strangers at their full number, and a film that is larger than the memory of an old computer."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

from tests.store.test_large_files import MOST, measured
from tests.store.test_looking import fuzz

_BATCH = 200  # files, before another seed
FILM = 2200 * 1024**2  # bytes: over what 31 bits hold


def look_at(times: int, seed: int = 1) -> Counter[str]:
    """Look at so many mutated PDFs and pictures; that this process goes on is what is tried."""
    counts: Counter[str] = Counter(crashes=0)
    for batch in range(times // _BATCH):
        shown, ended = fuzz(_BATCH, seed=1000 * seed + batch)
        counts += Counter({"files": _BATCH, "shown": shown, "children ended": ended})
    return counts


def film(size: int = FILM) -> Counter[str]:
    """Take a film in, check it and read it at many places; say how many KiB of memory that cost."""
    folder = Path(tempfile.mkdtemp())
    try:
        found = measured(folder, size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    more = int(found["after"] - found["before"])
    return Counter({"bytes": size, "KiB more": more, "failed": int(more >= MOST)})
