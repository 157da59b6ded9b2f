"""Backups by the command line: made, listed, read again, brought back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casetracker.store.casebook import create_casebook
from casetracker.store.opening import store_of
from tests.conftest import Office_
from tests.test_cli import QUICK, SECRET, Run, run

__all__ = ["run"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small casebook, whose key derivation is quick. Not to be changed."""
    book, _ = create_casebook(
        tmp_path_factory.mktemp("made") / "small", SECRET, "Dana", kdf=QUICK, recovery=False
    )
    with book:
        Office_(store_of(book)).case()
    return book.folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_from_a_casebook_to_a_backup_and_back(run: Run, made: Path, stick: Path, tmp_path: Path) -> None:
    code, out, _ = run("backup", made, "--to", stick, "--json")
    assert code == 0
    told = json.loads(out)
    assert told["good"] is True
    assert Path(told["folder"]).parent.parent == stick

    code, out, _ = run("backups", made, "--to", stick, "--look", "--json")
    assert (code, [each["folder"] for each in json.loads(out)]) == (0, [told["folder"]])

    assert run("restore", told["folder"], "--as", tmp_path / "back")[0] == 0
    assert run("check", tmp_path / "back.casebook")[0] == 0
    code, _, complaint = run("restore", told["folder"], "--as", tmp_path / "back")
    assert (code, "already" in complaint) == (1, True)


def test_a_backup_with_a_fault_is_told_by_the_exit_code(run: Run, made: Path, stick: Path) -> None:
    folder = Path(json.loads(run("backup", made, "--to", stick, "--json")[1])["folder"])
    path = folder / "records.db"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)

    code, out, _ = run("backups", made, "--to", stick, "--look")
    assert (code, "has a fault" in out, "records.db" in out) == (1, True, True)
    code, out, _ = run("backups", made, "--to", stick)  # and it is remembered
    assert (code, "has a fault" in out) == (1, True)


def test_a_stick_that_is_not_there_and_a_folder_that_is_no_backup(
    run: Run, made: Path, stick: Path, tmp_path: Path
) -> None:
    code, _, complaint = run("backup", made, "--to", tmp_path / "away")
    assert (code, "connect the stick" in complaint) == (1, True)
    assert not (tmp_path / "away").exists()
    code, out, _ = run("backups", made, "--to", stick)
    assert (code, out.strip()) == (0, "There is no backup of this casebook yet.")
    code, _, complaint = run("restore", stick, "--as", tmp_path / "x")
    assert (code, "no backup" in complaint) == (1, True)
