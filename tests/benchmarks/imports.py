"""Lists taken in: time a row beside the bare driver inserting the same rows, and memory as lists grow.

Processor time is compared, because a list takes long and other programs run meanwhile. The floor inserts
every row that the import left in the file (records, history, chain, words) in one transaction, and no more.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casetracker.exchange.tables_in import taking
from casetracker.store.casebook import Casebook, create_casebook
from casetracker.store.opening import store_of
from tests.benchmarks import foreign_lists
from tests.benchmarks.generate import TODAY, USER
from tests.benchmarks.measure import CHEAP, LOOSE, SECRET, Figure, bare

# Seconds that Gramps 6.0 took to import as many people with as many names and events, without encryption.
GRAMPS = {1_000: 3.2, 10_000: 29.0, 50_000: 408.0}
_FTS = "text_word"  # the index itself, which the floor leaves out
_PART = 5_000


def measure(folder: Path, sizes: tuple[int, ...] = (1_000, 10_000)) -> Iterator[Figure]:
    """Yield the figures of lists of these lengths; each is taken in by a process of its own."""
    for people in sizes:
        words = [sys.executable, "-m", "tests.benchmarks.imports", str(folder), str(people)]
        said = subprocess.run(words, check=True, capture_output=True, text=True)
        seconds, floor, before, after = map(float, said.stdout.split()[-4:])
        ours, least = 1000 * seconds / people, 1000 * floor / people
        note = "processor time a row; floor: the same rows by the bare driver"
        yield Figure("P7", f"list of {people} taken in, a row", ours, least, "≤ 4", note)
        if people in GRAMPS:
            gramps = 1000 * GRAMPS[people] / people
            note = f"{gramps / ours:.1f} × as fast as Gramps 6.0 was on a quiet machine"
            yield Figure("P7", f"list of {people}, beside Gramps", ours, gramps, "≤ 0.05", note)
        what = f"memory while a list of {people} is taken in"
        yield Figure("P7", what, after, before, "the same at any length", "most, beside before", unit="MB")


def _run(folder: Path, people: int) -> None:
    path = foreign_lists.write(folder / f"{people}.csv", people)
    seconds, before, after, book = _taken(folder / f"{people} ours", path)
    print(seconds, _floor(book, folder / f"{people} floor"), before, after)


def _taken(place: Path, path: Path) -> tuple[float, float, float, Casebook]:
    book, _ = create_casebook(place, SECRET, USER, kdf=CHEAP, bounds=LOOSE, recovery=False)
    store, seen = store_of(book, today=lambda: TODAY), taking.look(path)
    taking.take_in(store, taking.look(foreign_lists.write(place.with_suffix(".few"), 50)))  # all is loaded
    before, began = _memory(), time.process_time()
    done = taking.take_in(store, seen)
    assert done.cases == done.rows
    return time.process_time() - began, before, _memory(), book


def _memory() -> float:
    """The most memory that this process has held, in MB."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


def _floor(book: Casebook, place: Path) -> float:
    other, _ = create_casebook(place, SECRET, USER, kdf=CHEAP, bounds=LOOSE, recovery=False)
    spent = 0.0
    with bare(book) as source, bare(other, writing=True) as target:
        target.execute("PRAGMA foreign_keys=OFF").fetchall()
        target.execute("BEGIN IMMEDIATE")
        for (table,) in source.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            f" AND name NOT LIKE '{_FTS}%' AND name NOT LIKE 'alembic%'"
        ).fetchall():
            spent += _copied(source, target, table)
        began = time.process_time()
        target.execute("COMMIT")
        return spent + time.process_time() - began


def _copied(source: Any, target: Any, table: str) -> float:
    cursor = source.execute(f'SELECT * FROM "{table}"')
    marks = ", ".join("?" for _ in cursor.description)
    spent = 0.0
    while rows := cursor.fetchmany(_PART):
        began = time.process_time()
        target.executemany(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', rows)
        spent += time.process_time() - began
    return spent


if __name__ == "__main__":
    _run(Path(sys.argv[1]), int(sys.argv[2]))
