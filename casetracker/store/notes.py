"""Notes about records: read with the pinned ones on top and then the newest, written with day and name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model.entity import Entity
from casetracker.model.tagging import Note
from casetracker.store.attached import kind_of
from casetracker.store.history import AuditChange
from casetracker.store.store import Store


@dataclass(frozen=True)
class NoteLine:
    """A note as pages show it."""

    id: str
    text: str
    written: dt.date | None
    by: str
    pinned: bool


def count_notes(store: Store, record_id: str) -> int:
    """Return how many notes a record has."""
    with store.reading() as session:
        query = sa.select(sa.func.count()).select_from(Note).where(Note.about_id == record_id)
        return session.scalar(query) or 0


def notes_of(store: Store, record_id: str) -> list[NoteLine]:
    """Return the notes of a record: pinned ones first, then the newest; of one day the one written last."""
    with store.reading() as session:
        first = (
            sa.select(sa.func.min(AuditChange.number))
            .where(AuditChange.record_id == Note.id)
            .scalar_subquery()
        )
        query = (
            sa.select(Note)
            .where(Note.about_id == record_id)
            .order_by(sa.func.coalesce(Note.pinned, False).desc(), Note.written.desc(), first.desc())
        )
        return [NoteLine(n.id, n.text, n.written, n.by or "", bool(n.pinned)) for n in session.scalars(query)]


def write_note(store: Store, about: tuple[type[Entity], str], text: str, *, pinned: bool = False) -> str:
    """Write a note about a record, as of today, in the name of the user; `Invalid` if it is empty."""
    draft = store.draft(Note)
    with store.reading() as session:
        kind = kind_of(session, about)
    draft.values |= {"about": kind, "about_id": about[1], "text": text.strip()}
    draft.values |= {"written": store.today(), "by": store.who, "pinned": pinned}
    return store.save(draft)


def change_note(store: Store, note_id: str, text: str) -> None:
    """Write a note anew; its day and name stay those of the first writing."""
    draft = store.draft(Note, note_id)
    draft.values["text"] = text.strip()
    store.save(draft)


def pin_note(store: Store, note_id: str, *, pinned: bool) -> None:
    """Pin a note on top of the others, or let it go."""
    draft = store.draft(Note, note_id)
    draft.values["pinned"] = pinned
    store.save(draft, tr(N_("Note pinned")) if pinned else tr(N_("Note no longer pinned")))
