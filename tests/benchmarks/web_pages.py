"""The same words as a web page, set by WeasyPrint with the same fonts.

It is no dependency of the program: "make bench" installs it from requirements-bench.lock, and it needs the
system's pango.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pypdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from casetracker.paths import resource
from casetracker.reports.blocks import Block, Chronology, Facts, Heading, Index, Section, Table, texts
from tests.benchmarks import papers

_FONTS = ("NotoSans-Regular", "NotoSans-Bold", "NotoNaskhArabic-Regular", "NotoSansSC-Regular")


def version() -> str:
    """Return which WeasyPrint it is."""
    return str(weasyprint.__version__)


def timed(blocks: list[Block]) -> tuple[float, int]:
    """Return how long WeasyPrint takes (ms of the processor), and how many pages it makes."""
    fonts = FontConfiguration()
    style = weasyprint.CSS(string=_style(), font_config=fonts)
    page = _page(blocks)
    weasyprint.HTML(string=_page(blocks[:3])).write_pdf(stylesheets=[style], font_config=fonts)  # warm
    start = time.process_time()
    data = weasyprint.HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts)
    took = (time.process_time() - start) * 1000
    return took, len(pypdf.PdfReader(io.BytesIO(data)).pages)


def _style() -> str:
    faces = "".join(
        f"@font-face {{ font-family: {name}; src: url({Path(resource(f'fonts/{name}.ttf')).as_uri()}) }}"
        for name in _FONTS
    )
    return faces + (
        "@page { size: A4; margin: 25mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages) } }"
        f"body {{ font: 9pt/12pt {', '.join(_FONTS)} }} table {{ width: 100%; border-collapse: collapse }}"
        "td { border-bottom: 0.5pt solid #ccc; vertical-align: top } .new { break-before: page }"
    )


def _page(blocks: list[Block]) -> str:
    parts = (part for block in papers.laid_open(blocks) for part in _parts(block))
    return "<body>" + "".join(parts) + "</body>"


def _parts(block: Block) -> Iterator[str]:
    if isinstance(block, Section):
        yield '<div class="new"></div>' if block.new_page else ""
    elif isinstance(block, Facts | Table | Chronology | Index):
        yield "<table>"
        for row in papers.lines(block):
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        yield "</table>"
    else:
        tag = "h3" if isinstance(block, Heading) else "p"
        yield from (f"<{tag}>{escape(text)}</{tag}>" for text in texts(block) if text)
