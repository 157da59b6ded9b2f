"""An export: for one audience, looked through before it gets its name, and written down as given out."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from casetracker import i18n
from casetracker.errors import ReadOnly, UserError
from casetracker.exchange import calendars, ftm, records, sheets, tables, uwazi
from casetracker.exchange.gather import Gathered, gather
from casetracker.exchange.package import locked_zip
from casetracker.exchange.package import writing as packages
from casetracker.exchange.partner import giving
from casetracker.i18n import N_, in_window, tr
from casetracker.jobs import Progress, Silent
from casetracker.leaving import part_file
from casetracker.leaving.formats import FORMATS, registered_name
from casetracker.leaving.sought import InBytes, all_sought, in_text
from casetracker.model import Case, Person
from casetracker.model.confidentiality import NOTHING, Audience, Sensitivity, held_back, told
from casetracker.store import deadlines, exporting, questions, releases
from casetracker.store.audit.accesses import Access, Noted
from casetracker.store.deadline import Deadline, Kind
from casetracker.store.exporting import OutsideIds
from casetracker.store.reader import Reader
from casetracker.store.releases import Given, Mark, Override
from casetracker.store.store import Store
from casetracker.store.withheld import must_not_stand


@dataclass(frozen=True)
class Wanted:
    """What export is wanted. Without `case_ids` it is of all cases that the audience may know of."""

    format: str
    audience: Audience
    language: str = "en"
    case_ids: tuple[str, ...] = ()
    as_of: dt.date | None = None
    table: str = "cases"  # of a CSV file
    let_through: frozenset[Sensitivity] = NOTHING
    passphrase: str = field(default="", repr=False)  # of a package or a bundle
    office: str = ""  # how this office is called in a bundle for a partner


@dataclass(frozen=True)
class Exported:
    """What was written: how many cases and records, which cases were left out, and what else to know."""

    path: Path
    cases: int
    records: int
    left_out: tuple[tuple[str, str], ...]
    ref: str = ""  # in the release register
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """What is said before an export is written: its cases, what is left out and why, held back, and told."""

    cases: int
    left_out: tuple[tuple[str, str], ...]
    held_back: tuple[str, ...]
    told: tuple[str, ...]


def outlook(store: Store, wanted: Wanted) -> Outlook:
    """Say what an export would hold, without writing it."""
    _writer(wanted)
    with store.reader(wanted.audience, wanted.as_of, wanted.let_through) as reader:
        ids = list(wanted.case_ids) or questions.cases_of(reader)
        refs = exporting.case_refs(reader, ids)
        left_out = tuple((refs[i], why) for i in ids if (why := reader.refusal(i)))
        given = len(questions.refs_of(reader, ids))
    never = tuple(held_back(wanted.audience, wanted.let_through))
    return Outlook(given, left_out, never, tuple(told(wanted.audience, wanted.let_through)))


@dataclass(frozen=True)
class _Content:
    """What a writer of a format is given; in `notes` it says what the user should know."""

    store: Store
    gathered: Gathered
    reader: Reader
    ids: OutsideIds
    wanted: Wanted
    mark: Mark | None
    progress: Progress
    notes: list[str] = field(default_factory=list)
    inside: list[bytes] = field(default_factory=list)  # what is sealed in the file, where it cannot be seen

    @property
    def about(self) -> dict[str, Any]:
        """What a file says of itself: for whom it is, in what language, of which day, and its number."""
        said = {
            "audience": self.wanted.audience.value,
            "language": self.wanted.language,
            "as_of": self.reader.as_of.isoformat(),
        }
        return said | ({"release": self.mark.text} if self.mark else {})


def export(
    store: Store,
    wanted: Wanted,
    out: Path,
    *,
    addressee: str = "",
    overrides: Sequence[Override] = (),
    registered: bool = True,
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
) -> Exported:
    """Write an export to `out`; it appears whole, looked through and registered, or not at all.

    Raises `UserError` for an unknown format or table, where every case is left out, where something withheld
    would stand in the file, and for what the disk complains of; `ReadOnly` where it cannot be registered.
    """
    write = _writer(wanted)
    if wanted.audience is not Audience.INTERNAL and not registered:
        raise UserError(tr(N_("What leaves the office is always written into the register.")))
    if registered and store.read_only:
        raise ReadOnly(store.read_only)
    missing = wanted.let_through - {o.kind for o in overrides}
    releases.require_reasons([*overrides, *(Override(kind, "", "") for kind in missing)])
    if wanted.format in {"package", "partner"}:
        packages.require_possible(store, wanted.audience, wanted.passphrase)
    if wanted.format == "partner":
        giving.require_possible(wanted.audience)
    mark = releases.new_mark(store) if registered else None
    with (
        i18n.language(wanted.language),
        store.reader(wanted.audience, wanted.as_of, wanted.let_through) as reader,
    ):
        gathered = gather(reader, wanted.case_ids, progress)
        ids = OutsideIds(store, wanted.audience)
        content = _Content(store, gathered, reader, ids, wanted, mark, progress)
        together = _registering(store, content, out, addressee, overrides)
        with part_file.writing(out, together if mark else None) as part:
            write(content, part)
            progress.step(0, 0, in_window(N_("looking through the file")))
            _refuse_leaks(part, out.name, reader, content)
    if not mark:
        store.note(Noted(Access.EXPORTED, detail=registered_name(wanted.format)))
    ref, notes = mark.ref if mark else "", tuple(content.notes)
    return Exported(out, len(gathered.of(Case)), gathered.count(), gathered.left_out, ref, notes)


def _writer(wanted: Wanted) -> Callable[[_Content, Path], None]:
    found = _WRITERS.get(wanted.format)
    if found is None:
        sentence = N_("There is no format called “{name}”; there are: {known}.")
        raise UserError(tr(sentence, name=wanted.format, known=", ".join(_WRITERS)))
    return found


def _registering(
    store: Store, content: _Content, out: Path, addressee: str, overrides: Sequence[Override]
) -> Callable[[Path], AbstractContextManager[None]]:
    wanted, reader = content.wanted, content.reader

    def together(part: Path) -> AbstractContextManager[None]:
        assert content.mark is not None  # noqa: S101 - only what is registered gets here
        given = Given(
            mark=content.mark,
            report=registered_name(wanted.format),
            audience=wanted.audience,
            language=wanted.language,
            as_of=reader.as_of,
            digest=_digest(part),
            file_name=out.name,
            pages=None,
            addressee=addressee,
            case_ids=tuple(case.id for case in content.gathered.of(Case)),
            person_ids=tuple(sorted(p.id for p in content.gathered.of(Person) if reader.names(p.id))),
            overrides=tuple(overrides),
        )
        return releases.registering(store, given)

    return together


def _digest(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Looking through


def _refuse_leaks(part: Path, name: str, reader: Reader, content: _Content) -> None:
    sought = all_sought(must_not_stand(reader))
    if not sought:
        return
    in_bytes = InBytes(sought)
    seen: set[str] = set()  # the pages of a package say many things twice
    for data in _contents(part, content):
        lines = set(unescape(data.decode("utf-8", "replace")).splitlines()) - seen
        seen |= lines
        if any(in_bytes(data)) or any(any(in_text(line, sought)) for line in lines):
            sentence = N_("“{name}” was not saved: it would show what is held back for its readers.")
            raise UserError(in_window(sentence, name=name))


def _contents(part: Path, content: _Content) -> Iterator[bytes]:
    """Yield the bytes of a file, or of the files in it where it is a zip, as workbooks and packages are."""
    if not zipfile.is_zipfile(part) and not content.inside:
        yield part.read_bytes()
        return
    file = io.BytesIO(content.inside[0]) if content.inside else part
    locked = locked_zip.looks_like_one(part)
    opened = locked_zip.opened(part, content.wanted.passphrase, Silent()) if locked else zipfile.ZipFile(file)
    with opened as archive:
        for member in archive.infolist():
            yield member.filename.encode()
            # A line a cell: numbers of two cells side by side are not one number.
            yield archive.read(member).replace(b"><", b">\n<")


# The formats


def _json(content: _Content, part: Path) -> None:
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(records.as_json(content.gathered, content.ids, content.about))


def _xlsx(content: _Content, part: Path) -> None:
    made = tables.tables(content.gathered, content.reader)
    made.append(tables.about(content.reader, content.mark.text if content.mark else ""))
    with part.open("wb") as file:
        sheets.write_xlsx(made, tr(N_("Cases")), file, content.progress)


def _csv(content: _Content, part: Path) -> None:
    made = {table.name: table for table in tables.tables(content.gathered, content.reader)}
    name = content.wanted.table
    if name not in made and name != "cases":
        sentence = N_("There is no table called “{name}” in this export; there are: {known}.")
        raise UserError(in_window(sentence, name=name, known=", ".join(made)))
    table = made.get(name) or tables.cases(content.gathered, content.reader)
    part.write_bytes(sheets.csv_of(table))


_IN_CALENDAR = {Kind.EVENT, Kind.PROMISE}  # from their records
_MOST_DEADLINES = 1_000  # of each group


def _ics(content: _Content, part: Path) -> None:
    others: list[Deadline] = []
    if content.wanted.audience is Audience.INTERNAL and not content.wanted.case_ids:
        board = deadlines.board(content.store, [k for k in Kind if k not in _IN_CALENDAR], _MOST_DEADLINES)
        others = [*board.overdue, *board.week, *board.month, *board.later]
    part.write_bytes(calendars.as_ics(content.gathered, content.ids, content.reader.as_of, others))


def _vcard(content: _Content, part: Path) -> None:
    cards = calendars.as_vcards(content.gathered)
    if not cards:
        raise UserError(
            in_window(N_("Nothing was written: nobody who holds a post may be named to these readers."))
        )
    part.write_bytes(cards)


def _ftm(content: _Content, part: Path) -> None:
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(ftm.as_lines(content.gathered, content.reader, content.ids))


def _uwazi(content: _Content, part: Path) -> None:
    part.write_bytes(uwazi.as_csv(content.gathered, content.reader))


def _package(content: _Content, part: Path) -> None:
    content.notes.extend(packages.write(_packing(content), part))


def _partner(content: _Content, part: Path) -> None:
    mark = content.mark
    if mark is None:
        raise UserError(tr(N_("What leaves the office is always written into the register.")))
    content.inside.append(giving.write(_packing(content), mark, content.wanted.office, part))


def _packing(content: _Content) -> packages.Packing:
    wanted = content.wanted
    return packages.Packing(
        content.store,
        content.gathered,
        content.reader,
        content.ids,
        content.about,
        wanted.case_ids,
        wanted.passphrase,
        content.progress,
    )


_WRITERS: dict[str, Callable[[_Content, Path], None]] = {
    "json": _json,
    "xlsx": _xlsx,
    "csv": _csv,
    "ics": _ics,
    "vcard": _vcard,
    "ftm": _ftm,
    "uwazi": _uwazi,
    "package": _package,
    "partner": _partner,
}


def formats() -> list[tuple[str, str]]:
    """Return the formats of exports with their titles in the language now in use."""
    return [(name, tr(FORMATS[name])) for name in _WRITERS]
