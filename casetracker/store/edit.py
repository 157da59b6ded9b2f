"""What may be done inside one action of the user: drafts and ids go in, no record comes out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Conflict, Invalid, UserError
from casetracker.i18n import N_, tr
from casetracker.model import ENTITIES
from casetracker.model.entity import Base, Entity, keys_to, new_id
from casetracker.store.draft import Draft

# Neither I, L, O nor U: a reference is read out on the telephone.
REF_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Edit:
    """One action in progress."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, draft: Draft) -> str:
        """Write a draft and what belongs to it; return the id. Raises `Invalid` or `Conflict`."""
        self._give_ref(draft)
        if problems := draft.problems() | self._taken(draft):
            raise Invalid(problems)
        record = self._write(draft)
        self._session.flush()
        self._session.expire(record, list(draft.children))
        if problems := self._check(draft, record):
            raise Invalid(problems)
        return record.id

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the action that happens whole or not at all, while the rest goes on."""
        with self._session.begin_nested():
            yield

    def delete(self, entity: type[Entity], record_id: str) -> None:
        """Delete a record and what belongs to it; raises `UserError` if another record points at it."""
        record = self._session.get(entity, record_id)
        if record is None:
            raise UserError(tr(N_("This record is no longer there; it may have been deleted or undone.")))
        self._session.delete(record)
        self._session.flush()
        if used := self._users(entity, record_id):
            raise UserError(
                tr(N_("This cannot be deleted because it is still used by: {what}."), what=", ".join(used))
            )

    def _give_ref(self, draft: Draft) -> None:
        prefix = getattr(draft.entity, "ref_prefix", "")
        if not prefix or draft.id or draft.values.get("ref"):
            return
        column = sa.inspect(draft.entity).columns["ref"]
        while True:  # short and random: a reference must not tell how many cases there are
            ref = f"{prefix}-" + "".join(secrets.choice(REF_LETTERS) for _ in range(4))
            if not self._session.scalar(sa.select(sa.exists().where(column == ref))):
                draft.values["ref"] = ref
                return

    def _taken(self, draft: Draft) -> dict[str, str]:
        """Refuse a reference that another record has; it was typed, or comes from another casebook."""
        typed = getattr(draft.entity, "ref_prefix", "") and draft.values.get("ref")
        return ref_taken(self._session, draft) if typed else {}

    def _check(self, draft: Draft, record: Entity) -> dict[str, str]:
        """Ask the record, and what belongs to it, whether they are right as a whole."""
        problems = record.check()
        for name in draft.children:
            for place, child in enumerate(draft.children[name]):
                kept = self._session.get(child.entity, child.id)
                if kept is not None:
                    problems |= {f"{name}.{place}.{n}": p for n, p in self._check(child, kept).items()}
        return problems

    def _write(self, draft: Draft, owner: dict[str, str] | None = None) -> Entity:
        record = self._session.get(draft.entity, draft.id) if draft.id else None
        if draft.id and record is None and draft.version:
            raise Conflict(
                tr(N_("This record was deleted meanwhile; copy what you typed and open the list again."))
            )
        values = {name: self._settled(name, value) for name, value in draft.values.items()}
        values |= owner or {}  # said here, not left to the flush: the history is written down before that
        if record is None:
            draft.id = draft.id or new_id()
            record = draft.entity(id=draft.id, **values)
            self._session.add(record)
        elif draft.version and draft.version != record.version:
            raise Conflict(tr(N_("This record was changed meanwhile; open it again and repeat your change.")))
        else:
            for name, value in values.items():
                if getattr(record, name) != value:
                    setattr(record, name, value)
        with self._session.no_autoflush:
            for name, drafts in draft.children.items():
                self._remove_children(draft, record, name)
                self._write_children(record, name, drafts)
        return record

    def _settled(self, name: str, value: Any) -> Any:
        """Write the record that a reference points at (a person typed into a list) in the same action."""
        if not isinstance(value, Draft):
            return value
        try:
            return self.write(value)
        except Invalid as error:
            raise Invalid({f"{name}.{n}": p for n, p in error.problems.items()}) from error

    def _remove_children(self, draft: Draft, parent: Entity, name: str) -> None:
        """Delete what was taken off the draft. What came to the record since it was read stays."""
        kept = {child.id for child in draft.children[name] if child.id}
        collection: list[Any] = getattr(parent, name)
        for child in [c for c in collection if c.id not in kept and c.id in draft.seen]:
            if child.version != draft.seen[child.id]:
                raise Conflict(tr(N_("What you removed was changed meanwhile; open it again and repeat.")))
            collection.remove(child)
            self._session.delete(child)

    def _write_children(self, parent: Entity, name: str, drafts: list[Draft]) -> None:
        collection: list[Any] = getattr(parent, name)
        for place, draft in enumerate(drafts):
            if "position" in sa.inspect(draft.entity).columns:
                draft.values["position"] = place
            owner = dict.fromkeys(keys_to(type(parent), draft.entity), parent.id)
            if (child := self._write(draft, owner)) not in collection:
                collection.append(child)

    def _users(self, entity: type[Entity], record_id: str) -> list[str]:
        """Return the names of the entities that still point at the record."""
        names = {e.__tablename__: e for e in ENTITIES}
        tables = {m.class_.__tablename__ for m in sa.inspect(entity).iterate_to_root()}
        found = []
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name in tables and table.name in names:
                    query = sa.select(sa.exists().where(key.parent == record_id))
                    if self._session.scalar(query):
                        found.append(tr(names[table.name].plural))
        return sorted(set(found))


def ref_taken(session: Session, draft: Draft, *, known: bool = False) -> dict[str, str]:
    """Return a problem if another record has the reference of a draft, or if that is `known` already."""
    ref, columns = draft.values["ref"], sa.inspect(draft.entity).columns
    other = sa.exists().where(columns["ref"] == ref, draft.entity.id != draft.id)
    if not known and not session.scalar(sa.select(other)):
        return {}
    return {"ref": tr(N_("The reference {ref} is in use already; choose another."), ref=ref)}
