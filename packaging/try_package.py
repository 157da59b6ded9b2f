"""Try the program that PyInstaller built, as on a computer that has no Python: no display, an empty PATH.

It builds the example, writes the dossier from it, checks the casebook, and starts the window on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pypdf import PdfReader

PASSPHRASE = "example"
KEPT = ("SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")  # without which no program starts on some systems
SECONDS = 300


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which no Python, no package and no display is found."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    empty = home / "empty"
    empty.mkdir()
    homes = {
        name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR")
    }
    more = {"PATH": str(empty), "QT_QPA_PLATFORM": "offscreen", "CASETRACKER_PASSPHRASE": PASSPHRASE}
    return kept | homes | more | {"LANG": "C.UTF-8"}


def run(program: Path, env: dict[str, str], *words: str | Path) -> str:
    """Run the program and return what it printed; stop with what it complained about."""
    command = [str(program), *map(str, words)]
    done = subprocess.run(
        command, env=env, cwd=env["HOME"], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode or "Traceback" in done.stderr:
        raise SystemExit(
            f"casetracker {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def try_all(program: Path, home: Path) -> str:
    """Do what a first user does; return one line about the outcome."""
    env = environment(home)
    casebook, paper = home / "example.casebook", home / "dossier.pdf"
    run(program, env, "example", casebook)
    run(program, env, "check", casebook)
    official = ("--audience", "official", "--language", "en", "--as-of", "2021-11-15")
    run(program, env, "report", "dossier", casebook, *official, "--all", "--out", paper)
    run(program, env, "open", casebook, "--quit-after-start")
    pages = PdfReader(paper).pages
    if len(pages) < 2 or "Page 1 of" not in pages[0].extract_text().replace("page", "Page"):
        raise SystemExit(f"The dossier has {len(pages)} pages, and its first one is not numbered.")
    return f"The built program works: a dossier of {len(pages)} pages, and the window starts."


def main() -> None:
    """Try the program in the folder named on the command line."""
    name = "casetracker.exe" if sys.platform == "win32" else "casetracker"
    program = Path(sys.argv[1]).resolve() / name
    with tempfile.TemporaryDirectory() as home:
        print(try_all(program, Path(home).resolve()))


if __name__ == "__main__":
    main()
