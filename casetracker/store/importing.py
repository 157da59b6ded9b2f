"""Taking in a list: many cases as one action, each row whole or not at all, doubles told beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa

from casetracker.errors import Invalid
from casetracker.i18n import tr
from casetracker.jobs import Progress
from casetracker.model import Case, Note
from casetracker.model.entity import fields_of
from casetracker.store.draft import Draft
from casetracker.store.store import Store

MOST_TOLD = 1_000  # things of a sort that are told; all are counted


class Writer(Protocol):
    """What writes drafts in one action: an ordinary edit, or one for many records."""

    def write(self, draft: Draft) -> str:
        """Write a draft and what belongs to it; return the id. Raises `Invalid`."""

    def attempt(self) -> AbstractContextManager[None]:
        """A part of the action that happens whole or not at all."""


_TRIES = 4  # times that something a record refuses is moved to the note before the row is given up


@dataclass
class Bundle:
    """The drafts of one row of a list. `same_as` is the id of a person who is there already, or ""."""

    row: int
    person: Draft
    case: Draft
    family: Draft | None = None
    petitioner: Draft | None = None
    kinship: Any = None
    note: str = ""
    doubtful: bool = False
    same_as: str = ""


@dataclass
class TakenIn:
    """What came of it: how many cases, values that a record refused (row, field, value), and rows left out.

    Of the last two all are counted and the first are kept, for nobody reads more.
    """

    cases: int = 0
    moved: list[tuple[int, str, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    times_moved: int = 0
    times_refused: int = 0

    def move(self, row: int, label: str, value: str) -> None:
        """Note that a value went from its field to the note."""
        self.times_moved += 1
        if len(self.moved) < MOST_TOLD:
            self.moved.append((row, label, value))

    def refuse(self, row: int, why: str) -> None:
        """Note that a row could not be written."""
        self.times_refused += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append((row, why))


def take_in(store: Store, label: str, rows: Iterable[Bundle], progress: Progress, total: int) -> TakenIn:
    """Write the rows as one action that undo takes back whole.

    A value that a record refuses (detention that ends before it began) goes to the note of the case; a row
    that cannot be written at all is left out with its reason. Raises `Cancelled`; then nothing is written.
    """
    done = TakenIn()
    with store.adding(label) as edit:
        for at, bundle in enumerate(rows):
            progress.step(at, total)
            try:
                with edit.attempt():
                    _write(store, edit, bundle, done)
                    done.cases += 1
            except Invalid as error:
                done.refuse(bundle.row, " ".join(error.problems.values()))
    return done


def _write(store: Store, edit: Writer, bundle: Bundle, done: TakenIn) -> None:
    lines = [bundle.note] if bundle.note else []
    person_id = bundle.same_as or _written(edit, bundle.person, bundle.row, lines, done)
    bundle.case.values |= {"person_id": person_id, "opened": store.today()}
    if bundle.petitioner is not None and bundle.family is not None:
        petitioner_id = _written(edit, bundle.petitioner, bundle.row, lines, done)
        bundle.family.values |= {"petitioner_id": petitioner_id, "contact_id": petitioner_id}
        bundle.family.add(
            "members", person_id=petitioner_id, to_person_id=person_id, kinship=bundle.kinship, position=0
        )
    if bundle.family is not None:
        bundle.case.values["family_id"] = _written(edit, bundle.family, bundle.row, lines, done)
    case_id = _written(edit, bundle.case, bundle.row, lines, done)
    if lines:
        note = Draft(Note)
        note.values |= {"about": Case.__name__, "about_id": case_id, "text": "\n".join(lines)}
        note.values |= {"written": store.today(), "by": store.who[:300]}
        note.values["pinned"] = bundle.doubtful or len(lines) > 1 or None
        edit.write(note)


def _written(edit: Writer, draft: Draft, row: int, lines: list[str], done: TakenIn) -> str:
    for _ in range(_TRIES):
        try:
            with edit.attempt():
                return edit.write(draft)
        except Invalid as error:
            moved = [_taken_out(draft, address) for address in error.problems]
            if not any(moved):
                raise
            for label, value in filter(None, moved):
                lines.append(f"{label}: {value}")
                done.move(row, label, value)
    with edit.attempt():
        return edit.write(draft)


def _taken_out(draft: Draft, address: str) -> tuple[str, str] | None:
    """Take the value at an address ("episodes.0.ended") out of a draft; return its label and text."""
    name, _, rest = address.partition(".")
    if rest:
        place, _, inner = rest.partition(".")
        children = draft.children.get(name, [])
        inside = place.isdigit() and int(place) < len(children) and inner
        return _taken_out(children[int(place)], inner) if inside else None
    field_ = fields_of(draft.entity).get(name)
    value = draft.values.get(name)
    if field_ is None or value is None or field_.required:
        return None
    del draft.values[name]
    return tr(field_.label), field_.kind.format(value)


def names_of(store: Store, person_ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the id, the main name and the reference of the case of people, for the page of doubles."""
    with store.reader() as reader:
        for person_id in person_ids:
            query = sa.select(Case.ref).where(Case.person_id == person_id).order_by(Case.ref)
            yield person_id, reader.name(person_id), next(iter(reader.ids(query)), "")
