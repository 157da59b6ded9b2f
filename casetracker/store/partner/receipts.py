"""Receipts: a partner confirms that a bundle came, and the release register says so."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Release, ReleaseReceipt
from casetracker.store.draft import Draft
from casetracker.store.partner.theirs import receipt_key
from casetracker.store.store import Store


@dataclass(frozen=True)
class Receipt:
    """What a receipt says; `code` can be made only by whoever opened the bundle."""

    number: str
    digest: str
    received: dt.date
    received_by: str
    code: str = ""


def code_of(receipt: Receipt, key: str) -> str:
    """Return the code of a receipt under the key that lies in the bundle."""
    told = (receipt.number, receipt.digest, receipt.received.isoformat(), receipt.received_by)
    return hmac.new(key.encode(), "\0".join(told).encode(), hashlib.sha256).hexdigest()


def note(store: Store, receipt: Receipt) -> str:
    """Write into the register that a bundle was received; return a sentence. A second time changes nothing.

    Raises `UserError` for a receipt of another office's bundle, or one that was changed.
    """
    if not hmac.compare_digest(code_of(receipt, receipt_key(store, receipt.number)), receipt.code):
        raise UserError(
            tr(N_("This receipt is for no bundle of this casebook, or it was changed; ask for it again."))
        )
    r, found = Release, ReleaseReceipt
    with store.reading() as session:
        row = session.execute(sa.select(r.id, r.digest).where(r.ref == receipt.number)).first()
        known = session.scalar(
            sa.select(found.received).join(r, r.id == found.release_id).where(r.ref == receipt.number)
        )
    if row is None or row.digest != receipt.digest:
        raise UserError(
            tr(N_("The release register has no bundle {ref} with this content."), ref=receipt.number)
        )
    told = {"ref": receipt.number, "day": receipt.received.isoformat(), "who": receipt.received_by}
    if known is not None:
        return tr(N_("The receipt for {ref} was noted already."), ref=receipt.number)
    draft = Draft(ReleaseReceipt)
    draft.values |= {"release_id": row.id, "received": receipt.received, "noted": store.today()}
    draft.values["received_by"] = receipt.received_by[:300] or None
    store.save(draft, tr(N_("Receipt for {ref}"), ref=receipt.number))
    return tr(N_("{ref} was received on {day} by {who}; the release register says so."), **told)


def receipts(store: Store) -> dict[str, tuple[dt.date, str]]:
    """Return, by the number of the release, when it was received and by whom."""
    r, found = Release, ReleaseReceipt
    query = sa.select(r.ref, found.received, found.received_by).join(r, r.id == found.release_id)
    with store.reading() as session:
        return {ref: (day, who or "") for ref, day, who in session.execute(query)}
