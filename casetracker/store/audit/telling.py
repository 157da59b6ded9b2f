"""What a line of the log says in words: which record, which fields, what stood there before and after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Citation
from casetracker.model.attached import Attached
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, children_of, fields_of, keys_to
from casetracker.model.fields import Children, Field, Ref, When
from casetracker.store.history import AuditChange, Values, columns_of, net_changes, thaw
from casetracker.store.reader import Reader

_WHEN = ("words", "edtf", "earliest", "latest")
_MOST = 900  # records of one action that are told
_OF_THE_PROGRAM = {"position", "key", "kept_at", "sealed_sha256"}  # true, but of no use to a reader


@dataclass(frozen=True)
class FieldDiff:
    """A field that changed: its name and label, and what stood there, as people read it."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordDiff:
    """A record that an action changed; `op` is "added", "changed", "deleted" or "erased"."""

    entity: str
    record_id: str
    kind: str
    title: str
    op: str
    fields: tuple[FieldDiff, ...]


@cache
def columns_by_field(entity: type[Entity]) -> dict[str, tuple[str, ...]]:
    """Return, by the name of each field that has a label, the columns in which it is kept."""
    kept = columns_of(entity)
    found = {}
    for name, field in fields_of(entity).items():
        if isinstance(field.kind, Children):
            continue
        columns = tuple(f"{name}_{end}" for end in _WHEN) if isinstance(field.kind, When) else (name,)
        if all(column in kept for column in columns):
            found[name] = columns
    return found


@cache
def owner_fields(entity: type[Entity]) -> frozenset[str]:
    """Return the fields that only say to which record one belongs: the page shows that anyway."""
    if issubclass(entity, Attached):
        return frozenset(name for pair in entity.hangs_on for name in pair)
    owners = (
        keys_to(parent, entity)
        for parent in BY_NAME.values()
        for field in children_of(parent).values()
        if isinstance(field.kind, Children) and field.kind.target == entity.__name__
    )
    return frozenset().union(*owners) if not entity.page else frozenset()


class Teller:
    """Puts lines of the log into words; titles of records that are shown often are read once."""

    def __init__(self, session: Session, reader: Reader) -> None:
        self._session, self._reader = session, reader
        self._titles: dict[tuple[str, str], str] = {}

    def diffs(self, action_ids: Collection[str], only: Collection[str] = ()) -> dict[str, list[RecordDiff]]:
        """Return what these actions changed, by action; with `only` what they changed in these records.

        Of an action that changed very many records (a list that was taken in) the first are told.
        """
        by_action: dict[str, list[AuditChange]] = {id_: [] for id_ in action_ids}
        query = sa.select(AuditChange).order_by(AuditChange.number)
        for action_id, held in by_action.items():
            of_it = query.where(AuditChange.action_id == action_id)
            if only and len(only) <= _MOST:
                of_it = of_it.where(AuditChange.record_id.in_(only))
            held.extend(self._session.scalars(of_it.limit(_MOST)))
        return {id_: self._told(changes) for id_, changes in by_action.items()}

    def _told(self, changes: list[AuditChange]) -> list[RecordDiff]:
        erased = {(c.entity, c.record_id): None for c in changes if c.before is None and c.after is None}
        found = [
            self._diff(key, before, after)
            for key, (before, after) in net_changes(changes).items()
            if key[0] in BY_NAME
        ]
        found = [diff for diff in found if diff.fields or diff.op != "changed"]
        for name, record_id in erased:
            if name in BY_NAME:
                kind = tr(BY_NAME[name].singular)
                found.append(RecordDiff(name, record_id, kind, self.title(name, record_id), "erased", ()))
        return found

    def _diff(self, key: tuple[str, str], before: Values | None, after: Values | None) -> RecordDiff:
        entity = BY_NAME[key[0]]
        op = "added" if before is None else "deleted" if after is None else "changed"
        title = self.title(*key) or self._title_of(entity, after or before or {})
        if title.startswith(entity.singular):  # it has no name of its own
            title = title.removeprefix(entity.singular).strip()
        fields = self.fields(entity, before or {}, after or {})
        return RecordDiff(key[0], key[1], tr(entity.singular), title, op, fields)

    def fields(self, entity: type[Entity], before: Values, after: Values) -> tuple[FieldDiff, ...]:
        """Return the fields of which the words differ."""
        named, said = before.keys() | after.keys(), []
        for name, columns in columns_by_field(entity).items():
            if name in _OF_THE_PROGRAM or named.isdisjoint(columns):
                continue
            was, becomes = (self.text(entity, name, side) for side in (before, after))
            if was != becomes and name not in owner_fields(entity):
                said.append(FieldDiff(name, tr(fields_of(entity)[name].label), was, becomes))
        return tuple(said)

    def text(self, entity: type[Entity], name: str, stored: Mapping[str, Any]) -> str:
        """Return a field as people read it, from what the log holds of its columns."""
        columns = columns_by_field(entity)[name]
        values = thaw(entity, {column: stored.get(column) for column in columns})
        field: Field = fields_of(entity)[name]
        if isinstance(field.kind, When):
            held = [values[column] for column in columns]
            return KnownDate(*held).text() if held[0] is not None or held[1] is not None else ""
        value = values[name]
        if isinstance(field.kind, Ref):
            return self.title(field.kind.target, value) or tr(N_("a record that is gone")) if value else ""
        if entity is Citation and name == "field":  # the name of a field, which people know by its label
            about = BY_NAME.get(stored.get("about") or "")
            named = fields_of(about).get(value) if about else None
            return tr(named.label) if named else str(value or "")
        return field.kind.format(value)

    def title(self, entity: str, record_id: str) -> str:
        """Return how a record is called now; "" if it is no longer there."""
        key = (entity, record_id)
        if key not in self._titles:
            record = self._reader.get(BY_NAME[entity], record_id)
            self._titles[key] = record.title if record else ""
        return self._titles[key]

    def _title_of(self, entity: type[Entity], stored: Values) -> str:
        """Return how a record that is gone was called, from what the log holds of it."""
        known = columns_by_field(entity)
        return " ".join(filter(None, (self.text(entity, n, stored) for n in entity.named_by if n in known)))
