"""The vocabulary of fields: one description drives form, list, history and report.

A field without a stated sensitivity does not import: the argument has no default.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count
from typing import Any

import sqlalchemy as sa
from babel.dates import format_date
from sqlalchemy.orm import Composite, MappedColumn, Relationship, composite, mapped_column, relationship

from casetracker.i18n import N_, locale, tr
from casetracker.model import dates, places, terms
from casetracker.model.confidentiality import Sensitivity
from casetracker.model.dates import KnownDate

_order = count()


class Kind:
    """One sort of value: how it is read from text, written as text, and checked."""

    def parse(self, text: str) -> Any:
        """Read a value from text; raises `ValueError` with a sentence."""
        return text.strip() or None

    def format(self, value: Any) -> str:
        """Write a value as text in the language now in use."""
        return "" if value is None else str(value)

    def check(self, value: Any) -> str:
        """Return a sentence that says what is wrong with the value, or nothing."""
        return ""


class Text(Kind):
    """A line of text."""

    def check(self, value: Any) -> str:
        """Refuse what the column cannot hold."""
        return (
            tr(N_("This is longer than 300 letters; put it into the notes.")) if len(str(value)) > 300 else ""
        )


class PlaceName(Text):
    """A place as it was said; one that has a code is printed as readers of the language know it."""

    def format(self, value: Any) -> str:
        """Write the place in the language now in use, where it has a name in it."""
        return places.in_language(value) if value else ""


class LongText(Kind):
    """Several paragraphs."""


class Picture(Kind):
    """A small picture that the program made from pixels, in base 64; texts say only that there is one."""

    def parse(self, text: str) -> None:
        """Read nothing: a picture is chosen, not typed."""

    def format(self, value: str | None) -> str:
        """Say that there is one."""
        return tr(N_("a picture")) if value else ""


class Day(Kind):
    """An exact day of the office's own doing (a due date, a consent), never of what was heard."""

    def parse(self, text: str) -> dt.date | None:
        """Read a day in ISO form."""
        return dt.date.fromisoformat(text) if text.strip() else None

    def format(self, value: dt.date | None) -> str:
        """Write the day with the month in words."""
        return format_date(value, "d MMMM y", locale=locale()) if value else ""


class When(Kind):
    """A date as known: words, EDTF and bounds."""

    def parse(self, text: str) -> KnownDate | None:
        """Read a date as people type it."""
        return dates.parse(text) if text.strip() else None

    def format(self, value: KnownDate | None) -> str:
        """Write the date in words."""
        return value.text() if value else ""


class YesNo(Kind):
    """Yes, no, or not known."""

    def parse(self, text: str) -> bool | None:
        """Read yes or no."""
        return text.strip().lower() in {"yes", "true", "1", tr("Yes").lower()} if text.strip() else None

    def format(self, value: bool | None) -> str:
        """Write yes, no or nothing."""
        return "" if value is None else tr("Yes") if value else tr("No")


@dataclass
class Number(Kind):
    """A whole number that is not negative, and less than `end`."""

    end: int = 2**31

    def parse(self, text: str) -> int | None:
        """Read a number, with or without spaces between thousands."""
        digits = "".join(text.split())
        if digits and not digits.isdigit():
            raise ValueError(tr(N_("“{text}” is not a whole number."), text=text))
        return int(digits) if digits else None

    def check(self, value: Any) -> str:
        """Refuse numbers that no column holds."""
        return "" if 0 <= int(value) < self.end else tr(N_("This number is out of range."))


@dataclass
class Choice(Kind):
    """One of the members of an Enum, whose values are their labels."""

    options: type[Enum]

    def parse(self, text: str) -> Enum | None:
        """Read a member by name or by label."""
        options = self.options
        return next((o for o in options if text in (o.name, o.value, terms.label_of(o))), None)

    def format(self, value: Enum | None) -> str:
        """Write the label."""
        return terms.label_of(value) if value else ""


@dataclass
class Term(Kind):
    """The code of a term of a vocabulary, which only people read: no rule of the program depends on it."""

    vocabulary: str

    def parse(self, text: str) -> str | None:
        """Read a term by code or by label."""
        wanted = text.strip().casefold()
        known = terms.vocabulary(self.vocabulary).terms
        found = (t.code for t in known if wanted in (t.code.casefold(), t.text().casefold()))
        return next(found, text.strip() or None)

    def format(self, value: str | None) -> str:
        """Write the label."""
        return terms.label(self.vocabulary, value) if value else ""

    def check(self, value: Any) -> str:
        """Refuse what the column cannot hold."""
        return tr(N_("This is not a term of the list.")) if len(str(value)) > 60 else ""


