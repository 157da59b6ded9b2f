"""Where a photograph was taken, offered as the place of the event or the arrest that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, Document, Episode, Event
from casetracker.model.entity import Entity, values_of
from casetracker.store.store import Store

_DIGITS = 5  # a metre
_LONGEST = 300


@dataclass(frozen=True)
class Target:
    """A field that could say the place: whose it is, and what it says now."""

    entity: str
    record_id: str
    field: str
    label: str
    now: str


def written(place: tuple[float, float]) -> str:
    """Write north and east as maps understand it when it is typed into them."""
    return ", ".join(f"{degrees:.{_DIGITS}f}" for degrees in place)


def targets(store: Store, document_id: str) -> list[Target]:
    """Return the fields of the records of a document that could take a place."""
    draft = store.draft(Document, document_id)
    links = {(link.values["about"], link.values["about_id"]) for link in draft.children["links"]}
    cases = {key for kind, key in links if kind == Case.__name__} | {draft.values["case_id"]} - {None}
    found = [t for kind, key in sorted(links) for t in _of_event(store, kind, key)]
    return found + [t for case in sorted(cases) for t in _of_case(store, case)]


def _of_event(store: Store, kind: str, record_id: str) -> Iterator[Target]:
    entity = BY_NAME.get(kind)
    if entity is not None and issubclass(entity, Event):
        with store.reader() as reader:
            if (record := reader.get(entity, record_id)) is not None:
                yield _target(entity, record_id, "place", record.title, record.value("place"))


def _of_case(store: Store, case_id: str) -> Iterator[Target]:
    """The last detention of a case."""
    with store.reader() as reader:
        query = sa.select(Episode.id).where(Episode.case_id == case_id)
        episodes = reader.many(
            Episode, reader.ids(query.order_by(sa.inspect(Episode).columns["arrested_earliest"].desc()))
        )
        case = reader.get(Case, case_id)
        for episode in episodes[:1]:
            title = case.text("ref") if case else ""
            yield _target(Episode, episode.id, "arrest_place", title, episode.value("arrest_place"))


def _target(entity: type[Entity], record_id: str, field: str, title: str, now: str | None) -> Target:
    said = f"{tr(values_of(entity)[field].label)}: {title}"
    return Target(entity.__name__, record_id, field, said, now or "")


def accept(store: Store, target: Target, place: tuple[float, float]) -> None:
    """Write the place of a photograph into a field, behind what it says; undo takes it back."""
    draft = store.draft(BY_NAME[target.entity], target.record_id)
    now, found = draft.values[target.field] or "", written(place)
    if found in now:
        return
    draft.values[target.field] = (f"{now} ({found})" if now else found)[:_LONGEST]
    store.save(draft, tr(N_("Place from a photograph: {where}"), where=target.label))
