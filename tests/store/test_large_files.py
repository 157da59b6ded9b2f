"""Files of any size: memory stays flat, and at whatever moment it is killed nothing is lost or left."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casetracker.model import Document
from casetracker.store import documents
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import store_of
from tests.store.sample import PASSPHRASE

pytest.importorskip("resource")  # POSIX
ROOT = Path(__file__).parent.parent.parent
QUICK = KdfParameters(64 * 1024, 2, 4)  # as little work as a casebook may ask for
MOST = 64 * 1024 + 1024  # KiB: what one file may cost, above one piece of it


def measured(folder: Path, size: int) -> dict[str, float]:
    words = [sys.executable, "-m", "tests.store.large_file", str(folder), str(size)]
    done = subprocess.run(words, capture_output=True, check=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    found = measured(tmp_path, 160 * 1024**2 + 5)

    assert found["after"] - found["before"] < MOST


_TAKES_IN = """
import sys
from pathlib import Path
from casetracker.store import documents
from casetracker.store.opening import open_store
book, store = open_store(Path(sys.argv[1]), {passphrase!r})
print("ready", flush=True)
import random, os
chance = random.Random(int(sys.argv[2]))
while True:
    content = chance.randbytes(chance.randrange(1, 3_000_000))
    [made] = documents.take_in_content(store, "a.bin", content, {{}}).new
    print(made, flush=True)
"""


def killed(folder: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill a program that takes files in, again and again; return acknowledged files, and those left over."""
    chance, acknowledged, left = random.Random(seed), set[str](), 0
    for turn in range(kills):
        words = [sys.executable, "-c", _TAKES_IN.format(passphrase=PASSPHRASE), str(folder), f"{seed}{turn}"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.02, 0.6))
            child.kill()
            acknowledged |= {line.strip() for line in child.stdout if len(line) == 33}
        assert child.returncode == -signal.SIGKILL
        before = len(_files(folder))
        with open_casebook(folder, PASSPHRASE) as book:
            store = store_of(book)
            with store.reader() as reader:
                there = {document.id for document in reader.all(Document)}
            assert acknowledged <= there
            left += before - len(_files(folder))
            assert len(_files(folder)) == len(there)
            if turn % 10 == 0 or turn == kills - 1:
                assert documents.findings(store) == []
    return len(acknowledged), left


def _files(folder: Path) -> list[Path]:
    return [path for path in (folder / "evidence").rglob("*") if path.is_file()]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_killed_at_any_moment_no_acknowledged_file_is_lost_and_none_is_left(tmp_path: Path) -> None:
    made, _ = create_casebook(tmp_path / "B", PASSPHRASE, "A. Serik", kdf=QUICK, recovery=False)
    made.close()

    acknowledged, _ = killed(made.folder, kills=int(os.environ.get("CASETRACKER_KILLS", "4")), seed=7)

    assert acknowledged > 0  # else nothing was tried
