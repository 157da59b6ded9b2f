"""Tables for spreadsheets: one of cases as people read them, and one of each other kind of record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casetracker.exchange.gather import Gathered
from casetracker.i18n import N_, current, tr
from casetracker.model import Case
from casetracker.model.confidentiality import AUDIENCE_LABELS, WITHHELD
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Number, Ref, When
from casetracker.model.names.writing import Script, script_of
from casetracker.store import kin, questions, situations
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.situations import Situation

Cell = str | int | dt.date | None
_SCRIPTS = {"en": Script.LATN, "ru": Script.CYRL, "kk": Script.CYRL}


@dataclass(frozen=True)
class Table:
    """A table with its heads; `name` is that of its file or sheet, the same in every language."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(gathered: Gathered, reader: Reader) -> list[Table]:
    """Return the table of cases, then one of each kind of record that has more to tell."""
    found = [cases(gathered, reader)]
    found += [_of(entity, records) for entity, records in gathered.records.items() if entity is not Case]
    return [table for table in found if table.rows]


def cases(gathered: Gathered, reader: Reader) -> Table:
    """Return the cases, a line each, with what is asked of a list of cases."""
    rows = tuple(tuple(column(told) for _, column in _COLUMNS) for told in told_of(gathered, reader))
    return Table("cases", tr(N_("Cases")), tuple(tr(head) for head, _ in _COLUMNS), rows)


def told_of(gathered: Gathered, reader: Reader) -> Iterator[Told]:
    """Yield what the columns of a table of cases are taken from, case by case in the order of references."""
    for case in sorted(gathered.of(Case), key=lambda c: c.text("ref")):
        yield Told(case, situations.situation(case, reader), reader)


@dataclass(frozen=True)
class Told:
    """One case with how it stands, as its readers may know it."""

    case: DisclosedRecord
    now: Situation
    reader: Reader

    @property
    def person(self) -> DisclosedRecord | None:
        """The detained relative, if the readers may know who that is."""
        return self.case.ref("person_id")

    @property
    def spellings(self) -> list[str]:
        """The name in the readers' script first, then all other spellings."""
        names = self.reader.names(self.case.value("person_id")) if self.case.value("person_id") else []
        wanted = _SCRIPTS.get(current())
        first = next((n for n in names if script_of(n) is wanted), None)
        return names if first is None else [first, *(n for n in names if n != first)]

    def text(self, record: DisclosedRecord | None, name: str) -> str:
        """Return a field as a text; empty where nothing is known or nothing may be said."""
        text = record.text(name) if record else ""
        return "" if text == WITHHELD else text

    def date(self, record: DisclosedRecord | None, name: str) -> Cell:
        """Return a date: as a day where it is one, so that spreadsheets can count with it, else in words."""
        value = record.value(name) if record else None
        return _day(value) or self.text(record, name) or None


def _day(value: Any) -> dt.date | None:
    if isinstance(value, KnownDate):
        exact = value.earliest == value.latest and not (value.approximate or value.uncertain)
        return value.earliest if exact else None
    return value if isinstance(value, dt.date) else None


def _known(value: KnownDate | None) -> Cell:
    return _day(value) or (value.text() if value else None)


def _petitioner(told: Told) -> str:
    family = told.case.ref("family_id")
    person_id = family.value("petitioner_id") if family else None
    if not family or not person_id:
        return ""
    member = kin.member_of(family, person_id)
    term = kin.kin_of(member, told.person).term if member and told.person else ""
    name = told.reader.name(person_id)
    return ", ".join(part for part in (term, "" if name == WITHHELD else name) if part)


def _owed(told: Told) -> int:
    owed = questions.promises(told.reader, case_id=told.case.id)
    return sum(line.open for line in owed)


_COLUMNS: tuple[tuple[str, Callable[[Told], Cell]], ...] = (
    (N_("Reference"), lambda t: t.text(t.case, "ref")),
    (N_("Name"), lambda t: next(iter(t.spellings), "")),
    (N_("Other spellings"), lambda t: "; ".join(t.spellings[1:])),
    (N_("Sex"), lambda t: t.text(t.person, "sex")),
    (N_("Born"), lambda t: t.date(t.person, "birth")),
    (N_("People (ethnicity)"), lambda t: t.text(t.person, "ethnicity")),
    (N_("Citizenships"), lambda t: t.text(t.person, "citizenships")),
    (N_("Status"), lambda t: t.now.status_text),
    (N_("Since"), lambda t: _known(t.now.since)),
    (N_("County or city"), lambda t: t.text(t.now.episode, "county")),
    (N_("Held at"), lambda t: t.text(t.now.episode, "held_at")),
    (N_("Sentence"), lambda t: t.now.sentence),
    (N_("Official reason"), lambda t: t.text(t.now.episode, "official_reason")),
    (N_("Days held, at least"), lambda t: t.now.days_held[0]),
    (N_("Days held, at most"), lambda t: t.now.days_held[1]),
    (N_("Last news"), lambda t: _known(t.now.last_news)),
    (N_("Petitioner"), _petitioner),
    (N_("What the family asks"), lambda t: t.text(t.case, "request")),
    (N_("What happened"), lambda t: t.text(t.case, "account")),
    (N_("Promises that are open"), _owed),
)


def _given(record: DisclosedRecord, name: str) -> str:
    text = record.text(name)
    return "" if text == WITHHELD else text


def _of(entity: type[Entity], records: Sequence[DisclosedRecord]) -> Table:
    """Return all records of a kind with those fields that at least one of them has something in."""
    names = [n for n in values_of(entity) if any(_given(r, n) for r in records)]
    heads = tuple(tr(values_of(entity)[n].label) for n in names)
    rows = tuple(tuple(_cell(r, n) for n in names) for r in records) if names else ()
    return Table(entity.__tablename__, tr(entity.plural), heads, rows)


def _cell(record: DisclosedRecord, name: str) -> Cell:
    kind = values_of(record.entity)[name].kind
    if isinstance(kind, Number) and record.value(name) is not None:
        number: int = record.value(name)
        return number
    if isinstance(kind, When) or isinstance(record.value(name), dt.date):
        return _day(record.value(name)) or _given(record, name) or None
    if isinstance(kind, Ref):
        target = record.ref(name)
        return target.title if target and target.title != WITHHELD else None
    return _given(record, name) or None


def about(reader: Reader, mark: str) -> Table:
    """Return the sheet that says what a workbook is: for whom, as of which day, under which number."""
    day = KnownDate.on(reader.as_of).text()
    rows = [
        (tr(N_("For")), tr(AUDIENCE_LABELS[reader.audience])),
        (tr(N_("As of")), day),
        *([(tr(N_("Number in the register")), mark)] if mark else []),
        (tr(N_("How to read it")), tr(N_("An empty cell means: not known, or held back for these readers."))),
    ]
    return Table("about", tr(N_("About this file")), (tr(N_("What")), ""), tuple(rows))
