"""A promise that is made again: how often, since when; a new promise does not erase a broken one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from casetracker.i18n import N_, ntr, tr
from casetracker.model.dates import KnownDate

# In words up to there; beyond it the number says more.
_TIMES = {
    2: N_("second time promised"),
    3: N_("third time promised"),
    4: N_("fourth time promised"),
    5: N_("fifth time promised"),
}


@dataclass(frozen=True)
class Renewal:
    """Where a promise stands in the chain of those that renew one another."""

    earlier: tuple[str, ...]  # the ids of the promises it renews, the first one first
    first_on: KnownDate | None

    @property
    def times(self) -> int:
        """How often it was promised, this time included."""
        return len(self.earlier) + 1

    def text(self, today: dt.date) -> str:
        """Say it: "third time promised, first on 4 October 2021, 412 days ago"; empty for the first time."""
        if self.times < 2:
            return ""
        often = tr(_TIMES[self.times]) if self.times in _TIMES else tr(N_("promised {n} times"), n=self.times)
        day = self.first_on.earliest if self.first_on else None
        if self.first_on is None or day is None:
            return often
        ago = ntr("{n} day ago", "{n} days ago", max((today - day).days, 0))
        return tr(N_("{often}, first on {date}, {ago}"), often=often, date=self.first_on.text(), ago=ago)


def chain(promise_id: str, renews: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return what a promise renews, the first one first; a circle is cut where it closes.

    `renews` gives the promise that each one renews.
    """
    found: list[str] = []
    earlier = renews.get(promise_id)
    while earlier and earlier != promise_id and earlier not in found:
        found.append(earlier)
        earlier = renews.get(earlier)
    return tuple(reversed(found))
