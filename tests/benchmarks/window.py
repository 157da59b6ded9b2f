"""The window: how soon it is there, how much a list holds, and how long a day's work ever blocks it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from casetracker.model import Case, Family, Meeting, Person, Protest
from casetracker.store import lists
from casetracker.store.store import Store
from casetracker.ui.main_window import MainWindow
from casetracker.ui.pages.page import ListPage, as_row
from casetracker.ui.process import settle_memory
from casetracker.ui.widgets.record_rows import RecordRows
from casetracker.ui.widgets.tabs import TabPages
from tests.benchmarks.measure import Figure, medians, opened

LISTED = (
    ("cases", Case),
    ("people", Person),
    ("families", Family),
    ("protests", Protest),
    ("meetings", Meeting),
)
_BEAT_MS = 2
_QUIET_S = 0.12  # after a step the window is left alone for so long

Step = tuple[str, Callable[[], object]]


# Start


def start(folders: list[Path], runs: int = 9) -> Iterator[Figure]:
    """Yield how long a fresh process needs until its first window is painted."""
    kinds = [["bare"], ["program"], *(["program", str(folder)] for folder in folders)]
    taken: list[list[float]] = [[] for _ in kinds]
    for _ in range(runs + 1):  # the first round only fills the disk's cache
        for words, times in zip(kinds, taken, strict=True):
            times.append(_first_paint(words))
    bare, first, *unlock = (statistics.median(times[1:]) for times in taken)
    yield Figure(
        "P1", "process start → start window painted", first, bare, "≤ 1.6", "floor: bare QMainWindow"
    )
    for folder, ours in zip(folders, unlock, strict=True):
        what = f"process start → unlock window painted, {folder.name.removesuffix('.casebook')}"
        yield Figure("P1", what, ours, bare, "≤ 1.6")


def _first_paint(words: list[str]) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.first_paint", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return (float(done.stdout) - began) * 1000


def key_in(small: Path, large: Path) -> Figure:
    """Return how long it takes from the passphrase to the painted list of cases, large beside small."""
    ours, floor = medians(lambda: _show_list(large), lambda: _show_list(small), runs=5)
    return Figure("P2", "key in → list filled, large beside small", ours, floor, "≤ 1.3")


def _show_list(folder: Path) -> None:
    with opened(folder) as (_, store):
        window = MainWindow(store)
        window.show()
        window.go("cases")
        QApplication.processEvents()
        page = window.page("cases")
        assert isinstance(page, ListPage)
        assert page.list.row_at(0).title
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def memory(store: Store) -> Figure:
    """Return what the rows of the list of cases hold after all of them were scrolled past."""
    number = lists.count_cases(store)
    list(lists.case_lines(store, limit=1))
    tracemalloc.start()
    rows = RecordRows()
    rows.set_source(
        number, lambda offset, limit: [as_row(x) for x in lists.case_lines(store, offset=offset, limit=limit)]
    )
    for line in range(0, number, 20):
        rows.row(line)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    what = f"memory of the list of {number} cases, scrolled to its end"
    return Figure("P4", what, held, None, "≤ 5 MB", unit="MB")


# How long the window is blocked


class Heartbeat:
    """Notes the longest time between two beats of a timer, by what was done meanwhile."""

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}
        self._step = ""
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def during(self, step: str, work: Callable[[], object]) -> None:
        """Do something from the event loop and leave the window alone for a moment."""
        self._step = step
        self.longest.setdefault(step, 0.0)
        self._last = time.perf_counter()
        self._timer.start()
        loop = QEventLoop()
        QTimer.singleShot(0, work)
        QTimer.singleShot(0, lambda: QTimer.singleShot(round(_QUIET_S * 1000), loop.quit))
        loop.exec()
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest[self._step] = max(self.longest[self._step], (now - self._last) * 1000)
        self._last = now


def blocks(store: Store, rounds: int = 3) -> Iterator[Figure]:
    """Yield the steps of a day's work that block the window longest, and the longest of all."""
    window = MainWindow(store)
    window.show()
    QApplication.processEvents()
    settle_memory()  # as the program does
    seen: list[dict[str, float]] = []
    for _ in range(rounds + 1):
        beat = Heartbeat()
        for step, work in _tour(window, store):
            beat.during(step, work)
        seen.append(beat.longest)
    window.close()
    first, again = seen[0], {step: statistics.median(s[step] for s in seen[1:]) for step in seen[0]}
    number = lists.count_cases(store)
    for name, times in (("first visit", first), ("later", again)):
        worst = sorted(times, key=lambda step: -times[step])[:4]
        note = ", ".join(f"{step} {times[step]:.0f}" for step in worst)
        what = f"longest block of the window, {number} cases, {len(times)} steps, {name}"
        yield Figure("P13", what, times[worst[0]], None, "≤ 100 ms", note)


def _tour(window: MainWindow, store: Store) -> Iterator[Step]:
    yield "overview", lambda: window.go("overview")
    for key, entity in LISTED:
        yield f"{key}", lambda key=key: window.go(key)  # type: ignore[misc]
        page = window.page(key)
        assert isinstance(page, ListPage)
        middle = lists.count(store, entity) // 2
        for name, number in (("second", 1), ("middle", middle), ("end", middle * 2 - 1)):
            yield f"{key}: {name}", lambda page=page, number=number: _choose(page, number)  # type: ignore[misc]
        tabs = page.findChild(TabPages)
        for tab in tabs.keys() if tabs else ():
            yield f"{key}: tab {tab}", lambda tabs=tabs, tab=tab: tabs.select(tab)  # type: ignore[misc]
    yield "promises", lambda: window.go("promises")
    yield "cases narrowed", lambda: window._narrow("overdue")
    yield "cases all", lambda: window._narrow("")
    for text in ("н", "нұр", "Nurbek", "努尔", "CT-"):
        yield f"search {text}", lambda text=text: window._search(text)  # type: ignore[misc]
    yield "save and show", lambda: _edit(store)
    yield "undo and show", window.desk.undo
    yield "overview again", lambda: window.go("overview")


def _choose(page: ListPage, number: int) -> None:
    page.list.setCurrentIndex(page.list.model().index(number, 0))


def _edit(store: Store) -> None:
    line = lists.case_lines(store, limit=1)[0]
    draft = store.draft(Case, line.id)
    draft.values["health"] = f"{draft.values['health'] or ''}."
    store.save(draft)