@dataclass
class Ref(Kind):
    """The id of another record."""

    target: str


@dataclass
class Children(Kind):
    """Records that belong to this one and are edited with it."""

    target: str


@dataclass(frozen=True)
class Field:
    """What the program knows about one field."""

    kind: Kind
    label: str
    sensitivity: Sensitivity
    name: str = ""
    help: str = ""
    required: bool = False
    listed: bool = False
    found: bool | None = None  # whether its words can be found; where nothing is said, those of long texts
    order: int = field(default_factory=lambda: next(_order))

    def named(self, name: str) -> Field:
        """Return the same field with its name."""
        return replace(self, name=name)

    def check(self, value: Any) -> str:
        """Return a sentence that says what is wrong with the value, or nothing."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return tr(N_("“{label}” is needed."), label=tr(self.label)) if self.required else ""
        return self.kind.check(value)


def _column(
    kind: Kind,
    type_: Any,
    label: str,
    sensitivity: Sensitivity,
    fk: str = "",
    index: bool = False,
    **more: Any,
) -> MappedColumn[Any]:
    about = Field(kind, label, sensitivity, **more)
    # Checked at commit: an undo brings back records that point at each other, in any order.
    keys = [sa.ForeignKey(fk, deferrable=True, initially="DEFERRED")] if fk else []
    return mapped_column(
        type_, *keys, nullable=not about.required, index=index or bool(fk), info={"field": about}
    )


def text(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a line of text of at most 300 letters."""
    return _column(Text(), sa.String(300), label, sensitivity, **more)


def place(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a place: free text, of which known ones have a code (see `place_code`)."""
    return _column(PlaceName(), sa.String(300), label, sensitivity, **more)


def place_code() -> MappedColumn[Any]:
    """Keep the code of a place beside its words, for lists that filter by county; set by `@validates`."""
    return mapped_column(sa.String(12), index=True, info={"derived": True})


def long_text(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a text of any length."""
    return _column(LongText(), sa.Text(), label, sensitivity, **more)


def picture(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a small picture in base 64."""
    return _column(Picture(), sa.Text(), label, sensitivity, **more)


def day(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe an exact day."""
    return _column(Day(), sa.Date(), label, sensitivity, **more)


def yes_no(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a yes, a no, or nothing known."""
    return _column(YesNo(), sa.Boolean(), label, sensitivity, **more)


def number(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a whole number; the label says the unit."""
    return _column(Number(), sa.Integer(), label, sensitivity, **more)


def big_number(label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a whole number of 64 bits, such as the size of a file; the label says the unit."""
    return _column(Number(2**63), sa.BigInteger(), label, sensitivity, **more)


def choice(options: type[Enum], label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe one of the members of an Enum."""
    return _column(
        Choice(options), sa.Enum(options, native_enum=False, length=40), label, sensitivity, **more
    )


def term(vocabulary: str, label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe a term of the vocabulary `resources/terms/VOCABULARY.toml`, to which the office may add."""
    return _column(Term(vocabulary), sa.String(60), label, sensitivity, **more)


def ref(target: str, table: str, label: str, sensitivity: Sensitivity, **more: Any) -> MappedColumn[Any]:
    """Describe the id of a record of another entity."""
    return _column(Ref(target), sa.String(32), label, sensitivity, fk=f"{table}.id", **more)


def when(name: str, label: str, sensitivity: Sensitivity, **more: Any) -> Composite[Any]:
    """Describe a date as known: four columns behind one value; `name` is the field's own name."""
    about = Field(When(), label, sensitivity, **more)
    columns = (
        mapped_column(f"{name}_words", sa.String(300)),
        mapped_column(f"{name}_edtf", sa.String(60)),
        mapped_column(f"{name}_earliest", sa.Date(), index=True),
        mapped_column(f"{name}_latest", sa.Date(), index=True),
    )
    value: Composite[Any] = composite(
        _known_date,  # not the class: SQLAlchemy would read its annotations as those of columns
        *columns,
        info={"field": about},
        return_none_on=lambda *held: held[0] is None and held[1] is None,
    )
    return value


def _known_date(*columns: Any) -> KnownDate:
    return KnownDate(*columns)


def children(
    target: str, label: str, sensitivity: Sensitivity, order_by: str | None = None, **more: Any
) -> Relationship[Any]:
    """Describe records that belong to this one; `order_by` names a column of theirs."""
    about = Field(Children(target), label, sensitivity, **more)
    by = f"{target}.{order_by}" if order_by else None
    return relationship(target, cascade="all", info={"field": about}, order_by=by or False)


def month_day(value: dt.date) -> str:
    """Write a day and month without the year, for narrow columns."""
    return format_date(value, "d MMM", locale=locale())
