"""How a paper is to be: which parts, on what size, under whose name, with what lines to sign."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from casetracker.reports.blocks import Block, Cover, Keep, Para, Picture, Section, Signature
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

    def shows(self, section: str) -> bool:
        """Whether a part of the paper is wanted."""
        return section not in self.left_out

    def as_json(self) -> str:
        """Write the options for keeping."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def framed(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield a paper's blocks with the head, the cover note, and at the end the lines to sign on."""
        rest = iter(blocks if self.photographs else _without_pictures(blocks))
        block = next(rest, None)
        if isinstance(block, Section):  # it sets the running header and starts the page
            yield block
            block = next(rest, None)
        if self.header:
            yield Para(self.header, style="muted")
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


def options_from(kept: str) -> Options:
    """Read what `Options.as_json` wrote; what is not understood (a newer program's) is as if not said."""
    try:
        said = json.loads(kept) if kept else {}
    except ValueError:
        return Options()
    if not isinstance(said, dict):
        return Options()
    return Options(
        left_out=_texts(said.get("left_out")),
        paper="Letter" if said.get("paper") == "Letter" else "A4",
        header=str(said.get("header", "")),
        cover_note=str(said.get("cover_note", "")),
        signatures=_texts(said.get("signatures")),
        photographs=said.get("photographs") is not False,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _without_pictures(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Keep):
            yield replace(block, blocks=tuple(_without_pictures(block.blocks)))
        elif not isinstance(block, Picture):
            yield block
