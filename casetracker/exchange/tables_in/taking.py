"""From a file to cases: looked at, tried out without writing, then taken in as one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from casetracker.errors import UserError
from casetracker.exchange.tables_in.guess import LOOKED_AT, best_sheet, completed, guess, heading_row
from casetracker.exchange.tables_in.opened import Opened, Sheet, opened
from casetracker.exchange.tables_in.profile import Profile
from casetracker.exchange.tables_in.rows import Problem, RowReader, Taken
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress, Silent
from casetracker.model.matching import Pair
from casetracker.store import importing
from casetracker.store.importing import MOST_TOLD, Bundle
from casetracker.store.known_people import EarlierRows, KnownPeople
from casetracker.store.store import Store

SHOWN = 50  # rows of the preview
_TOGETHER = 500  # rows that are looked up together


@dataclass(frozen=True)
class Look:
    """A list as it was understood: change `profile`, `sheet` or `heads_at` with `looked_at` again."""

    path: Path
    file: Opened
    sheet: Sheet
    heads_at: int  # counted from 0
    heads: tuple[str, ...]
    profile: Profile
    rows: tuple[Taken, ...]  # the first ones
    missing: tuple[str, ...] = ()  # headings of the profile that the list does not have


@dataclass(frozen=True)
class Double:
    """A row whose person may be there already: in the casebook, or in an earlier row of the list."""

    row: int
    name: str
    person_id: str = ""
    earlier_row: int = 0
    reasons: tuple[str, ...] = ()


@dataclass
class Counted:
    """What a list comes to. The lists are as long as anybody reads; the numbers count everything."""

    rows: int = 0
    doubtful_rows: int = 0
    problems: int = 0
    doubles: int = 0
    told: list[Problem] = field(default_factory=list)
    told_doubles: list[Double] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    times_refused: int = 0
    cases: int = 0


def look(
    path: Path,
    profile: Profile | None = None,
    *,
    sheet: str = "",
    heads_at: int | None = None,
    encoding: str = "",
    separator: str = "",
) -> Look:
    """Open a list and map its columns: by a profile, else by what its headings say.

    Raises `UserError` where the file is no table, has no rows, or has none of the columns of the profile.
    """
    code = encoding or (profile.encoding if profile else "")
    found = opened(path, encoding=code, separator=separator or (profile.separator if profile else ""))
    if not found.sheets:
        raise UserError(tr(N_("“{name}” holds no sheet; save it again in its program."), name=path.name))
    wanted = sheet or (profile.sheet if profile else "")
    chosen = next((s for s in found.sheets if s.name == wanted), None) or best_sheet(found)
    first = list(islice(chosen.rows(), LOOKED_AT))
    if not any(cell.strip() for row in first for cell in row):
        raise UserError(
            tr(N_("The sheet “{sheet}” of “{name}” is empty."), sheet=chosen.name, name=path.name)
        )
    at = heading_row(first) if heads_at is None else heads_at
    heads = tuple(first[at]) if at < len(first) else ()
    mapped = completed(profile, heads) if profile else guess(heads)
    reader = RowReader(mapped, heads, path.name)
    missing = reader.missing()
    if profile and len(missing) == sum(len(c.heads) for c in profile.columns):
        sentence = N_(
            "“{name}” has none of the columns of the profile “{profile}”; its headings are: {heads}."
        )
        told = ", ".join(head for head in heads if head)[:300]
        raise UserError(tr(sentence, name=path.name, profile=profile.name, heads=told))
    rows = tuple(islice(_taken(chosen, at, reader), SHOWN))
    return Look(path, found, chosen, at, heads, mapped, rows, tuple(missing))


def with_profile(seen: Look, profile: Profile) -> Look:
    """Return the same list read by another mapping."""
    reader = RowReader(profile, seen.heads, seen.path.name)
    rows = tuple(islice(_taken(seen.sheet, seen.heads_at, reader), SHOWN))
    return replace(seen, profile=profile, rows=rows, missing=tuple(reader.missing()))


def try_out(store: Store, seen: Look, progress: Progress = Silent()) -> Counted:  # noqa: B008
    """Count what the list comes to, with every doubtful cell and likely double; nothing is written."""
    counted = Counted()
    for taken in _counted(store, seen, counted, progress):
        progress.step(counted.rows, 0, tr(N_("row {n}"), n=taken.row))
    _require_rows(seen, counted)
    return counted


def take_in(
    store: Store,
    seen: Look,
    progress: Progress = Silent(),  # noqa: B008
    *,
    same: Mapping[int, str] | None = None,
    left_out: frozenset[int] = frozenset(),
) -> Counted:
    """Write the list as one action, which undo takes back whole.

    `same` says of a row whose person is there already; the rows of `left_out` are passed over. Raises
    `Cancelled`, and then nothing is written.
    """
    counted = Counted()
    decided = same or {}
    total = sum(1 for row in seen.sheet.rows() if any(row)) - seen.heads_at - 1

    def bundles() -> Iterator[Bundle]:
        for taken in _counted(store, seen, counted, progress, left_out):
            yield _bundle(taken, decided.get(taken.row, ""))

    label = tr(N_("Import of “{name}”"), name=seen.path.name)
    done = importing.take_in(store, label, bundles(), progress, total)
    _require_rows(seen, counted)
    counted.cases, counted.refused, counted.times_refused = done.cases, done.refused, done.times_refused
    for row, head, value in done.moved:
        sentence = N_("The record refuses this beside its other values; it stands in the note.")
        _tell(counted, Problem(row, head, value, tr(sentence)))
    counted.problems += done.times_moved - len(done.moved)
    return counted


def _require_rows(seen: Look, counted: Counted) -> None:
    if not counted.rows:
        raise UserError(tr(N_("“{name}” holds no row below its headings."), name=seen.path.name))


def _all(seen: Look) -> Iterator[Taken]:
    reader = RowReader(seen.profile, seen.heads, seen.path.name)
    return _taken(seen.sheet, seen.heads_at, reader)


def _taken(sheet: Sheet, heads_at: int, reader: RowReader) -> Iterator[Taken]:
    for number, row in enumerate(sheet.rows(), 1):
        if number > heads_at + 1 and (taken := reader.read(row, number)) is not None:
            yield taken


def _counted(
    store: Store, seen: Look, counted: Counted, progress: Progress, left_out: frozenset[int] = frozenset()
) -> Iterator[Taken]:
    """Yield the rows with what is doubtful about them, and count it."""
    people, earlier = KnownPeople(store, progress), EarlierRows()
    rows = (taken for taken in _all(seen) if taken.row not in left_out)
    while together := list(islice(rows, _TOGETHER)):
        near = people.near([taken.person for taken in together])
        for taken, alike in zip(together, near, strict=True):
            _count(counted, taken, _double(taken, alike, earlier))
            yield taken


def _count(counted: Counted, taken: Taken, double: Double | None) -> None:
    counted.rows += 1
    if double:
        counted.doubles += 1
        if len(counted.told_doubles) < MOST_TOLD:
            counted.told_doubles.append(double)
        taken.doubles.append(double)
    if taken.problems or double:
        counted.doubtful_rows += 1
    for problem in taken.problems:
        _tell(counted, problem)


def _tell(counted: Counted, problem: Problem) -> None:
    counted.problems += 1
    if len(counted.told) < MOST_TOLD:
        counted.told.append(problem)


def _double(taken: Taken, near: Sequence[Pair], rows: EarlierRows) -> Double | None:
    earlier = rows.same(taken.person, taken.row)
    if near:
        other = near[0].second if near[0].first == "new" else near[0].first
        return Double(taken.row, taken.name, other, reasons=tuple(near[0].reasons))
    return Double(taken.row, taken.name, earlier_row=earlier) if earlier else None


def _bundle(taken: Taken, same_as: str) -> Bundle:
    lines = []
    if taken.note or taken.problems or taken.doubles:
        lines.append(tr(N_("From “{list}”, row {n}:"), list=taken.list_name, n=taken.row))
    lines += [f"{head}: {value}" if head else value for head, value in taken.note]
    lines += [f"{p.head}: {p.what}" if p.head else p.what for p in taken.problems]
    if not same_as:
        lines += [_told(double) for double in taken.doubles]
    doubtful = bool(taken.problems or taken.doubles)
    return Bundle(
        taken.row,
        taken.person,
        taken.case,
        taken.family,
        taken.petitioner,
        taken.kinship,
        "\n".join(lines),
        doubtful,
        same_as,
    )


def _told(double: Double) -> str:
    if double.earlier_row:
        return tr(N_("May be the same person as in row {n} of the list."), n=double.earlier_row)
    return tr(N_("May be somebody who is in the casebook already; see the page of duplicates."))


def summary(counted: Counted, *, written: bool) -> list[str]:
    """Say what came of it, a sentence a thing."""
    if written:
        said = [ntr("{n} case was taken in.", "{n} cases were taken in.", counted.cases)]
    else:
        said = [ntr("{n} row would be taken in.", "{n} rows would be taken in.", counted.rows)]
    if n := counted.problems:
        said.append(
            ntr("{n} cell is doubtful; its text is kept.", "{n} cells are doubtful; their texts are kept.", n)
        )
    if n := counted.doubles:
        said.append(
            ntr(
                "{n} row may be somebody who is there already.",
                "{n} rows may be people who are there already.",
                n,
            )
        )
    if n := counted.times_refused:
        said.append(ntr("{n} row could not be taken in.", "{n} rows could not be taken in.", n))
    return said
