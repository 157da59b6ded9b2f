"""What can be cited on the page of a record: the records that it shows, their fields, the sources at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, CaseEvent, Event, Person, Source
from casetracker.model.attached import Attached
from casetracker.model.confidentiality import Sensitivity
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Ref
from casetracker.store import citations, situations
from casetracker.store.citations import Cited, Place, Support
from casetracker.store.reader import DisclosedRecord
from casetracker.store.store import Store

# Not stated by any source: what the office says of its own work, and what grades and decides.
_OWN = frozenset({Sensitivity.NOTES, Sensitivity.GRADE})
_NEVER = frozenset({"ref", "position", "stage", "opened", "standing", "request", "duplicate_of_id"})


@dataclass(frozen=True)
class Citable:
    """A record on the page; `group` is the name by which its facts are shown there."""

    entity: str
    id: str
    title: str
    group: str = ""

    def fields(self) -> list[tuple[str, str]]:
        """Return the fields that sources can speak about: name and label."""
        return [
            (name, tr(field.label))
            for name, field in values_of(BY_NAME[self.entity]).items()
            if name not in _NEVER
            and field.sensitivity not in _OWN
            and not (isinstance(field.kind, Ref) and (field.required or field.kind.target == "Source"))
        ]


def citable(store: Store, entity: type[Entity], record_id: str) -> list[Citable]:
    """Return the records that the page of a record shows."""
    with store.reader() as reader:
        record = reader.get(entity, record_id)
        if record is None:
            return []
        return (
            list(_of_case(record))
            if entity is Case
            else [Citable(record.entity.__name__, record.id, record.title)]
        )


def _of_case(case: DisclosedRecord) -> Iterator[Citable]:
    if (person := case.ref("person_id")) is not None:
        yield Citable(Person.__name__, person.id, person.title, "person")
    for number, episode in enumerate(case.children("episodes")):
        title = tr(N_("Detention {number}"), number=number + 1)
        yield Citable(episode.entity.__name__, episode.id, title, f"episode.{number}")
        for kind in ("judgments", "custody"):
            for part in sorted(episode.children(kind), key=lambda p: situations.order_of(_when(p))):
                on = _when(part)
                words = [title, tr(part.entity.singular), part.title, on.short() if on else ""]
                yield Citable(part.entity.__name__, part.id, " · ".join(dict.fromkeys(w for w in words if w)))
    for answer in case.children("answers"):
        words = [tr(answer.entity.singular), answer.text("body"), answer.title]
        yield Citable(answer.entity.__name__, answer.id, " · ".join(dict.fromkeys(w for w in words if w)))
    yield Citable(Case.__name__, case.id, case.title, "case")


def _when(part: DisclosedRecord) -> KnownDate | None:
    on: KnownDate | None = part.value("decided" if "decided" in values_of(part.entity) else "on")
    return on


def cited_on_page(
    store: Store, entity: type[Entity], record_id: str
) -> dict[Place, tuple[Support, list[Cited]]]:
    """Return what is cited on the page of a record, by field."""
    with store.reader() as reader:
        if entity is Case:
            found = citations.citations_from(reader, record_id)
        else:
            found = citations.citations_of(reader, [record_id])
        support = citations.support(reader, {c.place[1] for c in found}) if found else {}
        by_place: dict[Place, tuple[Support, list[Cited]]] = {}
        for cited in found:
            by_place.setdefault(cited.place, (support[cited.place], []))[1].append(cited)
        return by_place


def value_of(store: Store, place: Place) -> str:
    """Return what stands on record in a field, as text."""
    entity = BY_NAME.get(place[0])
    with store.reader() as reader:
        record = reader.get(entity, place[1]) if entity else None
        return record.text(place[2]) if record and citations.field_of(place) else ""


def cases_of(store: Store, entity: type[Entity], record_id: str) -> list[str]:
    """Return the cases whose sources are at hand on a record's page: its own, or those it is linked to."""
    if entity is Case:
        return [record_id]
    if issubclass(entity, Event):
        query = sa.select(CaseEvent.case_id).where(CaseEvent.event_id == record_id)
    elif entity is Person:
        query = sa.select(Case.id).where(Case.person_id == record_id)
    elif issubclass(entity, Attached) or "case_id" not in values_of(entity):
        return []
    else:
        query = sa.select(entity.case_id).where(entity.id == record_id)  # type: ignore[attr-defined]
    with store.reading() as session:
        return list(session.scalars(query))


def sources_at_hand(store: Store, case_ids: list[str]) -> list[tuple[str, str]]:
    """Return the sources of these cases, or all where there is no case: id and title, with the grade."""
    with store.reader() as reader:
        query = sa.select(Source.id).order_by(sa.inspect(Source).columns["told_latest"].desc(), Source.label)
        if case_ids:
            query = query.where(Source.case_id.in_(case_ids))
        return [(s.id, _named(s)) for s in reader.many(Source, reader.ids(query.limit(200)))]


def _named(source: DisclosedRecord) -> str:
    words = (citations.called(source), source.text("kind"), citations.grade(source))
    return " · ".join(word for word in words if word)
