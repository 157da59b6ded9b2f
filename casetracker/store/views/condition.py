"""What a condition of a list is: its words, what is chosen or typed for it, and its part of a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Any

import sqlalchemy as sa
from babel.dates import format_date
from sqlalchemy.orm import Session

from casetracker.i18n import N_, locale, tr
from casetracker.model import places
from casetracker.model.terms import label_of
from casetracker.store.store import Store

Value = tuple[str, ...]  # what was chosen or typed, as it is kept in a view: names, codes, ids, ISO days
Options = Callable[[Store], Sequence[tuple[str, str]]]
_YEAR = 365
_LONGEST = 100 * _YEAR  # no number of days is larger; a date would run out of the calendar


class Operand(Enum):
    """What has to be said beside the name of a condition."""

    NONE = "none"
    PICK = "pick"  # one or more of the options: choices, terms, tags, offices
    PLACE = "place"  # the code of a place
    DAY = "day"
    NUMBER = "number"
    TEXT = "text"


class Asked:
    """On which day, and in which session, the conditions of one query are put together."""

    def __init__(self, session: Session, today: dt.date) -> None:
        self.session, self.today = session, today
        self._parts = count(1)

    def fresh(self) -> str:
        """Return a name that no other part of the query has."""
        return f"part{next(self._parts)}"

    def before(self, days: str) -> dt.date:
        """Return the day that lies so many days back."""
        return self.today - dt.timedelta(days=int(days))


Test = Callable[[Asked, Value], sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Condition:
    """One thing that a list can be narrowed by.

    `label` is its name in the menu. `said` and `unsaid` continue "Cases …" in a sentence, with `{value}`
    where something was chosen or typed. Of the conditions of one `axis` a pill sets one at a time.
    """

    key: str
    label: str
    said: str
    unsaid: str
    test: Test
    operand: Operand = Operand.NONE
    options: Options | None = None
    known: frozenset[str] | None = None  # the options that can be told from a mistake in a file
    axis: str = ""

    def fits(self, value: Value) -> bool:
        """Whether a value is one of this condition's: what comes from a file may be of another version."""
        if self.operand is Operand.NONE:
            return not value
        if not value or not all(value):
            return False
        if self.operand is Operand.PICK:
            return self.known is None or self.known.issuperset(value)
        if len(value) != 1:
            return False
        return self._fits_one(value[0])

    def _fits_one(self, typed: str) -> bool:
        if self.operand is Operand.NUMBER:
            return typed.isascii() and typed.isdigit() and int(typed) <= _LONGEST
        if self.operand is Operand.DAY:
            return _day(typed) is not None
        if self.operand is Operand.PLACE:
            return bool(places.with_code(typed))
        return True

    def words(self, value: Value, store: Store) -> str:
        """Return what was chosen or typed, as a reader knows it."""
        if self.operand is Operand.PICK and self.options is not None:
            names = dict(self.options(store))
            return _either([names.get(each) or tr(N_("something that is gone")) for each in value])
        if self.operand is Operand.PLACE:
            return places.label(places.with_code(value[0])[0])
        if self.operand is Operand.DAY:
            return format_date(_day(value[0]), "d MMMM y", locale=locale())
        return value[0] if value else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _either(names: Sequence[str]) -> str:
    *first, last = names
    return tr(N_("{one} or {other}"), one=", ".join(first), other=last) if first else last


# Ways to make the usual ones


def plain(
    key: str, label: str, unsaid: str, test: Callable[[Asked], sa.ColumnElement[bool]], *, axis: str = ""
) -> Condition:
    """Describe a condition that holds or does not; its name is how the sentence says it."""
    return Condition(key, label, label, unsaid, lambda asked, _: test(asked), axis=axis)


def of_choice(key: str, label: str, said: str, unsaid: str, column: Any, options: type[Enum]) -> Condition:
    """Describe a condition on a column that holds a member of an Enum."""
    return Condition(
        key,
        label,
        said,
        unsaid,
        lambda _, value: column.in_([options[name] for name in value]),
        Operand.PICK,
        choices(options),
        frozenset(options.__members__),
    )


def choices(options: type[Enum]) -> Options:
    """Offer the members of an Enum."""
    return lambda _: [(each.name, label_of(each)) for each in options]


def number(key: str, label: str, said: str, unsaid: str, test: Test) -> Condition:
    """Describe a condition with a whole number."""
    return Condition(key, label, said, unsaid, test, Operand.NUMBER)


def in_place(
    key: str, label: str, said: str, unsaid: str, test: Callable[[Any], Any], column: Any
) -> Condition:
    """Describe a condition on the code of a place; what lies in the place counts too."""
    return Condition(
        key, label, said, unsaid, lambda _, value: test(lies_in(column, value[0])), Operand.PLACE
    )


def lies_in(
    column: sa.orm.InstrumentedAttribute[Any] | sa.ColumnElement[Any], code: str
) -> sa.ColumnElement[bool]:
    """Whether a code is that of a place or of something in it: 654200 is a prefecture, 654221 lies in it."""
    begins = code
    while len(begins) > 2 and begins.endswith("00"):
        begins = begins[:-2]
    same = [place.code for place in places.everywhere() if place.code.startswith(begins)]
    return column.in_(same)


def contains(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Whether a column has the text in it, in small or large letters; SQLite folds those of ASCII only."""
    ways = dict.fromkeys((text, text.lower(), text.upper(), text.capitalize(), text.title()))
    return sa.or_(*(column.icontains(way, autoescape=True) for way in ways))


def day_of(value: Value) -> dt.date:
    """Return the day that was typed."""
    return dt.date.fromisoformat(value[0])
