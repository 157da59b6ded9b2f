"""The command line when something is missing: one sentence each, and nothing shown that is secret."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from casetracker import cli
from tests.test_cli import DAY, OFFICIAL, SECRET, Run, casebook, made, run

__all__ = ["casebook", "made", "run"]


@pytest.mark.parametrize("name", ["nothing-here", "a-file.txt", "a-folder"])
def test_what_is_no_casebook(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file.txt").write_text("not a casebook")
    (tmp_path / "a-folder").mkdir()

    code, _, complaint = run("check", tmp_path / name)

    assert (code, name in complaint) == (1, True)


def test_a_missing_records_file(run: Run, casebook: Path) -> None:
    (casebook / "records.db").unlink()

    code, _, complaint = run(
        "report", "case", casebook, *OFFICIAL, *DAY, "--all", "--out", casebook / "x.pdf"
    )

    assert (code, "records.db" in complaint) == (1, True)


def test_no_passphrase_at_all(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cli.PASSPHRASE)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    code, _, complaint = run("check", made)

    assert (code, cli.PASSPHRASE in complaint) == (1, True)


def test_a_passphrase_that_is_piped_in(run: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cli.PASSPHRASE)
    monkeypatch.setattr(sys, "stdin", io.StringIO(SECRET + "\n"))

    assert run("check", made)[0] == 0


@pytest.mark.parametrize(
    "words", [("reprot",), ("check",), ("check", "x", "--yaml"), ("report",), ("search", "x")]
)
def test_words_that_are_no_command(run: Run, words: tuple[str, ...]) -> None:
    code, out, complaint = run(*words)

    assert (code, out) == (2, "")
    assert complaint.strip()
