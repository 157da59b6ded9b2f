"""When somebody last did something about a record: the audit log says it, nobody types it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model import ENTITIES, CustodyEvent, Entity, Episode
from casetracker.model.attached import Attached
from casetracker.model.entity import values_of
from casetracker.model.fields import Ref
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.views.condition import Asked, Condition, Value, number


def untouched(entity: type[Entity]) -> Condition:
    """Describe the condition that nobody has done anything about a record for some days.

    What counts is a change of the record itself, of what names it (a consent, a promise, a call), and of
    what hangs on it (a note, a tag).
    """

    def test(asked: Asked, value: Value) -> sa.ColumnElement[bool]:
        since = dt.datetime.combine(asked.before(value[0]), dt.time())
        recent = (
            sa.select(AuditChange.record_id)
            .join(AuditAction, AuditAction.id == AuditChange.action_id)
            .where(AuditAction.at >= since)
        )
        return sa.and_(*(entity.id.not_in(query) for query in _ways(entity, recent)))

    return number(
        "untouched",
        N_("Nothing done for … days"),
        N_("about which nothing was done for {value} days"),
        N_("about which something was done in the last {value} days"),
        test,
    )


def _ways(entity: type[Entity], recent: sa.Select[Any]) -> list[sa.Select[Any]]:
    """Return the ids of the records about which something was done, by each way from it to them."""
    found: list[sa.Select[Any]] = [recent]
    for other in ENTITIES:
        if issubclass(other, Attached):
            continue
        for name, field in values_of(other).items():
            if isinstance(field.kind, Ref) and field.kind.target == entity.__name__ and other is not entity:
                key = getattr(other, name)
                found.append(sa.select(key).where(key.is_not(None), other.id.in_(recent)))
    for other in (o for o in ENTITIES if issubclass(o, Attached)):
        hung = sa.select(other.about_id).where(other.about == entity.__name__, other.about_id.is_not(None))
        found.append(hung.where(other.id.in_(recent)))
    if entity.__name__ == "Case":
        inside = sa.select(Episode.case_id).join(CustodyEvent, CustodyEvent.episode_id == Episode.id)
        found.append(inside.where(CustodyEvent.id.in_(recent)))
    return found
