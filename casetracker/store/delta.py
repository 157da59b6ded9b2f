"""What changed in each case since a day: what happened, what was only learned then, what came of promises.

"Learned since" is read from the audit log: a custody event that was written down after the day, though it had
happened before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import Case, CustodyEvent, ReplyCase, StateAnswer
from casetracker.model.confidentiality import WITHHELD
from casetracker.model.dates import KnownDate
from casetracker.store import questions, situations
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.questions import Happening, Owed
from casetracker.store.reader import DisclosedRecord, Reader

_LEARNED = (CustodyEvent.__name__, StateAnswer.__name__)


@dataclass(frozen=True)
class Came:
    """A reply that came, and what it says of the case."""

    on: dt.date | None
    office: str
    result: str
    said: str


@dataclass(frozen=True)
class CaseChange:
    """One case since a day."""

    case: DisclosedRecord
    name: str
    status_then: str
    status_now: str
    tone: str
    happened: tuple[Happening, ...]
    learned: tuple[Happening, ...]
    settled: tuple[Owed, ...]  # promises of which something came since
    silent: tuple[Owed, ...]  # promises that are overdue now
    replies: tuple[Came, ...]
    days_unchanged: int | None  # since the last news, where nothing changed

    @property
    def changed(self) -> bool:
        """Whether anything is to be told."""
        return bool(self.happened or self.learned or self.settled or self.replies)


def since_of(reader: Reader, meeting_id: str = "") -> dt.date | None:
    """Return the day of a meeting, or of the last one that was held before the reader's day."""
    if meeting_id:
        meetings = [m for m in questions.meetings_of(reader) if m.id == meeting_id]
    else:
        meetings = questions.meetings_of(reader)
    days = [day for m in meetings if (day := _day(m.value("on"))) and day < reader.as_of]
    return max(days, default=None)


def changes(reader: Reader, since: dt.date, case_ids: Sequence[str] = ()) -> list[CaseChange]:
    """Return what changed in these cases, or in all, since a day; those with news first."""
    cases = reader.many(Case, case_ids or questions.cases_of(reader))
    late = _written_since(reader, since)
    promised: dict[str, list[Owed]] = {}
    for line in questions.promises(reader):
        promised.setdefault(line.case_id, []).append(line)
    replies = _replies(reader, [case.id for case in cases], since)
    found = [
        _change(case, reader, since, late, promised.get(case.id, []), tuple(replies.get(case.id, ())))
        for case in cases
    ]
    return sorted(found, key=lambda change: not change.changed)


def _change(
    case: DisclosedRecord,
    reader: Reader,
    since: dt.date,
    late: set[str],
    promised: list[Owed],
    replies: tuple[Came, ...],
) -> CaseChange:
    told = [h for h in questions.chronology(case, reader) if _within(h.on, reader.as_of)]
    happened = [h for h in told if (day := _day(h.on)) and day > since]
    learned = [h for h in told if h.record_id in late and h not in happened]
    now, then = situations.situation(case, reader), situations.derived_status(case, since)
    silent = now.last_news.latest if now.last_news else None
    return CaseChange(
        case=case,
        name=questions.case_name(case, reader),
        status_then=situations.status_label(then.status),
        status_now=now.status_text,
        tone=now.tone,
        happened=tuple(happened),
        learned=tuple(learned),
        settled=tuple(p for p in promised if p.outcome_on and since < p.outcome_on <= reader.as_of),
        silent=tuple(p for p in promised if p.days_overdue),
        replies=replies,
        days_unchanged=(reader.as_of - silent).days if silent else None,
    )


def _written_since(reader: Reader, since: dt.date) -> set[str]:
    """Return the ids of custody events and answers that were added to a case after the day.

    What was written down together with the case is its beginning and no news of it.
    """
    beginnings = sa.select(AuditChange.action_id).where(
        AuditChange.entity == Case.__name__, AuditChange.before.is_(None)
    )
    begun = dt.datetime.combine(since, dt.time.max)
    query = (
        sa.select(AuditChange.record_id)
        .join(AuditAction, AuditAction.id == AuditChange.action_id)
        .where(AuditChange.entity.in_(_LEARNED), AuditChange.before.is_(None), AuditAction.at > begun)
        .where(AuditChange.action_id.not_in(beginnings))
    )
    return set(reader.ids(query))


def _replies(reader: Reader, case_ids: Sequence[str], since: dt.date) -> dict[str, list[Came]]:
    query = sa.select(ReplyCase.id).where(ReplyCase.case_id.in_(case_ids))
    found: dict[str, list[Came]] = {}
    for line in reader.many(ReplyCase, reader.ids(query)):
        reply = line.ref("reply_id")
        appeal = reply.ref("appeal_id") if reply else None
        on = reply.value("on") if reply else None
        day = on if isinstance(on, dt.date) else _day(on)
        if reply and appeal and day and since < day <= reader.as_of:
            came = Came(day, appeal.text("office_id"), line.text("result"), _told(line.text("said")))
            found.setdefault(line.value("case_id"), []).append(came)
    return found


def _told(text: str) -> str:
    return "" if text == WITHHELD else text


def _day(on: KnownDate | None) -> dt.date | None:
    return (on.latest or on.earliest) if on else None


def _within(on: KnownDate | None, day: dt.date) -> bool:
    begun = (on.earliest or on.latest) if on else None
    return begun is None or begun <= day
