"""The rules of time, days off and monthly indices that hold now, of the program and of the office."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_, ntr, tr
from casetracker.model import DayOff, DeadlineRule, Entity, IndexRate, clock
from casetracker.model.clock import Rule, Unit
from casetracker.model.dates import KnownDate
from casetracker.model.work.post import BodyKind
from casetracker.model.work.rules import CountedFrom
from casetracker.paths import resource
from casetracker.store.draft import Draft
from casetracker.store.store import Store

# What a term is counted from, in words; an event that is not here is shown as it was written.
_EVENTS = {
    "received": N_("received there"),
    "registered": N_("registered there"),
    "sent": N_("sent by us"),
    "due": N_("the last day of the reply"),
    "extended": N_("the extension"),
    "communicated": N_("passed to the State"),
    "requested": N_("requested"),
    "disappeared": N_("the disappearance"),
    "violation": N_("the violation"),
    "planned": N_("the planned day"),
    "sentence_end": N_("the end of the sentence"),
    "consented": N_("the consent"),
    "confirmed": N_("the family's confirmation"),
    "last_news": N_("the last news"),
}


@dataclass(frozen=True)
class Line:
    """One rule, day or rate as it holds now; `own_id` is that of the office's own record, if there is one."""

    key: str
    own_id: str
    replaces: bool  # whether it takes the place of one of the program
    what: str
    value: str
    counted: str
    source: str
    dated: str
    verified: bool

    @property
    def whose(self) -> str:
        """Whose it is, in words."""
        if not self.own_id:
            return tr(N_("program"))
        return tr(N_("own, instead of the program's")) if self.replaces else tr(N_("own"))


def rules(store: Store) -> list[Line]:
    """Return the rules that hold: those of the program in their order, then the office's own."""
    own = _own(store, DeadlineRule, "key")
    return [
        Line(
            rule.key,
            own.get(rule.key, ""),
            rule.key in clock.shipped(),
            rule.text(),
            term(rule),
            tr(_EVENTS.get(rule.event, rule.event)),
            rule.source,
            _day(rule.dated),
            rule.verified,
        )
        for rule in clock.current().values()
    ]


def term(rule: Rule) -> str:
    """Say a term: "15 working days", "2 months", "5 working days before"."""
    n = abs(rule.amount)
    said = {
        Unit.WORKING_DAYS: ntr("{n} working day", "{n} working days", n),
        Unit.DAYS: ntr("{n} day", "{n} days", n),
        Unit.MONTHS: ntr("{n} month", "{n} months", n),
    }[rule.unit]
    return tr(N_("{term} before"), term=said) if rule.amount < 0 else said


def days_off(store: Store) -> list[Line]:
    """Return the days that are off or worked against the calendar, the latest first."""
    found = {
        day: _day_line(day, worked, source, verified) for day, worked, source, verified in _shipped_days()
    }
    with store.reading() as session:
        for own in session.scalars(sa.select(DayOff)):
            line = _day_line(own.day, bool(own.worked), own.source, bool(own.verified))
            found[own.day] = replace(line, own_id=own.id, replaces=own.day in found)
    return [found[day] for day in sorted(found, reverse=True)]


def _day_line(day: dt.date, worked: bool, source: str, verified: bool) -> Line:
    said = tr(N_("worked")) if worked else tr(N_("day off"))
    return Line(day.isoformat(), "", False, KnownDate.on(day).text(), said, "", source, "", verified)


def _shipped_days() -> list[tuple[dt.date, bool, str, bool]]:
    table = tomllib.loads((resource("rules") / "days_off.toml").read_text("utf-8"))
    return [(e["date"], e["working"], e["source"], e["verified"]) for e in table.get("day", [])]


def rates(store: Store) -> list[Line]:
    """Return the monthly calculation indices, the latest first."""
    own = _own(store, IndexRate, "since")
    shipped = {index.since for index in clock.indices()}
    return [
        Line(
            index.since.isoformat(),
            own.get(index.since, ""),
            index.since in shipped,
            KnownDate.on(index.since).text(),
            tr(N_("{n} tenge"), n=index.tenge),
            "",
            index.source,
            "",
            index.verified,
        )
        for index in reversed(clock.current_indices())
    ]


def _own(store: Store, entity: type[Entity], name: str) -> dict[Any, str]:
    with store.reading() as session:
        column = sa.inspect(entity).columns[name]
        return {row[0]: row[1] for row in session.execute(sa.select(column, entity.id))}


def _day(day: dt.date | None) -> str:
    return KnownDate.on(day).short() if day else ""


# Drafts of the office's own


def rule_draft(store: Store, line: Line | None) -> Draft:
    """Return the office's own rule, or the draft of one: in the place of the program's, or a new one.

    The source and its date are left empty, because those of the program are not those of the change.
    """
    if line is not None and line.own_id:
        return store.draft(DeadlineRule, line.own_id)
    draft = store.draft(DeadlineRule)
    rule = clock.current().get(line.key) if line else None
    if rule is not None:
        answers = [name for name in BodyKind.__members__ if name.lower() in rule.answers]
        draft.values |= {
            "key": rule.key,
            "label_en": rule.labels.get("en"),
            "label_ru": rule.labels.get("ru"),
            "label_kk": rule.labels.get("kk"),
            "counted": CountedFrom.__members__.get(rule.event.upper()),
            "body": BodyKind[answers[0]] if len(answers) == 1 else None,
            "amount": abs(rule.amount),
            "unit": rule.unit,
            "before": rule.amount < 0 or None,
            "rolls": rule.rolls or None,
        }
    return draft


def day_draft(store: Store, line: Line | None) -> Draft:
    """Return the office's own day, or the draft of one."""
    if line is not None and line.own_id:
        return store.draft(DayOff, line.own_id)
    draft = store.draft(DayOff)
    if line is not None:
        draft.values["day"] = dt.date.fromisoformat(line.key)
    return draft


def rate_draft(store: Store, line: Line | None) -> Draft:
    """Return the office's own index, or the draft of one."""
    if line is not None and line.own_id:
        return store.draft(IndexRate, line.own_id)
    draft = store.draft(IndexRate)
    if line is not None:
        draft.values["since"] = dt.date.fromisoformat(line.key)
    return draft
