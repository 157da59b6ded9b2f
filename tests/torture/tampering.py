"""Attacks on the audit log by somebody with the key of the casebook: with a code all of them are found."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

from casetracker.model import Person
from casetracker.store import meta, upgrade
from casetracker.store.audit import anchors, signing
from casetracker.store.audit.device import this_device
from casetracker.store.audit.verifying import verify
from casetracker.store.engine import open_engine
from casetracker.store.keyslots import DataKey
from casetracker.store.store import Store
from tests.store.tampering import ATTACKS, attack

CASEBOOK = "0" * 32
EDITS = 120


def tamper(times: int, seed: int = 1) -> dict[str, Counter[str]]:
    """Tamper so many times, with each attack in turn; count what was found, and what only with the code."""
    chance = random.Random(f"tampering{seed}")
    names = list(ATTACKS)
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    with tempfile.TemporaryDirectory() as temporary:
        store = _long_log(Path(temporary))
        code = anchors.read_anchor(anchors.anchor(store))
        for turn in range(times):
            name = names[turn % len(names)]
            with store._edits() as session:  # never committed: the next attack meets the sound log
                attack(session, name, chance, CASEBOOK, code.seq)
                report = verify(session)
            counts = found[name]
            counts["attacks"] += 1
            counts["found"] += bool(report.breaks or anchors.compare(report, code))
            counts["found without the code"] += bool(report.breaks)
        store._reads.kw["bind"].dispose()
    return found


def _long_log(folder: Path) -> Store:
    """Write a log of some hundred entries, with signed heads."""
    key = DataKey(bytes(range(32)))
    upgrade.create_tables(
        folder / "records.db", key, lambda connection: meta.write_identity(connection, CASEBOOK)
    )
    store = Store(
        open_engine(folder / "records.db", key), "A. Serik", device=this_device(bytes(32), folder / "signing")
    )
    signing.note_opening(store)
    draft = store.draft(Person)
    draft.add("names", full="Аманжол", primary=True)
    person = store.save(draft)
    for number in range(EDITS):
        draft = store.draft(Person, person)
        draft.values["occupation"] = f"driver {number}"
        store.save(draft)
    signing.sign_off(store)
    return store


if __name__ == "__main__":
    for attacked, counted in tamper(2_000).items():
        print(attacked, dict(counted))
