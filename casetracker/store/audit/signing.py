"""What this computer does with the log when a casebook is opened and closed: it compares, notes and signs."""

from __future__ import annotations

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.store.audit.accesses import Access, Noted
from casetracker.store.audit.chaining import Line, head
from casetracker.store.audit.entries import Op, entries, heads
from casetracker.store.store import Store


def lost(store: Store) -> str:
    """Say if the log no longer holds the newest entry that this computer has seen in it; "" if it does."""
    device = store.chain.device
    if device is None or device.seen is None:
        return ""
    seq, link = device.seen
    with store.reading() as session:
        now = session.scalar(sa.select(entries.c.link).where(entries.c.seq == seq))
    if now == link:
        return ""
    return tr(
        N_(
            "This casebook is not the one that was last open on this computer: entry {seq} of its log is "
            "missing or another one. If nobody put an older copy in its place, find out who changed it."
        ),
        seq=seq,
    )


def note_opening(store: Store) -> None:
    """Note in the log who opened the casebook; the first time on a computer, with which key it signs."""
    if not store.notes:
        return
    with store.logging() as (session, at):
        device = store.chain.device
        if device is not None and not store.chain.seen(session):
            device.save()
            line = Line(Op.DEVICE, record_id=device.id, after=device.public)
            store.chain.add(session, at, [line])
    store.note(Noted(Access.OPENED))


def sign_off(store: Store) -> None:
    """Sign the newest entry of the log with the key of this computer, and remember it there."""
    device = store.chain.device
    if device is None or not store.notes:
        return
    with store.logging() as (session, at):
        now = head(session, store.chain.casebook)
        newest = session.scalar(sa.select(sa.func.max(heads.c.seq))) or 0
        if now.seq > newest:
            store.chain.sign(session, now, at)
    if now.seq:
        device.remember(now.seq, now.link.hex())
