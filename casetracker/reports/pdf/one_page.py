"""What stands on one page by design: of several versions of a text the first that the page has room for.

Each is tried in letters of the usual size, and in letters somewhat smaller before the next says less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casetracker.reports.blocks import Block, OnePage, PageBreak, Section, Signature, Smaller
from casetracker.reports.pdf.compose import rows
from casetracker.reports.pdf.pages import LEFT, PAPERS, RIGHT, bottom, top

_SCALES = (1.0, 0.92, 0.86)
_LAST_SCALES = (0.8, 0.76)  # before the last version goes on to a second page
_HOPELESS = 1.3  # times too tall: smaller letters would not do


def fitted(blocks: Iterable[Block], paper: str, *, two_languages: bool = False) -> Iterator[Block]:
    """Yield the blocks with each `OnePage` replaced by its version that fits behind what is on its page.

    Lines to sign on that follow are counted in. What is yielded is what will be printed, so it can be
    overheard for the release register.
    """
    size = PAPERS[paper]
    width, below = size[0] - LEFT - RIGHT, size[1] - bottom(two_languages=two_languages)
    page: list[Block] = []
    header = ("", "")
    rest = iter(blocks)
    block = next(rest, None)
    while block is not None:
        following = next(rest, None)
        if isinstance(block, Section):
            header = (block.header_left, block.header_right)
        if isinstance(block, PageBreak) or (isinstance(block, Section) and block.new_page):
            page = []
        chosen: tuple[Block, ...] = (block,)
        if isinstance(block, OnePage):
            after = (following,) if isinstance(following, Signature) else ()
            room = below - top(*header) - _height((*page, *after), width, {})
            chosen = _first_that_fits(block, width, room)
        page += chosen
        yield from chosen
        block = following


def _first_that_fits(block: OnePage, width: float, room: float) -> tuple[Block, ...]:
    """Return the first version that fits, in letters a little smaller if that saves what it says."""
    known: dict[tuple[Block, float], float] = {}  # versions share most of their blocks
    for version in block.versions:
        last = version is block.versions[-1] and not block.flows
        for scale in (*_SCALES, *(_LAST_SCALES if last else ())):
            height = _height(version, width / scale, known) * scale
            if height <= room:
                return version if scale == 1.0 else (Smaller(version, scale),)
            if height > room * _HOPELESS and not last:
                break
    return block.versions[-1] if block.flows else (Smaller(block.versions[-1], _LAST_SCALES[-1]),)


def _height(blocks: Sequence[Block], width: float, known: dict[tuple[Block, float], float]) -> float:
    """Return how much of a page the blocks take."""
    total = 0.0
    for block in blocks:
        key = block, width
        if key not in known:
            known[key] = sum(row.gap + row.height for row in rows(block, width))
        total += known[key]
    return total
