"""Blocks on paper: A4 or Letter, embedded fonts, nothing in it that was not asked for.

The same blocks give the same bytes. No name of a person, a program or a machine and no time is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportlab import rl_config

from casetracker import i18n
from casetracker.errors import UserError
from casetracker.i18n import N_, in_window
from casetracker.jobs import Progress, Silent
from casetracker.leaving import part_file
from casetracker.reports import scan, scan_pictures
from casetracker.reports.blocks import Block, Footer, PageBreak, Section
from casetracker.reports.pdf import one_page
from casetracker.reports.pdf.compose import rows
from casetracker.reports.pdf.pages import Pages
from casetracker.reports.scan_pictures import Pictures

Paper = Literal["A4", "Letter"]

rl_config.useA85 = 0  # binary streams: a fifth smaller, and faster


@dataclass(frozen=True)
class Apart:
    """Texts that may stand on these pages, the first being 1, and nowhere else."""

    texts: frozenset[str]
    pages: frozenset[int]


def to_bytes(  # noqa: PLR0913 - all but one are keywords
    blocks: Iterable[Block],
    *,
    title: str,
    language: str,
    footer: Footer = Footer(),  # noqa: B008 - frozen
    paper: Paper = "A4",
    progress: Progress = Silent(),  # noqa: B008 - holds nothing
    begun: Callable[[bytes], None] | None = None,
    places: dict[str, int] | None = None,
) -> bytes:
    """Return the paper as the bytes of a PDF.

    `blocks` may be a generator; each block is laid out when it comes. `progress.step` is called once a page,
    with a total of 0 until the last page is known, and may raise `Cancelled`. `begun` is given the beginning
    of a longer paper as a file of its own, as soon as its first page is full; to look at, not to keep. Into
    `places` are written the pages of its anchors, the first page being 1.
    """
    with i18n.language(language):
        pages = Pages(title, language, footer, paper, progress)
        fitted = one_page.fitted(blocks, paper, two_languages=bool(footer.second_language))
        if begun is None:
            data = _filled(pages, fitted)
            if places is not None:
                places.update(pages.places())
            return data
        held: list[Block] = []

        def watched() -> Iterator[Block]:
            for block in fitted:
                held.append(block)
                yield block

        def turned() -> bool:
            """Show the first page; called when the second one was begun."""
            start = Pages(title, language, footer, paper, Silent(), whole=False)
            begun(_filled(start, held, lambda: True))
            return False

        return _filled(pages, watched(), turned)


def _filled(pages: Pages, blocks: Iterable[Block], turned: Callable[[], bool] = lambda: False) -> bytes:
    """Lay out the blocks. `turned` is asked when the second page was begun; if it says so, that is all."""
    asked = False
    for block in blocks:
        if isinstance(block, Section):
            pages.section(block.header_left, block.header_right, new_page=block.new_page)
        if isinstance(block, PageBreak):
            pages.break_page()
            continue
        for row in rows(block, pages.width):
            pages.add(row)
            if not asked and pages.count > 1:
                asked = True
                if turned():
                    return pages.finish()
    return pages.finish()


def write(  # noqa: PLR0913 - all but two are keywords with a default
    blocks: Iterable[Block],
    path: Path,
    *,
    title: str,
    language: str,
    footer: Footer = Footer(),  # noqa: B008
    paper: Paper = "A4",
    progress: Progress = Silent(),  # noqa: B008
    withheld: Iterable[str] = (),
    pictures: Callable[[], Pictures] | None = None,
    apart: Callable[[dict[str, int]], Apart] | None = None,
    protect: Callable[[bytes], bytes] | None = None,
    together: Callable[[Path], AbstractContextManager[None]] | None = None,
) -> None:
    """Write the paper to `path`, which appears only when the paper is whole.

    `withheld` are values that must not be in it; they are looked for in the finished file before it gets its
    name. `pictures` says, when the paper is built, which pictures may be in it and which faces may not; with
    None any may. `apart` is told on which pages the anchors are, and says what may stand on some of them
    only. Then `protect` signs or encrypts it; after it nothing may change the file. What is to be locked lies
    on the disk only when it is locked: a stick can be read long after a file was replaced. `together` is what
    happens with the name or not at all (see `part_file.writing`). Raises `UserError` (disk, folder, or
    something held back was found) and `Cancelled`; neither leaves a file behind, nor touches one that was
    there.
    """
    with part_file.writing(path, together) as part:
        places: dict[str, int] = {}
        data = to_bytes(
            blocks,
            title=title,
            language=language,
            footer=footer,
            paper=paper,
            progress=progress,
            places=places,
        )
        kept = apart(places) if apart else None
        if protect is not None:
            refuse_leaks(data, path.name, withheld, pictures, kept)
            part.write_bytes(protect(data))
        else:
            part.write_bytes(data)
            refuse_leaks(part.read_bytes(), path.name, withheld, pictures, kept)


def refuse_leaks(
    data: bytes,
    name: str,
    withheld: Iterable[str],
    pictures: Callable[[], Pictures] | None = None,
    apart: Apart | None = None,
) -> None:
    """Raise `UserError` if something that is held back stands in a finished paper, or is to be seen in it."""
    found = scan.leaks(data, withheld)
    found += scan.leaks(data, apart.texts, apart.pages) if apart else []
    found += scan_pictures.leaks(data, pictures()) if pictures else []
    if found:
        places = ", ".join(dict.fromkeys(leak.where for leak in found))
        raise UserError(
            in_window(
                N_("“{name}” was not saved: it would show what is held back for its readers ({places})."),
                name=name,
                places=places,
            )
        )


__all__ = ["Apart", "Paper", "refuse_leaks", "to_bytes", "write"]
