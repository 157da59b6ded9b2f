"""Deadlines of families and of those who are held: penalties, consents, authority, sentences, silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_, ntr, tr
from casetracker.model import (
    Appeal,
    AppealCase,
    Authority,
    Case,
    Consent,
    Episode,
    Event,
    Family,
    Participant,
    Penalty,
    clock,
)
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import AT_REST
from casetracker.model.detention.custody import IN_CUSTODY, CustodyStatus
from casetracker.model.events.event import PenaltyAppeal
from casetracker.model.sources.consent import Answer
from casetracker.model.terms import label_of
from casetracker.store import deadline_words as words
from casetracker.store.deadline import Ask, Deadline, Kind, Source, key_of
from casetracker.store.lists import main_name

_NOT_RELEASED = IN_CUSTODY | {CustodyStatus.NO_NEWS}
_ON = Event.__table__.c
_BEGAN = Episode.__table__.c
_OVER = 30  # days after which what cannot be caught up with is over


# What concerns those who protested, and what families agreed to

_PENALTY = "penalty_appeal"
_FROM = sa.func.coalesce(Penalty.received, Penalty.decided, type_=sa.Date())


def _penalties(_today: dt.date) -> sa.Select[Any]:
    none = sa.or_(Penalty.appeal.is_(None), Penalty.appeal == PenaltyAppeal.NONE)
    return (
        sa.select(
            Penalty.id,
            _FROM,
            Penalty.kind,
            Penalty.received,
            main_name(Participant.person_id),
            Participant.event_id,
            _ON.sort,
        )
        .join(Participant, Participant.id == Penalty.participant_id)
        .join(Event.__table__, _ON.id == Participant.event_id)
        .where(none)
    )


def _penalty_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, start, kind, received, name, event_id, sort in rows:
        basis = words.basis(_PENALTY)
        if not received:
            basis = tr(N_("{rule}; counted from the decision"), rule=basis)
        yield Deadline(
            words.key(Kind.PENALTY, id_, start),
            Kind.PENALTY,
            words.due(_PENALTY, start),
            tr(N_("Last day to appeal: {penalty}"), penalty=label_of(kind).lower()),
            name or "",
            (words.PAGES.get(sort, "Event"), event_id),
            basis,
        )


def _consents(today: dt.date, *own: Any) -> sa.Select[Any]:
    """Agreements that stand, those of one person about one case on one day together."""
    grouped = (Consent.person_id, Consent.case_id, *own)
    living = (Consent.answer == Answer.AGREES, Consent.withdrawn.is_(None), Consent.given <= today)
    at_work = sa.or_(Case.stage.is_(None), Case.stage.not_in(AT_REST))
    return (
        sa.select(
            *grouped, sa.func.count(), Case.ref, main_name(Consent.person_id), main_name(Case.person_id)
        )
        .outerjoin(Case, Case.id == Consent.case_id)
        .where(*living, at_work)
        .group_by(*grouped, Case.ref, Case.person_id)
    )


def _ending(today: dt.date) -> sa.Select[Any]:
    return _consents(today, Consent.until)


def _standing(today: dt.date) -> sa.ColumnElement[bool]:
    return sa.or_(Consent.until.is_(None), Consent.until >= today)


def _review_set(today: dt.date) -> sa.Select[Any]:
    return _consents(today, Consent.review_on).where(_standing(today))


def _review_by_rule(today: dt.date) -> sa.Select[Any]:
    return _consents(today, Consent.given).where(_standing(today), Consent.review_on.is_(None))


def _consent_lines(text: str, sort: str, rule: str = "") -> Any:
    def lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
        for person_id, case_id, day, uses, ref, person, relative in rows:
            how_many = ntr("{n} use", "{n} uses", uses)
            yield Deadline(
                f"{words.key(Kind.CONSENT, person_id, case_id, day)}:{sort}",
                Kind.CONSENT,
                words.due(rule, day) if rule else day,
                tr(text, name=person or "", uses=how_many),
                words.who(relative, ref) if case_id else tr(N_("own data")),
                ("Case", case_id) if case_id else ("Person", person_id),
                words.basis(rule) if rule else tr(N_("as agreed")),
            )

    return lines


def _authorities(_today: dt.date) -> sa.Select[Any]:
    a = Authority
    return (
        sa.select(a.id, a.until, a.family_id, Family.name, main_name(a.person_id))
        .join(Family, Family.id == a.family_id)
        .where(a.withdrawn.is_(None))
    )


def _authority_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, day, family_id, family, person in rows:
        what = tr(N_("Authority to act ends: {name}"), name=person or "")
        told = tr(N_("As the document says"))
        yield Deadline(
            words.key(Kind.AUTHORITY, id_, day),
            Kind.AUTHORITY,
            day,
            what,
            family,
            ("Family", family_id),
            told,
        )


# What follows from detentions


def _cases(_today: dt.date, *own: Any) -> sa.Select[Any]:
    return sa.select(Case.id, *own, Case.ref, main_name(Case.person_id)).where(
        Case.stage.not_in(AT_REST), Case.status.in_(_NOT_RELEASED)
    )


def _releases(today: dt.date) -> sa.Select[Any]:
    return _cases(today, Case.release_due)


def _release_lines(ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, day, ref, name in rows:
        over = day < ask.today
        what = tr(N_("Held beyond the sentence")) if over else tr(N_("The sentence ends"))
        told = tr(N_("As the judgment counts"))
        yield Deadline(
            words.key(Kind.RELEASE, id_, day),
            Kind.RELEASE,
            day,
            what,
            words.who(name, ref),
            ("Case", id_),
            told,
        )


def _news(today: dt.date) -> sa.Select[Any]:
    return _cases(today, Case.last_news)


def _news_lines(rule: str) -> Any:
    def lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
        for id_, heard, ref, name in rows:
            since = tr(N_("{rule}: last heard of on {day}"), rule=_text(rule), day=KnownDate.on(heard).text())
            key = f"{words.key(Kind.NEWS, id_, heard)}:{rule}"
            day = words.due(rule, heard)
            yield Deadline(key, Kind.NEWS, day, since, words.who(name, ref), ("Case", id_), words.basis(rule))

    return lines


def _text(rule: str) -> str:
    return clock.current()[rule].text()


_URGENT = "wgeid_urgent"


def _vanished(today: dt.date) -> sa.Select[Any]:
    """Those of whom nobody says where they are, while the urgent procedure may still be open."""
    met = clock.current()[_URGENT].met_by
    sent = (
        sa.select(AppealCase.id)
        .join(Appeal, Appeal.id == AppealCase.appeal_id)
        .where(AppealCase.case_id == Case.id, Appeal.kind.in_(met), Appeal.sent.is_not(None))
    )
    open_until = clock.months_after(today, -clock.current()[_URGENT].amount) - dt.timedelta(3)
    return (
        sa.select(Episode.id, _BEGAN.arrested_earliest, _BEGAN.arrested_latest, Case.id, Case.ref)
        .add_columns(main_name(Case.person_id))
        .join(Case, Case.id == Episode.case_id)
        .where(Case.stage.not_in(AT_REST))
        .where(Case.status.in_([CustodyStatus.NO_NEWS, CustodyStatus.CUSTODY_UNKNOWN]))
        .where(sa.not_(sent.exists()), _BEGAN.arrested_latest >= open_until)
    )


def _urgent_lines(_ask: Ask, rows: Sequence[Any]) -> Iterable[Deadline]:
    for id_, first, last, case_id, ref, name in rows:
        limit = words.due(_URGENT, last)
        what = tr(N_("Urgent procedure of the WGEID, open until {day} at the latest"), day=_said(limit))
        key = words.key(Kind.WGEID, id_, first)
        day = words.due(_URGENT, first)
        yield Deadline(
            key, Kind.WGEID, day, what, words.who(name, ref), ("Case", case_id), words.basis(_URGENT)
        )


def _said(day: dt.date) -> str:
    return KnownDate.on(day).text()


SOURCES: tuple[Source, ...] = (
    Source(
        Kind.PENALTY,
        _penalties,
        _FROM,
        key_of(Kind.PENALTY, Penalty.id, _FROM),
        _penalty_lines,
        rule=_PENALTY,
        lapses=_OVER,
    ),
    *(
        Source(
            Kind.CONSENT,
            query,
            day,
            key_of(Kind.CONSENT, Consent.person_id, Consent.case_id, day) + sa.literal(f":{sort}"),
            _consent_lines(text, sort, rule),
            rule=rule,
            lapses=lapses,
        )
        for query, day, sort, text, rule, lapses in (
            (_ending, Consent.until, "end", N_("Consent of {name} ends ({uses})"), "", _OVER),
            (_review_set, Consent.review_on, "asked", N_("Confirm the consent of {name} ({uses})"), "", 0),
            (
                _review_by_rule,
                Consent.given,
                "again",
                N_("Confirm the consent of {name} ({uses})"),
                "consent_renewal",
                0,
            ),
        )
    ),
    Source(
        Kind.AUTHORITY,
        _authorities,
        Authority.until,
        key_of(Kind.AUTHORITY, Authority.id, Authority.until),
        _authority_lines,
        lapses=_OVER,
    ),
    Source(
        Kind.RELEASE,
        _releases,
        Case.release_due,
        key_of(Kind.RELEASE, Case.id, Case.release_due),
        _release_lines,
    ),
    *(
        Source(
            Kind.NEWS,
            _news,
            Case.last_news,
            key_of(Kind.NEWS, Case.id, Case.last_news) + sa.literal(f":{rule}"),
            _news_lines(rule),
            rule=rule,
            lapses=_OVER,
            ahead=_OVER,
        )
        for rule in ("no_news_half_year", "no_news_year")
    ),
    Source(
        Kind.WGEID,
        _vanished,
        _BEGAN.arrested_earliest,
        key_of(Kind.WGEID, Episode.id, _BEGAN.arrested_earliest),
        _urgent_lines,
        rule=_URGENT,
    ),
)
