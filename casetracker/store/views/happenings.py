"""What the lists of protests, meetings, events, promises and appeals can be narrowed by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model import (
    Appeal,
    CaseEvent,
    Event,
    Meeting,
    Office,
    OtherEvent,
    Participant,
    Penalty,
    PresentedCase,
    Promise,
    PromisedCase,
    Protest,
)
from casetracker.model.events.event import EventState, Outcome
from casetracker.model.events.promise import STILL_OWED, PromiseOutcome
from casetracker.model.events.protest import Notice
from casetracker.store import events
from casetracker.store.store import Store
from casetracker.store.views.condition import (
    Asked,
    Condition,
    Operand,
    Value,
    choices,
    day_of,
    in_place,
    number,
    of_choice,
    plain,
)
from casetracker.store.views.people import of_vocabulary
from casetracker.store.views.tagged import by_tag

Test = sa.ColumnElement[bool]
_ON = Event.__table__.c
_HELD = [Outcome.DETAINED, Outcome.FINED, Outcome.ARRESTED]


def offices(store: Store) -> Sequence[tuple[str, str]]:
    """Offer every office by name."""
    with store.reading() as session:
        return [
            (i, name) for i, name in session.execute(sa.select(Office.id, Office.name).order_by(Office.name))
        ]


def _of_events(*held: Any) -> sa.Select[Any]:
    """The id of an event in the table that all kinds share; no class, which would bring all its kinds."""
    return sa.select(_ON.id).where(*held)


def _in_year(value: Value) -> sa.Select[Any]:
    year = min(max(int(value[0]), 1), 9998)
    return _of_events(_ON.on_earliest <= dt.date(year, 12, 31), _ON.on_latest >= dt.date(year, 1, 1))


def _when(key: Any) -> tuple[Condition, ...]:
    """Describe what every list of events can be narrowed by; `key` is the id in the list's own table."""
    return (
        number(
            "year",
            N_("Year"),
            N_("in {value}"),
            N_("not in {value}"),
            lambda _, value: key.in_(_in_year(value)),
        ),
        Condition(
            "since",
            N_("Since"),
            N_("since {value}"),
            N_("before {value}"),
            lambda _, value: key.in_(_of_events(_ON.on_latest >= day_of(value))),
            Operand.DAY,
        ),
        in_place(
            "place", N_("Place"), N_("at {value}"), N_("not at {value}"),
            lambda held: key.in_(_of_events(held)), _ON.place_code,
        ),
        Condition(
            "state",
            N_("Planned or held"),
            N_("marked “{value}”"),
            N_("not marked “{value}”"),
            lambda _, value: key.in_(_of_events(_ON.state.in_([EventState[name] for name in value]))),
            Operand.PICK,
            choices(EventState),
            frozenset(EventState.__members__),
        ),
        plain(
            "cases",
            N_("linked to a case"),
            N_("linked to no case"),
            lambda _: key.in_(sa.select(CaseEvent.event_id)),
        ),
    )  # fmt: skip


def _took_part(*held: Any) -> Test:
    return Protest.id.in_(sa.select(Participant.event_id).where(*held))


PROTESTS: tuple[Condition, ...] = (
    *_when(Protest.id),
    of_choice(
        "notice", N_("Notice to the authorities"), N_("with the notice: {value}"),
        N_("without the notice: {value}"), Protest.notice, Notice,
    ),
    of_vocabulary(
        "form", N_("Form"), N_("of the form {value}"), N_("not of the form {value}"), Protest.form,
        "protest_form",
    ),
    plain(
        "detained",
        N_("at which somebody was detained"),
        N_("at which nobody was detained"),
        lambda _: _took_part(Participant.outcome.in_(_HELD)),
    ),
    plain(
        "penalties",
        N_("after which somebody was punished"),
        N_("after which nobody was punished"),
        lambda _: _took_part(Participant.id.in_(sa.select(Penalty.participant_id))),
    ),
    by_tag(Protest),
)  # fmt: skip


def _owed(*held: Any) -> sa.Select[Any]:
    """The promises that are owed for some case."""
    still = sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))
    query = sa.select(PromisedCase.promise_id).join(Promise, Promise.id == PromisedCase.promise_id)
    return query.where(still, *held)


def _became(*outcomes: PromiseOutcome) -> Test:
    query = sa.select(PromisedCase.promise_id).where(PromisedCase.outcome.in_(outcomes))
    return Promise.id.in_(query)


def _due_within(asked: Asked, value: Value) -> Test:
    last = asked.today + dt.timedelta(days=int(value[0]))
    return Promise.id.in_(_owed(Promise.due >= asked.today, Promise.due <= last))


