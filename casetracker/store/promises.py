"""Promises that are made again, and promises that pass to whoever holds the post now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, tr
from casetracker.model import Event, Meeting, Post, Promise, PromisedCase, Tenure
from casetracker.model.events.promise import STILL_OWED, PromiseOutcome
from casetracker.model.work.post import holder
from casetracker.store import ledger
from casetracker.store.questions import Owed, owed, renewal
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store


def _owed() -> sa.ColumnElement[bool]:
    return sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))


# Made again


def renewed_in(reader: Reader, promise_id: str) -> list[DisclosedRecord]:
    """Return the promises that say they renew this one."""
    return reader.many(Promise, reader.ids(sa.select(Promise.id).where(Promise.renews_id == promise_id)))


def renewable(store: Store, meeting_id: str, words: str = "", limit: int = 12) -> list[tuple[str, str, str]]:
    """Return earlier promises of the same office to choose from: id, words, meeting; the latest first.

    Those that are still owed come first, because it is they that are promised again.
    """
    on = Event.__table__.c
    office = sa.select(Meeting.office_id).where(Meeting.id == meeting_id).scalar_subquery()
    open_ = sa.exists().where(PromisedCase.promise_id == Promise.id, _owed())
    query = (
        sa.select(Promise.id, Promise.words, Meeting.title)
        .join(Meeting, Meeting.id == Promise.meeting_id)
        .where(Meeting.office_id == office, Promise.meeting_id != meeting_id)
        .order_by(sa.not_(open_), on.on_latest.desc(), Promise.words)
        .limit(limit)
    )
    if words:
        query = query.where(Promise.words.icontains(words, autoescape=True))
    with store.reading() as session:
        return [(id_, said, title) for id_, said, title in session.execute(query)]


def mark_renewed(store: Store, earlier_id: str, case_ids: Iterable[str], on: dt.date | None) -> bool:
    """Say of an earlier promise that it was promised again for those of these cases that are still owed.

    A promise that was kept or refused stays so. Returns whether anything was changed, as one action.
    """
    draft, wanted = store.draft(Promise, earlier_id), set(case_ids)
    cases = [
        c.values["case_id"]
        for c in draft.children["covers"]
        if c.values["case_id"] in wanted
        and (c.values["outcome"] is None or c.values["outcome"] in STILL_OWED)
    ]
    if cases:
        ledger.set_outcome(store, earlier_id, cases, PromiseOutcome.RENEWED, on)
    return bool(cases)


# Posts


@dataclass(frozen=True)
class Inherited:
    """A promise that passed with a post: what is owed, which post, and who made it."""

    owed: Owed
    post: str
    made_by: str


@dataclass(frozen=True)
class Successor:
    """Who holds a post now."""

    person_id: str
    name: str
    post: str


def holder_now(reader: Reader, post: DisclosedRecord) -> DisclosedRecord | None:
    """Return the time in the post of whoever holds it on the reader's day."""
    now = holder(_held(post), reader.as_of)
    return now.record if now else None


@dataclass(frozen=True)
class _Held:
    record: DisclosedRecord
    since_earliest: dt.date | None
    until_latest: dt.date | None


def _held(post: DisclosedRecord) -> list[_Held]:
    found = []
    for tenure in post.children("tenures"):
        since, until = tenure.value("since"), tenure.value("until")
        found.append(_Held(tenure, since.earliest if since else None, until.latest if until else None))
    return found


def successor(reader: Reader, promise: DisclosedRecord) -> Successor | None:
    """Return who holds the post in which a promise was made, if it is somebody else by now."""
    post = promise.ref("post_id")
    now = holder_now(reader, post) if post else None
    if post is None or now is None or now.value("person_id") == promise.value("made_by_id"):
        return None
    return Successor(now.value("person_id"), now.text("person_id"), post.title)


def owed_by_post(reader: Reader, post_id: str) -> list[Owed]:
    """Return what is still owed of all that was promised in a post, whoever held it."""
    return _open(reader, Promise.post_id == post_id)


def owed_by_person(reader: Reader, person_id: str) -> list[Owed]:
    """Return what a person still owes: of their own promises, and of those that came with their posts."""
    own = _open(reader, Promise.made_by_id == person_id)
    return _in_order([*own, *(line.owed for line in inherited_by(reader, person_id))])


def inherited_by(reader: Reader, person_id: str) -> list[Inherited]:
    """Return the open promises that others made in the posts which a person holds on the reader's day."""
    query = sa.select(Tenure.post_id).where(Tenure.person_id == person_id).distinct()
    found = []
    for post in reader.many(Post, reader.ids(query)):
        now = holder_now(reader, post)
        if now is None or now.value("person_id") != person_id:
            continue
        others = sa.or_(Promise.made_by_id.is_(None), Promise.made_by_id != person_id)
        lines = _open(reader, sa.and_(Promise.post_id == post.id, others))
        found += [Inherited(line, post.title, line.made_by) for line in lines]
    return sorted(found, key=lambda each: (each.owed.due or dt.date.max, each.owed.case_ref))


def _open(reader: Reader, which: sa.ColumnElement[bool]) -> list[Owed]:
    still = sa.exists().where(PromisedCase.promise_id == Promise.id, _owed())
    made = reader.many(Promise, reader.ids(sa.select(Promise.id).where(which, still)))
    return _in_order([line for promise in made for line in owed(promise, reader) if line.open])


def _in_order(lines: list[Owed]) -> list[Owed]:
    return sorted(lines, key=lambda o: (o.due or dt.date.max, o.words, o.case_ref))


def made_again(promise: DisclosedRecord, reader: Reader) -> str:
    """Say how often it was promised and since when, and on which day it was promised again; else nothing."""
    said = [renewal(promise, reader).text(reader.as_of)]
    for later in renewed_in(reader, promise.id):
        meeting = later.ref("meeting_id")
        if meeting is not None:
            said.append(tr(N_("promised again on {day}"), day=meeting.text("on")))
    return "; ".join(part for part in said if part)
