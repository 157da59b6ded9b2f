"""The dossier, beside the same texts set by ReportLab's own platypus."""

from __future__ import annotations

import io
from collections.abc import Iterator
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
from casetracker.model import Meeting, PresentedCase
from casetracker.model.confidentiality import Audience
from casetracker.reports import dossier, fonts, make, pdf
from casetracker.reports.blocks import Block, Chronology, Facts, Index, Section, Table, texts
from casetracker.reports.report import Scope
from casetracker.store.store import Store
from tests.benchmarks.measure import Figure, medians

_WIDTH = 440.0  # points
_STYLE = ParagraphStyle("body", fontName="sans-regular", fontSize=9, leading=12)


def measure(store: Store, sizes: tuple[int, ...] = (12, 100)) -> Iterator[Figure]:
    """Yield the pages per second of dossiers of so many cases."""
    for size in sizes:
        scope = Scope(meeting_id=_meeting(store, size))
        wanted = make.Wanted(dossier.REPORT, Audience.OFFICIAL, scope=scope)
        blocks = _blocks(store, scope)
        pages = len(pypdf.PdfReader(io.BytesIO(_ours(blocks))).pages)
        runs = 5 if size < 50 else 3
        ours, floor, whole = medians(
            lambda blocks=blocks: _ours(blocks),  # type: ignore[misc]
            lambda blocks=blocks: _platypus(blocks),  # type: ignore[misc]
            lambda wanted=wanted: make.preview(store, wanted),  # type: ignore[misc]
            runs=runs,
        )
        read = f"{pages} pages; with reading {pages / whole * 1000:.0f} pages/s ({whole:.0f} ms)"
        rate, peer = pages / ours * 1000, pages / floor * 1000
        yield Figure("P8", f"dossier of {size} cases, blocks to PDF", rate, peer, "≥ 0.7", read, "p/s")


def written(store: Store, folder: Path, size: int = 12) -> Figure:
    """Return how long a dossier takes until it is a file that was looked through for what is withheld."""
    wanted = make.Wanted(dossier.REPORT, Audience.OFFICIAL, scope=Scope(meeting_id=_meeting(store, size)))
    ours, floor = medians(
        lambda: make.make(store, wanted, folder / "dossier.pdf"), lambda: make.preview(store, wanted), runs=3
    )
    what = f"dossier of {size} cases, written and looked through"
    return Figure("P9", what, ours, floor, "", "floor: its preview; target of P9: first page ≤ 500 ms")


def _meeting(store: Store, size: int) -> str:
    number = sa.select(sa.func.count()).where(PresentedCase.meeting_id == Meeting.id).scalar_subquery()
    with store.reader() as reader:
        return reader.ids(sa.select(Meeting.id).where(number == size).order_by(Meeting.ref).limit(1))[0]


def _blocks(store: Store, scope: Scope) -> list[Block]:
    with store.reader(Audience.OFFICIAL) as reader:
        return list(dossier.REPORT.build(reader, scope, Silent()))


def _ours(blocks: list[Block]) -> bytes:
    return pdf.to_bytes(blocks, title="Dossier", language="en")


def _platypus(blocks: list[Block]) -> bytes:
    """The same words in the same fonts: a paragraph a text, a table where ours has one."""
    for name in ("sans-regular", "arabic-regular", "chinese-regular"):
        fonts.font(name)
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build([flowable for b in blocks for flowable in _flowables(b)])
    return file.getvalue()


def _flowables(block: Block) -> Iterator[Flowable]:
    if isinstance(block, Section):
        if block.new_page:
            yield PageBreak()
    elif isinstance(block, Facts | Table | Chronology | Index):
        if rows := list(_rows(block)):
            yield PlatypusTable(rows, colWidths=[_WIDTH / len(rows[0])] * len(rows[0]))
    else:
        for text in texts(block):
            yield _paragraph(text)


def _rows(block: Facts | Table | Chronology | Index) -> Iterator[list[Any]]:
    if isinstance(block, Facts):
        lines: tuple[Any, ...] = tuple(pair for pair in block.pairs if pair[1])
    elif isinstance(block, Table):
        lines = (block.heads, *block.rows)
    else:
        lines = block.entries
    for line in lines:
        cells = line if isinstance(line, tuple) else tuple(vars(line).values())
        shown = [" ".join(_words(cell)) for cell in cells if not _is_tone(cell)]
        yield [_paragraph(text) if text else "" for text in shown]


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
