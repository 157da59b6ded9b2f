"""The dossier, beside the same texts set by ReportLab's own platypus."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pypdf
import sqlalchemy as sa
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PlatypusTable

from casetracker.jobs import Silent
from casetracker.model import Case, Meeting, Office, PresentedCase
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.reports import dossier, fonts, make, pdf, scan
from casetracker.reports.blocks import (
    Block,
    Chronology,
    Facts,
    Index,
    Keep,
    OnePage,
    Section,
    Smaller,
    Table,
    texts,
)
from casetracker.reports.report import Scope
from casetracker.store.casebook import Casebook
from casetracker.store.store import Store
from casetracker.store.withheld import must_not_stand
from tests.benchmarks import paper_memory
from tests.benchmarks.measure import Figure, cpu_medians

_WIDTH = 440.0  # points
_STYLE = ParagraphStyle("body", fontName="sans-regular", fontSize=9, leading=12)


def measure(book: Casebook, store: Store, sizes: tuple[int, ...] = (12, 100, 1_000)) -> Iterator[Figure]:
    """Yield the pages per second of dossiers of so many cases, beside platypus and beside WeasyPrint.

    The time is that of the processor: the work is that of one thread, and others may use the machine.
    """
    for size in sizes:
        scope = Scope(meeting_id=_meeting(store, size))
        blocks = _blocks(store, scope)
        pages = len(pypdf.PdfReader(io.BytesIO(_ours(blocks))).pages)
        ours, floor = cpu_medians(
            lambda blocks=blocks: _ours(blocks),  # type: ignore[misc]
            lambda blocks=blocks: _platypus(blocks),  # type: ignore[misc]
            runs=5 if size < 50 else 3 if size < 500 else 1,
        )
        rate, peer = pages / ours * 1000, pages / floor * 1000
        yield Figure(
            "P8", f"dossier of {size} cases, blocks to PDF", rate, peer, "≥ 0.7", f"{pages} pages", "p/s"
        )
        if size <= 100:
            yield _beside_weasyprint(blocks, size, rate)
    yield from _memory(book, sizes)
    yield from first_page(store)


def _beside_weasyprint(blocks: list[Block], size: int, rate: float) -> Figure:
    """Return our rate beside that of WeasyPrint for the same words in the same fonts."""
    what = f"dossier of {size} cases, beside WeasyPrint"
    try:
        from tests.benchmarks import web_pages
    except (ImportError, OSError):  # OSError: the package is there, the system's pango is not
        return Figure(
            "P8", what, rate, None, "≥ 5", "WeasyPrint or pango is not installed: not measured", "p/s"
        )
    took, pages = web_pages.timed(blocks)
    note = f"{pages} pages of WeasyPrint {web_pages.version()}"
    return Figure("P8", what, rate, pages / took * 1000, "≥ 5", note, "p/s")


def _memory(book: Casebook, sizes: tuple[int, ...]) -> Iterator[Figure]:
    """Yield by how much a process grows with each page, each dossier made in a process of its own."""
    for part, what in (("draw", "drawing it"), ("all", "reading the records and drawing it")):
        found = [paper_memory.in_a_child(book.folder, size, part) for size in (sizes[0], sizes[-1])]
        (few, low), (many, high) = found
        grown = (high - low) / (many - few)
        note = f"peak {high / 1024:.0f} MB for {many} pages, {low / 1024:.0f} MB for {few}"
        yield Figure("P8", f"memory a page, {what}", grown, None, "≤ 60 kB", note, "kB")


def first_page(store: Store, size: int = 12) -> Iterator[Figure]:
    """Yield how soon the first page of a dossier can be looked at, and how long all of it takes."""
    wanted = make.Wanted(dossier.REPORT, Audience.OFFICIAL, scope=Scope(meeting_id=_meeting(store, size)))
    page = [block for block in _blocks(store, wanted.scope) if not isinstance(block, Section)][:3]

    def begun() -> None:
        with suppress(_Seen):
            make.preview(store, wanted, begun=_see)

    ours, floor, whole = cpu_medians(
        begun, lambda: _platypus(page), lambda: make.preview(store, wanted), runs=5
    )
    note = f"floor: one page of platypus; target ≤ 500 ms; all pages {whole:.0f} ms"
    yield Figure("P9", f"first page of the preview, dossier of {size} cases", ours, floor, "≤ 3", note)


class _Seen(Exception):
    pass


def _see(_: bytes) -> None:
    raise _Seen


def written(store: Store, folder: Path, size: int = 12) -> Iterator[Figure]:
    """Yield how long a dossier takes until it is a file that was looked through for what is withheld."""
    wanted = make.Wanted(dossier.REPORT, Audience.OFFICIAL, scope=Scope(meeting_id=_meeting(store, size)))
    out = folder / "dossier.pdf"
    ours, floor = cpu_medians(
        lambda: make.make(store, wanted, out), lambda: make.preview(store, wanted), runs=3
    )
    what = f"dossier of {size} cases, written and looked through"
    yield Figure("P9", what, ours, floor, "", "floor: its preview")
    with store.reader(wanted.audience) as reader:
        list(dossier.REPORT.build(reader, wanted.scope, Silent()))
        (gathered,) = cpu_medians(lambda: must_not_stand(reader), runs=3)
        withheld = must_not_stand(reader)
    data = out.read_bytes()
    (looked,) = cpu_medians(lambda: scan.leaks(data, withheld), runs=3)
    note = f"for {len(withheld)} values; {gathered:.0f} ms to gather them; floor: the preview"
    yield Figure("P9", f"dossier of {size} cases, looked through", looked, floor, "", note)


def _meeting(store: Store, size: int) -> str:
    """Return a meeting at which so many cases were presented; one is written down if there is none."""
    number = sa.select(sa.func.count()).where(PresentedCase.meeting_id == Meeting.id).scalar_subquery()
    with store.reader() as reader:
        query = sa.select(Meeting.id).where(number == size).order_by(Meeting.ref).limit(1)
        if found := reader.ids(query):
            return found[0]
        cases = reader.ids(sa.select(Case.id).order_by(Case.ref).limit(size))
        office = reader.ids(sa.select(Office.id).limit(1))[0]
    draft = store.draft(Meeting)
    draft.values |= {"title": "All cases", "on": KnownDate.on(store.today()), "office_id": office}
    for place, case in enumerate(cases):
        draft.add("presented", case_id=case, asked="news of them", position=place)
    return store.save(draft)


def _blocks(store: Store, scope: Scope) -> list[Block]:
    with store.reader(Audience.OFFICIAL) as reader:
        return list(dossier.REPORT.build(reader, scope, Silent()))


def laid_open(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks inside others too; of a page in several lengths the first, which is the longest."""
    for block in blocks:
        if isinstance(block, OnePage):
            yield from laid_open(block.versions[0])
        elif isinstance(block, Keep | Smaller):
            yield from laid_open(block.blocks)
        else:
            yield block


