"""The records as one audience may see them. Pages, reports and exports are given this, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from casetracker.i18n import N_, current, ntr, tr
from casetracker.model import BY_NAME, Case, Person, Portrait
from casetracker.model.confidentiality import (
    NOTHING,
    WITHHELD,
    Audience,
    Confidentiality,
    Sensitivity,
    Subject,
    Use,
    disclosed,
    may_be_named_at_all,
    may_know_of,
)
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, children_of, values_of
from casetracker.model.fields import Day, Field, LongText, Picture, Ref, Text, When
from casetracker.store import holding, pseudonyms
from casetracker.store.consents import ConsentBook

# How long a withheld text must be before a finished paper is searched for it. A source may be called "wife",
# which is printed of the petitioner too; who that source is stands under names.
_TELLING = {
    Sensitivity.NAME: 4,
    Sensitivity.CONTACT: 4,
    Sensitivity.IDENTITY: 5,
    Sensitivity.PERPETRATOR: 4,
    Sensitivity.TESTIFIER: 20,
}


class DisclosedRecord:
    """A record with what the audience may not see already taken out."""

    def __init__(self, reader: Reader, record: Entity, subject: Subject) -> None:
        self.entity = type(record)
        self.id = record.id
        self.version = record.version
        self.minor = subject.minor
        self._reader = reader
        self._record = record
        self._values: dict[str, Any] = {}
        self._texts: dict[str, str] = {}
        held_back = reader.held_back(record.id)
        for name, field in values_of(self.entity).items():
            value = getattr(record, name)
            text = field.kind.format(value)
            given = reader.disclosed(field.sensitivity, text, subject) if name not in held_back else None
            reader.note(field, text, given, at_a_wish=name in held_back)
            if isinstance(field.kind, Day | When) and value:
                reader.note_day(field, value, given=given == text)
            if isinstance(field.kind, Picture) and given == text and value:
                reader.pictures.add(value)
            if given is not None:
                self._texts[name] = given
                if given == text:
                    self._values[name] = value

    @property
    def title(self) -> str:
        """How the record is called in lists and references; its alias where that may not be shown."""
        if self.entity is Person:
            return self._reader.name(self.id)
        if self._texts.keys() >= set(self.entity.named_by):
            words = [self._in_language(n) for n in self.entity.named_by]
            if named := " ".join(w for w in words if w and w != WITHHELD):
                return named
        return self._record.alias if self._reader.audience is Audience.INTERNAL else WITHHELD

    def _in_language(self, name: str) -> str:
        """Return a name as the language now in use has it, where the record says it in that language too."""
        return self._texts.get(f"{name}_{current()}") or self.text(name)

    def value(self, name: str) -> Any:
        """Return the value of a field, or None where it is not given in full."""
        return self._values.get(name)

    def withheld(self, name: str) -> bool:
        """Whether the audience does not get this field at all."""
        return name not in self._texts

    def text(self, name: str) -> str:
        """Return a field as it is to be printed: empty if nothing is known, a dash if it is withheld."""
        if name not in self._texts:
            return WITHHELD
        if isinstance(values_of(self.entity)[name].kind, Ref):
            if not self._values.get(name):
                return ""
            target = self.ref(name)
            return target.title if target else WITHHELD
        return self._texts[name]

    def label(self, name: str) -> str:
        """Return the name of a field in the language now in use."""
        return tr((values_of(self.entity) | children_of(self.entity))[name].label)

    def ref(self, name: str) -> DisclosedRecord | None:
        """Return the record that a field points at, if the audience may know of it."""
        kind, key = values_of(self.entity)[name].kind, self._values.get(name)
        return self._reader.get(BY_NAME[kind.target], key) if isinstance(kind, Ref) and key else None

    def children(self, name: str, **only: Any) -> list[DisclosedRecord]:
        """Return the records that belong to this one, as far as the audience may know of them.

        With `only`, those whose columns have these values; the others, and what they point at, are not read.
        """
        field = children_of(self.entity)[name]
        if name in self._reader.held_back(self.id):
            return []
        if self._reader.disclosed(field.sensitivity, "", self._reader.subject(self._record)) is None:
            return []
        found = self._reader.belonging(self._record, name)
        if only:
            found = [c for c in found if all(getattr(c, key) == value for key, value in only.items())]
        return self._reader.show(found)


class Reader:
    """One audience's view of the casebook on one day, for the length of one session."""

    def __init__(
        self,
        session: Session,
        audience: Audience,
        as_of: dt.date,
        let_through: frozenset[Sensitivity] = NOTHING,
    ) -> None:
        self._session = session
        self.audience = audience
        self.as_of = as_of
        self._let_through = let_through
        self._held_back: dict[str, frozenset[str]] | None = None  # by record, read when first asked for
        self._beside: dict[Audience, Reader] = {}
        self._key: str | None = None  # of pseudonyms, read when one is asked for
        self._consents = ConsentBook(session, as_of)
        self._names: dict[str, list[str]] = {}
        self._shown: dict[str, DisclosedRecord | None] = {}
        self._known: dict[type[Entity], list[Entity]] = {}  # all that was read, by kind
        self.withheld: set[str] = set()  # what must not be found in what is made of this reader
        self.given: set[str] = set()  # the same words where they may stand for something else
        # What sources said, and what else is given: an answer of the State is often both, word for word.
        self.told_secretly: set[str] = set()
        self.said_openly: set[str] = set()
        self.withheld_days: set[dt.date] = set()  # days of birth of which no more than the year may be told
        self.given_days: set[dt.date] = set()
        self.pictures: set[str] = set()  # those that were given; a paper holds no others
        self.on_sheet: set[str] = set()  # contacts of a submitter: on a sheet apart, and nowhere else
        self._holds: dict[str, bool] = {}
        self.called: dict[str, set[str]] = {}  # what people were called by, whether that is a name or not

    def beside(self, audience: Audience) -> Reader:
        """Return what another audience may see in the same session, for the store's own questions.

        Not for reports: what it says is not looked for in what is made of this reader.
        """
        if audience is self.audience:
            return self
        if audience not in self._beside:
            self._beside[audience] = Reader(self._session, audience, self.as_of)
        return self._beside[audience]

    # What there is

    def get(self, entity: type[Entity], record_id: str) -> DisclosedRecord | None:
        """Return one record, or None if it does not exist for this audience."""
        return next(iter(self.many(entity, [record_id])), None)

    def many(self, entity: type[Entity], ids: Iterable[str]) -> list[DisclosedRecord]:
        """Return these records in this order, read together, without those the audience may not know of."""
        wanted = list(ids)
        missing = [i for i in wanted if i not in self._shown]
        if missing:
            for start in range(0, len(missing), 500):
                query = sa.select(entity).where(entity.id.in_(missing[start : start + 500]))
                self._admit(self._remember(self._session.scalars(query)))
            for gone in missing:
                self._shown.setdefault(gone, None)
        return [r for i in wanted if (r := self._shown[i]) is not None and self._links_hold(r)]

    def all(self, entity: type[Entity]) -> Iterator[DisclosedRecord]:
        """Return every record of an entity that the audience may know of."""
        ids = list(self._session.scalars(sa.select(entity.id)))
        for start in range(0, len(ids), 500):
            yield from self.many(entity, ids[start : start + 500])

    def ids(self, query: sa.Select[str]) -> list[str]:
        """Run a query of the store's own for ids. Not for reports: they cannot write one."""
        return list(self._session.scalars(query))

    def rows(self, query: sa.Select[*tuple[Any, ...]]) -> list[Any]:
        """Run a query of the store's own for keys of links. Not for reports, nor for what anybody reads."""
        return list(self._session.execute(query))

    def refusal(self, case_id: str) -> str:
        """Say in a sentence why a case is left out for this audience; empty if it is not."""
        return self._consents.refusal(case_id, self.audience)

    def own_consents(self, person_id: str) -> frozenset[Use]:
        """Return what somebody agreed to about their own data, by the reader's day."""
        return self._consents.own(person_id)

    def log_code(self) -> str:
        """Return the code of the audit log as it stands, for papers of the office; "" for other readers."""
        from casetracker.store.audit.anchors import anchor_of  # which reads through a store

        return anchor_of(self._session) if self.audience is Audience.INTERNAL else ""

    # Names

    def name(self, person_id: str) -> str:
        """Return a person's main name as far as the audience may know it, else a dash."""
        names = self.names(person_id)
        if not names:
            return WITHHELD
        person = self.get(Person, person_id)
        if person is None or not person.minor or self._named_in_full(person):
            return names[0]
        return self._with_age(names[0], cast("Person", person._record))  # noqa: SLF001 - this reader made it

    def reference(self, person_id: str) -> str:
        """Return what stands for a person in a line that needs one: the name, else a pseudonym.

        The same person has the same pseudonym in all papers for this audience in this year. A child is called
        by initials and age. Somebody whom the audience may not know of at all is a dash.
        """
        person = self.get(Person, person_id)
        if person is None or person.minor or self._named_in_full(person):
            return self.name(person_id)
        if self._key is None:
            self._key = pseudonyms.key_of(self._session)
        code = pseudonyms.pseudonym(self._key, self.audience, self.as_of.year, person_id)
        called = tr(N_("Person {code}"), code=code) if code else WITHHELD
        self.called.setdefault(person_id, set()).add(called)
        return called

    def _named_in_full(self, person: DisclosedRecord) -> bool:
        return any(n.value("full") is not None for n in person.children("names"))

    def _with_age(self, initials: str, person: Person) -> str:
        """Write the initials of a child with the age, as everybody outside the office reads them."""
        age = person.age_on(self.as_of)
        if age is None:
            return initials
        return ntr("{initials} ({n} year)", "{initials} ({n} years)", age, initials=initials)

    def names(self, person_id: str) -> list[str]:
        """Return a person's spellings, the main one first."""
        if person_id not in self._names:
            person = self.get(Person, person_id)
            spelt = [n.text("full") for n in person.children("names")] if person else []
            self._names[person_id] = list(dict.fromkeys(n for n in spelt if n != WITHHELD))
            self.called.setdefault(person_id, set()).update(self._names[person_id])
        return self._names[person_id]

    # The gate

    def disclosed(self, sensitivity: Sensitivity, text: str, subject: Subject) -> str | None:
        """Return what the audience gets of a text of this kind about somebody; None where it is withheld."""
        return disclosed(sensitivity, text, subject, self.audience, self._let_through)

    def held_back(self, record_id: str) -> frozenset[str]:
        """Return the fields of a record that a family asked not to share; "" stands for all of it."""
        if self.audience in holding.WITHIN:
            return holding.NOTHING
        if self._held_back is None:
            self._held_back = holding.by_record(self._session, self.as_of)
        return self._held_back.get(record_id, holding.NOTHING)

    def note(self, field: Field, text: str, given: str | None, *, at_a_wish: bool = False) -> None:
        """Remember who must not be named in what is made of this reader, and who may be.

        What is held `at_a_wish` of the family is looked for like what sources told: unless others say it too.
        """
        if not isinstance(field.kind, Text | LongText):
            return
        if at_a_wish and len(text) >= holding.TELLING:
            self.told_secretly.add(text)
        if field.sensitivity is not Sensitivity.TESTIFIER and given == text:
            self.said_openly.add(text)
        least = _TELLING.get(field.sensitivity, 0)
        if least and len(text) >= least:
            secretly = field.sensitivity is Sensitivity.TESTIFIER and given != text
            (self.told_secretly if secretly else self.withheld if given != text else self.given).add(text)

    def note_day(self, field: Field, value: dt.date | KnownDate, *, given: bool) -> None:
        """Remember days of birth that must not stand in what is made of this reader, and days that may."""
        bounds = (value, value) if isinstance(value, dt.date) else (value.earliest, value.latest)
        exact = bounds[0] if bounds[0] == bounds[1] else None
        if exact and (given or field.sensitivity is Sensitivity.BIRTH):
            (self.given_days if given else self.withheld_days).add(exact)

    def cases_given(self) -> list[str]:
        """Return the ids of the cases that were given to the audience so far."""
        return [r.id for r in self._shown.values() if r is not None and r.entity is Case]

    def show(self, records: Sequence[Entity]) -> list[DisclosedRecord]:
        """Pass records through the gate; what they point at is read together."""
        self._admit(records)
        shown = [r for record in records if (r := self._shown[record.id]) is not None]
        return [r for r in shown if self._links_hold(r)]

    def belonging(self, record: Entity, name: str) -> list[Entity]:
        """Return what belongs to a record, not yet passed through the gate.

        It is read when it is first asked for, and for all records of the kind that were read before: with one
        statement, however many they are.
        """
        if name in sa.inspect(record).unloaded:
            self._read_belonging(record, name)
        found: list[Entity] = getattr(record, name)
        return found

    def together(self, records: Iterable[DisclosedRecord], name: str) -> None:
        """Prepare what belongs to several records, so that asking each for it sends no more statements."""
        sources = [r._record for r in records]  # noqa: SLF001 - this reader made them
        self._admit([child for source in sources for child in self.belonging(source, name)])

    def subject(self, record: Entity) -> Subject:
        """Return whom a record is about, as far as the rules need it."""
        return self._consents.subject(record)

    def subject_of(self, record: DisclosedRecord) -> Subject:
        """Return whom a record that this reader gave is about."""
        return self.subject(record._record)  # noqa: SLF001 - this reader made it

    def _admit(self, records: Sequence[Entity]) -> None:
        new = [r for r in records if r.id not in self._shown]
        self._consents.prepare(new)
        for record in new:
            self._shown[record.id] = self._disclose(record)
        self._fetch_targets(new)

    def _links_hold(self, record: DisclosedRecord) -> bool:
        """Whether all that a record must point at exists for this audience: a part of nothing is none.

        So the detention, the sources and the promises of a case that is left out are left out too.
        """
        if record.id not in self._holds:
            refs = {n: f for n, f in values_of(record.entity).items() if isinstance(f.kind, Ref)}
            needed = [
                n for n, f in refs.items() if f.required or (n in record.entity.stands_on and record.value(n))
            ]
            self._holds[record.id] = all(record.withheld(n) or record.ref(n) is not None for n in needed)
        return self._holds[record.id]

    def _disclose(self, record: Entity) -> DisclosedRecord | None:
        if not may_know_of(Confidentiality(record.confidentiality), self.audience):
            return None
        if isinstance(record, Case) and self.refusal(record.id):
            return None
        if holding.ALL_OF_IT in self.held_back(record.id):
            return None
        if isinstance(record, Portrait) and holding.FACES in self.held_back(record.person_id):
            return None
        subject = self.subject(record)
        if isinstance(record, Person) and not may_be_named_at_all(subject, self.audience):
            return None
        return DisclosedRecord(self, record, subject)

    def _fetch_targets(self, records: Sequence[Entity]) -> None:
        """Read what these records point at with one statement per entity instead of one per record.

        Not what points at its own kind: a protest follows another, which follows another, and so on.
        """
        wanted: dict[str, set[str]] = {}
        for record in records:
            own = {base.__name__ for base in type(record).__mro__}
            for name, field in values_of(type(record)).items():
                kind = field.kind
                key = getattr(record, name) if isinstance(kind, Ref) and kind.target not in own else None
                if key and key not in self._shown:
                    wanted.setdefault(kind.target, set()).add(key)  # type: ignore[attr-defined]
        for target, ids in wanted.items():
            if any(i not in self._shown for i in ids):
                self.many(BY_NAME[target], sorted(ids))

    def _remember(self, records: Iterable[Entity]) -> list[Entity]:
        found = list(records)
        for record in found:
            self._known.setdefault(type(record), []).append(record)
        return found

    def _read_belonging(self, record: Entity, name: str) -> None:
        alike = self._known.get(type(record), [])
        parents = {r.id: r for r in (record, *alike) if name in sa.inspect(r).unloaded}
        relation = sa.inspect(type(record)).relationships[name]
        ((_, key),) = relation.local_remote_pairs or ()
        attribute = relation.mapper.get_property_by_column(key).key
        held: dict[str, list[Entity]] = {i: [] for i in parents}
        ids = list(parents)
        for start in range(0, len(ids), 500):
            query = sa.select(relation.mapper).where(key.in_(ids[start : start + 500]))
            if relation.order_by:
                query = query.order_by(*relation.order_by)
            for child in self._remember(self._session.scalars(query)):
                held[getattr(child, attribute)].append(child)
        for id_, parent in parents.items():
            set_committed_value(parent, name, held[id_])
