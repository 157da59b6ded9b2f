"""Emergency erase: only with the name typed, and the keys go before anything else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casetracker.errors import UserError
from casetracker.store import destroying
from tests.store.sample import add_people, make, names_in, reopen


def test_another_name_erases_nothing(tmp_path: Path) -> None:
    book, _ = make(tmp_path / "Almaty")
    with book:
        add_people(book, "Айгүл")
        for typed in ("", "almaty", "Almaty.casebook", "Astana"):
            with pytest.raises(UserError, match="nothing was erased"):
                destroying.destroy(book, typed)
        assert names_in(book) == ["Айгүл"]


def test_nothing_of_it_is_left_and_copies_are(tmp_path: Path) -> None:
    book, _ = make(tmp_path / "Almaty")
    with book:
        add_people(book, "Айгүл")
    copy = shutil.copytree(book.folder, tmp_path / "copy.casebook")
    with reopen(book.folder) as again:
        destroying.destroy(again, " Almaty ")
    assert not book.folder.exists()
    with reopen(copy) as there:  # as the dialog says
        assert names_in(there) == ["Айгүл"]


def test_the_keys_are_gone_though_the_files_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _ = make(tmp_path / "Almaty")
    keys = (book.folder / "keys.json").read_bytes()
    (book.folder / "hard link").hardlink_to(book.folder / "keys.json")
    with book:
        monkeypatch.setattr(destroying.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(UserError, match="nobody can read it"):
            destroying.destroy(book, "Almaty")
    # What another name of the same file holds was overwritten too, not only unlinked.
    assert (book.folder / "hard link").read_bytes() != keys
    with pytest.raises(UserError):
        reopen(book.folder)
