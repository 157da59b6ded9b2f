"""The example casebook, made when somebody first asks to look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casetracker.jobs import Progress
from casetracker.paths import data_folder

PASSPHRASE = "example"  # noqa: S105 - everybody may know it: nobody in the example is real
NAME = "example.casebook"


def open_example(progress: Progress, folder: Path | None = None) -> tuple[Any, Any]:
    """Open the example, made from code if it is not there yet; return its casebook and store.

    Its clock stands on the day for which it was written, so that something is due and something overdue.
    """
    from casetracker.example import EXAMPLE_DAY, USER
    from casetracker.example.build import build
    from casetracker.store.casebook import create_casebook
    from casetracker.store.keyslots import KdfParameters
    from casetracker.store.opening import open_store, store_of

    where = folder or data_folder()
    path = where / NAME
    if path.exists():
        return open_store(path, PASSPHRASE, today=lambda: EXAMPLE_DAY)
    where.mkdir(parents=True, exist_ok=True)
    quick = KdfParameters(memory_kib=64 * 1024, passes=2)  # its passphrase is no secret
    casebook, _ = create_casebook(path, PASSPHRASE, USER, kdf=quick, recovery=False)
    try:
        store = store_of(casebook, today=lambda: EXAMPLE_DAY)
        build(store, progress)
    except BaseException:  # half an example is none
        casebook.close()
        _remove(path)
        raise
    return casebook, store


def _remove(path: Path) -> None:
    import shutil

    shutil.rmtree(path, ignore_errors=True)
