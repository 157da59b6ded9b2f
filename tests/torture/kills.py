"""kill -9 at any moment, during the program's own work: nothing acknowledged is lost, nothing is torn."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from casetracker.store import documents, upgrade
from casetracker.store.backups.looking import look_at
from casetracker.store.backups.place import Place
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.examine import inconsistencies
from casetracker.store.opening import store_of
from tests.store.sample import CHEAP, LOOSE
from tests.torture.office import OTHER, SECRET, WORK, lost, make_book, open_book, torn_lists

FIRST = "0001_the_first_tables.py"


def killed(work: Callable[[Callable[[str], None]], None], share: float, *, wait: bool) -> list[str]:
    """Do the work in a process of its own, kill that at a moment; return what it acknowledged.

    With `wait` the moment is counted from the first acknowledgement, as a share of the time that this took
    (so a slow machine kills as many as a quick one); else it is `share` in seconds from when it was open.
    Raises if the work failed by itself.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(lambda line: (os.write(writing, f"{line}\n".encode()), None)[1])
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child says what went wrong and ends
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = [pipe.readline()]  # "open"
        began = time.monotonic()
        if wait:
            said.append(pipe.readline())
        time.sleep(share * (time.monotonic() - began) if wait else share)
        os.kill(child, signal.SIGKILL)
        said += pipe.readlines()
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the work itself failed")
    return [line.decode().strip() for line in said if line.endswith(b"\n")][1:]


def kill_during(name: str, times: int, seed: int = 1) -> Counter[str]:
    """Kill one sort of work so many times, each time going on with the same casebook."""
    chance, counts = random.Random(f"{name}{seed}"), Counter[str]()
    with tempfile.TemporaryDirectory() as temporary:
        folder = make_book(Path(temporary))

        def work(ack: Callable[[str], None]) -> None:
            with open_book(folder) as book:
                store = store_of(book)
                ack("open")
                WORK[name](store, book, ack)

        for turn in range(times):
            wait = turn % 4 != 0
            acked = killed(work, chance.expovariate(0.7) if wait else chance.uniform(0, 0.4), wait=wait)
            counts["kills"] += 1
            counts["acknowledged"] += len(acked)
            _look(folder, acked, counts, whole=turn % 10 == 0 or turn == times - 1)
    return counts


def _look(folder: Path, acked: list[str], counts: Counter[str], *, whole: bool) -> None:
    said = [line.split(" ", 1)[1] for line in acked if line.startswith("passphrase ")]
    with open_book(folder) as book:
        counts["not sound"] += len(book.check())
        store = store_of(book)
        counts["lost"] += len(lost(store, book, acked))
        counts["torn"] += torn_lists(store)
        counts["torn"] += len(inconsistencies(store)) if whole else 0
        counts["torn"] += len(documents.findings(store)) if whole else 0
        place = Place(folder.parent / "stick", book.id)
        made = [line.split()[1] for line in acked if line.startswith("backup ")]
        known = {each.folder.name: each for each in place.backups()}
        # The next one may have been finished, and have taken its place, before it was acknowledged.
        counts["lost"] += sum(not any(there >= name for there in known) for name in made[-1:])
        counts["not sound"] += sum(bool(look_at(each, book.key)) for each in list(known.values())[:2])
        if said:  # the last that was acknowledged opens, or the one that was being written after it
            counts["lost"] += not _opens(folder, book, SECRET) and not _opens(folder, book, OTHER)


def _opens(folder: Path, book: object, secret: str) -> bool:
    from casetracker.errors import UserError
    from casetracker.store import keyfile

    try:
        keyfile.unlock(folder, secret, LOOSE)
    except UserError:
        return False
    return True


