"""Days held, at least and at most, and what the detentions of a case contradict; from uncertain dates.

"At least" counts only the days on which somebody was certainly held, "at most" all on which they may have
been. House arrest and forced work count: who cannot leave at will is detained, whatever the place is called
(UN working group on arbitrary detention). A detention of which nothing more is heard may go on until today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import (
    IN_CUSTODY,
    STATUS_AFTER,
    CustodyFact,
    CustodyStatus,
    Standing,
    derive,
    in_order,
)
from casetracker.model.detention.sentence import NEVER, Bounds
from casetracker.model.terms import label_of

HELD = IN_CUSTODY | {CustodyStatus.RESTRICTED}
OUT = frozenset({CustodyStatus.RELEASED, CustodyStatus.CONTROLLED, CustodyStatus.DIED})


class Dated(CustodyFact, Protocol):
    """A custody event with its date as known."""

    @property
    def on(self) -> KnownDate | None: ...  # noqa: D102


@dataclass(frozen=True)
class Stay:
    """One detention as it was written down."""

    number: int
    begun: KnownDate | None = None
    ended: KnownDate | None = None
    outcome: str | None = None
    custody: Sequence[Dated] = ()


@dataclass(frozen=True)
class Spell:
    """When a detention began and ended, each no earlier and no later than these."""

    begin: Bounds
    end: Bounds
    open: bool = False  # it goes on, as far as anybody knows


def began(on: KnownDate | None) -> Bounds:
    """Return when something happened, or began if it lasted."""
    if on is None:
        return NEVER
    reading = on.reading
    return on.earliest, reading.first.last_day if reading and on.is_interval else on.latest


def lasted_until(on: KnownDate | None) -> dt.date | None:
    """Return the day up to which something certainly lasted; for a moment, the earliest it may have been."""
    if on is None:
        return None
    reading = on.reading
    if reading and on.is_interval:
        return reading.second.first_day if reading.second else reading.first.last_day
    return on.earliest


def spell(stay: Stay, as_of: dt.date) -> Spell:
    """Return the bounds of one detention; an end that nobody knows lies between the last news and today."""
    events = [e for e in in_order(stay.custody) if not (e.earliest and e.earliest > as_of)]
    inside = [e for e in events if STATUS_AFTER[e.kind] in HELD]
    first, latest = began(stay.begun) if stay.begun else began(inside[0].on) if inside else NEVER
    seen = [day for e in inside if (day := began(e.on)[1]) and not (first and day < first)]
    begin = first, min([d for d in (latest, *seen) if d], default=None)
    until = max((d for e in inside if (d := lasted_until(e.on))), default=begin[1])
    if stay.ended:
        return Spell(begin, _end(stay.ended.earliest or until, stay.ended.latest, as_of))
    status = derive(events).status
    if status in OUT:
        left = _left(events)
        return Spell(begin, _end(left[0] or until, left[1], as_of))
    if status in HELD:
        return Spell(begin, (as_of, as_of), open=True)
    return Spell(begin, _end(until, None, as_of), open=True)


def _left(events: Sequence[Dated]) -> Bounds:
    """Return when the last run of events outside of custody began."""
    out: Bounds = NEVER
    for event in reversed(events):
        if STATUS_AFTER[event.kind] in HELD:
            break
        if STATUS_AFTER[event.kind] in OUT:
            out = began(event.on)
    return out


def _end(low: dt.date | None, high: dt.date | None, as_of: dt.date) -> Bounds:
    """Return the bounds of an end: none later than today, nor the first after the second."""
    latest = min(high or as_of, as_of)
    return (min(low, latest) if low else None), latest


def days_held(stays: Iterable[Stay], as_of: dt.date) -> tuple[int | None, int | None]:
    """Return for how many days somebody was held in all these detentions, at least and at most.

    A day on which two detentions overlap is one day. "At most" is nothing where a beginning is unknown; both
    are where there is no detention at all.
    """
    spells = [spell(stay, as_of) for stay in stays]
    if not spells:
        return None, None
    least = _length([(s.begin[1], s.end[0]) for s in spells if s.begin[1] and s.end[0]])
    if any(s.begin[0] is None for s in spells):
        return (least or None), None
    return least, _length([(s.begin[0], s.end[1]) for s in spells if s.begin[0] and s.end[1]])


def _length(spans: Sequence[tuple[dt.date, dt.date]]) -> int:
    """Count the days that these spans cover; days are counted as from one date to another."""
    total, reached = 0, dt.date.min
    for start, end in sorted(spans):
        begin = max(start, reached)
        total += max(0, (end - begin).days)
        reached = max(reached, end)
    return total


def silent_for(news: dt.date | None, as_of: dt.date) -> int | None:
    """Return for how many days there has been no news, at least; nothing if there never was any."""
    return max(0, (as_of - news).days) if news else None


def warnings(stays: Sequence[Stay], as_of: dt.date) -> list[str]:
    """Say where the detentions of a case cannot all be right. Nothing is blocked: it may be as told."""
    found = []
    spells = [spell(stay, as_of) for stay in stays]
    for (stay, here), (later, following) in pairwise(zip(stays, spells, strict=True)):
        if said := _between(stay, here, later, following):
            found.append(said)
    for stay in stays:
        found += _own(stay)
    return found


def _between(stay: Stay, here: Spell, later: Stay, following: Spell) -> str:
    """Say what cannot be right about one detention and the next; empty if nothing is."""
    numbers = {"one": stay.number, "two": later.number}
    if _sooner(following.begin, here.begin):
        return tr(N_("Detention {two} began before detention {one}: check their order."), **numbers)
    if here.open and stay.ended is None:
        return tr(N_("Detention {one} has no end, but detention {two} follows: when did it end?"), **numbers)
    if here.end[0] and following.begin[1] and following.begin[1] < here.end[0]:
        return tr(N_("Detentions {one} and {two} overlap: check when each ended."), **numbers)
    told = stay.outcome or derive(stay.custody).status in OUT
    days = (following.begin[0] - here.end[1]).days if following.begin[0] and here.end[1] else 0
    if days > 0 and not told:
        return tr(
            N_("At least {n} days between detentions {one} and {two}: nothing says where they were."),
            n=days,
            **numbers,
        )
    return ""


def _own(stay: Stay) -> list[str]:
    """Say which events of one detention cannot have happened in it."""
    found = []
    first, end = began(stay.begun)[0], stay.ended.latest if stay.ended else None
    for event in stay.custody:
        if event.standing is Standing.SET_ASIDE or STATUS_AFTER.get(event.kind) not in IN_CUSTODY:
            continue
        what = label_of(event.kind)
        if first and event.latest and event.latest < first:
            found.append(
                tr(N_("Detention {n}: “{what}” lies before its beginning."), n=stay.number, what=what)
            )
        if end and event.earliest and event.earliest > end:
            found.append(tr(N_("Detention {n}: “{what}” lies after its end."), n=stay.number, what=what))
    return found


def _sooner(one: Bounds, other: Bounds) -> bool:
    return bool(one[1] and other[0] and one[1] < other[0])