MEETINGS: tuple[Condition, ...] = (
    Condition(
        "office",
        N_("Office"),
        N_("with {value}"),
        N_("not with {value}"),
        lambda _, value: Meeting.office_id.in_(value),
        Operand.PICK,
        offices,
    ),
    *_when(Meeting.id),
    plain(
        "overdue",
        N_("with a promise overdue"),
        N_("without a promise overdue"),
        lambda asked: Meeting.id.in_(
            sa.select(Promise.meeting_id).where(Promise.id.in_(_owed(Promise.due < asked.today)))
        ),
    ),
    plain(
        "promises",
        N_("at which something was promised"),
        N_("at which nothing was promised"),
        lambda _: Meeting.id.in_(sa.select(Promise.meeting_id)),
    ),
    plain(
        "presented",
        N_("at which cases were presented"),
        N_("at which no case was presented"),
        lambda _: Meeting.id.in_(sa.select(PresentedCase.meeting_id)),
    ),
    by_tag(Meeting),
)


def _of_kind(value: Value) -> Test:
    """Whether an event is of one of these kinds: a class, perhaps with a code ("OtherEvent:visit")."""
    ways = []
    for each in value:
        name, _, code = each.partition(":")
        held = [_ON.sort == name.lower()]
        if code:
            other = OtherEvent.__table__.c
            held.append(_ON.id.in_(sa.select(other.id).where(other.kind == code)))
        ways.append(sa.and_(*held))
    return _ON.id.in_(_of_events(sa.or_(*ways)))


EVENTS: tuple[Condition, ...] = (
    Condition(
        "kind",
        N_("Kind"),
        N_("of the kind {value}"),
        N_("not of the kind {value}"),
        lambda _, value: _of_kind(value),
        Operand.PICK,
        events.kinds,
    ),
    *_when(_ON.id),
    by_tag(Event),
)

PROMISES: tuple[Condition, ...] = (
    plain(
        "overdue", N_("overdue"), N_("not overdue"),
        lambda asked: Promise.id.in_(_owed(Promise.due < asked.today)), axis="standing",
    ),
    plain(
        "open", N_("still owed"), N_("no longer owed"), lambda _: Promise.id.in_(_owed()), axis="standing"
    ),
    plain(
        "kept", N_("kept, or partly"), N_("not kept"),
        lambda _: _became(PromiseOutcome.KEPT, PromiseOutcome.PARTLY), axis="standing",
    ),
    plain(
        "refused", N_("refused or without an answer"), N_("neither refused nor without an answer"),
        lambda _: _became(PromiseOutcome.REFUSED, PromiseOutcome.SILENT), axis="standing",
    ),
    Condition(
        "office",
        N_("Office"),
        N_("made by {value}"),
        N_("not made by {value}"),
        lambda _, value: Promise.meeting_id.in_(sa.select(Meeting.id).where(Meeting.office_id.in_(value))),
        Operand.PICK,
        offices,
    ),
    number(
        "due",
        N_("Due within … days"),
        N_("due within {value} days"),
        N_("not due within {value} days"),
        _due_within,
    ),
    plain("dated", N_("with a due date"), N_("without a due date"), lambda _: Promise.due.is_not(None)),
    by_tag(Promise),
)  # fmt: skip

_SENT = sa.or_(Appeal.sent.is_not(None), Appeal.received.is_not(None), Appeal.registered_on.is_not(None))
_WAITED_FOR = sa.and_(_SENT, Appeal.answered_on.is_(None))

APPEALS: tuple[Condition, ...] = (
    plain(
        "overdue", N_("overdue"), N_("not overdue"),
        lambda asked: sa.and_(_WAITED_FOR, Appeal.reply_due < asked.today), axis="standing",
    ),
    plain(
        "open", N_("that wait for an answer"), N_("that wait for no answer"), lambda _: _WAITED_FOR,
        axis="standing",
    ),
    plain(
        "answered", N_("answered"), N_("not answered"), lambda _: Appeal.answered_on.is_not(None),
        axis="standing",
    ),
    plain("draft", N_("not sent yet"), N_("sent"), lambda _: sa.not_(_SENT), axis="standing"),
    Condition(
        "office",
        N_("Office"),
        N_("to {value}"),
        N_("not to {value}"),
        lambda _, value: sa.or_(Appeal.office_id.in_(value), Appeal.forwarded_to_id.in_(value)),
        Operand.PICK,
        offices,
    ),
    of_vocabulary(
        "kind", N_("Kind of appeal"), N_("of the kind {value}"), N_("not of the kind {value}"), Appeal.kind,
        "appeal_kind",
    ),
    Condition(
        "sent_since",
        N_("Sent since"),
        N_("sent since {value}"),
        N_("not sent since {value}"),
        lambda _, value: Appeal.sent >= day_of(value),
        Operand.DAY,
    ),
    by_tag(Appeal),
)  # fmt: skip
