"""What hangs on other records (notes, tags, citations): found with them, deleted with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import BY_NAME, ENTITIES
from casetracker.model.attached import Attached
from casetracker.model.entity import Entity
from casetracker.store.history import AuditChange
from casetracker.store.reader import DisclosedRecord, Reader


def kinds() -> list[type[Attached]]:
    """Return the entities that hang on others."""
    return [entity for entity in ENTITIES if issubclass(entity, Attached)]


def kind_of(session: Session, about: tuple[type[Entity], str]) -> str:
    """Return the kind by which what hangs on a record names it: the narrowest, such as a protest's own.

    A page may be about several kinds of events and name another of them, so the widest kind is asked.
    """
    entity, record_id = about
    found = session.get(sa.inspect(entity).base_mapper.class_, record_id)
    return type(found).__name__ if found is not None else entity.__name__


def attached(reader: Reader, kind: type[Attached], record: DisclosedRecord) -> list[DisclosedRecord]:
    """Return what of one kind hangs on a record."""
    query = sa.select(kind.id).where(kind.about == record.entity.__name__, kind.about_id == record.id)
    return reader.many(kind, reader.ids(query))


def sweep(session: Session, changes: Iterable[AuditChange]) -> None:
    """Delete what hangs on records that were deleted. Call after a flush, inside the action."""
    while gone := {c.record_id for c in changes if c.after is None and not _came_back(c, session)}:
        hanging: list[Entity] = [
            found
            for kind in kinds()
            for _, key in kind.hangs_on
            for found in session.scalars(sa.select(kind).where(getattr(kind, key).in_(gone)))
        ]
        if not hanging:
            return
        for record in hanging:
            session.delete(record)
        session.flush()  # what was deleted now is among the changes when the loop asks again


def _came_back(change: AuditChange, session: Session) -> bool:
    return session.get(BY_NAME[change.entity], change.record_id) is not None


def orphans(session: Session) -> Iterator[Entity]:
    """Return what hangs on a record that is not there."""
    for kind in kinds():
        for name, key in kind.hangs_on:
            column = getattr(kind, name)
            for about in session.scalars(sa.select(column).where(column.is_not(None)).distinct()).all():
                query = sa.select(kind).where(column == about)
                if about in BY_NAME:
                    query = query.where(getattr(kind, key).not_in(sa.select(BY_NAME[about].id)))
                yield from session.scalars(query)
