"""The numbers of the overview, each with the list behind it, counted by the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.model import Case, Consent, Promise, PromisedCase
from casetracker.model.detention.custody import IN_CUSTODY, STATUS_TONE, CustodyStatus
from casetracker.model.events.promise import STILL_OWED, PromiseOutcome
from casetracker.model.sources.consent import Answer
from casetracker.model.terms import label_of
from casetracker.store.store import Store

SOON = dt.timedelta(days=30)


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
        )


def promises_made(store: Store) -> tuple[int, int]:
    """Return how many promises there are, and how many are overdue for some case."""
    late = sa.select(Promise.id).join(PromisedCase).where(Promise.due < store.today(), _owed()).distinct()
    with store.reading() as session:
        made = session.scalar(sa.select(sa.func.count()).select_from(Promise)) or 0
        return made, session.scalar(sa.select(sa.func.count()).select_from(late.subquery())) or 0


def _rank(status: CustodyStatus) -> int:
    return list(CustodyStatus).index(status)


def status_bars(numbers: Overview) -> list[tuple[CustodyStatus, str, int, str]]:
    """Return status, label, number and tone for the bars, in the order of gravity."""
    return [(s, label_of(s), n, STATUS_TONE[s]) for s, n in numbers.by_status]
