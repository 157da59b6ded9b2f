"""The power goes at any moment of twenty different days of work; one of them without syncing must fail."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from casetracker.store import documents, engine, kept_drafts
from casetracker.store.backups.making import Source, make
from casetracker.store.backups.place import Place
from casetracker.store.casebook import Casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE
from tests.torture import tracing
from tests.torture.office import SECRET, make_book

WORKLOADS = 20
ROUNDS = 25


def cut_during(
    number: int, cuts: int, *, synced: bool = True, seed: int = 1, rounds: int = ROUNDS
) -> Counter[str]:
    """Trace one day of work and cut the power so many times; count what is lost of it."""
    chance, counts = random.Random(f"power{number}{seed}"), Counter[str]()
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder = make_book(root / "traced") if (root / "traced").mkdir() is None else root
        before = {
            str(p.relative_to(root / "traced")): p.read_bytes() for p in folder.rglob("*") if p.is_file()
        }
        log = root / "log"
        words = [
            sys.executable,
            "-m",
            "tests.torture.power",
            str(folder),
            str(number),
            str(int(synced)),
            str(rounds),
        ]
        where = tracing.environment(tracing.library(root), root / "traced", log)
        subprocess.run(words, check=True, env=where)
        done = tracing.steps(log, root / "traced")
        counts["steps"] = len(done)
        counts["syncs"] = sum(step.op == tracing.SYNC for step in done)
        first = next(at for at, step in enumerate(done) if step.op == tracing.ACK)
        disk, at = tracing.Disk(), 0
        disk.files = {name: bytearray(content) for name, content in before.items()}
        for moment in sorted(chance.randrange(first, len(done)) for _ in range(cuts)):
            for step in done[at:moment]:
                disk.do(step)
            at = moment
            shutil.rmtree(root / "after", ignore_errors=True)
            for name, content in disk.after_a_cut(chance).items():
                path = root / "after" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            counts["cuts"] += 1
            _look(root / "after" / folder.name, disk.acked, counts)
    return counts


def _look(folder: Path, acked: int, counts: Counter[str]) -> None:
    try:  # as the next start of the program does, which brings two differing key files to one again
        with open_casebook(folder, SECRET, bounds=LOOSE) as book:
            counts["not sound"] += bool(book.check())
            with book.engine.connect() as connection:
                done = connection.exec_driver_sql("SELECT count(*) FROM saved_views").scalar()
                rows = connection.exec_driver_sql("SELECT kept_at FROM documents").all()
        counts["lost"] += (done or 0) < acked
        counts["lost"] += sum(not (folder / "evidence" / place).is_file() for (place,) in rows)
    except Exception:  # noqa: BLE001 - counted
        counts["cannot be opened"] += 1


# What is done in the traced process. After each round a row is added and acknowledged.


def _day(book: Casebook, store: Store, number: int, at: int) -> None:
    """One piece of work of the day with this number."""
    chance = random.Random(f"{number}{at}")
    office = Office_(store)
    kind = (number + at) % 5 if number >= 10 else number % 5
    size = chance.choice((10, 300, 3000, 20_000)) * (1 + number // 10)
    if kind == 0:
        office.person("x" * min(size, 290))
    elif kind == 1:
        office.case(f"case {at}", account="y" * size)
    elif kind == 2:
        path = book.folder.parent.parent / "paper.bin"
        path.write_bytes(chance.randbytes(size))
        documents.take_in(store, [path], {})
    elif kind == 3:
        kept_drafts.keep(store, f"{at % 3}", "torture", {"screen": "z" * size})
        if at % 5 == 4:
            office.person(f"not for long {at}")
            store.undo()
    else:
        _keys_and_backup(book, at)


def _keys_and_backup(book: Casebook, at: int) -> None:
    if at % 2:
        book.change_passphrase(SECRET, SECRET, kdf=CHEAP)
    else:
        place = Place(book.folder.parent / "stick", book.id)
        place.root.mkdir(exist_ok=True)
        make(Source(book.folder, book.id, book.key), place)


def _traced(folder: Path, number: int, rounds: int, *, synced: bool) -> None:
    from casetracker.store.views import saved
    from casetracker.store.views.query import EVERYTHING

    if not synced:
        engine._WRITING = ("journal_mode=WAL", "synchronous=OFF")
    with open_casebook(folder, SECRET, bounds=LOOSE) as book:
        store = store_of(book)
        for at in range(rounds):
            _day(book, store, number, at)
            saved.save(store, "cases", f"view {at}", EVERYTHING)
            tracing.acknowledge(at + 1)


if __name__ == "__main__":
    _traced(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[4]), synced=sys.argv[3] == "1")
