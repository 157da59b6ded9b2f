"""Finding what a chain may hold while somebody types, and keeping links sound."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Invalid
from casetracker.i18n import N_, tr
from casetracker.model import (
    BY_NAME,
    Appeal,
    Case,
    ChainLink,
    CustodyEvent,
    Episode,
    Event,
    Meeting,
    Office,
    Promise,
    Reply,
)
from casetracker.store import finding
from casetracker.store.chain_nodes import TELL, Node
from casetracker.store.draft import Draft
from casetracker.store.store import Store

_OFTEN = 5  # how many of each kind are offered


def find(store: Store, text: str = "", *, but: str = "") -> list[Node]:
    """Return what can be linked and matches, a few of each kind, the latest first; not the record `but`."""
    with store.reading() as session:
        found = [("Event", i) for i in _events(session, text)]
        found += [("Promise", i) for i in _promises(session, text)]
        found += [("Appeal", i) for i in _appeals(session, text)]
        found += [("Reply", i) for i in _replies(session, text)]
        found += [("CustodyEvent", i) for i in _changes(session, text)] if text else []
    with store.reader() as reader:
        nodes = []
        for kind, id_ in found:
            record = reader.get(BY_NAME[kind], id_)
            if record is not None and record.id != but:
                nodes.append(TELL[record.entity.__name__](record, reader))
        return nodes


def _events(session: Session, text: str) -> list[str]:
    on = Event.__table__.c.on_latest
    query = sa.select(Event.id).order_by(on.desc(), Event.id).limit(2 * _OFTEN)
    if text:
        office = sa.select(Meeting.id).join(Office, Office.id == Meeting.office_id)
        like = [c.icontains(text, autoescape=True) for c in (Event.title, Event.place)]
        query = query.where(
            sa.or_(*like, Event.id.in_(office.where(Office.name.icontains(text, autoescape=True))))
        )
    return list(session.scalars(query))


def _promises(session: Session, text: str) -> list[str]:
    query = sa.select(Promise.id).join(Meeting, Meeting.id == Promise.meeting_id)
    if text:
        query = query.where(
            sa.or_(
                Promise.words.icontains(text, autoescape=True), Meeting.title.icontains(text, autoescape=True)
            )
        )
    on = Event.__table__.c.on_latest
    return list(session.scalars(query.order_by(on.desc(), Promise.id).limit(_OFTEN)))


def _appeals(session: Session, text: str) -> list[str]:
    query = sa.select(Appeal.id).join(Office, Office.id == Appeal.office_id)
    query = query.order_by(Appeal.sent.desc().nulls_last(), Appeal.id).limit(_OFTEN)
    if text:
        told = (Appeal.subject, Appeal.ref, Appeal.registered, Office.name)
        query = query.where(sa.or_(*(c.icontains(text, autoescape=True) for c in told)))
    return list(session.scalars(query))


def _replies(session: Session, text: str) -> list[str]:
    query = sa.select(Reply.id).join(Appeal, Appeal.id == Reply.appeal_id)
    query = query.order_by(Reply.on.desc(), Reply.id).limit(_OFTEN)
    if text:
        told = (Appeal.subject, Reply.number, Reply.summary)
        query = query.where(sa.or_(*(c.icontains(text, autoescape=True) for c in told)))
    return list(session.scalars(query))


def _changes(session: Session, text: str) -> list[str]:
    """Return changes in the cases of people of that name, or of that reference."""
    who = finding.people(session, text)
    query = (
        sa.select(CustodyEvent.id)
        .join(Episode, Episode.id == CustodyEvent.episode_id)
        .join(Case, Case.id == Episode.case_id)
        .where(
            sa.or_(
                Case.person_id.in_(sa.select(who.c.person_id)),
                Case.ref.contains(text.strip().upper(), autoescape=True),
            )
        )
        .order_by(CustodyEvent.__table__.c.on_latest.desc(), CustodyEvent.id)
        .limit(2 * _OFTEN)
    )
    return list(session.scalars(query))


def require_sound(store: Store, link: Draft) -> None:
    """Raise `Invalid` if a link leads back to its own record, or was written down already."""
    near, far = link.values["about_id"], link.values["to_id"]
    if near == far:
        raise Invalid({"to_id": tr(N_("A record cannot be linked with itself; pick another."))})
    same = sa.or_(
        sa.and_(ChainLink.about_id == near, ChainLink.to_id == far),
        sa.and_(ChainLink.about_id == far, ChainLink.to_id == near),
    )
    with store.reading() as session:
        if session.scalar(sa.select(sa.exists().where(same, ChainLink.id != (link.id or "")))):
            raise Invalid({"to_id": tr(N_("These two are linked already; change that link instead."))})
