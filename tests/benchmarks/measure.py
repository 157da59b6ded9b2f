"""How it is measured: medians, each beside its floor from the same run, and the table of all of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from casetracker.store import engine
from casetracker.store.casebook import RECORDS, Casebook, create_casebook, open_casebook
from casetracker.store.keyslots import Bounds, KdfParameters
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.benchmarks.generate import TODAY, USER, fill

SECRET = "four quite ordinary words"
# The passphrase is not what is measured.
CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
LOOSE = Bounds(memory_kib=(64, 1024 * 1024), passes=(1, 10), lanes=(1, 16))
Statement = tuple[str, Any]


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ours` and `floor` are milliseconds unless `unit` says otherwise."""

    number: str  # the target's number in the list of targets: P1 to P13
    what: str
    ours: float
    floor: float | None
    target: str
    note: str = ""
    unit: str = "ms"

    def cells(self) -> tuple[str, ...]:
        """What the table shows."""
        ratio = f"{self.ours / self.floor:.2f}" if self.floor else ""
        floor = f"{self.floor:.2f} {self.unit}" if self.floor is not None else ""
        return (self.number, self.what, f"{self.ours:.2f} {self.unit}", floor, ratio, self.target, self.note)


HEADS = ("", "what", "ours", "floor", "ratio", "target", "note")


def table(figures: list[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    rows = [HEADS, tuple("---" for _ in HEADS), *(f.cells() for f in figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long something takes, once."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def medians(*works: Callable[[], object], runs: int = 9) -> list[float]:
    """Return the median of each; they take turns, so that a busy moment hits all of them."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, times in zip(works, taken, strict=True):
            times.append(milliseconds(work))
    return [statistics.median(times) for times in taken]


def cpu_medians(*works: Callable[[], object], runs: int = 9) -> list[float]:
    """Return the median of the processor's time for each, as `medians` does with the time on the wall."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, times in zip(works, taken, strict=True):
            start = time.process_time()
            work()
            times.append((time.process_time() - start) * 1000)
    return [statistics.median(times) for times in taken]


# Casebooks


def make(folder: Path, cases: int) -> Path:
    """Write a generated casebook and return its folder."""
    book, _ = create_casebook(
        folder / f"{cases} cases", SECRET, USER, kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    with book:
        fill(book.engines.editing, cases)
    return book.folder


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Casebook, Store]]:
    """Open a generated casebook as of its day."""
    with open_casebook(folder, SECRET, bounds=LOOSE) as book:
        yield book, store_of(book, today=lambda: TODAY)


@contextmanager
def bare(book: Casebook, *, writing: bool = False) -> Iterator[Any]:
    """Return a connection of the driver itself, with the key and the settings that the program uses."""
    with closing(engine.connect(book.folder / RECORDS, book._key, mode="rw")) as connection:
        if writing:
            for pragma in engine._WRITING:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        yield connection


class Statements:
    """The statements that a piece of work sends to the database."""

    def __init__(self, book: Casebook) -> None:
        self._engine = book.engines.reading

    def of(self, work: Callable[[], object]) -> list[Statement]:
        """Do the work and return its statements with their parameters."""
        seen: list[Statement] = []

        def note(_connection: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
            seen.append((sql, values))

        sa.event.listen(self._engine, "before_cursor_execute", note)
        try:
            work()
        finally:
            sa.event.remove(self._engine, "before_cursor_execute", note)
        return [each for each in seen if not each[0].startswith("BEGIN")]


def repeat(connection: Any, statements: list[Statement]) -> Callable[[], object]:
    """Return the work of sending these statements through the bare driver and reading all rows."""

    def work() -> None:
        for sql, values in statements:
            connection.execute(sql, values).fetchall()

    return work
