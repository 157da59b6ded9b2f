"""`make torture`: everything at its full number, and the table of what came of it in results.md.

Without a word all parts run, which takes an hour or two; the names of parts run only these, and leave the
lines of the others in the table as they were.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from casetracker import __version__
from tests.torture import (
    damage,
    full,
    kills,
    machine,
    nonsense,
    plan,
    power,
    strangers,
    tampering,
    tracing,
    working_day,
)

RESULTS = Path(__file__).with_name("results.md")
KEPT = Path(__file__).with_name("results.json")
KILLS = {
    "saves": 150,
    "intake": 100,
    "imports": 100,
    "documents": 70,
    "key changes": 60,
    "new data keys": 200,
    "backups": 100,
    "typed drafts": 20,
}
BAD = (
    *("lost", "torn", "not sound", "cannot be opened", "crashes", "crashed", "wrong values shown", "left"),
    *("slower than 2 s", "does not go on", "failed"),
)
Lines = dict[str, Mapping[str, int]]


def _kills() -> Lines:
    found: Lines = {f"kill -9 during {name}": kills.kill_during(name, times) for name, times in KILLS.items()}
    return found | {"kill -9 while being brought up to date": kills.kill_migrations(60)}


def _statements() -> Lines:
    return {"kill -9 at every tenth statement of all migrations": kills.kill_at_every_statement(10)}


def _power() -> Lines:
    if why := tracing.why_not():
        print(why)
        return {}
    total: Counter[str] = Counter()
    for number in range(power.WORKLOADS):
        total += power.cut_during(number, 50)
    total["workloads"] = power.WORKLOADS
    control = power.cut_during(1, 50, synced=False)
    return {"power cuts": total, "power cuts, without syncing (must fail)": control}


def _full() -> Lines:
    if why := tracing.why_not():
        print(why)
        return {}
    return {f"disk full during: {name}": counts for name, counts in full.full_during(25).items()}


def _damage() -> Lines:
    return {f"one byte changed in {name}": counts for name, counts in damage.change_bytes(1000).items()}


def _nonsense() -> Lines:
    return {f"nonsense for: {name}": counts for name, counts in nonsense.nonsense(10_000).items()}


def _machine() -> Lines:
    return {"random sequences of actions": {"actions": machine.run(50, 20), "torn": 0}}


def _day() -> Lines:
    return {"a long working day": working_day.work(5000)}


def _log() -> Lines:
    return {f"attack on the audit log: {name}": counts for name, counts in tampering.tamper(2000).items()}


def _strangers() -> Lines:
    return {"files of strangers": strangers.look_at(10_000), "a film": strangers.film()}


PARTS: dict[str, Callable[[], Lines]] = {
    "kills": _kills,
    "statements": _statements,
    "power": _power,
    "full": _full,
    "damage": _damage,
    "nonsense": _nonsense,
    "machine": _machine,
    "day": _day,
    "log": _log,
    "strangers": _strangers,
}


def failed(name: str, counts: Mapping[str, int]) -> bool:
    """Whether a line of the table is not as it must be; the control without syncing must have failures."""
    bad = sum(counts.get(word, 0) for word in BAD)
    if "must fail" in name:
        return not bad
    bad += counts.get("attacks", 0) - counts.get("found", counts.get("attacks", 0))
    grown = counts.get("KiB after", 0) - counts.get("KiB before", 0)
    return bool(bad) or grown > 20_000 or counts.get("threads after", 0) > counts.get("threads before", 0)


def table(kept: Mapping[str, Mapping[str, Mapping[str, int]]]) -> str:
    """Write the table; `kept` holds the lines of each part and, under "when", its day."""
    lines = [
        "# What a casebook survived",
        "",
        "Written by `make torture`; each line was really run. The kind of machine and the day of each part "
        "stand below. `lost`: something acknowledged that was gone; `torn`: records that contradict each "
        "other; `not sound`: findings of the check of files, seals and structure.",
        "",
        "| what | came of it | |",
        "|---|---|---|",
    ]
    for part in PARTS:
        for name, counts in kept.get(part, {}).items():
            said = ", ".join(f"{word} {n:,}" for word, n in counts.items())
            lines.append(f"| {name} | {said} | {'**failed**' if failed(name, counts) else 'as it must be'} |")
    return "\n".join([*lines, "", *plan.lines()])


def machine_kind() -> str:
    """Say on what kind of machine it ran; no names and no paths."""
    version = platform.python_version()
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {version}"


def main(words: list[str]) -> int:
    """Run the parts that are named, or all; return 1 if something is not as it must be."""
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    wrong = 0
    if words == ["table"]:  # written anew from what is known
        RESULTS.write_text(table(known) + _when(known), "utf-8")
        return 0
    for part in words or PARTS:
        began = time.monotonic()
        found = PARTS[part]()
        known[part] = {name: dict(counts) for name, counts in found.items()}
        took = round((time.monotonic() - began) / 60)
        known.setdefault("when", {})[part] = f"{dt.date.today():%d.%m.%Y}, {took} minutes, {machine_kind()}"
        for name, counts in found.items():
            wrong += failed(name, counts)
            print(name, dict(counts), "FAILED" if failed(name, counts) else "", flush=True)
        KEPT.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
        RESULTS.write_text(table(known) + _when(known), "utf-8")
    return 1 if wrong else 0


def _when(known: Mapping[str, Mapping[str, str]]) -> str:
    said = [f"- {part}: {when}" for part, when in known.get("when", {}).items()]
    return "\n".join(["", f"casetracker {__version__}", "", *said, ""])


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as settings:  # nothing of this user's own is touched
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[variable] = settings
        sys.exit(main(sys.argv[1:]))
