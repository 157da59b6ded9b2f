"""One row of a list becomes the drafts of a case; what is doubtful or fits nowhere is kept and said.

Nothing of a row is lost: a value that its field cannot hold stands in the note of the case under the heading
of its column, and so does what was read in another way than it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from casetracker.exchange.tables_in import values, written_dates
from casetracker.exchange.tables_in.profile import Column, Profile
from casetracker.exchange.tables_in.targets import LEFT_OUT, NOTE, Row, Target, target
from casetracker.i18n import N_, tr
from casetracker.model import Case, Family, Person
from casetracker.model.detention.case import Stage
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.fields import Choice, Term, When, YesNo
from casetracker.model.people.person import ContactKind, NameKind
from casetracker.model.sources.source import SourceKind
from casetracker.store.draft import Draft

LONGEST = 300  # letters of a line


@dataclass(frozen=True)
class Problem:
    """Something about one cell that a person should look at; `row` counts from 1 with the heading row."""

    row: int
    head: str
    value: str
    what: str


@dataclass
class Taken:
    """The drafts of one row, what was doubtful, and what stands in the note."""

    row: int
    person: Draft
    case: Draft
    family: Draft | None = None
    petitioner: Draft | None = None
    kinship: Any = None
    problems: list[Problem] = field(default_factory=list)
    note: list[tuple[str, str]] = field(default_factory=list)
    list_name: str = ""
    doubles: list[Any] = field(default_factory=list)  # see `taking`

    @property
    def name(self) -> str:
        """The first spelling of the name, for lists and messages."""
        names = self.person.children.get("names") or []
        return str(names[0].values.get("full", "")) if names else ""

    def keep(self, head: str, value: str) -> None:
        """Keep a value in the note under the heading of its column."""
        if value and (head, value) not in self.note:
            self.note.append((head, value))

    def doubt(self, head: str, value: str, what: str) -> None:
        """Say that a person should look at a cell; its text stays in the note."""
        self.problems.append(Problem(self.row, head, value, what))
        self.keep(head, value)


class RowReader:
    """Reads the rows of one list by one profile."""

    def __init__(self, profile: Profile, heads: Sequence[str], list_name: str) -> None:
        self._profile, self._heads, self._list = profile, list(heads), list_name
        places = {_plain(head): at for at, head in reversed(list(enumerate(heads)))}
        self._columns: list[tuple[Column, list[int], Target | None]] = []
        for column in profile.columns:
            at = [places[_plain(head)] for head in column.heads if _plain(head) in places]
            if at and column.to != LEFT_OUT:
                self._columns.append((column, at, target(column.to)))

    def missing(self) -> list[str]:
        """Return the headings of the profile that the list does not have."""
        there = {_plain(head) for head in self._heads}
        return [head for c in self._profile.columns for head in c.heads if _plain(head) not in there]

    def read(self, row: Sequence[str], number: int) -> Taken | None:
        """Return the drafts of a row; None of an empty one."""
        if not any(cell.strip() for cell in row):
            return None
        taken = Taken(number, Draft(Person), Draft(Case, values={"stage": Stage.INTAKE}))
        taken.list_name = self._list
        taken.person.children |= {"names": []}
        for column, places, found in self._columns:
            cells = [row[at].strip() for at in places if at < len(row) and row[at].strip()]
            for value in _parted(column.join.join(cells), column.split):
                self._put(taken, column, found, value)
        for at in range(len(self._heads), len(row)):
            taken.doubt(
                "", row[at].strip(), tr(N_("The row has more cells than there are headings."))
            ) if row[at].strip() else None
        self._finish(taken)
        return taken

    def _put(self, taken: Taken, column: Column, found: Target | None, value: str) -> None:
        head = column.heads[0]
        if value in column.values:
            value, said = column.values[value], value
            if not value:
                taken.keep(head, said)
                return
        if found is None or column.to == NOTE:
            taken.keep(head, value)
        elif found.row is None:
            self._into_field(taken, head, found, column.before + value)
        else:
            _ROWS[found.row](self, taken, head, found, column.before + value)

    def _into_field(self, taken: Taken, head: str, found: Target, text: str) -> None:
        draft = _part(taken, found.part_key)
        value = self.value(taken, head, found, text)
        if value is None:
            return
        before = draft.values.get(found.name)
        if before is None:
            draft.values[found.name] = value
        elif before != value:
            taken.doubt(
                head, text, tr(N_("Another column says something else here; the first one was taken."))
            )

    def value(self, taken: Taken, head: str, found: Target, text: str) -> Any:
        """Read a value; what cannot be read is kept in the note, and None returned."""
        kind = found.kind
        if isinstance(kind, When):
            return self.date(taken, head, text)
        if isinstance(kind, Choice | Term):
            value = values.term(kind, text)
            if value is None:
                taken.doubt(
                    head, text, tr(N_("This is not a term of the list for “{field}”."), field=found.label)
                )
            return value
        try:
            value = (
                values.yes_no(text)
                if isinstance(kind, YesNo)
                else kind.parse(values.without_unit(kind, text))
            )
            problem = kind.check(value) if value is not None else ""
        except ValueError as error:
            value, problem = None, str(error)
        if problem:
            taken.doubt(head, text, problem)
            return str(value)[:LONGEST] if isinstance(value, str) else None
        return value

    def date(self, taken: Taken, head: str, text: str) -> Any:
        """Read a date; one that is not understood is kept in its words and flagged."""
        known, understood = written_dates.read(text, self._profile.order)
        if not understood:
            taken.doubt(
                head, text, tr(N_("This is no date that exists or can be read; it was kept as words."))
            )
        return known

    # The end of a row

    def _finish(self, taken: Taken) -> None:
        if not taken.person.children["names"]:
            taken.person.add("names", full=tr(N_("Name not known")), primary=True, position=0)
            taken.doubt("", "", tr(N_("There is no name in this row.")))
        self._date_the_events(taken)
        self._name_the_source(taken)
        if taken.petitioner is not None:
            _family(taken)

    def _date_the_events(self, taken: Taken) -> None:
        """Give an event without a date that of the arrest: a status alone says nothing of when."""
        for episode in taken.case.children.get("episodes", []):
            for event in episode.children.get("custody", []):
                if event.values["kind"] in {
                    CustodyKind.TAKEN,
                    CustodyKind.DETENTION_CENTRE,
                    CustodyKind.CAMP,
                }:
                    event.values.setdefault("on", episode.values.get("arrested"))
            arrested = episode.values.get("arrested")
            if arrested and not episode.children.get("custody"):
                episode.add("custody", kind=CustodyKind.TAKEN, on=arrested)

    def _name_the_source(self, taken: Taken) -> None:
        where = tr(N_("{list}, row {n}"), list=self._profile.source or self._list, n=taken.row)
        sources = taken.case.children.setdefault("sources", [])
        if not sources:
            taken.case.add("sources", kind=SourceKind.DOCUMENT)
        source = taken.case.children["sources"][0]
        source.values.setdefault("label", where[:LONGEST])
        if source.values["label"] != where:
            taken.keep(tr(N_("Source")), where)


# The rows that are made for a value


def _name(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    names = taken.person.children["names"]
    if any(name.values["full"] == text[:LONGEST] for name in names):
        return
    if len(text) > LONGEST:
        taken.doubt(head, text, tr(N_("This is longer than a name can be; it was cut.")))
    values: dict[str, Any] = {"full": text[:LONGEST], "primary": not names or None, "position": len(names)}
    taken.person.add("names", **values, kind=NameKind[found.more] if found.more else None)


def _petitioners_name(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    person = _petitioner(taken)
    if person.children["names"]:
        taken.keep(head, text)
    else:
        person.add("names", full=text[:LONGEST], primary=True, position=0)


def _contact(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    _petitioner(taken).add("contacts", kind=ContactKind[found.more], value=text[:LONGEST])


def _kinship(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    taken.kinship = reader.value(taken, head, found, text)


def _custody(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    _episode(taken).add("custody", kind=CustodyKind[found.more], on=reader.date(taken, head, text))


def _custody_kind(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    kind = reader.value(taken, head, found, text)
    if kind is not None:
        _episode(taken).add("custody", kind=kind)


def _reason(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    reason = reader.value(taken, head, found, text)
    if reason is not None:
        _episode(taken).add("reasons", reason=reason)


def _case_number(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    taken.case.add("numbers", scheme=found.more, number=text[:LONGEST])


def _address(reader: RowReader, taken: Taken, head: str, found: Target, text: str) -> None:
    if len(text) > LONGEST:
        taken.keep(head, text)
    taken.person.add("addresses", text=text[:LONGEST])


_ROWS: dict[Row, Callable[[RowReader, Taken, str, Target, str], None]] = {
    Row.NAMES: _name,
    Row.PETITIONER: _petitioners_name,
    Row.CONTACT: _contact,
    Row.KINSHIP: _kinship,
    Row.CUSTODY: _custody,
    Row.KIND: _custody_kind,
    Row.REASON: _reason,
    Row.CASE_NUMBER: _case_number,
    Row.ADDRESS: _address,
}


def _parted(text: str, split: str) -> list[str]:
    parts = text.split(split) if split else [text]
    return [part.strip() for part in parts if part.strip()]


def _plain(head: str) -> str:
    return " ".join(head.split()).casefold()


def _child(draft: Draft, name: str) -> Draft:
    held = draft.children.get(name) or []
    return held[0] if held else draft.add(name)


def _episode(taken: Taken) -> Draft:
    return _child(taken.case, "episodes")


def _part(taken: Taken, key: str) -> Draft:
    if key == "person":
        return taken.person
    if key == "case":
        return taken.case
    if key == "source":
        return _child(taken.case, "sources")
    if key == "family":
        taken.family = taken.family or Draft(Family, children={"members": []})
        return taken.family
    episode = _episode(taken)
    return _child(episode, "judgments") if key == "judgment" else episode


def _petitioner(taken: Taken) -> Draft:
    taken.petitioner = taken.petitioner or Draft(Person, children={"names": []})
    return taken.petitioner


def _family(taken: Taken) -> None:
    """See that a petitioner has a name and a family; a telephone number alone is no person."""
    assert taken.petitioner is not None  # noqa: S101 - asked by the caller
    if not taken.petitioner.children["names"]:
        taken.petitioner.add("names", full=tr(N_("Name not known")), primary=True, position=0)
    family = _part(taken, "family")
    name = taken.petitioner.children["names"][0].values["full"]
    family.values.setdefault("name", tr(N_("Family of {name}"), name=name)[:LONGEST])
