"""Joining two records of one person, family or case, and taking them apart again at any later time.

Everything moves to the record that is kept: what belongs to the other, what points at it, what hangs on it.
Values that only the other has fill empty fields; of those that differ one is kept in the field and the other
written down in the `Merge`. Taking apart reads the audit log of the merge, which only grows: what has not
been changed since goes back, what was added since stays with the kept record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, ENTITIES, Case, Merge, NotSame, PersonName, PresentedCase
from casetracker.model.attached import Attached
from casetracker.model.detention.case import Stage
from casetracker.model.entity import Entity, children_of, values_of
from casetracker.model.fields import Children, LongText, Ref
from casetracker.store import history
from casetracker.store.attached import kinds
from casetracker.store.history import AuditChange
from casetracker.store.store import Store

# What a record has of its own and does not take from another.
_OWN_NUMBERS = {"ref", "position", "id", "version", "confidentiality"}
_OWN_STATE = {"stage", "duplicate_of_id", "opened"}


def merge(store: Store, entity: type[Entity], keep_id: str, gone_id: str, take: Collection[str] = ()) -> str:
    """Join two records as one action; return the id of the `Merge`.

    `take` names the fields of which the other record's value is to stand in the record that is kept. A case
    that is joined stays on record as a duplicate, under its own number. Raises `UserError`.
    """
    if keep_id == gone_id:
        raise UserError(tr(N_("A record cannot be merged with itself.")))
    with store.reader() as reader:
        gone_there, keep_there = reader.get(entity, gone_id), reader.get(entity, keep_id)
        if gone_there is None or keep_there is None:
            raise UserError(tr(N_("One of the two records is no longer there; look at the list again.")))
        title = gone_there.title
    with store.rewriting(tr(N_("Merge two records: {what}"), what=tr(entity.singular))) as session:
        joining = _Joining(session, session.get_one(entity, keep_id), session.get_one(entity, gone_id))
        joining.fields(take)
        joining.children()
        joining.references()
        joining.hangers()
        joining.end()
        record = Merge(
            about=entity.__name__,
            about_id=keep_id,
            gone_id=gone_id,
            gone_title=title[:300],
            merged=store.today(),
            by=store.who,
            left="\n".join(joining.left) or None,
        )
        session.add(record)
        session.flush()
        return record.id


class _Joining:
    """One merge in progress."""

    def __init__(self, session: Session, keep: Entity, gone: Entity) -> None:
        self._session, self._keep, self._gone = session, keep, gone
        self.left: list[str] = []

    # Values

    def fields(self, take: Collection[str]) -> None:
        """Fill what is empty, put long texts below each other, and note what is said differently."""
        self._fill(self._keep, self._gone, take)

    def _fill(self, keep: Entity, gone: Entity, take: Collection[str] = ()) -> None:
        for name, field in values_of(type(keep)).items():
            if name in _OWN_NUMBERS | _OWN_STATE:
                continue
            ours, theirs = getattr(keep, name), getattr(gone, name)
            if theirs in (None, "", ours) or (isinstance(field.kind, Ref) and ours):
                continue
            if ours in (None, ""):
                setattr(keep, name, theirs)
            elif isinstance(field.kind, LongText):
                setattr(keep, name, f"{ours}\n\n{theirs}")
            else:
                if name in take:
                    setattr(keep, name, theirs)
                other = ours if name in take else theirs
                self.left.append(f"{tr(field.label)}: {field.kind.format(other)}")

    # What belongs to the record

    def children(self) -> None:
        """Move what belongs to the other record; a spelling that both have stays once."""
        for name in children_of(type(self._keep)):
            ours, theirs = list(getattr(self._keep, name)), list(getattr(self._gone, name))
            key = _key_of(type(self._gone), name)
            for place, child in enumerate(theirs, len(ours)):
                if isinstance(child, PersonName) and self._spelled(child, ours):
                    continue
                if (twin := self._twin(child, key)) is not None:
                    self._join_rows(twin, child)
                    continue
                setattr(child, key, self._keep.id)
                if hasattr(child, "position"):
                    child.position = place
        self._session.flush()
        self._session.expire_all()

    def _spelled(self, theirs: PersonName, ours: list[PersonName]) -> bool:
        if any(each.full == theirs.full and each.language == theirs.language for each in ours):
            return True
        if theirs.primary and any(each.primary and each.language == theirs.language for each in ours):
            theirs.primary = False  # one main spelling per language
        return False

    # What points at the record

    def references(self) -> None:
        """Let everything that points at the other record point at this one."""
        kind = type(self._gone)
        own = {
            (field.kind.target, _key_of(kind, name))
            for name, field in children_of(kind).items()
            if isinstance(field.kind, Children)
        }
        for entity, name in _references(kind):
            if (entity.__name__, name) in own:
                continue  # a spelling that both have, and nothing else, is still with the other record
            for row in list(self._pointing(entity, name)):
                self._repoint(row, name)
        self._session.flush()
        self._session.expire_all()

    def _pointing(self, entity: type[Entity], name: str) -> Iterator[Entity]:
        query = sa.select(entity).where(getattr(entity, name) == self._gone.id)
        return (row for row in self._session.scalars(query) if type(row) is entity)

    def _repoint(self, row: Entity, name: str) -> None:
        if row is self._keep or not self._is_free(row):
            return
        if isinstance(row, NotSame) and self._keep.id in (row.first_id, row.second_id):
            self._session.delete(row)
        elif (twin := self._twin(row, name)) is not None:
            self._join_rows(twin, row)
        else:
            setattr(row, name, self._keep.id)

    def _twin(self, row: Entity, name: str) -> Entity | None:
        """Return the line of the kept record at the same place: in the same family, event, or list."""
        kind = type(row)
        if kind.page or issubclass(kind, Attached):
            return None
        needed = [n for n, f in values_of(kind).items() if isinstance(f.kind, Ref) and f.required]
        if name not in needed or len(needed) < 2:
            return None
        same = [getattr(kind, n) == (self._keep.id if n == name else getattr(row, n)) for n in needed]
        found = self._session.scalars(sa.select(kind).where(*same, kind.id != row.id)).first()
        return found if found is not None and self._once(kind) else None

    def _once(self, kind: type[Entity]) -> bool:
        """Whether a line may be there only once: all of its own numbers is its place in a list."""
        return "position" in values_of(kind) or kind.__name__ == "CaseEvent"

    def _join_rows(self, keep: Entity, gone: Entity) -> None:
        self._fill(keep, gone)
        for name in children_of(type(gone)):
            for child in list(getattr(gone, name)):
                setattr(child, _key_of(type(gone), name), keep.id)
        self._session.flush()
        self._session.expire(gone)
        self._session.delete(gone)

    def _is_free(self, row: Entity) -> bool:
        """Whether a line may change: what was handed over stays as it was given."""
        return not (isinstance(row, PresentedCase) and self._handed_over(row))

    def _handed_over(self, row: PresentedCase) -> bool:
        meeting = self._session.get(BY_NAME["Meeting"], row.meeting_id)
        return meeting is not None and getattr(meeting, "given", None) is not None

    # What hangs on the record, and the end

    def hangers(self) -> None:
        """Move notes, tags, citations, and what led where."""
        about = type(self._gone).__name__
        for kind in kinds():
            for name, key in kind.hangs_on:
                query = sa.select(kind).where(
                    getattr(kind, name) == about, getattr(kind, key) == self._gone.id
                )
                for row in self._session.scalars(query):
                    setattr(row, key, self._keep.id)
        self._session.flush()

    def end(self) -> None:
        """Delete the other record; a case stays, as a duplicate of the one that is kept."""
        self._session.expire_all()
        if isinstance(self._gone, Case):
            self._gone.stage = Stage.DUPLICATE
            self._gone.duplicate_of_id = self._keep.id
        else:
            self._session.delete(self._gone)
        self._session.flush()
        if problems := self._keep.check():
            raise UserError(" ".join(problems.values()))


def _key_of(parent: type[Entity], name: str) -> str:
    """Return the attribute of a child that points at its parent."""
    relation = sa.inspect(parent).relationships[name]
    ((_, column),) = relation.local_remote_pairs or ()
    key: str = relation.mapper.get_property_by_column(column).key
    return key


def _references(target: type[Entity]) -> Iterator[tuple[type[Entity], str]]:
    names = {base.__name__ for base in target.__mro__}
    for entity in ENTITIES:
        for name, field in values_of(entity).items():
            if isinstance(field.kind, Ref) and field.kind.target in names and name != "duplicate_of_id":
                yield entity, name


# Taking apart


def take_apart(store: Store, merge_id: str) -> str:
    """Separate two merged records again, as one action; return the id of the one that comes back.

    Raises `UserError` if the kept record was itself joined to another since.
    """
    with store.reading() as session:
        merged = session.get(Merge, merge_id)
        if merged is None:
            raise UserError(tr(N_("These records were taken apart already.")))
        entity, kept_id, gone_id = BY_NAME[merged.about], merged.about_id, merged.gone_id
        steps = _steps(session, merge_id)
        if session.get(entity, kept_id) is None or _joined_to(steps, merge_id) != kept_id:
            raise UserError(
                tr(N_("The record was merged with a third one since; take that merge apart first."))
            )
    with store.rewriting(tr(N_("Take apart: {what}"), what=tr(entity.singular))) as session:
        with session.no_autoflush:
            for (name, record_id), step in steps.items():
                _step_back(session, BY_NAME[name], record_id, step)
        session.flush()
    return gone_id


def _joined_to(steps: dict[history.Key, history.Net], merge_id: str) -> str:
    """Return the id of the record that was kept when the merge was made."""
    _, made = steps[(Merge.__name__, merge_id)]
    return str((made or {})["about_id"])


def _steps(session: Session, merge_id: str) -> dict[history.Key, history.Net]:
    made = sa.select(AuditChange.action_id).where(
        AuditChange.entity == Merge.__name__, AuditChange.record_id == merge_id, AuditChange.before.is_(None)
    )
    action_id = session.scalars(made.order_by(AuditChange.number.desc())).first()
    query = sa.select(AuditChange).where(AuditChange.action_id == action_id).order_by(AuditChange.number)
    return history.net_changes(session.scalars(query))


def _step_back(session: Session, entity: type[Entity], record_id: str, step: history.Net) -> None:
    before, after = step
    record = session.get(entity, record_id)
    if before is None:
        if record is not None:
            session.delete(record)
    elif after is None:
        if record is None:
            session.add(entity(id=record_id, **history.thaw(entity, _whole(entity, before))))
    elif record is not None:
        for name, value in history.thaw(entity, before).items():
            if history.freeze(getattr(record, name)) == after.get(name):  # else it was changed since
                setattr(record, name, value)


def _whole(entity: type[Entity], before: dict[str, Any]) -> dict[str, Any]:
    return {name: before.get(name) for name in history.columns_of(entity) if name != "id"}


# What was decided


def judge_different(store: Store, first_id: str, second_id: str, reason: str = "") -> str:
    """Remember that two people are not one; return the id of the record."""
    draft = store.draft(NotSame)
    first, second = sorted((first_id, second_id))
    day: dt.date = store.today()
    draft.values |= {"first_id": first, "second_id": second, "reason": reason.strip() or None, "decided": day}
    return store.save(draft, tr(N_("Not the same person")))
