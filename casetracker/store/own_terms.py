"""Where terms are in use, and what the office's own terms are: kept right by every action of the store.

The fields that hold terms are found by asking every entity, so a list that a later record uses is protected
without another line here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import ENTITIES, terms
from casetracker.model import fields as f
from casetracker.model.entity import Entity, values_of
from casetracker.model.own_term import OwnTerm
from casetracker.store.history import Changed

Use = tuple[type[Entity], str]  # an entity, and its field that holds terms of a list


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Return, by list, the fields that hold its terms; a list of choices is called like its Enum."""
    found: dict[str, list[Use]] = defaultdict(list)
    for entity in ENTITIES:
        own = entity.__table__
        for name, field in values_of(entity).items():
            # Only what stands in the entity's own table: a protest is an event too, and counts once.
            if not isinstance(field.kind, f.Term | f.Choice) or own is not _table(entity, name):
                continue
            kind = field.kind
            key = kind.vocabulary if isinstance(kind, f.Term) else kind.options.__name__
            found[key].append((entity, name))
    return {key: tuple(places) for key, places in found.items()}


def _table(entity: type[Entity], name: str) -> sa.FromClause | None:
    column = sa.inspect(entity).attrs[name].columns[-1]
    table: sa.FromClause | None = column.table
    return table


def used(session: Session, key: str) -> dict[str, dict[type[Entity], int]]:
    """Return how many records hold each code of a list, by their kind; codes nobody knows are among them."""
    found: dict[str, dict[type[Entity], int]] = defaultdict(dict)
    for entity, name in uses().get(key, ()):
        column = sa.inspect(entity).columns[name]
        query = sa.select(column, sa.func.count()).where(column.is_not(None)).group_by(column)
        for held, number in session.execute(query):
            code = held.name if isinstance(held, Enum) else held
            found[code][entity] = found[code].get(entity, 0) + number
    return dict(found)


def said(where: Mapping[type[Entity], int]) -> str:
    """Say in words where a term is in use and how often, such as "Detentions (3), Judgments (1)"."""
    return ", ".join(f"{tr(entity.plural)} ({number})" for entity, number in where.items())


def load(session: Session) -> None:
    """Tell the vocabularies what the casebook changes and adds."""
    order = (OwnTerm.position.asc().nulls_last(), OwnTerm.code)
    terms.set_own(
        (own.vocabulary, own.as_term()) for own in session.scalars(sa.select(OwnTerm).order_by(*order))
    )


def concerned(changes: Iterable[Changed]) -> bool:
    """Whether these changes are about terms of the office."""
    return any(change.entity == OwnTerm.__name__ for change in changes)


def require_kept(session: Session, changes: Iterable[Changed]) -> None:
    """Refuse to take away a term that a record holds. Call after a flush; raises `UserError`."""
    for change in changes:
        if change.entity != OwnTerm.__name__ or change.before is None:
            continue
        now = session.get(OwnTerm, change.record_id)
        was = {"vocabulary": now.vocabulary, "code": now.code} if now else {}
        was |= {name: change.before[name] for name in ("vocabulary", "code") if name in change.before}
        if not _known(session, was["vocabulary"], was["code"]):
            _require_unused(session, was["vocabulary"], was["code"])


def _known(session: Session, key: str, code: str) -> bool:
    own = sa.exists().where(OwnTerm.vocabulary == key, OwnTerm.code == code)
    return terms.came_with_the_program(key, code) or bool(session.scalar(sa.select(own)))


def _require_unused(session: Session, key: str, code: str) -> None:
    where = used(session, key).get(code)
    if where:
        raise UserError(
            tr(
                N_(
                    "“{term}” is in use: {where}. It cannot be deleted; retire it, so that it is no longer "
                    "offered, or replace it by another term."
                ),
                term=terms.label(key, code),
                where=said(where),
            )
        )