def kill_migrations(times: int, seed: int = 1) -> Counter[str]:
    """Kill an upgrade from the first tables at any moment: old or new, never between."""
    chance, counts = random.Random(f"migrations{seed}"), Counter[str]()
    with tempfile.TemporaryDirectory() as temporary:
        old = first_book(Path(temporary))
        began = time.monotonic()
        folder = Path(shutil.copytree(old, Path(temporary) / "whole" / "old.casebook"))
        open_casebook(folder, SECRET, bounds=LOOSE).close()
        whole = time.monotonic() - began
        for turn in range(times):
            folder = Path(shutil.copytree(old, Path(temporary) / str(turn) / "old.casebook"))

            def work(ack: Callable[[str], None], folder: Path = folder) -> None:
                ack("open")
                open_casebook(folder, SECRET, bounds=LOOSE)
                ack("upgraded")
                time.sleep(60)

            acked = killed(work, chance.uniform(0, whole * 1.1), wait=False)
            counts["kills"] += 1
            counts["acknowledged"] += len(acked)
            after_upgrade(folder, counts, acked)
            shutil.rmtree(folder.parent)
    return counts


def first_book(folder: Path) -> Path:
    """Make a casebook as the first program made it, with one person in it."""
    versions = folder / "versions"
    versions.mkdir()
    shutil.copy(upgrade.MIGRATIONS / "versions" / FIRST, versions)
    book, _ = create_casebook(
        folder / "old", SECRET, "Dana", kdf=CHEAP, bounds=LOOSE, recovery=False, versions=versions
    )
    with book, book.engines.editing.begin() as connection:
        connection.exec_driver_sql("INSERT INTO persons (id, version, confidentiality) VALUES ('a', 1, 1)")
    return book.folder


def after_upgrade(folder: Path, counts: Counter[str], acked: list[str]) -> None:
    """See that the file is the old or the new one, and that the next opening makes it the new one."""
    from casetracker.store import keyfile
    from casetracker.store.engine import open_unguarded

    key = keyfile.unlock(folder, SECRET, LOOSE)[1].key
    engine = open_unguarded(folder / "records.db", key)
    with engine.connect() as connection:
        now = upgrade.revision_of(connection)
        counts["old"] += now == "0001"
        counts["new"] += now == upgrade.revisions()[0]
        counts["torn"] += now not in ("0001", upgrade.revisions()[0])
        counts["lost"] += bool(acked) and now == "0001"
    engine.dispose()
    with open_casebook(folder, SECRET, bounds=LOOSE) as book:
        counts["not sound"] += len(book.check())
        with book.engine.connect() as connection:
            people = connection.exec_driver_sql("SELECT count(*) FROM persons").scalar()
            counts["lost"] += people != 1
    counts["not sound"] += len(list(folder.glob("*.upgrading*")))


def kill_at_every_statement(step: int = 1) -> Counter[str]:
    """End the process at each statement of every migration (each `step`th of them)."""
    import sqlalchemy as sa

    counts = Counter[str]()
    with tempfile.TemporaryDirectory() as temporary:
        old = first_book(Path(temporary))
        at = 0
        while True:
            at += step
            folder = Path(shutil.copytree(old, Path(temporary) / str(at) / "old.casebook"))
            child = os.fork()
            if not child:
                left = [at]

                def count(*_: object, left: list[int] = left) -> None:
                    left[0] -= 1
                    if not left[0]:
                        os.kill(os.getpid(), signal.SIGKILL)

                sa.event.listen(sa.Engine, "before_cursor_execute", count)
                try:
                    open_casebook(folder, SECRET, bounds=LOOSE)
                except BaseException:  # noqa: BLE001 - a child says what went wrong and ends
                    traceback.print_exc()
                    os._exit(1)
                os._exit(0)
            _, status = os.waitpid(child, 0)
            if os.WIFEXITED(status):  # it came to its end before that statement
                counts["failed"] += bool(os.WEXITSTATUS(status))
                return counts
            counts["kills"] += 1
            after_upgrade(folder, counts, [])
            shutil.rmtree(folder.parent)
