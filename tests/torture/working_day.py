"""A long day of work in one process: memory and threads stay what they were."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
from pathlib import Path

from casetracker.model import Case, Person
from casetracker.store import kept_drafts, lists
from casetracker.store.casebook import open_casebook
from casetracker.store.opening import store_of
from casetracker.store.search import search
from tests.conftest import Office_
from tests.store.sample import LOOSE
from tests.torture.office import SECRET, make_book


def resident() -> int:
    """Return the memory of this process in KiB; 0 where the system does not say."""
    status = Path(f"/proc/{os.getpid()}/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))


def work(actions: int, *, leak: bool = False) -> dict[str, int]:
    """Do so many actions; return memory (KiB) and threads after the first fifth and at the end.

    The records stay few, so that what grows is the program's own. With `leak` it keeps what it should not.
    """
    kept: list[object] = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        open_casebook(make_book(Path(temporary)), SECRET, bounds=LOOSE) as book,
    ):
        office = Office_(store_of(book))
        case = office.case("Бақыт")
        for number in range(actions):
            if number == actions // 5:
                gc.collect()
                before = (resident(), threading.active_count())
            _one(office, case, number)
            if leak:
                kept.append(bytearray(100_000))
        gc.collect()
        after = (resident(), threading.active_count())
    return {
        "actions": actions, "KiB before": before[0], "KiB after": after[0],
        "threads before": before[1], "threads after": after[1],
    }  # fmt: skip


def _one(office: Office_, case: str, number: int) -> None:
    store, kind = office.store, number % 6
    if kind == 0:
        draft = store.draft(Case, case)
        draft.values["account"] = f"said {number} " * 50
        store.save(draft)
    elif kind == 1:
        store.undo()
    elif kind == 2:
        search(store, "Бақыт")
    elif kind == 3:
        lists.person_lines(store, "Бақ")
    elif kind == 4:
        kept_drafts.keep(store, "k", "p", {"screen": {"n": number}})
    else:
        with store.reader() as reader:
            assert len(list(reader.all(Person))) < 20
