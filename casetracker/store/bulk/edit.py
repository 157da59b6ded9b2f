"""Many new records as one action: checked one by one like any other, written some thousand at a time.

Nothing of what is written stays in memory but the batch in hand; so their number does not matter.
What a save asks of a draft is asked here too, by the same functions; a test writes a list both ways and
compares the casebooks field by field.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Invalid
from casetracker.model import Case
from casetracker.model.entity import Entity, new_id
from casetracker.store import papers
from casetracker.store.bulk import rows
from casetracker.store.bulk.logged import Line, Logged
from casetracker.store.bulk.shape import Child, Record, Row, Shape, audited, shape_of
from casetracker.store.draft import Draft
from casetracker.store.edit import REF_LETTERS, ref_taken

BATCH = 5_000  # records that are held until they are written together
_REFS = 400  # references that are looked up together


class BulkEdit:
    """One action in progress that only adds records."""

    def __init__(self, session: Session, logged: Logged) -> None:
        self._session, self._logged = session, logged
        self._pending: list[tuple[Shape, Row]] = []
        self._depth = 0
        self._refs = _References(session)

    def write(self, draft: Draft) -> str:
        """Write a new draft and what belongs to it; return the id. Raises `Invalid`."""
        self._give_ref(draft)
        if problems := problems_of(draft) | self._taken(draft):
            raise Invalid(problems)
        start = len(self._pending)
        record = self._write(draft)
        if problems := _check(draft, record):
            del self._pending[start:]
            raise Invalid(problems)
        return draft.id

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the action that happens whole or not at all, while the rest goes on."""
        if not self._depth and len(self._pending) >= BATCH:
            self.flush()
        start = len(self._pending)
        self._depth += 1
        try:
            yield
        except BaseException:
            del self._pending[start:]
            raise
        finally:
            self._depth -= 1

    def _give_ref(self, draft: Draft) -> None:
        prefix = getattr(draft.entity, "ref_prefix", "")
        if prefix and not draft.id and not draft.values.get("ref"):
            draft.values["ref"] = self._refs.next(draft.entity, prefix)

    def _taken(self, draft: Draft) -> dict[str, str]:
        ref = draft.values.get("ref") if getattr(draft.entity, "ref_prefix", "") else None
        if not ref or self._refs.made(ref):
            return {}
        here = any(row.get("ref") == ref and shape.entity is draft.entity for shape, row in self._pending)
        return ref_taken(self._session, draft, known=here)

    def _write(self, draft: Draft, owner: Mapping[str, str] | None = None) -> Record:
        shape = shape_of(draft.entity)
        values = {name: self._settled(name, value) for name, value in draft.values.items()}
        if owner:
            values |= owner
        draft.id = draft.id or new_id()
        record = Record(shape, values)
        own = record.__dict__
        own["id"], own["version"] = draft.id, 1
        self._pending.append((shape, record.row()))
        for name, drafts in draft.children.items():
            own[name] = [
                self._child(shape.children[name], each, draft.id, at) for at, each in enumerate(drafts)
            ]
        return record

    def _child(self, child: Child, draft: Draft, parent: str, at: int) -> Record:
        if shape_of(child.entity).placed:
            draft.values["position"] = at
        return self._write(draft, dict.fromkeys(child.owner, parent))

    def _settled(self, name: str, value: Any) -> Any:
        """Write the record that a reference points at in the same action."""
        if not isinstance(value, Draft):
            return value
        try:
            return self.write(value)
        except Invalid as error:
            raise Invalid({f"{name}.{n}": p for n, p in error.problems.items()}) from error

    def flush(self) -> None:
        """Write what is held, with its history, its words and what follows from it."""
        held, self._pending = self._pending, []
        if not held:
            return
        rows.put(self._session, held)
        rows.derive(self._session, [row["id"] for shape, row in held if shape.entity is Case])
        rows.index(self._session, held)
        lines = [Line(s.entity.__name__, row["id"], None, audited(s, row)) for s, row in held]
        papers.refresh(self._session, lines)
        self._logged.write(lines)
        self._refs.forget()


def problems_of(draft: Draft, known: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return what keeps a new draft from being saved, as `Draft.problems` does; empty ones are not asked."""
    shape = shape_of(draft.entity)
    found: dict[str, str] = {}
    for name, value in draft.values.items():
        if name in known or value is None or (described := shape.fields.get(name)) is None:
            continue
        if isinstance(value, Draft):
            found |= {f"{name}.{n}": p for n, p in problems_of(value).items()}
        elif problem := described.check(value):
            found[name] = problem
    for name in shape.needed:
        if name not in known and draft.values.get(name) is None:
            found[name] = shape.fields[name].check(None)
    for name, drafts in draft.children.items():
        owner = shape.children[name].owner
        for place, child in enumerate(drafts):
            if problems := problems_of(child, owner):
                found |= {f"{name}.{place}.{n}": p for n, p in problems.items()}
    return found


def _check(draft: Draft, record: Record) -> dict[str, str]:
    """Ask the record, and what belongs to it, whether they are right as a whole."""
    problems = dict(record.problems())
    for name in draft.children:
        kept = record.__dict__[name]
        for place, child in enumerate(draft.children[name]):
            if found := _check(child, kept[place]):
                problems |= {f"{name}.{place}.{n}": p for n, p in found.items()}
    return problems


class _References:
    """New references, some hundred looked up with one question."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._free: dict[str, list[str]] = {}
        self._given: set[str] = set()
        self._letters = 4  # short: a reference is read out on the telephone

    def next(self, entity: type[Entity], prefix: str) -> str:
        """Return a reference that no record has."""
        free = self._free.setdefault(prefix, [])
        while not free:
            free.extend(self._unused(entity, prefix))
        ref = free.pop()
        self._given.add(ref)
        return ref

    def made(self, ref: str) -> bool:
        """Whether a reference was made here for the batch in hand, and so is free."""
        return ref in self._given

    def forget(self) -> None:
        """Forget what was given out: those records are written."""
        self._given.clear()

    def _unused(self, entity: type[Entity], prefix: str) -> set[str]:
        column = sa.inspect(entity).columns["ref"]
        made = {
            f"{prefix}-" + "".join(secrets.choice(REF_LETTERS) for _ in range(self._letters))
            for _ in range(_REFS)
        } - self._given
        there = set(self._session.scalars(sa.select(column).where(column.in_(made))))
        if 2 * len(there) >= len(made):  # there are 810,000 of four letters
            self._letters += 1
        return made - there
