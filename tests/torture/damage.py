"""One byte is changed in records, slots or evidence: found or harmless, and nothing wrong is shown."""

from __future__ import annotations

import random
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.store import documents
from casetracker.store.casebook import Casebook, open_casebook
from casetracker.store.evidence import Evidence
from casetracker.store.opening import store_of
from casetracker.store.trouble import translate
from tests.store.sample import LOOSE
from tests.torture.office import SECRET, make_book

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'text_word%'"
Shown = tuple[dict[str, list[Any]], list[bytes]]


def _shown(book: Casebook) -> Shown:
    """Return all that the program would read of a casebook: every row of every table, every document."""
    with book.engine.connect() as connection:
        names = [name for (name,) in connection.exec_driver_sql(_TABLES)]
        rows = {name: _rows(connection, name) for name in names}
        kept = connection.exec_driver_sql("SELECT kept_at, key FROM documents ORDER BY kept_at").all()
    evidence = Evidence(book.folder)
    return rows, [evidence.content(place, key) for place, key in kept]


def _rows(connection: Any, table: str) -> list[Any]:
    return [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]


def change_bytes(times: int, seed: int = 1) -> dict[str, Counter[str]]:
    """Change one byte so many times, as often in the records as in the other files together."""
    chance = random.Random(f"damage{seed}")
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder = make_book(root)
        (root / "paper.bin").write_bytes(chance.randbytes(30_000))
        with open_casebook(folder, SECRET, bounds=LOOSE) as book:
            documents.take_in(store_of(book), [root / "paper.bin"], {})
        with open_casebook(folder, SECRET, read_only=True, bounds=LOOSE) as book:
            right = _shown(book)
        sealed = next((folder / "evidence").glob("*/*"))
        files = {"records": folder / "records.db", "slots": folder / "keys.json", "evidence": sealed}
        found: dict[str, Counter[str]] = {name: Counter() for name in files}
        for turn in range(times):
            name = ("records", "slots", "records", "evidence")[turn % 4]
            _one(folder, files[name], chance, right, found[name])
    return found


def _one(folder: Path, path: Path, chance: random.Random, right: Any, counts: Counter[str]) -> None:
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    path.write_bytes(changed)
    log = [folder / "records.db-wal", folder / "records.db-shm"]
    for each in log:
        each.unlink(missing_ok=True)
    counts["changes"] += 1
    named = True
    try:
        with open_casebook(folder, SECRET, read_only=True, bounds=LOOSE) as book:
            try:
                harmless = _shown(book) == right
                counts["harmless"] += harmless
                counts["wrong values shown"] += not harmless
            except UserError:
                counts["refused with a sentence"] += 1
            except sa.exc.DatabaseError as error:
                counts["refused with a sentence"] += translate(error) is not None
                counts["crashes"] += translate(error) is None
            named = bool(book.check()) or bool(documents.findings(store_of(book)))
    except UserError:
        counts["refused with a sentence"] += 1
    except Exception:  # noqa: BLE001 - counted
        counts["crashes"] += 1
        traceback.print_exc()
    counts["named by check"] += named
    path.write_bytes(whole)
