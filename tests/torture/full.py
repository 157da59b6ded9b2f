"""The disk is full at the N-th byte of each of the main actions: a sentence, nothing lost, and on it goes."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path

from casetracker.errors import UserError
from casetracker.model import Case, Meeting
from casetracker.model.sources.consent import Answer
from casetracker.store import documents, handover, intake, kept_drafts
from casetracker.store.backups.making import Source, make
from casetracker.store.backups.place import Place
from casetracker.store.backups.restoring import restore
from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.examine import inconsistencies
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from casetracker.store.trouble import DiskFull
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE
from tests.torture import tracing
from tests.torture.kills import first_book
from tests.torture.office import OTHER, SECRET, make_book

Action = Callable[[Casebook, Store], object]


def _first(store: Store, entity: type) -> str:
    with store.reader() as reader:
        return next(iter(reader.all(entity))).id


def _edit(_book: Casebook, store: Store) -> None:
    draft = store.draft(Case, _first(store, Case))
    draft.values["account"] = "what was said " * 2000
    store.save(draft)


def _undo(_book: Casebook, store: Store) -> None:
    Office_(store).person("not for long")
    store.undo()


def _take_down(_book: Casebook, store: Store) -> None:
    sheet = intake.sheet(store, intake.add_to_queue(store, "Гүлнар"))
    sheet.answers = dict.fromkeys(intake.ASKED_FIRST, Answer.AGREES)
    sheet.petitioner.children["names"][0].values["full"] = "Гүлнар"
    sheet.relative.children["names"][0].values["full"] = "Ерлан"
    intake.take_down(store, sheet)


def _document(book: Casebook, store: Store) -> None:
    path = book.folder.parent.parent.parent / "paper.bin"
    path.write_bytes(random.Random(1).randbytes(60_000))
    taken = documents.take_in(store, [path], {})
    if taken.failed:
        raise DiskFull(taken.failed[0][1])


def _backup(book: Casebook, store: Store) -> None:
    place = Place(book.folder.parent / "stick", book.id)
    place.root.mkdir(exist_ok=True)
    made = make(Source(book.folder, book.id, book.key), place)
    restore(made.backup, book.folder.parent / "copy", book.key)


ACTIONS: dict[str, Action] = {
    "a new case": lambda _book, store: Office_(store).case("Ерлан"),
    "an edit": _edit,
    "undo": _undo,
    "taking down": _take_down,
    "a document": _document,
    "handing over": lambda _book, store: handover.hand_over(store, _first(store, Meeting)),
    "deleting": lambda _book, store: store.delete(Meeting, _first(store, Meeting)),
    "a new passphrase": lambda book, _store: book.change_passphrase(SECRET, OTHER, kdf=CHEAP),
    "a typed draft": lambda _book, store: kept_drafts.keep(store, "k", "p", "x" * 20_000),
    "a backup and bringing it back": _backup,
}


def full_during(times: int, seed: int = 1, only: Collection[str] = ()) -> dict[str, Counter[str]]:
    """Let the disk be full so many times during each action, or those named; return what came of it."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        (root / "small").mkdir()
        where = tracing.environment(tracing.library(root), root / "small", root / "log")
        del where["IO_TRACE_LOG"]
        words = [sys.executable, "-m", "tests.torture.full", str(root), str(times), str(seed), *only]
        told = subprocess.run(words, check=True, env=where, capture_output=True, text=True)
        return {name: Counter(counts) for name, counts in json.loads(told.stdout.splitlines()[-1]).items()}


def _all(root: Path, times: int, seed: int, only: Collection[str] = ()) -> dict[str, Counter[str]]:
    (root / "whole").mkdir()
    made = make_book(root / "whole")
    found: dict[str, Counter[str]] = {}
    for name, action in ACTIONS.items():
        if only and name not in only:
            continue
        chance, counts = random.Random(f"{name}{seed}"), Counter[str]()
        for turn in range(times):
            size = 0 if turn == 0 else int(chance.choice((1, 1, 4)) * 10 ** chance.uniform(2, 5.3))
            _one(root, made, action, size, counts)
        found[name] = counts
    if not only:
        found["bringing up to date"] = _upgrades(root, times, seed)
        found["a new casebook"] = _new(root, times, seed)
    return found


def _one(root: Path, made: Path, action: Action, size: int, counts: Counter[str]) -> None:
    folder = Path(shutil.copytree(made, root / "small" / "one" / made.name))
    with open_casebook(folder, SECRET, bounds=LOOSE) as book:
        store = store_of(book)
        Office_(store).person("said to be saved")
        _try(lambda: action(book, store), size, counts)
        try:  # the same program goes on once there is room
            Office_(store).person("afterwards")
        except Exception:  # noqa: BLE001 - counted
            counts["does not go on"] += 1
        counts["not sound"] += len(book.check())
        counts["torn"] += len(inconsistencies(store)) + len(documents.findings(store))
        with store.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT full FROM person_names").scalars().all()
        counts["lost"] += not {"said to be saved", "afterwards"} <= set(rows)
        counts["left"] += len(list(folder.rglob("*.part")))
    shutil.rmtree(folder.parent)


def _try(action: Callable[[], object], size: int, counts: Counter[str]) -> None:
    counts["tries"] += 1
    tracing.full_after(size)
    try:
        action()
        counts["there was room"] += 1
    except DiskFull:
        counts["told"] += 1
    except UserError as error:
        counts["told otherwise"] += 1
        told = getattr(error.__cause__, "orig", error.__cause__)
        print("told otherwise:", error, repr(told), getattr(told, "sqlite_errorname", ""), file=sys.stderr)
    except Exception:  # noqa: BLE001 - counted
        counts["crashed"] += 1
        traceback.print_exc()
    finally:
        tracing.full_after(-1)


def _upgrades(root: Path, times: int, seed: int) -> Counter[str]:
    chance, counts = random.Random(f"upgrade{seed}"), Counter[str]()
    old = first_book(root / "whole")
    for turn in range(times):
        folder = Path(shutil.copytree(old, root / "small" / "old" / old.name))
        size = 0 if turn == 0 else int(10 ** chance.uniform(3, 6.6))
        _try(lambda folder=folder: open_casebook(folder, SECRET, bounds=LOOSE).close(), size, counts)  # type: ignore[misc]
        with open_casebook(folder, SECRET, bounds=LOOSE) as book:
            counts["not sound"] += len(book.check())
            with book.engine.connect() as connection:
                people = connection.exec_driver_sql("SELECT count(*) FROM persons").scalar()
                counts["lost"] += people != 1
        shutil.rmtree(folder.parent)
    return counts


def _new(root: Path, times: int, seed: int) -> Counter[str]:
    chance, counts = random.Random(f"new{seed}"), Counter[str]()
    for turn in range(times):
        folder = root / "small" / "new"
        folder.mkdir()

        def create(folder: Path = folder) -> None:
            book, _ = create_casebook(folder / "n", SECRET, "D", kdf=CHEAP, bounds=LOOSE, recovery=False)
            book.close()

        before = counts["there was room"]
        _try(create, 0 if turn == 0 else int(10 ** chance.uniform(3, 6.6)), counts)
        counts["left"] += counts["there was room"] == before and bool(list(folder.iterdir()))
        shutil.rmtree(folder)
    return counts


if __name__ == "__main__":
    print(json.dumps(_all(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])))
