"""What papers are made of. A report says what to print; how it looks is the renderer's concern.

Every text here is already translated and already disclosed for the audience: the renderer changes nothing.
Texts may be in any script and mix them; "\\n" breaks a line. Empty tables and empty lists draw nothing but
their `empty` text, so a report need not ask first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from casetracker.reports.drawn import Shade, Timeline


class Tone(Enum):
    """What a colour says; its words say it too, because papers are copied in black and white."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True)
class Chip:
    """A short status in a rounded frame, inside a cell or in `Chips`."""

    text: str
    tone: Tone = Tone.GREY


@dataclass(frozen=True)
class Strong:
    """A line of a cell in bold letters."""

    text: str


@dataclass(frozen=True)
class Muted:
    """A line of a cell in small grey letters."""

    text: str


Part = str | Chip | Strong | Muted
Cell = Part | tuple[Part, ...]  # a tuple is one line or chip below the other


@dataclass(frozen=True)
class Cover:
    """The head of a paper: handling label, title, subtitle, facts; what follows stands on the same page.

    The handling label is a chip for each of its lines.
    """

    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, Cell], ...] = ()
    handling: str = ""


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is, at its head: a logo from `images.clean_logo` at the left, the name beside it."""

    name: str = ""
    logo: bytes = b""


@dataclass(frozen=True)
class Section:
    """Starts a part with its own running header, on a new page unless `new_page` is False.

    A header has as many lines as its longer end; they stand one below the other.

    `anchor` is what an `Index` or a `Link` points to; `outline` the text of the bookmark ("" for none).
    """

    header_left: str = ""
    header_right: str = ""
    anchor: str = ""
    outline: str = ""
    new_page: bool = True


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; it never stands alone at the foot of a page.

    With an `anchor` it can be pointed to; levels 1 and 2 with an anchor are bookmarks too.
    """

    text: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True)
class Para:
    """A paragraph; `lead` is printed bold before it, on the same line.

    `beside` is the same in a second language, in a column at its right, with its own lead.
    """

    text: str
    style: Literal["body", "small", "muted", "quote"] = "body"
    lead: str = ""
    beside: str = ""
    lead_beside: str = ""


@dataclass(frozen=True)
class Names:
    """Somebody's names: the main one large, those in other scripts below, chips (status) under them.

    A `portrait`, from `reports.portraits`, stands beside them.
    """

    main: str
    others: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    portrait: bytes = b""


@dataclass(frozen=True)
class Callout:
    """A framed text with a coloured bar, for what must not be missed ("What the family asks").

    `beside` is the same in a second language, in a column at its right, with its own title.
    """

    title: str
    text: str
    tone: Tone = Tone.RED
    beside: str = ""
    title_beside: str = ""


@dataclass(frozen=True)
class Facts:
    """Labels and values; pairs without a value are left out. `columns` 2 sets them side by side."""

    pairs: tuple[tuple[str, Cell], ...]
    columns: Literal[1, 2] = 1


@dataclass(frozen=True)
class Table:
    """A table whose heads are repeated on every page.

    `widths` are shares of the width (any numbers, one a column); without them columns fit what they hold.
    `align` has a letter a column: "l", "r" or "c". `empty` is printed when there are no rows.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    align: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a chronology; `source` may only hold what the audience may see."""

    date: str
    what: str
    detail: str = ""
    source: str = ""
    tone: Tone = Tone.GREY


@dataclass(frozen=True)
class Chronology:
    """What happened, in order; `heads` are the words for date, event and source."""

    entries: tuple[Entry, ...]
    heads: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True)
class IndexEntry:
    """One case in an index; `anchor` is that of its `Section` and gives the link and the page number."""

    number: str
    names: tuple[str, ...]
    ref: str
    asked: Cell
    anchor: str


@dataclass(frozen=True)
class Index:
    """The cases of a paper; `heads` are the words for number, names, what is asked and page."""

    entries: tuple[IndexEntry, ...]
    heads: tuple[str, str, str, str]
    empty: str = ""


