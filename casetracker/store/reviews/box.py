"""What is answered in the program, kept from answer to answer in a sealed file of the casebook's folder.

A representative's connection can write no record at all (`store.own_rows`); so what they answer lies beside
the records, one small file a review, until somebody of the office takes it in. It is replaced whole with each
answer, and sealed with a key made of the casebook's. Answers that are keyed in from a paper lie there too.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Review
from casetracker.model.work.review import ReviewState
from casetracker.store.durable import write_file
from casetracker.store.engine import user_errors
from casetracker.store.reviews import packet as packets
from casetracker.store.reviews.packet import Answers
from casetracker.store.store import Store

FOLDER, SUFFIX = "answers", ".box"
_MAGIC = b"CTANSW\x00\x01"
_NONCE = 12


def keep(store: Store, review_id: str, answers: Answers) -> None:
    """Keep what was answered so far, instead of what was kept before. Raises `UserError`."""
    path = _path(store, review_id)
    nonce = secrets.token_bytes(_NONCE)
    content = answers.content().encode()
    sealed = AESGCM(store.answers_key).encrypt(nonce, content, _MAGIC + review_id.encode())
    with user_errors():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_file(path, _MAGIC + nonce + sealed)


def kept(store: Store, review_id: str) -> Answers | None:
    """Return what was answered so far; None if nothing was, or it cannot be read (a new data key)."""
    try:
        raw = _path(store, review_id).read_bytes()
    except (OSError, UserError):
        return None
    if len(raw) > packets.LARGEST_ANSWERS or not raw.startswith(_MAGIC):
        return None
    nonce, sealed = raw[len(_MAGIC) : len(_MAGIC) + _NONCE], raw[len(_MAGIC) + _NONCE :]
    try:
        content = AESGCM(store.answers_key).decrypt(nonce, sealed, _MAGIC + review_id.encode())
        return packets.read_answers(content.decode())
    except (InvalidTag, ValueError, UserError):
        return None


def forget(store: Store, review_id: str) -> None:
    """Throw away what was answered; harmless if nothing was."""
    with suppress(OSError, UserError):
        _path(store, review_id).unlink(missing_ok=True)


def sent(store: Store) -> Iterator[tuple[str, Answers]]:
    """Yield the reviews whose answers were sent in the program and are not taken in yet."""
    if store.folder is None or not (store.folder / FOLDER).is_dir():
        return
    with store.reading() as session:
        query = sa.select(Review.id).where(Review.state == ReviewState.SENT).order_by(Review.sent)
        waiting = session.scalars(query).all()
    for review_id in waiting:
        if (answers := kept(store, review_id)) is not None and answers.done:
            yield review_id, answers


def _path(store: Store, review_id: str) -> Path:
    if store.folder is None or not store.answers_key or not re.fullmatch("[0-9a-f]{32}", review_id):
        raise UserError(
            tr(N_("These records do not lie in the folder of a casebook, so nothing can be kept."))
        )
    return store.folder / FOLDER / f"{review_id}{SUFFIX}"
