"""One byte is changed in records, slots or evidence: found or harmless, and nothing wrong is shown."""

from __future__ import annotations

import random
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from casetracker.errors import UserError
from casetracker.store import documents
from casetracker.store.casebook import check_casebook, open_casebook
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.store.sample import LOOSE
from tests.store.stepping import content
from tests.torture.office import SECRET, make_book


def _shown(folder: Path) -> Any:
    """Return all that the program would show of a casebook: every record, every document."""
    with open_casebook(folder, SECRET, read_only=True, bounds=LOOSE) as book:
        store = store_of(book)
        return content(store), _documents(store)


def _documents(store: Store) -> dict[str, bytes]:
    with store.reader() as reader:
        ids = [each.id for each in reader.all(documents.Document)]
    evidence = documents.evidence_of(store)
    found = {}
    for document in ids:
        values = store.draft(documents.Document, document).values
        found[document] = evidence.content(values["kept_at"], values["key"])
    return found


def change_bytes(times: int, seed: int = 1) -> dict[str, Counter[str]]:
    """Change one byte so many times, as often in the records as in the other files together."""
    chance = random.Random(f"damage{seed}")
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder = make_book(root)
        (root / "paper.bin").write_bytes(chance.randbytes(30_000))
        with open_casebook(folder, SECRET, bounds=LOOSE) as book:
            documents.take_in(store_of(book), [root / "paper.bin"], {})
        right = _shown(folder)
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
    try:
        harmless = _shown(folder) == right
        counts["harmless"] += harmless
        counts["wrong values shown"] += not harmless
    except UserError:
        counts["refused with a sentence"] += 1
    except Exception:  # noqa: BLE001 - counted
        counts["crashes"] += 1
        traceback.print_exc()
    try:
        with_documents = _found(folder)
        counts["named by check"] += with_documents
    except UserError:
        counts["named by check"] += 1
    path.write_bytes(whole)


def _found(folder: Path) -> bool:
    if check_casebook(folder, SECRET, bounds=LOOSE):
        return True
    with open_casebook(folder, SECRET, read_only=True, bounds=LOOSE) as book:
        return bool(documents.findings(store_of(book)))
