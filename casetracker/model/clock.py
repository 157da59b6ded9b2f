"""Deadlines: who has to answer by when, how long is left, and what a fine is in monthly calculation indices.

The rules are data (`resources/rules/`), each with its source; what is not verified says so.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from types import MappingProxyType

from casetracker import i18n
from casetracker.i18n import N_, ntr, tr
from casetracker.model.dates import KnownDate
from casetracker.model.workdays import WorkingDays
from casetracker.paths import resource


class Unit(Enum):
    """What a term is counted in."""

    WORKING_DAYS = N_("working days")
    DAYS = N_("days")
    MONTHS = N_("months")


@dataclass(frozen=True)
class Rule:
    """One rule of time: so much after (or before) an event, by whom, and where that is written."""

    key: str
    body: str  # any, commissioner, akimat, un, office
    event: str  # what the term is counted from
    amount: int
    unit: Unit
    source: str
    verified: bool
    dated: dt.date | None = None  # the date of the source
    rolls: bool = False  # ends on the next working day when it would end on a day off
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    answers: tuple[str, ...] = ()  # the reply of which bodies, or to which kinds of appeals, it sets
    met_by: tuple[str, ...] = ()  # which kinds of appeals, once sent, are what it calls for

    def text(self) -> str:
        """Return what the rule is about, in the language now in use."""
        return self.labels.get(i18n.current()) or self.labels["en"]

    def basis(self) -> str:
        """Return where it is written, and that it is not verified where it is not."""
        if self.verified:
            return self.source
        return tr(N_("{source} – not verified"), source=self.source)


@dataclass(frozen=True)
class MonthlyIndex:
    """The monthly calculation index from a day on, in tenge."""

    since: dt.date
    tenge: int
    source: str
    verified: bool


@dataclass(frozen=True)
class Countdown:
    """How far away a deadline is; both counts are below zero once it has passed."""

    due: dt.date
    days: int
    working_days: int | None  # nothing where the term is not in working days

    @property
    def overdue(self) -> bool:
        """Whether the last day has gone by."""
        return self.days < 0

    def text(self) -> str:
        """Return it in words: "5 working days left", "due today", "12 days overdue"."""
        if self.days == 0:
            return tr(N_("due today"))
        # a weekend after the last day is late, though no working day has passed yet
        count = self.days if self.working_days in {None, 0} else self.working_days
        if count == self.working_days and not self.overdue:
            return ntr("{n} working day left", "{n} working days left", count)
        if count == self.working_days:
            return ntr("{n} working day overdue", "{n} working days overdue", -count)
        if self.overdue:
            return ntr("{n} day overdue", "{n} days overdue", -count)
        return ntr("{n} day left", "{n} days left", count)


def due_on(rule: Rule, start: dt.date, calendar: WorkingDays) -> dt.date:
    """Return the last day of a term that was started by an event on `start`."""
    if rule.unit is Unit.WORKING_DAYS:
        begun = calendar.on_or_after(start) if rule.amount > 0 else start
        return calendar.away(begun, rule.amount)
    end = (
        start + dt.timedelta(days=rule.amount) if rule.unit is Unit.DAYS else months_after(start, rule.amount)
    )
    return calendar.on_or_after(end) if rule.rolls else end


def due_between(rule: Rule, start: KnownDate, calendar: WorkingDays) -> tuple[dt.date | None, dt.date | None]:
    """Return the earliest and the latest last day of a term when the day of the event is not known exactly.

    Warn by the first, and take nothing for lost before the second.
    """
    early, late = (due_on(rule, day, calendar) if day else None for day in (start.earliest, start.latest))
    return early, late


def extension_limit(
    received: dt.date, calendar: WorkingDays, rules: Mapping[str, Rule] | None = None
) -> dt.date:
    """Return the last day to which the reply to an appeal may be put off."""
    known = rules or current()
    return due_on(known["appeal_extension"], due_on(known["appeal_reply"], received, calendar), calendar)


def countdown(due: dt.date, today: dt.date, calendar: WorkingDays | None = None) -> Countdown:
    """Return how far away a deadline is, in working days too where a calendar is given."""
    working = calendar.between(today, due) if calendar else None
    return Countdown(due, (due - today).days, working)


def months_after(day: dt.date, count: int) -> dt.date:
    """Return the same day of another month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


@cache
def shipped() -> Mapping[str, Rule]:
    """Return the rules that come with the program, by their key."""
    return MappingProxyType(read((resource("rules") / "deadlines.toml").read_text("utf-8")))


@dataclass(frozen=True)
class _Own:
    """What the open casebook puts in the place of the program's rules and indices, or adds to them."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    indices: tuple[MonthlyIndex, ...] = ()


_state = {"own": _Own()}


def set_own(rules: Mapping[str, Rule] | None = None, indices: Iterable[MonthlyIndex] = ()) -> None:
    """Say what the open casebook changes or adds: when it opens, and whenever its rules change.

    It is set in one step, so that other threads never see half of it.
    """
    _state["own"] = _Own(MappingProxyType(dict(rules or {})), tuple(indices))


def current() -> Mapping[str, Rule]:
    """Return the rules that hold in the open casebook: the program's, and the office's own over them."""
    return {**shipped(), **_state["own"].rules}


def is_own(key: str) -> bool:
    """Whether a rule is the office's own."""
    return key in _state["own"].rules


def reply_rule(kind: str, body: str) -> Rule | None:
    """Return the rule by which an appeal of a kind to a sort of body is to be answered; none is known to all.

    What is said of the kind of appeal goes before what is said of the body, an own rule before the program's.
    """
    for wanted in (kind, body):
        fitting = [rule for rule in current().values() if wanted and wanted in rule.answers]
        if fitting:
            return next((rule for rule in fitting if is_own(rule.key)), fitting[0])
    return None


def read(text: str) -> dict[str, Rule]:
    """Read rules as TOML; `ValueError` with a sentence when one is incomplete, since offices edit them."""
    rules = {}
    for key, entry in tomllib.loads(text).items():
        try:
            values = {**entry, "unit": Unit[entry["unit"].upper()]}
            values |= {name: tuple(entry.get(name, ())) for name in ("answers", "met_by")}
            rules[key] = Rule(key=key, labels=values.pop("label"), **values)
        except (KeyError, TypeError, ValueError) as bad:
            sentence = N_("The rule “{key}” is not complete or has a unit that is not known.")
            raise ValueError(tr(sentence, key=key)) from bad
    return rules


@cache
def indices() -> tuple[MonthlyIndex, ...]:
    """Return the monthly calculation indices that come with the program, in the order of time."""
    table = tomllib.loads((resource("rules") / "mci.toml").read_text("utf-8"))
    found = [MonthlyIndex(e["from"], e["tenge"], e["source"], e["verified"]) for e in table["index"]]
    return tuple(sorted(found, key=lambda each: each.since))


def current_indices() -> tuple[MonthlyIndex, ...]:
    """Return the indices that hold in the open casebook, in the order of time; its own go before."""
    held = {each.since: each for each in (*indices(), *_state["own"].indices)}
    return tuple(held[since] for since in sorted(held))


def index_on(day: dt.date, known: tuple[MonthlyIndex, ...] | None = None) -> MonthlyIndex | None:
    """Return the index of a day; nothing before the first in the table."""
    before = [each for each in (known or current_indices()) if each.since <= day]
    return before[-1] if before else None


def in_indices(tenge: int, day: dt.date) -> float | None:
    """Return a fine in monthly calculation indices of its day, to two places."""
    index = index_on(day)
    return round(tenge / index.tenge, 2) if index else None
