"""How a paper is to be: which parts, on what size, under whose name, with what lines to sign."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from casetracker.reports.blocks import (
    Block,
    Cover,
    Keep,
    Letterhead,
    Names,
    OnePage,
    Para,
    Picture,
    Section,
    Signature,
)
from casetracker.reports.pdf import Paper


@dataclass(frozen=True)
class Options:
    """The choices for one paper; as they are here it is the paper with all its parts."""

    left_out: tuple[str, ...] = ()  # keys of the report's `sections`
    paper: Paper = "A4"
    header: str = ""  # the organisation, at the head of the first page
    cover_note: str = ""
    signatures: tuple[str, ...] = ()  # what stands before each line to sign on
    photographs: bool = True
    order: tuple[str, ...] = ()  # keys of the report's movable parts, as they are to follow each other
    running: str = ""  # above the running header of each page
    submitter: str = ""  # whose contacts stand on the sheet apart; see `store.submitters`
    logo: bytes = b""  # from `images.clean_logo`, at the head of the first page

    def shows(self, section: str) -> bool:
        """Whether a part of the paper is wanted."""
        return section not in self.left_out

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Return the keys of parts in the order that is wanted; those it does not name stay behind them."""
        there = list(keys)
        return list(dict.fromkeys([*(key for key in self.order if key in there), *there]))

    def arranged(self, parts: Mapping[str, Callable[[], Iterable[Block]]]) -> Iterator[Block]:
        """Yield the parts that are wanted, in the order that is wanted."""
        for key in self.in_order(parts):
            if self.shows(key):
                yield from parts[key]()

    def as_json(self) -> str:
        """Write the options for keeping, but for the logo, which is kept by itself."""
        said = {name: value for name, value in asdict(self).items() if name != "logo"}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    def framed(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield a paper's blocks with the head, the cover note, and at the end the lines to sign on."""
        rest = self._with_running_header(blocks if self.photographs else _without_pictures(blocks))
        block = next(rest, None)
        if isinstance(block, Section):  # it sets the running header and starts the page
            yield block
            block = next(rest, None)
        if self.header or self.logo:
            yield Letterhead(self.header, self.logo)
        if isinstance(block, Cover):
            yield block
            block = next(rest, None)
        if self.cover_note:
            yield Para(self.cover_note)
        if block is not None:
            yield block
        yield from rest
        if self.signatures:
            yield Signature(self.signatures)

    def _with_running_header(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks with the line above the header of each section; what had none gets a header."""
        begun = not self.running
        for block in blocks:
            if isinstance(block, Section) and self.running:
                right = f"\n{block.header_right}" if block.header_right else ""
                left = "\n".join(line for line in (self.running, block.header_left) if line)
                yield replace(block, header_left=left, header_right=right)
            else:
                yield from () if begun else (Section(self.running, new_page=False),)
                yield block
            begun = True


def options_from(kept: str, logo: bytes = b"") -> Options:
    """Read what `Options.as_json` wrote; what is not understood (a newer program's) is as if not said."""
    try:
        said = json.loads(kept) if kept else {}
    except ValueError:
        return Options(logo=logo)
    if not isinstance(said, dict):
        return Options(logo=logo)
    return Options(
        left_out=_texts(said.get("left_out")),
        paper="Letter" if said.get("paper") == "Letter" else "A4",
        header=str(said.get("header", "")),
        cover_note=str(said.get("cover_note", "")),
        signatures=_texts(said.get("signatures")),
        photographs=said.get("photographs") is not False,
        order=_texts(said.get("order")),
        running=str(said.get("running", "")),
        submitter=str(said.get("submitter", "")),
        logo=logo,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _without_pictures(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Keep):
            yield replace(block, blocks=tuple(_without_pictures(block.blocks)))
        elif isinstance(block, OnePage):
            yield replace(block, versions=tuple(tuple(_without_pictures(v)) for v in block.versions))
        elif isinstance(block, Names):
            yield replace(block, portrait=b"")
        elif not isinstance(block, Picture):
            yield block
