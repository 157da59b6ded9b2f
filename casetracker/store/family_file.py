"""What a family is told of its own record: what it agreed to, as it stands, and where its cases went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import Case, Family
from casetracker.model.confidentiality import Use
from casetracker.store import questions
from casetracker.store.appeal_replies import with_case
from casetracker.store.reader import DisclosedRecord, Reader


@dataclass(frozen=True)
class Voiced:
    """One time that the office brought a case before another: at a meeting, or in an appeal."""

    on: str
    day: dt.date  # for the order
    office: str
    what: str
    number: str = ""


def families_of(reader: Reader, case_ids: Collection[str] = ()) -> list[DisclosedRecord]:
    """Return the families of these cases, or every family that has a case, by name."""
    query = sa.select(Family.id).join(Case, Case.family_id == Family.id).distinct()
    if case_ids:
        query = query.where(Case.id.in_(case_ids))
    return reader.many(Family, reader.ids(query.order_by(Family.name, Family.id)))


def agreed_uses(reader: Reader, case: DisclosedRecord) -> frozenset[Use]:
    """Return the uses that count as agreed to for a case; who answered what is not said."""
    return reader.subject(case._record).consents  # noqa: SLF001 - the store's own record


def voiced(reader: Reader, case: DisclosedRecord) -> list[Voiced]:
    """Return the meetings at which a case was presented and the appeals in which it is, in order of time."""
    found = [
        Voiced(meeting.text("on"), _first(meeting), meeting.text("office_id"), meeting.title)
        for link in case.children("events")
        if (meeting := link.ref("event_id")) is not None
        and meeting.entity.__name__ == "Meeting"
        and questions.may_be_told(meeting.value("on"), reader)
        and _first(meeting) <= reader.as_of
    ]
    found += [
        Voiced(
            appeal.text("sent"), sent, appeal.text("office_id"), appeal.text("subject"), appeal.text("number")
        )
        for appeal in with_case(reader, case.id)
        if (sent := appeal.value("sent")) and sent <= reader.as_of
    ]
    return sorted(found, key=lambda v: v.day)


def _first(meeting: DisclosedRecord) -> dt.date:
    on = meeting.value("on")
    return (on.earliest or on.latest or dt.date.min) if on else dt.date.min