@dataclass(frozen=True)
class Chips:
    """Chips in a row, as many lines as they need."""

    chips: tuple[Chip, ...]


@dataclass(frozen=True)
class Note:
    """Small print below a thin line: a legend, what is left out, how dates are written.

    `beside` is the same in a second language, in a column at its right.
    """

    text: str
    beside: str = ""


@dataclass(frozen=True)
class Picture:
    """A photograph; `data` must come from `casetracker.reports.images.clean`. `width` in millimetres."""

    data: bytes
    caption: str = ""
    width: float = 50.0


@dataclass(frozen=True)
class Signature:
    """Lines to sign on, one a label, and a frame for a stamp where `stamp` has a label."""

    labels: tuple[str, ...]
    stamp: str = ""


@dataclass(frozen=True)
class ReplyField:
    """One field that a reader of the paper fills in.

    `name` has at most one dot, before which stands what it is about: "CT-7F3Q.answer". `options` are pairs of
    what is sent back and what is read; another answer may be typed. `share` is the part of the line that it
    takes. A `hidden` field cannot be seen or changed and says whose form it is.
    """

    name: str
    label: str = ""
    lines: int = 1
    options: tuple[tuple[str, str], ...] = ()
    share: float = 1.0
    value: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class FormFields:
    """Fields to be filled in with a PDF program, or by hand: a line holds fields up to a share of 1."""

    title: str
    fields: tuple[ReplyField, ...]
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """One line of a chart; `number` gives the length, None a short dashed bar; `text` is what is read."""

    label: str
    number: int | None
    text: str


@dataclass(frozen=True)
class Bars:
    """Labelled horizontal bars on one scale; what the lengths say is written beside them too."""

    bars: tuple[Bar, ...]
    empty: str = ""


@dataclass(frozen=True)
class Columns:
    """Upright bars from left to right, as over years; as many in a line as there is room for."""

    bars: tuple[Bar, ...]
    empty: str = ""


@dataclass(frozen=True)
class Tile:
    """A place on a schematic map: a square in roughly its place, `text` under its name."""

    row: int
    column: int
    name: str
    text: str
    shade: Shade


@dataclass(frozen=True)
class TileMap:
    """A schematic map of tiles; `legend` says what the shades mean, `source` whose drawing it is."""

    tiles: tuple[Tile, ...]
    legend: tuple[tuple[Shade, str], ...]
    source: str = ""


@dataclass(frozen=True)
class PageBreak:
    """The next block starts a new page; nothing happens at the top of one."""


@dataclass(frozen=True)
class Keep:
    """Blocks that stay on one page where one page can hold them."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class OnePage:
    """The same in ever fewer words: the first version that the page has room for is printed, else the last.

    What a version leaves out it says itself, so that nothing is missing silently. What `flows` is printed as
    it is, on more than one page, where smaller letters would not do.
    """

    versions: tuple[tuple[Block, ...], ...]
    flows: bool = False


@dataclass(frozen=True)
class Smaller:
    """Blocks in smaller letters: all sizes and distances times `scale`."""

    blocks: tuple[Block, ...]
    scale: float


Block = (
    Cover | Letterhead | Section | Heading | Para | Names | Callout | Facts | Table | Chronology | Index
    | Chips | Note | Picture | Signature | FormFields | Bars | Columns | TileMap | Timeline | PageBreak | Keep
    | OnePage | Smaller
)  # fmt: skip


@dataclass(frozen=True)
class Footer:
    """What stands at the foot of every page, beside "page x of y"; in two languages, a line for each."""

    handling: str = ""  # "For the Commissioner's office · confidential"
    as_of: str = ""  # "As of 4 November 2021"
    mark: str = ""  # "RL-7F3Q 9KQ2-M4XA", also as a square code: by it a released paper is known again
    second_language: str = ""  # in which the pages are counted on the second line


def texts(block: Block) -> Iterator[str]:
    """Yield every text of a block, also those of blocks and chips inside it; used to look for leaks."""
    yield from _texts_in(block)


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts_in(each)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts_in(getattr(value, name))
