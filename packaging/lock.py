"""Pin every package in requirements.lock: for all systems and Pythons at once, each with its hashes.

The lock names no index, host or folder, so that it can be used wherever the packages themselves can be had.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

LOCK = Path("requirements.lock")
BENCH = Path("requirements-bench.lock")  # what "make bench" measures against, beside all of the first
HEADER = """\
# Made by "make lock" from pyproject.toml; "make" installs exactly this (pip install --require-hashes).
"""
HEADER_OF_BENCH = """\
# Made by "make lock" from the group "bench" of pyproject.toml; only "make bench" installs it.
"""
HEADERS = {LOCK: HEADER, BENCH: HEADER_OF_BENCH}
GROUPS = ("test", "lint", "package", "build")


def resolve(uv: str, lock: Path, of: list[str], more: list[str]) -> None:
    """Let uv write the lock; what it pinned before stays unless `more` asks for newer versions."""
    quiet = ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    wanted = ["--universal", "--python-version", "3.11", "--generate-hashes", "--output-file", str(lock)]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    command = [uv, "pip", "compile", *of, *wanted, *quiet, *more]
    subprocess.run(command, check=True, env=settings, stdout=subprocess.DEVNULL)  # its warnings are shown


def places(text: str) -> list[str]:
    """Return the lines that name a place to fetch from, which the lock must not have."""
    return [
        line for line in text.splitlines() if re.search(r"://|^\s*-|@ |^\.?/", line) and "--hash" not in line
    ]


def main() -> int:
    """Write the lock, or say in one sentence why not."""
    uv = shutil.which("uv")
    if uv is None:
        print('"make lock" needs uv: pip install uv', file=sys.stderr)
        return 1
    groups = [word for group in GROUPS for word in ("--group", group)]
    resolve(uv, LOCK, ["pyproject.toml", *groups], sys.argv[1:])
    resolve(uv, BENCH, ["--group", "bench", "--constraint", str(LOCK)], sys.argv[1:])
    return 1 if [lock for lock, header in HEADERS.items() if not _headed(lock, header)] else 0


def _headed(lock: Path, header: str) -> bool:
    """Write the header over a lock; say what is wrong with it where it names a place."""
    text = lock.read_text("utf-8")
    if found := places(text):
        print("The lock names places, which only this machine may have:", *found, sep="\n  ", file=sys.stderr)
        return False
    lock.write_text(header + text.removeprefix(header), "utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
