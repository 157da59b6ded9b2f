"""When a sentence ends, as far as it is known: the earliest and the latest day, from uncertain dates.

In China a fixed term is counted in whole days and time held before the judgment is part of it (Criminal Law
of the PRC, article 47: one day in custody is one day of the term). So where a judgment does not say from when
it counts, the start of the detention is taken, and the result is an estimate.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from casetracker.i18n import N_
from casetracker.model.detention.custody import IN_CUSTODY, CustodyStatus, Standing
from casetracker.model.detention.judgment import SentenceKind

Bounds = tuple[dt.date | None, dt.date | None]
NEVER: Bounds = (None, None)

# Somebody of whom nothing is heard was not released as far as anybody knows.
_NOT_RELEASED = IN_CUSTODY | {CustodyStatus.NO_NEWS}


class Basis(Enum):
    """Where the end of a sentence comes from."""

    STATED = N_("as the judgment says")
    COUNTED = N_("counted from the day that the judgment names")
    ESTIMATED = N_("estimated from the start of the detention")


@dataclass(frozen=True)
class Term:
    """What the count needs to know of a judgment; dates as their bounds."""

    id: str
    decided: Bounds = NEVER
    sentence: SentenceKind | None = None
    years: int | None = None
    months: int | None = None
    days: int | None = None
    begins: Bounds = NEVER
    ends: Bounds = NEVER
    standing: Standing | None = None

    @property
    def counted(self) -> bool:
        """Whether there is a length to count."""
        return self.sentence in (None, SentenceKind.FIXED) and bool(self.years or self.months or self.days)


@dataclass(frozen=True)
class Release:
    """The last day of a sentence: no earlier and no later than these."""

    earliest: dt.date | None
    latest: dt.date | None
    basis: Basis


def deciding(terms: Iterable[Term]) -> Term | None:
    """Return the judgment that counts: the latest one, unless an overlapping version is marked as counting.

    A later decision replaces an earlier one (a sentence changed on appeal, a reduction), also one that was
    marked; one that was set aside decides nothing.
    """
    ordered = _in_order(terms)
    if not ordered:
        return None
    top = ordered[-1]
    chosen = [t for t in ordered if t.standing is Standing.COUNTS and not _before(t.decided, top.decided)]
    return chosen[-1] if chosen else top


def release(terms: Iterable[Term], begun: Bounds = NEVER) -> Release | None:
    """Return when the sentence that counts ends; nothing for one without an end that can be told.

    `begun` is when the detention began, for a judgment that does not say from when it counts. A later one
    that does not say so either counts from where an earlier one did.
    """
    known = list(terms)
    term = deciding(known)
    if term is None:
        return None
    if any(term.ends):
        return Release(*term.ends, Basis.STATED)
    if not term.counted:
        return None
    starts = [t.begins for t in _in_order(known) if any(t.begins)]
    start, basis = (term.begins, Basis.COUNTED) if any(term.begins) else (NEVER, Basis.COUNTED)
    if not any(start):
        start, basis = (starts[-1], Basis.COUNTED) if starts else (begun, Basis.ESTIMATED)
    if not any(start):
        return None
    first, last = (last_day(day, term) if day else None for day in start)
    return Release(first, last, basis)


def last_day(start: dt.date, term: Term) -> dt.date:
    """Return the last day of a term that begins that day: nine years from 1 October end on 30 September."""
    months = start.month - 1 + (term.months or 0)
    year = start.year + (term.years or 0) + months // 12
    month = months % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    whole = dt.date(year, month, day)
    clamped = day < start.day  # a term from 31 January ends with February, not a day before its end
    return whole + dt.timedelta(days=(term.days or 0) - (0 if clamped else 1))


def beyond(
    due: Release | None, status: CustodyStatus, as_of: dt.date
) -> tuple[int | None, int | None] | None:
    """Return for how many days, at least and at most, somebody is held past the end of the sentence.

    Nothing while the end may still be to come, and where a release is known.
    """
    if due is None or due.latest is None or due.latest >= as_of or status not in _NOT_RELEASED:
        return None
    return (as_of - due.latest).days, (as_of - due.earliest).days if due.earliest else None


def _in_order(terms: Iterable[Term]) -> list[Term]:
    told = [t for t in terms if t.standing is not Standing.SET_ASIDE]
    return sorted(told, key=lambda t: (t.decided[1] or t.decided[0] or dt.date.min, t.id))


def _before(one: Bounds, other: Bounds) -> bool:
    return bool(one[1] and other[0] and one[1] < other[0])
