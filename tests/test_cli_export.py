"""The command that writes files for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casetracker import cli
from tests.test_cli import SECRET

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, made by the command."""
    folder = tmp_path_factory.mktemp("made") / "example.casebook"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cli.PASSPHRASE, SECRET)
        assert cli.main(["example", str(folder)]) == 0
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv(cli.PASSPHRASE, SECRET)

    def command(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_cases_go_into_a_table_and_the_register(run: Run, casebook: Path, tmp_path: Path) -> None:
    out = tmp_path / "cases.csv"
    words = (
        "export",
        casebook,
        "--format",
        "csv",
        "--audience",
        "official",
        "--language",
        "ru",
        "--out",
        out,
    )
    code, said, _ = run(*words, "--as-of", "2021-11-12", "--to", "Омбудсмен", "--json")
    told = json.loads(said)
    assert code == 0
    assert told["cases"] == len(list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))) - 1 > 5
    assert told["release"].startswith("RL-")
    assert told["left_out"]
    code, said, _ = run("verify", casebook, out)
    assert (code, "Омбудсмен" in said) == (0, True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--format", "docx", "--audience", "official", "--out", "x"), "json"),
        (("--format", "json", "--audience", "friends", "--out", "x"), "audience"),
        (("--format", "json", "--audience", "official"), "--out"),
    ],
)
def test_wrong_words_are_said(run: Run, casebook: Path, words: tuple[str, ...], complaint: str) -> None:
    code, said, complained = run("export", casebook, *words)
    assert (code, said) == (2, "")
    assert complaint in complained


def test_a_case_that_is_not_there(run: Run, casebook: Path, tmp_path: Path) -> None:
    words = ("--format", "json", "--audience", "official", "--case", "CT-0000", "--out", tmp_path / "x")
    code, _, complained = run("export", casebook, *words)
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert "CT-0000" in complained
