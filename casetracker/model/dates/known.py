"""The date as known, and how a form puts one together without anybody typing EDTF."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from casetracker.i18n import N_, tr
from casetracker.model.dates import edtf as notation
from casetracker.model.dates import wording
from casetracker.model.dates.parts import Part, Qualifier, Relation

MOST_WORDS = 300  # letters: what the column holds


class Precision(Enum):
    """How exact a date is; the values are labels."""

    DAY = N_("exact day")
    MONTH = N_("month")
    SEASON = N_("season")
    YEAR = N_("year")
    DECADE = N_("decade")
    RANGE = N_("range")
    NONE = N_("in words only")


@dataclass(frozen=True)
class KnownDate:
    """A date as somebody knows it.

    `words` are those of the speaker, `edtf` says the same in a normal form, `earliest` and `latest` are its
    strict bounds (both days included; nothing where it is open or unknown). "About" does not widen the
    bounds: how far about reaches is for the reader to judge, not for a program to invent.

    Make one with `from_edtf`, `in_words`, `on`, `compose` or `parse`; the bare constructor is for the store,
    which gives back four columns that were checked before.
    """

    words: str | None = None
    edtf: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None

    def __composite_values__(self) -> tuple[object, ...]:
        """What the store keeps, in the order of its columns."""
        return self.words, self.edtf, self.earliest, self.latest

    @classmethod
    def from_edtf(cls, edtf: str, words: str | None = None) -> KnownDate:
        """Read EDTF and compute the bounds; raises `ValueError` with a sentence on nonsense."""
        return cls._of(notation.read(edtf), words)

    @classmethod
    def in_words(cls, words: str) -> KnownDate:
        """Keep only the words: nothing is known about when that was."""
        return cls(words=_tidy(words))

    @classmethod
    def on(cls, day: dt.date) -> KnownDate:
        """Return an exact day."""
        return cls.from_edtf(f"{day:%Y-%m-%d}")

    @classmethod
    def _of(cls, reading: notation.Reading, words: str | None = None) -> KnownDate:
        return cls(_tidy(words), notation.write(reading), reading.earliest, reading.latest)

    @property
    def reading(self) -> notation.Reading | None:
        """What the EDTF says, taken apart; nothing when there are only words."""
        return notation.read(self.edtf) if self.edtf else None

    @property
    def precision(self) -> Precision:
        """How exact the date is, apart from how sure it is."""
        reading = self.reading
        if reading is None:
            return Precision.NONE
        part = reading.first
        if reading.relation is not Relation.ON:
            return Precision.RANGE
        if part.decade:
            return Precision.DECADE
        if part.season:
            return Precision.SEASON
        return Precision.DAY if part.day else Precision.MONTH if part.month else Precision.YEAR

    @property
    def approximate(self) -> bool:
        """Whether "about" was said (of either end)."""
        return bool(self.reading and self.reading.qualifier.approximate)

    @property
    def uncertain(self) -> bool:
        """Whether "perhaps" was said (of either end)."""
        return bool(self.reading and self.reading.qualifier.uncertain)

    @property
    def is_interval(self) -> bool:
        """Whether this is a time that lasted, not one moment somewhere within."""
        return bool(self.reading and self.reading.relation.lasted)

    @property
    def ongoing(self) -> bool:
        """Whether it was still going on when it was told."""
        return bool(self.reading and self.reading.relation is Relation.SINCE_ONGOING)

    def text(self) -> str:
        """Write the date in the language now in use; the words, in quotes, when they are all we have."""
        if reading := self.reading:
            return wording.text(reading)
        return tr(N_("“{words}”"), words=self.words) if self.words else ""

    def short(self) -> str:
        """Write the date for a narrow column; signs instead of words: "≈ Oct 2018", "Oct 2018?"."""
        reading = self.reading
        return wording.short(reading) if reading else self.words or ""

    @property
    def sort_key(self) -> tuple[dt.date, dt.date]:
        """The order of a chronology: by the earliest day, else the latest; dates without bounds come last."""
        return self.earliest or self.latest or dt.date.max, self.latest or dt.date.max

    def definitely_before(self, other: KnownDate) -> bool:
        """Whether this was over before the other can have begun, whatever the true days are."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def overlaps(self, other: KnownDate) -> bool:
        """Whether both can have been on one day; a missing bound excludes nothing."""
        return not self.definitely_before(other) and not other.definitely_before(self)

    def days_since(self, as_of: dt.date) -> tuple[int | None, int | None]:
        """Return how many days ago it happened (or, if it lasted, began): at least, at most.

        Nothing where there is no bound; a negative number is a day still to come.
        """
        latest = self.reading.first.last_day if self.reading and self.is_interval else self.latest
        at_least = (as_of - latest).days if latest else None
        return at_least, (as_of - self.earliest).days if self.earliest else None


class Composition(NamedTuple):
    """What a form shows of a date: the choices and fields from which `compose` makes it."""

    relation: Relation
    first: Part
    second: Part | None
    qualifier: Qualifier


def compose(
    relation: Relation,
    first: Part,
    second: Part | None = None,
    qualifier: Qualifier = Qualifier.EXACT,
    words: str | None = None,
) -> KnownDate:
    """Make a date from what a form holds; `second` counts only for BETWEEN and FROM_TO.

    BEFORE and AFTER leave out the part itself: before October 2018 ends on 30 September. Raises `ValueError`
    with a sentence when the second date is missing or lies before the first.
    """
    if not relation.needs_second:
        reading = notation.Reading(relation, first, sure=qualifier)
    elif second is None:
        raise ValueError(tr(N_("Give the second date as well.")))
    else:
        reading = notation.Reading(relation, first, second, qualifier, qualifier)
    return KnownDate.from_edtf(notation.write(reading), words)


def decompose(known: KnownDate) -> Composition | None:
    """Take a date apart for a form; nothing when it has only words.

    A form has one qualifier, while EDTF may say another for each end of an interval: then it is what either
    end says. So write a date back only when somebody changed it.
    """
    reading = known.reading
    if reading is None:
        return None
    return Composition(reading.relation, reading.first, reading.second, reading.qualifier)


def _tidy(words: str | None) -> str | None:
    """Return the words without stray spaces, or nothing."""
    words = " ".join((words or "").split())
    if len(words) > MOST_WORDS:
        raise ValueError(tr(N_("The words of a date are longer than {n} letters."), n=MOST_WORDS))
    return words or None
