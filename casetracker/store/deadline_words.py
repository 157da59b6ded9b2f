"""Words and small steps that all sources of deadlines share."""

from __future__ import annotations

import datetime as dt

from casetracker.model import Event, clock
from casetracker.model.workdays import calendar
from casetracker.store.deadline import Kind

# By which name a kind of event is opened, by what stands in the column `sort`.
PAGES = {kind.__name__.lower(): kind.__name__ for kind in Event.__subclasses__()}


def key(kind: Kind, *parts: str | dt.date | None) -> str:
    """Return the key of a deadline, as `deadline.key_of` has the database make it."""
    return ":".join([kind.name.lower(), *(str(p or "") for p in parts)])


def basis(rule: str) -> str:
    """Return where a rule is written."""
    return clock.current()[rule].basis()


def due(rule: str, start: dt.date) -> dt.date:
    """Return the last day of a term."""
    return clock.due_on(clock.current()[rule], start, calendar())


def who(name: str | None, ref: str | None) -> str:
    """Return whom a case is about, and its reference."""
    return " · ".join(p for p in (name or "", ref or "") if p)
