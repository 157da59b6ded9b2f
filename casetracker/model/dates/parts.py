"""The pieces a date as known is made of: a calendar part, how sure it is, and how it relates to the event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from babel.dates import format_skeleton

from casetracker.i18n import N_, locale, tr

FIRST_YEAR = 1800
LAST_YEAR = 2199


class Season(Enum):
    """A season of the northern hemisphere; the values are labels.

    A season belongs to the year in which it begins: winter 2017 is December 2017 to February 2018. So the
    four seasons of a year follow each other without a gap. (The EDTF library ends that winter with the year.)
    """

    SPRING = N_("spring")
    SUMMER = N_("summer")
    AUTUMN = N_("autumn")
    WINTER = N_("winter")

    @property
    def code(self) -> int:
        """The number by which EDTF names the season: 21 to 24."""
        return 21 + list(Season).index(self)

    @property
    def begins(self) -> int:
        """The first of the season's three months."""
        return 3 * (self.code - 20)


class Qualifier(Enum):
    """How sure the speaker is; the values are labels for a choice."""

    EXACT = N_("as stated")
    ABOUT = N_("about")
    PERHAPS = N_("perhaps")
    PERHAPS_ABOUT = N_("perhaps, and about")

    @property
    def mark(self) -> str:
        """The sign for it in EDTF."""
        return {"ABOUT": "~", "PERHAPS": "?", "PERHAPS_ABOUT": "%"}.get(self.name, "")

    @property
    def approximate(self) -> bool:
        """Whether the date is only near the true one."""
        return self in (Qualifier.ABOUT, Qualifier.PERHAPS_ABOUT)

    @property
    def uncertain(self) -> bool:
        """Whether the date may be wrong altogether."""
        return self in (Qualifier.PERHAPS, Qualifier.PERHAPS_ABOUT)

    @classmethod
    def of(cls, *, approximate: bool, uncertain: bool) -> Qualifier:
        """Return the qualifier that says both things."""
        if approximate:
            return cls.PERHAPS_ABOUT if uncertain else cls.ABOUT
        return cls.PERHAPS if uncertain else cls.EXACT

    def joined(self, other: Qualifier) -> Qualifier:
        """Return the qualifier that says what either of the two says."""
        return Qualifier.of(
            approximate=self.approximate or other.approximate, uncertain=self.uncertain or other.uncertain
        )


class Relation(Enum):
    """How the event lies to the date or dates given; the values are labels for a choice.

    The first four are one moment, the last three a time that lasted (GEDCOM keeps the same two apart).
    """

    ON = N_("on or in")
    BEFORE = N_("before")
    AFTER = N_("after")
    BETWEEN = N_("some time between")
    FROM_TO = N_("lasted from – to")
    SINCE_ONGOING = N_("since, still going on")
    SINCE_END_UNKNOWN = N_("since, end unknown")

    @property
    def needs_second(self) -> bool:
        """Whether a second date has to be given."""
        return self in (Relation.BETWEEN, Relation.FROM_TO)

    @property
    def lasted(self) -> bool:
        """Whether this is a time that lasted, not a moment somewhere within."""
        return self in (Relation.FROM_TO, Relation.SINCE_ONGOING, Relation.SINCE_END_UNKNOWN)


@dataclass(frozen=True)
class Part:
    """A day, a month, a season, a year or a decade of the calendar.

    `unknown` says that the next smaller unit was asked for and nobody knows it: `2018-XX` ("some month of
    2018") is another statement than `2018`. It has a meaning only for a year or a month. `decade` takes the
    ten years in which `year` lies. Raises `ValueError` with a sentence when the calendar has no such part.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    decade: bool = False
    unknown: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(tr(N_("The year {year} is out of range."), year=self.year))
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(tr(N_("There is no month {month}."), month=self.month))
        if self.season and self.month is not None:
            raise ValueError(tr(N_("Give a month or a season, not both.")))
        if self.day is not None:
            self._check_day(self.day)
        if self.decade:
            if self.season or self.month is not None:
                raise ValueError(tr(N_("A decade has no month or season.")))
            object.__setattr__(self, "year", self.year // 10 * 10)
        if self.day is not None or self.season or self.decade:
            object.__setattr__(self, "unknown", False)

    def _check_day(self, day: int) -> None:
        if self.month is None:
            raise ValueError(tr(N_("Give the month as well.")))
        month = Part(self.year, self.month)
        if not 1 <= day <= month.last_day.day:
            name = format_skeleton("yMMMM", month.first_day, locale=locale())
            raise ValueError(tr(N_("{month} has no day {day}."), month=name, day=day))

    @property
    def first_day(self) -> dt.date:
        """The first day of this part."""
        month = self.season.begins if self.season else self.month or 1
        return dt.date(self.year, month, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of this part."""
        if self.day is not None:
            return self.first_day
        start = self.first_day
        months = 3 if self.season else 1 if self.month else 120 if self.decade else 12
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return dt.date(year, month + 1, 1) - dt.timedelta(days=1)

    def step(self, by: int) -> Part:
        """Return the part of the same size that comes so many after this one (or before it)."""
        if self.day is not None:
            day = self.first_day + dt.timedelta(days=by)
            return Part(day.year, day.month, day.day)
        if self.season:
            year, season = divmod(self.year * 4 + self.season.code - 21 + by, 4)
            return Part(year, season=list(Season)[season])
        if self.month is not None:
            year, month = divmod(self.year * 12 + self.month - 1 + by, 12)
            return Part(year, month + 1)
        return Part(self.year + by * (10 if self.decade else 1), decade=self.decade)

    @property
    def next(self) -> Part:
        """The part that follows."""
        return self.step(1)

    @property
    def previous(self) -> Part:
        """The part that comes before."""
        return self.step(-1)
