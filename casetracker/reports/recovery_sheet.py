"""The recovery sheet: one page with the code that opens a casebook when its passphrase is lost.

Whoever holds the sheet and the casebook can read everything, so the page says how to keep it, and names
nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casetracker.i18n import N_, current, tr
from casetracker.model.dates import KnownDate
from casetracker.reports import pdf
from casetracker.reports.blocks import Block, Callout, Cover, Facts, Heading, Para, Picture, Strong, Table
from casetracker.reports.pdf import square

GROUPS_A_LINE = 4


def make(path: Path, name: str, code: str, made_on: dt.date | None = None, log_code: str = "") -> None:
    """Write the sheet for the casebook `name` as a PDF; raises `UserError` where the disk is in the way.

    `log_code` is that of the audit log on that day, by which a later look tells whether it was cut.
    """
    title = tr(N_("Recovery sheet"))
    content = blocks(name, code, made_on or dt.date.today(), log_code)
    pdf.write(content, path, title=title, language=current())


def lines_of(code: str) -> list[list[str]]:
    """Return the groups of a code in lines, as they are printed and read out."""
    groups = code.split("-")
    return [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]


def advice() -> list[str]:
    """Return how the sheet is to be kept, a sentence each."""
    return [
        tr(N_("Keep this sheet where you keep passports, not beside the computer or with the casebook.")),
        tr(N_("Whoever has this sheet and a copy of the casebook can read everything in it.")),
        tr(N_("If the passphrase is lost: open the casebook and type this code instead of the passphrase.")),
        tr(N_("The letters I, L, O and U are not used: what looks like one of them is a digit.")),
    ]


def log_line(code: str) -> str:
    """Say the code of the log, as it is printed on the sheet."""
    return tr(N_("Code of the log on this day: {code}"), code=code)


def blocks(name: str, code: str, made_on: dt.date, log_code: str = "") -> Iterator[Block]:
    """Return the sheet as blocks."""
    yield Cover(tr(N_("Recovery sheet")), subtitle=tr(N_("Opens the casebook when its passphrase is lost")))
    yield Facts(
        ((tr(N_("Casebook")), Strong(name)), (tr(N_("Made on")), KnownDate.on(made_on).text())),
    )
    yield Heading(tr(N_("Recovery code")))
    rows = tuple(tuple(Strong(group) for group in line) for line in lines_of(code))
    yield Table(("",) * GROUPS_A_LINE, rows, widths=(1,) * GROUPS_A_LINE)
    yield Callout(tr(N_("Keep it like a key:")), advice()[0] + " " + advice()[1])
    for sentence in advice()[2:]:
        yield Para(sentence)
    if log_code:
        yield Para(log_line(log_code))


WORDS_A_LINE = 4


@dataclass(frozen=True)
class Part:
    """One part of a recovery code: its words, which of how many it is, and how many are needed."""

    words: str
    number: int
    of: int
    needed: int


def make_part(path: Path, name: str, part: Part, made_on: dt.date | None = None) -> None:
    """Write the sheet of one part as a PDF; raises `UserError` where the disk is in the way."""
    title = tr(N_("Part of a recovery sheet"))
    blocks = part_blocks(name, part, made_on or dt.date.today())
    pdf.write(blocks, path, title=title, language=current())


def part_blocks(name: str, part: Part, made_on: dt.date) -> Iterator[Block]:
    """Return the sheet of one part as blocks: the words, numbered, and the same as a square code."""
    of_all = N_("Part {number} of {of}; any {needed} of them together open the casebook")
    said = tr(of_all, number=part.number, of=part.of, needed=part.needed)
    yield Cover(tr(N_("Part of a recovery sheet")), subtitle=said)
    yield Facts(((tr(N_("Casebook")), Strong(name)), (tr(N_("Made on")), KnownDate.on(made_on).text())))
    yield Heading(tr(N_("Words of this part")))
    numbered = [Strong(f"{n}. {word}") for n, word in enumerate(part.words.split(), 1)]
    rows = tuple(tuple(numbered[at : at + WORDS_A_LINE]) for at in range(0, len(numbered), WORDS_A_LINE))
    yield Table(("",) * WORDS_A_LINE, rows, widths=(1,) * WORDS_A_LINE)
    yield Picture(square.as_picture(part.words.upper()), tr(N_("The same words, for a telephone")), 45)
    yield Callout(
        tr(N_("Keep it apart from the others:")),
        tr(N_("One part alone says nothing. Do not send it, photograph it or keep it with the casebook.")),
    )
    said = N_(
        "To open: where the passphrase is asked for, type the words of {needed} parts one after the other."
    )
    yield Para(tr(said, needed=part.needed))
