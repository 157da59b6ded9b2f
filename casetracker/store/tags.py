"""Tags on records: which there are, which a record has, which records have some, and putting them on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import ENTITIES
from casetracker.model.entity import Entity
from casetracker.model.tagging import Tag, TagColour, Tagging
from casetracker.store.attached import kind_of
from casetracker.store.store import Store

NAMELESS = N_("A tag needs a name.")
TAKEN = N_("There is a tag “{name}” already; choose another name.")
GONE = N_("This record is no longer there; it may have been deleted or undone.")


@dataclass(frozen=True)
class TagLine:
    """A tag as pages show it; `tagging_id` stands for its being on one record, `used` says on how many."""

    id: str
    name: str
    colour: TagColour
    tagging_id: str = ""
    used: int = 0

    @property
    def tone(self) -> str:
        """The name of the tone in which it is drawn."""
        return self.colour.tone


def every_tag(store: Store) -> list[TagLine]:
    """Return all tags by name, with how many records have each."""
    with store.reading() as session:
        used = sa.select(sa.func.count()).where(Tagging.tag_id == Tag.id).scalar_subquery()
        query = sa.select(Tag.id, Tag.name, Tag.colour, used)
        lines = [
            TagLine(i, name, colour or TagColour.GREY, used=n)
            for i, name, colour, n in session.execute(query)
        ]
    return sorted(lines, key=lambda line: line.name.casefold())


def tags_of(store: Store, record_id: str) -> list[TagLine]:
    """Return the tags of a record, by name."""
    with store.reading() as session:
        query = sa.select(Tag.id, Tag.name, Tag.colour, Tagging.id).join(Tagging, Tagging.tag_id == Tag.id)
        found = session.execute(query.where(Tagging.about_id == record_id))
        lines = [TagLine(i, name, colour or TagColour.GREY, at) for i, name, colour, at in found]
    return sorted(lines, key=lambda line: line.name.casefold())


def tagged(entity: type[Entity], tag_ids: Collection[str], *, every: bool = True) -> sa.Select[str]:
    """Return a query for the ids of the records of a kind that have every one of these tags, or any of them.

    It goes into other queries: `Case.id.in_(tagged(Case, ids))`.
    """
    kinds = [other.__name__ for other in ENTITIES if issubclass(other, entity)]
    query = (
        sa.select(Tagging.about_id)
        .where(Tagging.about.in_(kinds), Tagging.tag_id.in_(tag_ids))
        .group_by(Tagging.about_id)
    )
    return query.having(sa.func.count() == len(set(tag_ids))) if every else query


def put_on(store: Store, about: tuple[type[Entity], str], name: str) -> str:
    """Put the tag of that name on a record, as one action; it is made if there is none. Return its id."""
    name = " ".join(name.split())
    if not name:
        raise UserError(tr(NAMELESS))
    with store.rewriting(tr(N_("Tag “{name}”"), name=name)) as session:
        tag = _named(session, name)
        if tag is None:
            tag = Tag(name=name, colour=_next_colour(session))
            session.add(tag)
            session.flush()
        on_it = sa.exists().where(Tagging.tag_id == tag.id, Tagging.about_id == about[1])
        if not session.scalar(sa.select(on_it)):
            kind = kind_of(session, about)
            session.add(
                Tagging(about=kind, about_id=about[1], tag_id=tag.id, tagged=store.today(), by=store.who)
            )
        return str(tag.id)


def _named(session: Session, name: str) -> Tag | None:
    """Return the tag of a name, in capitals or not; compared here, as SQLite folds ASCII letters only."""
    return next((t for t in session.scalars(sa.select(Tag)) if t.name.casefold() == name.casefold()), None)


def _next_colour(session: Session) -> TagColour:
    """Give each new tag the colour that stands on the fewest, so that neighbours differ."""
    used = list(session.scalars(sa.select(Tag.colour)))
    return min((c for c in TagColour if c is not TagColour.GREY), key=used.count)


def make(store: Store, name: str, colour: TagColour | None = None) -> str:
    """Make a tag that is on no record yet; return its id."""
    name = " ".join(name.split())
    with store.rewriting(tr(N_("Tag “{name}”"), name=name)) as session:
        if _named(session, name) is not None:
            raise UserError(tr(TAKEN, name=name))
        tag = Tag(name=name, colour=colour or _next_colour(session))
        session.add(tag)
        session.flush()
        return str(tag.id)


def take_off(store: Store, tagging_id: str) -> None:
    """Take a tag off a record."""
    with store.rewriting(tr(N_("Tag taken off"))) as session:
        if (found := session.get(Tagging, tagging_id)) is None:
            raise UserError(tr(GONE))
        session.delete(found)


def _tag(session: Session, tag_id: str) -> Tag:
    found = session.get(Tag, tag_id)
    if found is None:
        raise UserError(tr(GONE))
    return found


def rename(store: Store, tag_id: str, name: str) -> None:
    """Give a tag another name, on all its records; raises `UserError` if another tag has it."""
    name = " ".join(name.split())
    with store.rewriting(tr(N_("Tag “{name}”"), name=name)) as session:
        tag = _tag(session, tag_id)
        other = _named(session, name)
        if not name or (other is not None and other is not tag):
            raise UserError(tr(TAKEN, name=name) if name else tr(NAMELESS))
        tag.name = name


def recolour(store: Store, tag_id: str, colour: TagColour) -> None:
    """Give a tag another colour."""
    with store.rewriting(tr(N_("Colour of a tag"))) as session:
        _tag(session, tag_id).colour = colour


def delete(store: Store, tag_id: str) -> None:
    """Delete a tag and take it off all its records, as one action."""
    with store.rewriting(tr(N_("Delete {what}"), what=tr(Tag.singular))) as session:
        tag = _tag(session, tag_id)
        for tagging in session.scalars(sa.select(Tagging).where(Tagging.tag_id == tag_id)):
            session.delete(tagging)
        session.delete(tag)
