"""Giving a paper out and verifying it on the command line, on a small casebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from casetracker import cli
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.keyslots import KdfParameters
from casetracker.store.opening import store_of
from tests.conftest import Office_

SECRET = "four words nobody guesses"
QUICK = KdfParameters(64 * 1024, 2, 4)  # as little work as a casebook may ask for
WHOM = "Office of the Commissioner"


@pytest.fixture
def casebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A casebook with one case, whose passphrase is in the environment."""
    monkeypatch.setenv(cli.PASSPHRASE, SECRET)
    made, _ = create_casebook(tmp_path / "small", SECRET, "A. Serik", kdf=QUICK, recovery=False)
    with made:
        Office_(store_of(made)).case()
    return made.folder


def run(*words: str | Path) -> int:
    return cli.main([str(word) for word in words])


def give(casebook: Path, out: Path, *more: str) -> int:
    return run("report", "case", casebook, "--all", "--out", out, *(more or ("--audience", "official")))


def test_a_paper_is_genuine_until_it_is_altered(
    casebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "given.pdf"
    assert give(casebook, paper, "--audience", "official", "--to", WHOM) == 0
    capsys.readouterr()

    assert run("verify", casebook, paper) == 0
    said = capsys.readouterr().out
    assert said.startswith("Genuine: RL-")
    assert said.rstrip().endswith(f"to {WHOM}.")

    turned = PdfWriter(clone_from=PdfReader(paper))
    turned.pages[0].rotate(90)
    turned.write(paper)
    assert run("verify", casebook, paper, "--json") == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["release"]["addressee"]) == ("altered", WHOM)


def test_a_paper_without_a_trace_is_not_known(
    casebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "own.pdf"
    assert give(casebook, paper, "--audience", "internal", "--no-register") == 0

    assert run("verify", casebook, paper) == 4
    assert "Not known here" in capsys.readouterr().out


def test_only_papers_of_the_offices_own_leave_no_trace(
    casebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert give(casebook, tmp_path / "c.pdf", "--audience", "official", "--no-register") == 2
    assert "no trace" in capsys.readouterr().err


def test_nothing_leaves_that_the_register_does_not_know_of(casebook: Path, tmp_path: Path) -> None:
    paper = tmp_path / "c.pdf"
    with open_casebook(casebook, SECRET):  # the window has it open
        assert give(casebook, paper) == 1
        assert not paper.exists()
        assert give(casebook, paper, "--audience", "internal", "--no-register") == 0


def test_a_paper_that_is_not_there(casebook: Path, tmp_path: Path) -> None:
    assert run("verify", casebook, tmp_path / "missing.pdf") == 1