def _ours(blocks: list[Block]) -> bytes:
    return pdf.to_bytes(blocks, title="Dossier", language="en")


def _platypus(blocks: list[Block]) -> bytes:
    """The same words in the same fonts: a paragraph a text, a table where ours has one."""
    for name in ("sans-regular", "arabic-regular", "chinese-regular"):
        fonts.font(name)
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build([part for b in laid_open(blocks) for part in _flowables(b)])
    return file.getvalue()


def _flowables(block: Block) -> Iterator[Flowable]:
    if isinstance(block, Section):
        if block.new_page:
            yield PageBreak()
    elif isinstance(block, Facts | Table | Chronology | Index):
        if rows := list(_rows(block)):
            yield PlatypusTable(rows, colWidths=[_WIDTH / len(rows[0])] * len(rows[0]))
    else:
        yield from (_paragraph(text) for text in texts(block) if text)


def _rows(block: Facts | Table | Chronology | Index) -> Iterator[list[Any]]:
    for line in lines(block):
        yield [_paragraph(text) if text else "" for text in line]


def lines(block: Facts | Table | Chronology | Index) -> Iterator[list[str]]:
    """Yield the rows of a block as texts."""
    if isinstance(block, Facts):
        found: tuple[Any, ...] = tuple(pair for pair in block.pairs if pair[1])
    elif isinstance(block, Table):
        found = (block.heads, *block.rows)
    else:
        found = block.entries
    for line in found:
        cells = line if isinstance(line, tuple) else tuple(vars(line).values())
        yield [" ".join(_words(cell)) for cell in cells if not _is_tone(cell)]


def _is_tone(cell: object) -> bool:
    return not isinstance(cell, str | tuple) and not hasattr(cell, "__dataclass_fields__")


def _words(cell: Any) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, tuple):
        for each in cell:
            yield from _words(each)
    elif hasattr(cell, "text"):
        yield cell.text


def _paragraph(text: str) -> Paragraph:
    parts: list[tuple[str, str]] = []
    for letter in text:
        family = fonts.family_of(letter) or "sans"
        if parts and parts[-1][0] == family:
            parts[-1] = (family, parts[-1][1] + letter)
        else:
            parts.append((family, letter))
    marked = "".join(
        escape(part) if family == "sans" else f'<font name="{family}-regular">{escape(part)}</font>'
        for family, part in parts
    )
    return Paragraph(marked, _STYLE)
