"""What the columns of an unknown list mean: its heading row, and a field for each heading."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import islice

from rapidfuzz import fuzz, process

from casetracker import i18n
from casetracker.exchange.tables_in.opened import Opened, Row, Sheet
from casetracker.exchange.tables_in.profile import Column, Profile, shipped
from casetracker.exchange.tables_in.targets import NOTE, targets
from casetracker.paths import resource

LOOKED_AT = 30  # rows, among which the heading row is sought
CLOSE = 88  # of 100: how alike a heading must be to a known one
_FITS = 0.6  # share of a shipped profile's columns that a list must have
# A list holds several spellings of one name, numbers and reasons; everything else once.
_MANY = ("person.names", "case.numbers", "petitioner.contacts", "episode.reasons", "note")


def heading_row(rows: Sequence[Row]) -> int:
    """Return where the headings stand: the row with most known words, else the first with most texts."""
    known = _known()

    def score(row: Row) -> tuple[int, int]:
        cells = [_plain(cell) for cell in row if cell.strip()]
        texts = sum(not cell.replace(".", "").replace("-", "").isdigit() for cell in cells)
        return sum(cell in known for cell in cells), texts if len(cells) == len(set(cells)) else 0

    best = max(range(len(rows)), key=lambda at: (score(rows[at]), -at), default=0)
    return best if rows and score(rows[best])[0] else _first_full(rows)


def _first_full(rows: Sequence[Row]) -> int:
    most = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    return next((at for at, row in enumerate(rows) if sum(bool(c.strip()) for c in row) == most), 0)


def best_sheet(found: Opened) -> Sheet:
    """Return the sheet that looks most like a list of people: with most headings that are known."""
    known = _known()

    def score(sheet: Sheet) -> int:
        rows = list(islice(sheet.rows(), LOOKED_AT))
        return max((sum(_plain(cell) in known for cell in row) for row in rows), default=0)

    return max(found.sheets, key=score) if len(found.sheets) > 1 else found.sheets[0]


def guess(heads: Sequence[str]) -> Profile:
    """Return a mapping of these headings; what is not known goes to a note, so that nothing is lost.

    A shipped profile is taken where the list has most of its columns.
    """
    fitting = max(shipped(), key=lambda profile: profile.fits(heads), default=None)
    if fitting and fitting.fits(heads) >= _FITS:
        return completed(fitting, heads)
    taken: set[str] = set()
    columns = []
    for head in heads:
        if not head.strip():
            continue
        address = _address(head)
        if address in taken and not address.startswith(_MANY):
            address = NOTE
        taken.add(address)
        columns.append(Column((head,), address, split=";" if address == "person.names" else ""))
    return Profile("", tuple(columns))


def completed(profile: Profile, heads: Sequence[str]) -> Profile:
    """Return a profile in which every column of a list is: those it does not know go to the note."""
    known = {_plain(head) for column in profile.columns for head in column.heads}
    more = tuple(Column((head,), NOTE) for head in heads if head.strip() and _plain(head) not in known)
    return Profile(**{**vars(profile), "columns": (*profile.columns, *more)})


def _address(head: str) -> str:
    known = _known()
    plain = _plain(head)
    if plain in known:
        return known[plain]
    close = process.extractOne(plain, known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return known[close[0]] if close and len(plain) > 4 else NOTE


def _plain(head: str) -> str:
    return " ".join(head.replace("_", " ").split()).strip(" :*").casefold()


@cache
def _known() -> dict[str, str]:
    """Return the addresses by heading: the labels in all languages, then the words that lists use."""
    found: dict[str, str] = {}
    for language in i18n.languages():
        with i18n.language(language):
            for target in targets():
                found.setdefault(_plain(target.title), target.address)
                if target.part_key in {"person", "case", "episode", "judgment"}:
                    found.setdefault(_plain(target.label), target.address)
    said = tomllib.loads((resource("imports") / "headings.toml").read_text("utf-8"))
    return found | {_plain(word): address for address, words in said.items() for word in words}
