"""Putting a casebook in place of another one, so that neither is ever gone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.store.durable import sync_folder
from casetracker.store.engine import user_errors

COMING = ".coming"  # the ending of a copy that is about to take the place of a casebook


def take_place(copy: Path, present: Path, aside: Path) -> Path:
    """Put a casebook in place of another one, which is kept under the name `aside`; return where it is now.

    Both must be closed and lie in one folder. Three renames: whenever the program ends between them, `finish`
    brings them to an end, and at no moment is either of the two gone.
    """
    if os.path.lexists(aside):
        raise UserError(
            tr(N_("There is something called {name} already; choose another name."), name=aside.name)
        )
    coming = present.with_name(present.name + COMING)
    with user_errors():
        copy.rename(coming)
        present.rename(aside)
        coming.rename(present)
        sync_folder(present.parent)
    return aside


def finish(present: Path) -> None:
    """Bring to its end an exchange that was interrupted; harmless where there was none."""
    coming = present.with_name(present.name + COMING)
    if coming.is_dir():
        with suppress(OSError):
            coming.rename(free_name(present))  # its place, or a name beside it if it was not given up yet


def free_name(wanted: Path) -> Path:
    """Return a name beside others that nothing has yet: `NAME 2.casebook`."""
    number, free = 1, wanted
    while os.path.lexists(free):
        number += 1
        free = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
    return free
