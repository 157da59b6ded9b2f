"""Build the example casebook and its papers in a folder, and open the window on it where there is a display.

It does nothing that a person could not do with the command line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from casetracker.example import CASE_SHOWN, EXAMPLE_DAY, NEXT_MEETING

PASSPHRASE = "example"


def casetracker(*words: str | Path) -> None:
    """Run the program's command line; it says itself what went wrong."""
    command = [sys.executable, "-m", "casetracker", *map(str, words)]
    done = subprocess.run(command, env=os.environ | {"CASETRACKER_PASSPHRASE": PASSPHRASE}, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def build(folder: Path) -> list[Path]:
    """Make the casebook and the two papers; return what was made."""
    folder.mkdir(exist_ok=True)
    casebook = folder / "example.casebook"
    if casebook.exists():
        shutil.rmtree(casebook)
    casetracker("example", casebook)
    official = ("--audience", "official", "--language", "en", "--as-of", EXAMPLE_DAY.isoformat())
    dossier, case = folder / "dossier-official-en.pdf", folder / "case-official-en.pdf"
    casetracker("report", "dossier", casebook, *official, "--meeting", NEXT_MEETING, "--out", dossier)
    casetracker("report", "case", casebook, *official, "--case", CASE_SHOWN, "--out", case)
    return [casebook, dossier, case]


def has_display() -> bool:
    """Return whether a window can be shown; on Windows and macOS there always is a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> None:
    """Build the demonstration and show it."""
    made = build(Path(sys.argv[1]))
    print(f'Made, with the passphrase "{PASSPHRASE}":', *made, sep="\n  ", flush=True)
    if has_display():
        casetracker("open", made[0], "--today", EXAMPLE_DAY.isoformat())
    else:
        print("There is no display here, so the window was not opened.")


if __name__ == "__main__":
    main()
