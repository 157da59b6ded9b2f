"""Small casebooks for the tests of this folder: real files, a cheap key derivation handed in openly."""

from __future__ import annotations

import shutil
from pathlib import Path

from casetracker.store.casebook import Casebook, create_casebook, open_casebook
from casetracker.store.keyslots import Bounds, KdfParameters

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
LOOSE = Bounds(memory_kib=(64, 1024 * 1024), passes=(1, 10), lanes=(1, 16))
VERSIONS = Path(__file__).parent / "sample_versions"
PASSPHRASE = "four quite ordinary words"


def make(folder: Path, versions: Path = VERSIONS, user: str = "Dana") -> tuple[Casebook, str]:
    """Create a casebook of the sample tables."""
    return create_casebook(folder, PASSPHRASE, user, kdf=CHEAP, bounds=LOOSE, versions=versions)


def only_first(folder: Path) -> Path:
    """Return a folder of migrations as an older program had them."""
    folder.mkdir(parents=True)
    shutil.copy(VERSIONS / "s1_first.py", folder)
    return folder


def add_people(book: Casebook, *names: str) -> None:
    """Save people and a case of each."""
    with book.engines.editing.begin() as connection:
        for name in names:
            connection.exec_driver_sql("INSERT INTO people (name) VALUES (?)", (name,))
            connection.exec_driver_sql("INSERT INTO cases (person_id) VALUES (last_insert_rowid())")


def names_in(book: Casebook) -> list[str]:
    """Return the names of all people."""
    with book.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM people ORDER BY id").scalars())


def reopen(
    path: Path, secret: str = PASSPHRASE, versions: Path = VERSIONS, *, read_only: bool = False
) -> Casebook:
    """Open a casebook that `make` made."""
    return open_casebook(path, secret, read_only=read_only, bounds=LOOSE, versions=versions)
