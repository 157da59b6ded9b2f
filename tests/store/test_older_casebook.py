"""A casebook of an older program: brought up to date by whoever opens it, and only looked at by a check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casetracker.errors import TooOld
from casetracker.model import Person
from casetracker.store import lists, upgrade
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.examine import examine
from casetracker.store.opening import open_store

PASSPHRASE = "a passphrase of an older program"
VERSIONS = Path(upgrade.__file__).parent / "migrations" / "versions"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook as the first program made it; with the real key derivation, so it is made once."""
    folder = tmp_path_factory.mktemp("older")
    (folder / "versions").mkdir()
    shutil.copy(VERSIONS / "0001_the_first_tables.py", folder / "versions")
    casebook, _ = create_casebook(
        folder / "old", PASSPHRASE, "Dana", recovery=False, versions=folder / "versions"
    )
    casebook.close()
    return casebook.folder


@pytest.fixture
def old(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


def test_it_is_not_read_as_it_is(old: Path) -> None:
    with pytest.raises(TooOld, match="brought up to date"):
        open_casebook(old, PASSPHRASE, read_only=True)


def test_reading_brings_it_up_to_date_after_a_safety_copy(old: Path) -> None:
    casebook, store = open_store(old, PASSPHRASE, read_only=True)
    with casebook:
        assert lists.count(store, Person) == 0
        assert store.read_only
    assert list(old.glob("before-upgrade-*.db"))


def test_a_check_changes_nothing_and_finds_its_files_sound(old: Path) -> None:
    before = (old / "records.db").read_bytes()
    assert examine(old, PASSPHRASE) == []
    assert (old / "records.db").read_bytes() == before
    assert not list(old.glob("before-upgrade-*.db"))
