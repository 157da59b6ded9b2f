"""Working days of Kazakhstan: weekends, State holidays, and the days that the government moves every year."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from casetracker.paths import resource

if TYPE_CHECKING:
    from holidays import HolidayBase

_DAY = dt.timedelta(days=1)


class WorkingDays:
    """A calendar that knows which days are worked.

    `moved` is the office's own table (day → worked or not), that of the open casebook unless one is given; it
    wins over the table that comes with the program, which wins over the holidays library.
    """

    def __init__(self, moved: Mapping[dt.date, bool] | None = None) -> None:
        self._moved = {**_moved(), **(_state["own"] if moved is None else moved)}
        self._asked: dict[dt.date, bool] = {}

    @cached_property
    def _holidays(self) -> HolidayBase:
        from holidays import country_holidays  # a tenth of a second, only when a term is counted

        return country_holidays("KZ", language="en_US")

    def is_working(self, day: dt.date) -> bool:
        """Whether people work on that day."""
        if (known := self._asked.get(day)) is not None:
            return known
        moved = self._moved.get(day)
        self._asked[day] = self._holidays.is_working_day(day) if moved is None else moved
        return self._asked[day]

    def off_between(self, first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
        """Return the weekdays after `first` up to `last` on which nobody works, each with its holiday.

        Weekends go without saying; a Saturday or Sunday that is worked is not among them either.
        """
        days = (first + _DAY * n for n in range(1, (last - first).days + 1))
        weekdays = (day for day in days if day.weekday() < 5 and not self.is_working(day))
        return [(day, self._holidays.get(day) or "") for day in weekdays]

    def worked_weekends(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return the Saturdays and Sundays after `first` up to `last` that are worked."""
        days = (first + _DAY * n for n in range(1, (last - first).days + 1))
        return [day for day in days if day.weekday() >= 5 and self.is_working(day)]

    def on_or_after(self, day: dt.date) -> dt.date:
        """Return the day itself if it is worked, else the next that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def away(self, day: dt.date, count: int) -> dt.date:
        """Return the working day that lies `count` working days after the day, or before it if below zero."""
        step = _DAY if count >= 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """Count the working days after `first` up to `last`; below zero when `last` is the earlier."""
        if last < first:
            return -self.between(last, first)
        days = (first + _DAY * n for n in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def estimated(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return the holidays between two days that were only computed (Qurban ait) and may move."""
        days = (first + _DAY * n for n in range((last - first).days + 1))
        return [
            day for day in days if day not in self._moved and "(estimated)" in (self._holidays.get(day) or "")
        ]


_state: dict[str, Mapping[dt.date, bool]] = {"own": {}}
_kept: dict[str, WorkingDays] = {}


def set_own(moved: Mapping[dt.date, bool] | None = None) -> None:
    """Say which days the open casebook moves: when it opens, and whenever its table changes."""
    _state["own"] = dict(moved or {})
    _kept["calendar"] = WorkingDays()


def calendar() -> WorkingDays:
    """Return the calendar of the open casebook; it remembers the days it was asked about."""
    return _kept.setdefault("calendar", WorkingDays())


@cache
def _moved() -> Mapping[dt.date, bool]:
    table = tomllib.loads((resource("rules") / "days_off.toml").read_text("utf-8"))
    return {entry["date"]: entry["working"] for entry in table.get("day", [])}
