"""What an export asks the store beyond what a reader says: keys of links, and ids for readers outside."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from casetracker.model import AppealCase, Case, PromisedCase
from casetracker.model.confidentiality import Audience
from casetracker.store import pseudonyms
from casetracker.store.reader import Reader
from casetracker.store.store import Store

_AT_ONCE = 500


def case_refs(reader: Reader, case_ids: Iterable[str]) -> dict[str, str]:
    """Return the references of cases by id, also of those that the audience may not know of.

    For the office's own eyes: to say which cases were left out.
    """
    rows = _rows(reader, case_ids, lambda ids: sa.select(Case.id, Case.ref).where(Case.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def promises_about(reader: Reader, case_ids: Iterable[str]) -> list[str]:
    """Return the ids of the promises that cover one of these cases."""
    held = PromisedCase
    rows = _rows(reader, case_ids, lambda ids: sa.select(held.promise_id).where(held.case_id.in_(ids)))
    return list(dict.fromkeys(row[0] for row in rows))


def appeals_about(reader: Reader, case_ids: Iterable[str]) -> list[str]:
    """Return the ids of the appeals in which one of these cases stands."""
    held = AppealCase
    rows = _rows(reader, case_ids, lambda ids: sa.select(held.appeal_id).where(held.case_id.in_(ids)))
    return list(dict.fromkeys(row[0] for row in rows))


def _rows(
    reader: Reader, ids: Iterable[str], query: Callable[[Sequence[str]], sa.Select[*tuple[Any, ...]]]
) -> list[Any]:
    wanted = sorted(ids)
    starts = range(0, len(wanted), _AT_ONCE)
    return [row for at in starts for row in reader.rows(query(wanted[at : at + _AT_ONCE]))]


class OutsideIds:
    """Ids of records as a reader outside gets them: stable for one audience, and never our own.

    Our own ids stay inside: reply forms are sealed with them. Two audiences cannot compare what they were
    given, and the same record has the same id in the next export, so that a partner can bring theirs up to
    date.
    """

    def __init__(self, store: Store, audience: Audience) -> None:
        self._own = audience is Audience.INTERNAL
        self._audience = audience
        with store.reading() as session:
            self._key = bytes.fromhex(pseudonyms.key_of(session) or "00")

    def of(self, record_id: str) -> str:
        """Return the id that stands for a record."""
        if self._own:
            return record_id
        message = "\0".join(("record", self._audience.value, record_id)).encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:32]
