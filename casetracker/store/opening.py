"""From a path and a passphrase to a store: the one way in, for the window and the command line alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from casetracker.errors import TooOld
from casetracker.store import documents, kept_drafts, users
from casetracker.store.audit import signing
from casetracker.store.audit.device import sealing_key, this_device
from casetracker.store.casebook import Casebook, open_casebook
from casetracker.store.store import Store


def open_store(
    path: Path,
    secret: str,
    *,
    read_only: bool = False,
    today: Callable[[], dt.date] = dt.date.today,
) -> tuple[Casebook, Store]:
    """Open a casebook and the store on it. Raises `UserError`, as `open_casebook` does.

    One of an older program is brought up to date first, also if it is then only read. Whoever opens it closes
    the casebook. `store.read_only` says why nothing can be saved, if that is so.
    """
    try:
        casebook = open_casebook(path, secret, read_only=read_only)
    except TooOld:
        open_casebook(path, secret).close()  # brings it up to date, after a safety copy
        casebook = open_casebook(path, secret, read_only=read_only)
    return casebook, store_of(casebook, today=today)


def store_of(casebook: Casebook, *, today: Callable[[], dt.date] = dt.date.today) -> Store:
    """Return the store on an open casebook, in the name of the user who opened it.

    The opening is noted in the audit log, and at the closing its head is signed by this computer.
    `store.put_back` says if the log lacks what this computer has seen in it.
    """
    store = Store(
        casebook.engine,
        casebook.user,
        read_only=casebook.why_read_only,
        today=today,
        folder=casebook.folder,
        device=None if casebook.rights.own_rows_only else this_device(sealing_key(casebook.evidence_key)),
        rights=casebook.rights,
    )
    if casebook.log is not None:
        store.log_with(casebook.log)
    store.compact = casebook.compact
    store.answers_key = casebook.answers_key
    store.put_back = signing.lost(store)
    _see_to_the_first_user(casebook, store)
    signing.note_opening(store)
    casebook.before_closing.append(lambda: signing.sign_off(store))
    documents.sweep(store)
    kept_drafts.sweep(store)
    return store


def _see_to_the_first_user(casebook: Casebook, store: Store) -> None:
    """Write down who looks after a casebook that has no users yet: whoever opens it first."""
    if store.read_only or users.there_are(store):
        return
    users.write_first(store, casebook.user_id, casebook.user)
