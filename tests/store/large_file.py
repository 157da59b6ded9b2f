"""Takes a large file in, reads it back, and says how much memory that cost: run in a process of its own.

`python -m tests.store.large_file FOLDER SIZE` prints JSON: seconds, what was in memory before, and the most
that was in memory afterwards, in KiB.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from casetracker.model import Document
from casetracker.store import documents
from casetracker.store.casebook import create_casebook
from casetracker.store.opening import store_of
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

SPOTS = 64  # places in the file at which it is not nought


def main(folder: Path, size: int) -> dict[str, float]:
    """Do it; the source is sparse, so it takes no room before it is sealed."""
    source = folder / "film.mp4"
    with source.open("wb") as file:
        file.truncate(size)
        for spot in range(SPOTS):
            file.seek(size // SPOTS * spot)
            file.write(b"\x00\x00\x00\x18ftypisom" + spot.to_bytes(4, "big"))
    book, _ = create_casebook(folder / "L", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False)
    with book:
        store = store_of(book)
        documents.take_in_content(store, "first.mp4", b"\x00\x00\x00\x18ftypisom", {})  # all is loaded now
        before = _most()
        begun = time.perf_counter()
        [document] = documents.take_in(store, [source], {}).new
        taken = time.perf_counter() - begun
        assert store.draft(Document, document).values["size"] == size
        begun = time.perf_counter()
        assert documents.problem(store, document) == ""
        checked = time.perf_counter() - begun
        opened = documents.opened(store, document)
        for spot in range(SPOTS):
            mark = opened.read(size // SPOTS * spot, 16)
            assert int.from_bytes(mark[12:], "big") == spot
        opened.close()
        return {"size": size, "taken": taken, "checked": checked, "before": before, "after": _most()}


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
