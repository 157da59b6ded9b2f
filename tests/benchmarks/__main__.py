"""Measure the program on generated casebooks: python -m tests.benchmarks (or "make bench").

The table is printed and written to `tests/benchmarks/results.md`. A figure that is not in milliseconds says
its unit; a ratio is that of the program to its floor in the same run. Nothing here fails because a machine is
slow: the targets stand beside the figures to be read by people.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import PySide6
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication

from casetracker.ui import style
from tests.benchmarks import doubles, imports, papers, records, window
from tests.benchmarks.measure import HEADS, Figure, make, opened, table

RESULTS = Path(__file__).parent / "results.md"
SMALL, LARGE = 1_000, 10_000
_ABOUT = (
    "Made by `make bench` from generated casebooks. Times are medians of several runs and say little by "
    "themselves; what counts is the ratio of the program (ours) to its floor in the same run, beside the "
    "target. Targets are meant for 100,000 people."
)


def of_papers(folder: Path, small: int) -> Iterator[Figure]:
    """Yield the figures of papers alone."""
    with opened(make(folder, small)) as (book, store):
        yield from papers.measure(book, store)
        yield from papers.written(store, folder)


def figures(folder: Path, small: int, large: int) -> Iterator[Figure]:
    """Yield every figure."""
    few = make(folder, small)
    began = time.monotonic()
    many = make(folder, large)
    yield Figure("", f"generate {large} cases", time.monotonic() - began, None, "< 15 s", unit="s")
    yield from window.start([few, many])
    yield window.key_in(few, many)
    with opened(few) as (book, store):
        yield from records.measure(book, store)
        yield from papers.measure(book, store)
        yield from papers.written(store, folder)
    with opened(many) as (book, store):
        yield from records.measure(book, store)
        yield window.memory(store)
        yield from window.blocks(store)
        yield records.growth(book, store)
        yield doubles.while_typing(store)
    yield from doubles.found()
    yield from imports.measure(folder, (small, large))


def main(words: list[str]) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--small", type=int, default=SMALL, help="cases of the small casebook")
    parser.add_argument("--large", type=int, default=LARGE, help="cases of the large casebook")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the file to write")
    parser.add_argument(
        "--only",
        choices=["papers", "imports"],
        help="measure one part; the other lines of the file stay as they are",
    )
    wanted = parser.parse_args(words)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    style.apply(application)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        part = {
            "papers": lambda: of_papers(place, wanted.small),
            "imports": lambda: imports.measure(place, (wanted.small, wanted.large)),
            None: lambda: figures(place, wanted.small, wanted.large),
        }[wanted.only]()
        found = list(_told(part))
    if wanted.only:
        wanted.out.write_text(merged(wanted.out.read_text("utf-8"), table(found)), "utf-8")
        return 0
    said = f"{_machine()}. The whole run took {time.monotonic() - began:.0f} s.\n\n"
    wanted.out.write_text(f"# Benchmarks\n\n{_ABOUT}\n\n{said}{table(found)}", "utf-8")
    print(said)
    return 0


def merged(before: str, lines: str) -> str:
    """Put the lines of a table into a text that has an older one: in place of those of the same name."""
    new = {_name(line): line for line in lines.splitlines()[2:]}
    kept = [new.pop(_name(line), line) for line in before.splitlines()]
    last = max(place for place, line in enumerate(kept) if line.startswith(("| P7", "| P8", "| P9")))
    return "\n".join([*kept[: last + 1], *new.values(), *kept[last + 1 :]]) + "\n"


def _name(line: str) -> str:
    return "|".join(line.split("|")[1:3])


def _told(found: Iterable[Figure]) -> Iterator[Figure]:
    """Print each figure as it comes."""
    print("| " + " | ".join(HEADS) + " |", flush=True)
    for figure in found:
        print("| " + " | ".join(figure.cells()) + " |", flush=True)
        yield figure


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, SQLAlchemy {sa.__version__}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
