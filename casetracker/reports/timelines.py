"""The timelines of papers: of a case by lanes, and of protests with what followed them.

They show again what the tables beside them say, from what the audience may know and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from casetracker.i18n import N_, tr
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, CustodyStatus
from casetracker.model.events.event import EventState, PenaltyAppeal, PenaltyKind
from casetracker.reports.drawn import Bounds, Lane, Moment, Shade, Sign, Stretch, Timeline
from casetracker.store import event_kinds, questions, situations
from casetracker.store.chronicle import HELD
from casetracker.store.questions import Owed
from casetracker.store.reader import DisclosedRecord, Reader

MOST_PROMISES = 4  # lines of a picture; the table has all
_SHADES = {
    CustodyStatus.SENTENCED: Shade.FULL,
    CustodyStatus.CAMP: Shade.DENSE,
    CustodyStatus.DETENTION: Shade.DENSE,
    CustodyStatus.HOSPITAL: Shade.DENSE,
    CustodyStatus.CUSTODY_UNKNOWN: Shade.SPARSE,
    CustodyStatus.RESTRICTED: Shade.SPARSE,
    CustodyStatus.NO_NEWS: Shade.DASHED,
}
_SIGNS = {"protests": Sign.TRIANGLE, "officials": Sign.SQUARE, "family": Sign.CROSS}


def of_case(case: DisclosedRecord, reader: Reader, promises: Sequence[Owed] = ()) -> Timeline:
    """Return what happened to the relative as bands, what was done for them as signs, promises as lines."""
    lanes = [Lane(tr(event_kinds.LANES["custody"]), tuple(_custody(case, reader)))]
    events: dict[str, list[Moment]] = defaultdict(list)
    for event in _events(case, reader):
        name = event_kinds.lane(event.entity.__name__)
        events[name].append(_moment(event.value("on"), event.value("on").short(), _SIGNS[name]))
    lanes += [Lane(tr(event_kinds.LANES[name]), tuple(events[name])) for name in _SIGNS if events[name]]
    lanes += _promises(promises, reader.as_of)
    return Timeline(tuple(lanes), reader.as_of)


def _bounds(on: KnownDate | None) -> Bounds:
    return (on.earliest, on.latest) if on else (None, None)


def _moment(on: KnownDate, text: str, sign: Sign) -> Moment:
    return Moment(_bounds(on), text, sign, on.approximate)


def _events(case: DisclosedRecord, reader: Reader) -> Iterator[DisclosedRecord]:
    """Yield the protests, meetings and other events about the case that took place and have a date."""
    for link in case.children("events"):
        event = link.ref("event_id")
        on: KnownDate | None = event.value("on") if event else None
        if event is None or on is None or not any(_bounds(on)) or not questions.may_be_told(on, reader):
            continue
        late = on.earliest is not None and on.earliest > reader.as_of
        if not late and event.value("state") not in (EventState.CANCELLED, EventState.PLANNED):
            yield event


# ------------------------------------------------------------------------------------------- custody


def _custody(case: DisclosedRecord, reader: Reader) -> Iterator[Moment | Stretch]:
    """Yield a band for each status, from the event after which it held to the next."""
    turns = list(_turns(case, reader))
    for number, (status, on) in enumerate(turns):
        text = situations.status_label(status)
        if status is CustodyStatus.DIED:
            yield _moment(on, text, Sign.CROSS)
            continue
        begins, ends = _begun(on), _own_end(on)
        if number + 1 < len(turns):
            later = _begun(turns[number + 1][1])
            ends = later if ends is None or _before(later, ends) else ends
        yield Stretch(begins, ends, text, _SHADES.get(status, Shade.NONE), on.approximate)


def _turns(case: DisclosedRecord, reader: Reader) -> Iterator[tuple[CustodyStatus, KnownDate]]:
    """Yield each change of status with its date; an arrest of which no event tells comes first."""
    events = {event.id: event for event in situations.custody(case)}
    found: list[tuple[CustodyStatus, KnownDate]] = []
    for turn in situations.history(case, reader):
        event = events.get(turn.cause_id)
        on: KnownDate | None = event.value("on") if event else None
        if on is not None and any(_bounds(on)) and not (found and found[-1][0] is turn.status):
            found.append((turn.status, on))
    found += [(CustodyStatus.CUSTODY_UNKNOWN, on) for on in _untold_arrests(case, reader)]
    yield from sorted(found, key=lambda turn: turn[1].sort_key)


def _untold_arrests(case: DisclosedRecord, reader: Reader) -> Iterator[KnownDate]:
    """Yield the arrests of which no custody event tells and before which nothing is told of it."""
    for episode in case.children("episodes"):
        on: KnownDate | None = episode.value("arrested")
        events = [(e.value("kind"), e.value("on")) for e in episode.children("custody")]
        if on is None or not any(_bounds(on)) or not questions.may_be_told(on, reader):
            continue
        told = any(kind is CustodyKind.TAKEN for kind, _ in events)
        if not told and all(on.sort_key <= day.sort_key for _, day in events if day):
            yield on


def _begun(on: KnownDate) -> Bounds:
    """Return when something began, of a date that may tell its end too."""
    reading = on.reading
    if reading and on.is_interval:
        return reading.first.first_day, reading.first.last_day
    return _bounds(on)


def _own_end(on: KnownDate) -> Bounds | None:
    reading = on.reading
    if reading and on.is_interval and reading.second:
        return reading.second.first_day, reading.second.last_day
    return None


def _before(one: Bounds, other: Bounds) -> bool:
    return (one[0] or one[1] or dt.date.max) < (other[0] or other[1] or dt.date.max)


# ------------------------------------------------------------------------------------------- promises


def _promises(owed: Sequence[Owed], today: dt.date) -> list[Lane]:
    """Return a line for each promise, the longest overdue first: until it was due, and since then."""
    dated = [each for each in owed if each.made_on and any(_bounds(each.made_on))]
    first = sorted(dated, key=lambda each: (-each.days_overdue, not each.open, each.due or dt.date.max))
    shown = first[:MOST_PROMISES]
    label = tr(event_kinds.LANES["promises"])
    if len(shown) < len(owed):
        label += f" ({len(shown)}/{len(owed)})"
    return [Lane("" if n else label, tuple(_promise(each, today))) for n, each in enumerate(shown)]


def _promise(owed: Owed, today: dt.date) -> Iterator[Stretch]:
    begins, made = _bounds(owed.made_on), owed.made_on
    about = bool(made and made.approximate)
    end = today if owed.open else owed.outcome_on
    if owed.days_overdue and owed.due:
        yield Stretch(begins, (owed.due, owed.due), "", Shade.NONE, about)
        yield Stretch((owed.due, owed.due), (today, today), owed.state, Shade.DENSE)
    else:
        yield Stretch(begins, (end, end) if end else (None, None), owed.state, Shade.NONE, about)


# ------------------------------------------------------------------------------------------- the chronicle


def of_protests(protests: Iterable[DisclosedRecord], reader: Reader) -> Timeline:
    """Return protests and what followed: who was held, what the courts decided, arrests served, appeals."""
    lanes: dict[str, list[Moment | Stretch]] = {name: [] for name in _FOLLOWED}
    appeals: list[dt.date] = []
    for protest in protests:
        on: KnownDate | None = protest.value("on")
        if on is None or not any(_bounds(on)):
            continue
        lanes["protests"].append(_moment(on, on.short(), Sign.TRIANGLE))
        people = [p for p in protest.children("participants") if not p.withheld("outcome")]
        held = [p.value("detained") or on for p in people if p.value("outcome") in HELD]
        lanes["police"] += [_moment(day, day.short(), Sign.CIRCLE) for day in held]
        for penalty in (each for p in people for each in p.children("penalties")):
            for name, item in _after(penalty, reader.as_of):
                lanes[name].append(item)
            appeals += _appealed(penalty, reader.as_of)
    if appeals:
        lanes["appeals"].append(_appeals(min(appeals), len(appeals), reader.as_of))
    made = (Lane(tr(_FOLLOWED[name]), tuple(items)) for name, items in lanes.items() if items)
    return Timeline(tuple(made), reader.as_of)


_FOLLOWED = {
    "protests": N_("Protests"),
    "police": N_("Police"),
    "court": N_("Court"),
    "fines": N_("Fines"),
    "arrests": N_("Arrest"),
    "appeals": N_("Appeal to a court"),
}


def _after(penalty: DisclosedRecord, today: dt.date) -> Iterator[tuple[str, Moment | Stretch]]:
    """Yield what a penalty adds: the decision, and the fine or the arrest."""
    decided = _day(penalty, "decided")
    if decided and decided <= today:
        text = KnownDate.on(decided).short()
        yield "court", Moment((decided, decided), text, Sign.SQUARE)
        if penalty.value("kind") is PenaltyKind.FINE:
            yield "fines", Moment((decided, decided), text, Sign.SQUARE)
    begun, ended = _day(penalty, "served_from"), _day(penalty, "served_to")
    if begun:
        yield "arrests", Stretch((begun, begun), (ended, ended) if ended else None, "", Shade.FULL)


def _appealed(penalty: DisclosedRecord, today: dt.date) -> Iterator[dt.date]:
    """Yield the day of a decision against which there was an appeal."""
    decided = _day(penalty, "decided")
    if decided and decided <= today and penalty.value("appeal") not in (None, PenaltyAppeal.NONE, WITHHELD):
        yield decided


def _appeals(decided: dt.date, number: int, today: dt.date) -> Moment:
    """Return the appeals: nobody wrote down when they were filed, but after the first decision."""
    after = KnownDate.from_edtf(f"[{decided + dt.timedelta(1):%Y-%m-%d}..]").short()
    return Moment((decided, today), f"{after} ({number})" if number > 1 else after, Sign.CIRCLE)


def _day(record: DisclosedRecord, name: str) -> dt.date | None:
    value = record.value(name)
    return value if isinstance(value, dt.date) else None


def reading_aid() -> str:
    """Say how to read the picture."""
    return tr(
        N_(
            "In the picture a low hatched bar is the time within which something happened, a hollow sign a "
            "day that is not known exactly, and an arrow something that goes on or has no known end."
        )
    )
