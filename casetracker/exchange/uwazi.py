"""A table for Uwazi's import: one line a case, the columns that a template of the same names takes.

Uwazi reads its columns by the names of the template's properties, days as YYYY-MM-DD, and several values of
one property with "|" between them. A date that is not an exact day goes into a column of text, and is lost
nowhere.
"""

from __future__ import annotations

from casetracker.exchange.gather import Gathered
from casetracker.exchange.sheets import csv_of
from casetracker.exchange.tables import Cell, Table, Told, told_of
from casetracker.store.reader import Reader

_HEADS = (
    "title", "reference", "other names", "sex", "date of birth", "date of birth (as known)", "ethnicity",
    "citizenship", "status", "date of arrest", "date of arrest (as known)", "county", "place of detention",
    "sentence", "official reason", "what the family asks", "account",
)  # fmt: skip


def as_csv(gathered: Gathered, reader: Reader) -> bytes:
    """Return the table; the first column is the title of the entity, as Uwazi asks for it."""
    rows = tuple(_row(told) for told in told_of(gathered, reader))
    return csv_of(Table("uwazi", "uwazi", _HEADS, rows))


def _row(told: Told) -> tuple[Cell, ...]:
    names = told.spellings
    born, arrested = told.date(told.person, "birth"), told.date(told.now.episode, "arrested")
    return (
        names[0] if names else told.text(told.case, "ref"),
        told.text(told.case, "ref"),
        "|".join(name.replace("|", "/") for name in names[1:]),
        told.text(told.person, "sex"),
        *_twice(born),
        told.text(told.person, "ethnicity"),
        told.text(told.person, "citizenships").replace(", ", "|"),
        told.now.status_text,
        *_twice(arrested),
        told.text(told.now.episode, "county"),
        told.text(told.now.episode, "held_at"),
        told.now.sentence,
        told.text(told.now.episode, "official_reason"),
        told.text(told.case, "request"),
        told.text(told.case, "account"),
    )


def _twice(value: Cell) -> tuple[Cell, Cell]:
    """Return a date as a day, if it is one, and as it is known otherwise."""
    return (None, value) if isinstance(value, str) else (value, None)
