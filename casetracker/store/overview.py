"""The numbers of the overview, each with the list behind it, counted by the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Case, Consent, Event, Meeting, Office, PresentedCase, Promise, PromisedCase
from casetracker.model.detention.custody import IN_CUSTODY, STATUS_TONE, CustodyStatus
from casetracker.model.events.promise import STILL_OWED, PromiseOutcome
from casetracker.model.sources.consent import Answer
from casetracker.model.terms import label_of
from casetracker.store.store import Store

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """Something that falls due: a promise or a meeting."""

    day: dt.date
    what: str
    who_for: str
    target: tuple[str, str]

    def days_left(self, today: dt.date) -> int:
        """Days until it is due; negative once it is overdue."""
        return (self.day - today).days


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    cases: int
    new_this_month: int
    by_status: tuple[tuple[CustodyStatus, int], ...]
    silent_for_a_year: int
    promises: int
    promises_overdue: int
    promises_kept: int
    consents_ending: int
    consents_withdrawn: int
    due: tuple[Due, ...]

    def in_status(self, *statuses: CustodyStatus) -> int:
        """Count the cases in these statuses."""
        return sum(n for status, n in self.by_status if status in statuses)

    @property
    def in_custody(self) -> int:
        """Count the cases of people in custody."""
        return self.in_status(*IN_CUSTODY)


def ending_consents(today: dt.date) -> sa.Select[str | None]:
    """The cases with an agreement that ends within thirty days, as a query."""
    living = sa.and_(
        Consent.answer == Answer.AGREES, Consent.withdrawn.is_(None), Consent.case_id.is_not(None)
    )
    return (
        sa.select(Consent.case_id)
        .where(living, Consent.until >= today, Consent.until <= today + SOON)
        .distinct()
    )


def _owed() -> sa.ColumnElement[bool]:
    return sa.or_(PromisedCase.outcome.is_(None), PromisedCase.outcome.in_(STILL_OWED))


def overview(store: Store) -> Overview:
    """Count everything that the first page shows, as of the store's day."""
    today = store.today()
    a_year_ago, month = today - dt.timedelta(days=365), today.replace(day=1)
    with store.reading() as session:

        def count(query: sa.Select[str]) -> int:
            return session.scalar(sa.select(sa.func.count()).select_from(query.distinct().subquery())) or 0

        by_status = session.execute(sa.select(Case.status, sa.func.count()).group_by(Case.status))
        promised = sa.select(Promise.id).join(PromisedCase)
        ending = sa.select(sa.func.count()).select_from(ending_consents(today).subquery())
        week = today - dt.timedelta(days=7)
        return Overview(
            cases=count(sa.select(Case.id)),
            new_this_month=count(sa.select(Case.id).where(Case.opened >= month, Case.opened <= today)),
            by_status=tuple(sorted(((s, n) for s, n in by_status), key=lambda row: _rank(row[0]))),
            silent_for_a_year=count(
                sa.select(Case.id).where(
                    Case.status == CustodyStatus.NO_NEWS,
                    sa.or_(Case.last_news < a_year_ago, Case.last_news.is_(None)),
                )
            ),
            promises=count(sa.select(Promise.id)),
            promises_overdue=count(promised.where(Promise.due < today, _owed())),
            promises_kept=count(promised.where(PromisedCase.outcome == PromiseOutcome.KEPT)),
            consents_ending=session.scalar(ending) or 0,
            consents_withdrawn=count(
                sa.select(Consent.id).where(Consent.withdrawn > week, Consent.withdrawn <= today)
            ),
            due=tuple(_due(store)),
        )


def promises_made(store: Store) -> tuple[int, int]:
    """Return how many promises there are, and how many are overdue for some case."""
    late = sa.select(Promise.id).join(PromisedCase).where(Promise.due < store.today(), _owed()).distinct()
    with store.reading() as session:
        made = session.scalar(sa.select(sa.func.count()).select_from(Promise)) or 0
        return made, session.scalar(sa.select(sa.func.count()).select_from(late.subquery())) or 0


def _rank(status: CustodyStatus) -> int:
    return list(CustodyStatus).index(status)


def _due(store: Store, limit: int = 8) -> list[Due]:
    """What is owed or planned next: promises still owed by their due date, then meetings to come."""
    today = store.today()
    with store.reading() as session:
        next_due = (
            sa.select(Promise.id)
            .where(Promise.due.is_not(None))
            .where(sa.exists().where(PromisedCase.promise_id == Promise.id, _owed()))
            .order_by(Promise.due)
            .limit(limit)
            .subquery()
        )
        owed = (
            sa.select(
                Promise.id,
                Promise.due,
                Promise.words,
                Office.name,
                sa.func.min(Case.ref),
                sa.func.count(sa.distinct(PromisedCase.case_id)),
            )
            .join(next_due, next_due.c.id == Promise.id)
            .join(PromisedCase, PromisedCase.promise_id == Promise.id)
            .join(Case, Case.id == PromisedCase.case_id)
            .join(Meeting, Meeting.id == Promise.meeting_id)
            .join(Office, Office.id == Meeting.office_id)
            .where(_owed())
            .group_by(Promise.id, Promise.due, Promise.words, Office.name)
            .order_by(Promise.due)
        )
        lines = [
            Due(
                due,
                tr(N_("{office}: {words}"), office=office, words=words),
                ref if n == 1 else ntr("{n} case", "{n} cases", n),
                ("Promise", id_),
            )
            for id_, due, words, office, ref, n in session.execute(owed)
            if due
        ]
        on = Event.__table__.c
        cases = sa.select(sa.func.count()).where(PresentedCase.meeting_id == Meeting.id).scalar_subquery()
        coming = (
            sa.select(Meeting.id, on.on_earliest, Office.name, cases)
            .join(Office, Office.id == Meeting.office_id)
            .where(on.on_earliest >= today)
            .order_by(on.on_earliest)
            .limit(limit)
        )
        lines += [
            Due(
                day,
                tr(N_("Meeting: {office}"), office=office),
                ntr("{n} case", "{n} cases", n),
                ("Meeting", id_),
            )
            for id_, day, office, n in session.execute(coming)
        ]
    return sorted(lines, key=lambda d: d.day)[:limit]


def status_bars(numbers: Overview) -> list[tuple[CustodyStatus, str, int, str]]:
    """Return status, label, number and tone for the bars, in the order of gravity."""
    return [(s, label_of(s), n, STATUS_TONE[s]) for s, n in numbers.by_status]
