"""Which records go into an export: what one audience may know of, and nothing that only others could reach.

Inside the office that is every record. Outside it is what can be reached from the cases that are given: the
relative and the family, the detention, the events that bear on it, the promises and appeals about it. A part
that speaks of another case, one that is not given, is left out with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casetracker.errors import UserError
from casetracker.i18n import N_, in_window
from casetracker.jobs import Progress
from casetracker.model import ENTITIES, Appeal, Case, Event, Promise
from casetracker.model.confidentiality import WITHHELD, Audience
from casetracker.model.entity import Entity, children_of, values_of
from casetracker.model.fields import Ref
from casetracker.store import exporting, questions
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Gathered:
    """The records of an export by kind, in the order of the model, each as its audience may see it."""

    audience: Audience
    records: dict[type[Entity], list[DisclosedRecord]]
    left_out: tuple[tuple[str, str], ...] = ()  # reference of a case, and why it is left out
    ids: frozenset[str] = field(default=frozenset(), repr=False)

    def of(self, entity: type[Entity]) -> list[DisclosedRecord]:
        """Return the records of one kind."""
        return self.records.get(entity, [])

    def count(self) -> int:
        """Return how many records there are."""
        return sum(map(len, self.records.values()))


def gather(reader: Reader, case_ids: Sequence[str], progress: Progress) -> Gathered:
    """Collect what an export holds: all that the audience may know, or of these cases only.

    Raises `UserError` where nothing may be given, with the reasons.
    """
    wanted = list(case_ids) or questions.cases_of(reader)
    refs = questions.refs_of(reader, wanted)
    left_out = tuple(
        (ref, why) for i, ref in exporting.case_refs(reader, wanted).items() if (why := reader.refusal(i))
    )
    if reader.audience is Audience.INTERNAL and not case_ids:
        found = _everything(reader, progress)
    else:
        if not refs:
            reasons = " ".join(dict.fromkeys(why for _, why in left_out))
            raise UserError(
                in_window(N_("Nothing was written, because every case is left out: {why}"), why=reasons)
                if reasons
                else in_window(N_("Nothing was written, because there is no case in this casebook."))
            )
        found = _Walk(reader, frozenset(refs), progress).run()
    by_kind: dict[type[Entity], list[DisclosedRecord]] = {entity: [] for entity in ENTITIES}
    for record in found:
        by_kind[record.entity].append(record)
    kept = {entity: records for entity, records in by_kind.items() if records}
    return Gathered(reader.audience, kept, left_out, frozenset(r.id for r in found))


def _everything(reader: Reader, progress: Progress) -> list[DisclosedRecord]:
    found: dict[str, DisclosedRecord] = {}
    for done, entity in enumerate(ENTITIES):
        progress.step(done, len(ENTITIES), in_window(entity.plural))
        for record in reader.all(entity):
            found.setdefault(record.id, record)
    return list(found.values())


class _Walk:
    """Everything that can be reached from some cases, each record once."""

    def __init__(self, reader: Reader, cases: frozenset[str], progress: Progress) -> None:
        self._reader, self._cases, self._progress = reader, cases, progress
        self._found: dict[str, DisclosedRecord] = {}

    def run(self) -> list[DisclosedRecord]:
        """Return what was found; records without a single word for their readers are left out."""
        cases = self._reader.many(Case, sorted(self._cases))
        for done, case in enumerate(cases):
            self._progress.step(done, len(cases), case.text("ref"))
            self._take([case])
        self._take(self._reader.many(Promise, exporting.promises_about(self._reader, self._cases)))
        self._take(self._reader.many(Appeal, exporting.appeals_about(self._reader, self._cases)))
        return [r for r in self._found.values() if _says_something(r)]

    def _take(self, records: Iterable[DisclosedRecord]) -> None:
        waiting = list(records)
        while waiting:
            record = waiting.pop()
            if record.id in self._found or not self._may(record):
                continue
            self._found[record.id] = record
            waiting += self._next(record)

    def _may(self, record: DisclosedRecord) -> bool:
        if issubclass(record.entity, Case) and record.id not in self._cases:
            return False
        if issubclass(record.entity, Event):  # what is planned is nobody's business outside the office
            return questions.may_be_told(record.value("on"), self._reader)
        return all(key in self._cases for key in _cases_of(record))

    def _next(self, record: DisclosedRecord) -> Iterator[DisclosedRecord]:
        for name in children_of(record.entity):
            yield from record.children(name)
        for name, described in values_of(record.entity).items():
            if isinstance(described.kind, Ref) and (target := record.ref(name)) is not None:
                yield target


def _cases_of(record: DisclosedRecord) -> Iterator[str]:
    """Yield the ids of the cases that a record points at; a case itself may point at a duplicate."""
    if record.entity is Case:
        return
    for name, described in values_of(record.entity).items():
        if isinstance(described.kind, Ref) and described.kind.target == "Case" and record.value(name):
            yield record.value(name)


def _says_something(record: DisclosedRecord) -> bool:
    """Whether anything but references to other records is given."""
    own = [n for n, f in values_of(record.entity).items() if not isinstance(f.kind, Ref)]
    return any(record.text(n) not in {"", WITHHELD} for n in own) or not own or _links(record)


def _links(record: DisclosedRecord) -> bool:
    """Whether a record is nothing but a link, all of whose ends are given."""
    ends = [n for n, f in values_of(record.entity).items() if isinstance(f.kind, Ref) and f.required]
    return len(ends) > 1 and all(record.ref(n) is not None for n in ends)
