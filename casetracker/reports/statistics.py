"""Statistics: how many cases by status, place, year, age and sentence; protests; what offices answered.

Every number has a day and a total; what is not known is a line of its own; small numbers stay untold outside
the office (`store.small_cells`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import partial

from casetracker.i18n import N_, in_window, language, ntr, tr
from casetracker.jobs import Progress
from casetracker.model import places, tiles
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.certainty import Certainty
from casetracker.model.detention.custody import CustodyStatus
from casetracker.model.people.person import Sex
from casetracker.model.terms import label_of
from casetracker.reports.blocks import (
    Bar,
    Bars,
    Block,
    Columns,
    Cover,
    Facts,
    Heading,
    Keep,
    Note,
    Para,
    Section,
    Table,
    Tile,
    TileMap,
)
from casetracker.reports.case_pages import handling
from casetracker.reports.drawn import Shade
from casetracker.reports.report import Report, Scope
from casetracker.store import statistics
from casetracker.store.reader import Reader
from casetracker.store.small_cells import LEAST, Cell, Shown
from casetracker.store.statistics import Count

_CHOICES: dict[str, type[Enum]] = {
    "status": CustodyStatus,
    "acknowledgement": Acknowledgement,
    "certainty": Certainty,
    "sex": Sex,
}
_TITLES = {
    "status": N_("Cases by status"),
    "acknowledgement": N_("Cases by what the State has said"),
    "certainty": N_("Cases by how sure the status is"),
    "prefecture": N_("Cases by prefecture of Xinjiang"),
    "region": N_("Cases by region of Kazakhstan where the petitioner lives"),
    "year": N_("Cases by year of arrest"),
    "sex": N_("Cases by sex"),
    "age": N_("Cases by age at arrest"),
    "sentence": N_("Cases by length of the sentence"),
}
SECTIONS = (
    *_TITLES.items(),
    ("protests", N_("Protests")),
    ("offices", N_("What offices were asked and answered")),
)
_MAPS = {"prefecture": "CN", "region": "KZ"}
_DENSE, _FULL = 10, 25  # cases from which a tile is shaded darker


def build(reader: Reader, scope: Scope, progress: Progress) -> Iterator[Block]:
    """Yield the counts of cases, then protests, then offices."""
    title, day = tr(N_("Statistics")), KnownDate.on(reader.as_of).text()
    ids = statistics.counted(reader)
    if scope.case_ids and reader.audience is Audience.INTERNAL:  # outside, two papers would tell a difference
        ids = [i for i in ids if i in scope.case_ids]
    yield Section(title, day, new_page=False)
    facts = (
        (tr(N_("As of")), day),
        (tr(N_("Cases counted")), _number(len(ids), reader)),
        (tr(N_("Families")), _number(statistics.families(reader, ids), reader)),
    )
    yield Cover(title, "", facts, handling(reader.audience))
    if not ids:
        yield Para(tr(N_("None of the chosen cases may be counted for this audience.")))
    found = statistics.counts(reader, ids)
    charts = [key for key in _TITLES if ids and key in found]
    parts: dict[str, Callable[[], Iterable[Block]]] = {
        key: partial(_chart, key, tr(_TITLES[key]), found[key]) for key in charts
    }
    parts |= {"protests": lambda: _protests(reader), "offices": lambda: _offices(reader, ids)}
    for done, key in enumerate(scope.options.in_order(parts)):
        progress.step(done, len(parts), in_window(dict(SECTIONS)[key]))
        yield from scope.options.arranged({key: parts[key]})
    yield from _notes(reader)


def _chart(key: str, heading: str, count: Count) -> Iterator[Block]:
    if not count.cells:
        few = tr(N_("There are too few cases to tell more without pointing at somebody."))
        yield Keep((Heading(heading), Para(few, "muted")))
        return
    known = [cell for cell in count.cells if cell.code]
    unknown = [cell for cell in count.cells if not cell.code]
    bars = tuple(
        Bar(_label(key, cell.code), cell.told, _share(cell, count.total))
        for cell in [*_ordered(key, known), *unknown]
    )
    if key == "year":
        years = tuple(Bar(_label(key, c.code), c.told, _told(c)) for c in (*known, *unknown))
        basis = Para(ntr("Of {n} case.", "Of {n} cases.", count.total), "muted")
        yield Keep((Heading(heading), basis, Columns(years)))
        return
    yield Heading(heading)
    if key in _MAPS:
        yield _map(_MAPS[key], known)
    yield Bars(bars)


def _ordered(key: str, cells: list[Cell]) -> list[Cell]:
    """Return choices in their own order, places by their names, ranges by their numbers.

    Places stand in the order of their English names, so that a paper in two languages has one order.
    """
    if key in _CHOICES:
        order = [each.name for each in _CHOICES[key]]
        return sorted(cells, key=lambda cell: order.index(cell.code))
    with language("en"):
        return sorted(cells, key=lambda cell: _label(key, cell.code)) if key in _MAPS else cells


def _label(key: str, code: str) -> str:
    if not code:
        return tr(N_("No sentence known")) if key == "sentence" else tr(N_("Not known"))
    if key in _CHOICES:
        return label_of(_CHOICES[key][code])
    if key in _MAPS:
        found = places.with_code(code)
        return found[0].text() if found else tr(N_("Cities under the region itself"))
    if key == "year":
        return code
    low, _, high = code.partition("-")
    if int(high) >= 200:
        return ntr("{n} year or more", "{n} years or more", int(low))
    return tr(N_("{low} to {high} years"), low=int(low), high=int(high))


def _told(cell: Cell) -> str:
    if cell.shown is Shown.FEW:
        return tr(N_("fewer than {n}"), n=LEAST)
    return tr(N_("not told")) if cell.told is None else str(cell.told)


def _share(cell: Cell, total: int) -> str:
    if cell.told is None:
        return _told(cell)
    return tr(N_("{n} of {total}"), n=cell.told, total=total)


def _map(country: str, known: list[Cell]) -> TileMap:
    by_code = {cell.code: cell for cell in known}
    key = next(key for key, value in _MAPS.items() if value == country)
    drawn = tuple(
        Tile(s.row, s.column, _label(key, s.code), _told(c) if (c := by_code.get(s.code)) else "0", _shade(c))
        for s in tiles.squares(country)
    )
    legend = (
        (Shade.NONE, tr(N_("no case"))),
        (Shade.DASHED, tr(N_("not told how many"))),
        (Shade.SPARSE, tr(N_("{low} to {high}"), low=1, high=_DENSE - 1)),
        (Shade.DENSE, tr(N_("{low} to {high}"), low=_DENSE, high=_FULL - 1)),
        (Shade.FULL, tr(N_("{n} or more"), n=_FULL)),
    )
    return TileMap(
        drawn, legend, tr(N_("Schematic, drawn for this project: squares in roughly their place."))
    )


def _shade(cell: Cell | None) -> Shade:
    if cell is None:
        return Shade.NONE
    if cell.told is None:
        return Shade.DASHED
    if cell.told < _DENSE:
        return Shade.SPARSE
    return Shade.DENSE if cell.told < _FULL else Shade.FULL


def _number(number: int, reader: Reader) -> str:
    few = reader.audience is not Audience.INTERNAL and 0 < number < LEAST
    return tr(N_("fewer than {n}"), n=LEAST) if few else str(number)


def _protests(reader: Reader) -> Iterator[Block]:
    found = statistics.protests(reader)
    few = reader.audience is not Audience.INTERNAL and 0 < found.fined < LEAST
    amount = f"{found.fines:,}".replace(",", "\u202f")
    fines = ntr("{amount} tenge", "{amount} tenge", found.fines, amount=amount)
    pairs = (
        (tr(N_("Protests")), str(found.held)),
        (tr(N_("Times somebody was detained")), _number(found.detained, reader)),
        (tr(N_("Times somebody was fined")), _number(found.fined, reader)),
        (tr(N_("Sum of the fines")), tr(N_("not told")) if few else fines),
    )
    yield Keep((Heading(tr(N_("Protests"))), Facts(pairs)))


def _offices(reader: Reader, ids: list[str]) -> Iterator[Block]:
    heads = (
        tr(N_("Office")),
        tr(N_("Asked about cases")),
        tr(N_("Answered about")),
        tr(N_("Median days to an answer")),
    )
    rows = tuple(
        (
            office.office,
            _number(office.asked, reader),
            _number(office.answered, reader),
            tr(N_("not known")) if office.days is None else f"{office.days:g}",
        )
        for office in statistics.offices(reader, ids)
    )
    yield Heading(tr(N_("What offices were asked and answered")))
    yield Table(heads, rows, widths=(5, 2, 2, 2), empty=tr(N_("No appeal and no promise is recorded.")))


def _notes(reader: Reader) -> Iterator[Block]:
    yield Note(
        tr(
            N_(
                "Every number is as of {day}, as the casebook stands; “not known” is counted too. A year or "
                "an age is counted only where it is certain."
            ),
            day=KnownDate.on(reader.as_of).text(),
        )
    )
    if reader.audience is not Audience.INTERNAL:
        yield Note(
            tr(
                N_(
                    "Counted are all cases whose family agreed to it, and no others. Numbers under {n} are "
                    "not told, nor is any number from which one of them would follow."
                ),
                n=LEAST,
            )
        )


REPORT = Report(
    name="statistics",
    title=N_("Statistics"),
    about=N_("Numbers with charts and a map: cases, protests, what offices answered; nobody is named."),
    audiences=(Audience.OFFICIAL, Audience.MINISTRY, Audience.PARTNER, Audience.PUBLIC, Audience.INTERNAL),
    build=build,
    numbers=True,
    two_languages=True,
    sections=SECTIONS,
    movable=tuple(key for key, _ in SECTIONS),
)
