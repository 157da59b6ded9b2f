"""The casebooks of earlier programs, kept as files, open and keep what was in them.

A release adds its own: `tests/store/released/VERSION.zip`, a small casebook with invented people, made by
that version with the passphrase of `tests.torture.office`. So no migration that was out is written anew.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from casetracker.model import Person
from casetracker.store.casebook import open_casebook
from casetracker.store.opening import store_of
from tests.store.sample import LOOSE
from tests.torture.office import SECRET

KEPT = sorted((Path(__file__).parent / "released").glob("*.zip"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_it_opens_and_agrees_with_itself(kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as file:
        file.extractall(tmp_path)
    (folder,) = tmp_path.glob("*.casebook")
    with open_casebook(folder, SECRET, bounds=LOOSE) as book:
        assert book.upgraded_from is not None
        assert book.check() == []
        store = store_of(book)
        with store.reader() as reader:
            assert reader.get(Person, "a") is not None


def test_there_is_one() -> None:
    assert KEPT
