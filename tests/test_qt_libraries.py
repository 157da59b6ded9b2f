"""The script that finds and installs Qt's libraries, on a system that has only what we give it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "packaging" / "qt_libraries.py"
FINDS_ALL = 'printf "\\tlibc.so.6 => /lib/libc.so.6\\n"'
LACKS_TWO = 'printf "\\tlibGL.so.1 => not found\\n\\tlibglib-2.0.so.0 => not found\\n"'
REFUSES = "exit 1"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all that it needs")


def run(programs: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script where the only programs are these shell scripts."""
    for name, text in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (folder / name).chmod(0o755)
    command = [sys.executable, str(SCRIPT), "--offscreen"]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def test_nothing_is_said_when_nothing_is_missing(tmp_path: Path) -> None:
    done = run({"ldd": FINDS_ALL}, tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_on_another_system_the_libraries_are_named(tmp_path: Path) -> None:
    done = run({"ldd": LACKS_TWO}, tmp_path)

    assert done.returncode == 1
    assert "libGL.so.1, libglib-2.0.so.0" in done.stderr


def test_where_installing_fails_the_one_command_is_printed(tmp_path: Path) -> None:
    """Newer releases of Debian and Ubuntu renamed libglib2.0-0; apt-cache knows which name is right."""
    refusing = {"apt-get": REFUSES, "sudo": REFUSES, "env": REFUSES}
    done = run({"ldd": LACKS_TWO, "apt-cache": 'test "$3" = libglib2.0-0t64', **refusing}, tmp_path)

    assert done.returncode == 1
    assert done.stderr.strip().endswith("run: sudo apt-get install libgl1 libglib2.0-0t64")
