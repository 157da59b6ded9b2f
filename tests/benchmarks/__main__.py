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
from tests.benchmarks import doubles, papers, records, window
from tests.benchmarks.measure import HEADS, Figure, make, opened, table

RESULTS = Path(__file__).parent / "results.md"
SMALL, LARGE = 1_000, 10_000
_ABOUT = (
    "Made by `make bench` from generated casebooks. Times are medians of several runs and say little by "
    "themselves; what counts is the ratio of the program (ours) to its floor in the same run, beside the "
    "target. Targets are meant for 100,000 people."
)


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
        yield from papers.measure(store)
        yield papers.written(store, folder)
    with opened(many) as (book, store):
        yield from records.measure(book, store)
        yield window.memory(store)
        yield from window.blocks(store)
        yield records.growth(book, store)
        yield doubles.while_typing(store)
    yield from doubles.found()


def main(words: list[str]) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--small", type=int, default=SMALL, help="cases of the small casebook")
    parser.add_argument("--large", type=int, default=LARGE, help="cases of the large casebook")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the file to write")
    wanted = parser.parse_args(words)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    style.apply(application)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        found = list(_told(figures(Path(folder), wanted.small, wanted.large)))
    said = f"{_machine()}. The whole run took {time.monotonic() - began:.0f} s.\n\n"
    wanted.out.write_text(f"# Benchmarks\n\n{_ABOUT}\n\n{said}{table(found)}", "utf-8")
    print(said)
    return 0


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
