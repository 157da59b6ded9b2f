"""One appeal as its page shows it: the days of its course, and what was replied to each case in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import Appeal, AppealCase, terms
from casetracker.model.work.appeal import ENDS_WAITING, ReplyKind
from casetracker.model.work.reply_clock import Course, ReplyClock, reply_clock
from casetracker.model.workdays import calendar
from casetracker.store import questions
from casetracker.store.reader import DisclosedRecord, Reader

# The tone of the chip for what a reply came to in a case; a result of the office's own list is grey.
_TONES = {
    "answered": "green",
    "released": "green",
    "better_treatment": "green",
    "partly": "amber",
    "contradictory": "amber",
    "refused": "red",
    "nothing_new": "grey",
}
_DAYS = (
    "sent",
    "received",
    "registered_on",
    "extended_on",
    "extended_until",
    "extension_notice",
    "forwarded_on",
    "forwarding_notice",
)


def course_of(appeal: DisclosedRecord, as_of: dt.date) -> Course:
    """Return the days of an appeal as far as the clock needs them; without later replies."""
    office, passed_to = appeal.ref("office_id"), appeal.ref("forwarded_to_id")
    came = ((r.value("on"), r.value("kind")) for r in appeal.children("replies"))
    return Course(
        kind=appeal.value("kind") or "",
        body=office.value("body") if office else None,
        forwarded_body=passed_to.value("body") if passed_to else None,
        replies=tuple((on, kind) for on, kind in came if on and kind and on <= as_of),
        **{name: appeal.value(name) for name in _DAYS},
    )


def clock_of(appeal: DisclosedRecord, as_of: dt.date) -> ReplyClock:
    """Work out by when an appeal is to be answered."""
    return reply_clock(course_of(appeal, as_of), calendar())


@dataclass(frozen=True)
class Said:
    """What one reply says of one case; `general` if it speaks of the appeal as a whole."""

    reply_id: str
    on: dt.date | None
    kind: ReplyKind | None
    number: str
    result: str
    tone: str
    words: str
    general: bool = False


@dataclass(frozen=True)
class AskedCase:
    """One case in an appeal: what was asked, and what was replied to it, the latest reply first."""

    case_id: str
    name: str
    ref: str
    asked: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class CameBack:
    """One reply, as a line."""

    id: str
    on: dt.date | None
    kind: ReplyKind | None
    kind_text: str
    number: str
    came: dt.date | None
    signed_by: str
    summary: str
    words: str
    cases: int


def asked_cases(appeal: DisclosedRecord, reader: Reader, *, case_id: str = "") -> list[AskedCase]:
    """Return the cases of an appeal with the replies to each; one of them if its id is given."""
    replies = came_back(appeal)[::-1]
    told = {r.id: r.children("cases") for r in appeal.children("replies")}
    found = []
    for line in appeal.children("cases", **({"case_id": case_id} if case_id else {})):
        case = line.ref("case_id")
        if case is not None:
            said = tuple(s for r in replies if (s := _said(r, told[r.id], case.id)))
            name = questions.case_name(case, reader)
            found.append(AskedCase(case.id, name, case.text("ref"), line.text("asked"), said))
    return found


def silent(cases: Iterable[AskedCase]) -> list[AskedCase]:
    """Return the cases of which no reply that ended the waiting says a word, where there is such a reply."""
    held = list(cases)
    ended = {s.reply_id for case in held for s in case.said if s.kind in ENDS_WAITING}
    if not ended:
        return []
    return [case for case in held if not any(s.reply_id in ended for s in case.said)]


def _said(reply: CameBack, told: list[DisclosedRecord], case_id: str) -> Said | None:
    """Return what a reply says of a case: its own line, or all of it where it names no case at all."""
    if not told:
        return Said(reply.id, reply.on, reply.kind, reply.number, "", "grey", reply.summary, general=True)
    for line in told:
        if line.value("case_id") == case_id:
            code = line.value("result") or ""
            text = terms.label("reply_result", code) if code else ""
            tone = _TONES.get(code, "grey")
            return Said(reply.id, reply.on, reply.kind, reply.number, text, tone, line.text("said"))
    return None


def came_back(appeal: DisclosedRecord) -> list[CameBack]:
    """Return the replies to an appeal in the order of time."""
    found = [
        CameBack(
            r.id,
            r.value("on"),
            r.value("kind"),
            r.text("kind"),
            r.text("number"),
            r.value("came"),
            r.text("signed_by"),
            r.text("summary"),
            r.text("words"),
            len(r.children("cases")),
        )
        for r in appeal.children("replies")
    ]
    return sorted(found, key=lambda r: (r.on or dt.date.min, r.id))


def with_case(reader: Reader, case_id: str) -> list[DisclosedRecord]:
    """Return the appeals in which a case is, the latest first; all that belongs to them is read together."""
    query = (
        sa.select(Appeal.id)
        .join(AppealCase, AppealCase.appeal_id == Appeal.id)
        .where(AppealCase.case_id == case_id)
        .order_by(Appeal.sent.desc().nulls_first(), Appeal.id)
    )
    found = reader.many(Appeal, reader.ids(query))
    reader.together(found, "replies")
    return found
