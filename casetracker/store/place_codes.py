"""The codes kept beside the words of places: checked, and worked out anew where a new program knows more."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import ENTITIES, Entity, places
from casetracker.model.entity import values_of
from casetracker.model.fields import PlaceName


def coded() -> Iterator[tuple[type[Entity], sa.Table, str]]:
    """Yield each field that has a code beside it: the entity, its table, the name of the field."""
    for entity in ENTITIES:
        table = entity.__table__
        for name, field in values_of(entity).items():
            if (
                isinstance(field.kind, PlaceName)
                and isinstance(table, sa.Table)
                and f"{name}_code" in table.c
            ):
                yield entity, table, name


def wrong(session: Session) -> Iterator[tuple[type[Entity], str]]:
    """Yield the entity and id of each record of which a code does not agree with its words."""
    for entity, table, name in coded():
        for id_, _ in _differing(session, table, name):
            yield entity, id_


def rebuild(session: Session) -> None:
    """Set all codes as the program now knows them; the words stay, and no record counts as edited."""
    for _, table, name in coded():
        for id_, code in list(_differing(session, table, name)):
            session.execute(sa.update(table).where(table.c.id == id_).values({f"{name}_code": code}))


def _differing(session: Session, table: sa.Table, name: str) -> Iterator[tuple[str, str | None]]:
    query = sa.select(table.c.id, table.c[name], table.c[f"{name}_code"])
    for id_, words, code in session.execute(query):
        if (known := places.resolve(words)) != code:
            yield id_, known
