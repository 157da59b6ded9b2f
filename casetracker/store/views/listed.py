"""The lists that can be narrowed: of what each is one, its conditions and pills, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from casetracker.i18n import N_
from casetracker.model import Appeal, Case, Entity, Event, Facility, Family, Meeting, Person, Promise, Protest
from casetracker.store import appeals, events, facilities, ledger, lists
from casetracker.store.lists import Among, Filter, Line
from casetracker.store.store import Store
from casetracker.store.views import cases, happenings, people, texts
from casetracker.store.views.condition import Asked, Condition
from casetracker.store.views.query import EVERYTHING, Query, Term, where

Lines = Callable[[Store, str, Among, int, int], Sequence[Line]]
Words = Callable[[Asked, str], sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Pill:
    """A condition that stands ready above a list; `key` is how links elsewhere call it."""

    key: str
    label: str
    term: Term


@dataclass(frozen=True)
class Listed:
    """One list.

    `every` names all of it; `such` is the beginning of a sentence that conditions end. Where `words` is
    empty, the lines themselves look for the text, as they rank what they find.
    """

    key: str
    entity: type[Entity]
    every: str
    such: str
    conditions: tuple[Condition, ...]
    lines: Lines
    words: Words | None = None
    found: Words | None = None  # how a text is counted where the lines look for it themselves
    pills: tuple[Pill, ...] = ()
    only: sa.ColumnElement[bool] | None = field(default=None, compare=False)

    @cached_property
    def by_key(self) -> Mapping[str, Condition]:
        """Return the conditions by their key."""
        return {condition.key: condition for condition in self.conditions}

    @property
    def id_column(self) -> Any:
        """The column of the ids."""
        return Event.__table__.c.id if self.entity is Event else self.entity.id


def chosen(listed: Listed, query: Query, asked: Asked, *, with_text: bool = False) -> Among:
    """Return the ids to which the query keeps a list, as a query; None if it keeps all.

    The text is among it where the lines do not look for it themselves, or `with_text` is asked for.
    """
    held = [_grouped(listed, query, asked)] if query.terms else []
    text = query.text.strip()
    words = listed.words or (listed.found if with_text else None)
    if text and words is not None:
        held.append(words(asked, text))
    if not held:
        return None
    return sa.select(listed.id_column).where(*held)


def _grouped(listed: Listed, query: Query, asked: Asked) -> sa.ColumnElement[bool]:
    inner, outer = (sa.or_, sa.and_) if query.or_first else (sa.and_, sa.or_)
    groups = [inner(*(_holds(listed, term, asked) for term in group)) for group in query.groups()]
    return outer(*groups)


def _holds(listed: Listed, term: Term, asked: Asked) -> sa.ColumnElement[bool]:
    test = listed.by_key[term.key].test(asked, term.value)
    # Where nothing is known, neither a comparison nor its opposite holds; a negated condition does.
    return sa.not_(sa.func.coalesce(test, sa.false())) if term.negated else test


def count(store: Store, listed: Listed, query: Query = EVERYTHING) -> int:
    """Return how many records of a list the query leaves."""
    with store.reading() as session:
        among = chosen(listed, query, Asked(session, store.today()), with_text=True)
        ids = sa.select(listed.id_column) if among is None else among
        if listed.only is not None:
            ids = ids.where(listed.only)
        return session.scalar(sa.select(sa.func.count()).select_from(ids.subquery())) or 0


def lines(
    store: Store, listed: Listed, query: Query = EVERYTHING, offset: int = 0, limit: int = 200
) -> list[Line]:
    """Return a page of a list, narrowed by the query, in the order that is the list's own."""
    with store.reading() as session:
        among = chosen(listed, query, Asked(session, store.today()))
    text = "" if listed.words else query.text.strip()
    return list(listed.lines(store, text, among, offset, limit))


def _case_lines(store: Store, text: str, among: Among, offset: int, limit: int) -> Sequence[Line]:
    return lists.case_lines(store, Filter(text=text), offset, limit, among=among)


def _person_lines(store: Store, text: str, among: Among, offset: int, limit: int) -> Sequence[Line]:
    return lists.person_lines(store, text, offset, limit, among=among)


def _family_lines(store: Store, text: str, among: Among, offset: int, limit: int) -> Sequence[Line]:
    return lists.family_lines(store, text, offset, limit, among=among)


LISTS: dict[str, Listed] = {
    each.key: each
    for each in (
        Listed(
            "cases",
            Case,
            N_("All cases"),
            N_("Cases {conditions}"),
            cases.CONDITIONS,
            _case_lines,
            found=texts.cases,
            pills=(
                Pill("custody", N_("In custody"), where("custody")),
                Pill("no_news", N_("Whereabouts unknown"), where("status", "NO_NEWS")),
                Pill("overdue", N_("Promise overdue"), where("overdue")),
                Pill("consent", N_("Consent ending"), where("consent")),
            ),
        ),
        Listed(
            "people",
            Person,
            N_("All people"),
            N_("People {conditions}"),
            people.PEOPLE,
            _person_lines,
            found=texts.people,
        ),
        Listed(
            "families",
            Family,
            N_("All families"),
            N_("Families {conditions}"),
            people.FAMILIES,
            _family_lines,
            found=texts.families,
        ),
        Listed(
            "protests",
            Protest,
            N_("All protests"),
            N_("Protests {conditions}"),
            happenings.PROTESTS,
            lambda store, _, among, offset, limit: lists.protest_lines(store, "", offset, limit, among=among),
            texts.protests,
        ),
        Listed(
            "meetings",
            Meeting,
            N_("All meetings"),
            N_("Meetings {conditions}"),
            happenings.MEETINGS,
            lambda store, _, among, offset, limit: lists.meeting_lines(store, "", offset, limit, among=among),
            texts.meetings,
        ),
        Listed(
            "events",
            Event,
            N_("All events"),
            N_("Events {conditions}"),
            happenings.EVENTS,
            lambda store, _, among, offset, limit: events.event_lines(
                store, events.Wanted(), offset, limit, among=among
            ),
            texts.events,
            only=events.listed(),
        ),
        Listed(
            "promises",
            Promise,
            N_("All promises"),
            N_("Promises {conditions}"),
            happenings.PROMISES,
            lambda store, _, among, offset, limit: ledger.promise_lines(
                store, ledger.Wanted(), offset, limit, among=among
            ),
            texts.promises,
            pills=(
                Pill("overdue", N_("Overdue"), where("overdue")),
                Pill("open", N_("Open"), where("open")),
                Pill("kept", N_("Kept"), where("kept")),
                Pill("refused", N_("Refused or silent"), where("refused")),
            ),
        ),
        Listed(
            "appeals",
            Appeal,
            N_("All appeals"),
            N_("Appeals {conditions}"),
            happenings.APPEALS,
            lambda store, _, among, offset, limit: appeals.appeal_lines(
                store, appeals.Wanted(), offset, limit, among=among
            ),
            texts.appeals,
            pills=(
                Pill("overdue", N_("Overdue"), where("overdue")),
                Pill("open", N_("Open"), where("open")),
                Pill("answered", N_("Answered"), where("answered")),
                Pill("draft", N_("Not sent yet"), where("draft")),
            ),
        ),
        Listed(
            "facilities",
            Facility,
            N_("All facilities"),
            N_("Facilities {conditions}"),
            people.FACILITIES,
            lambda store, _, among, offset, limit: facilities.facility_lines(
                store, "", offset, limit, among=among
            ),
            texts.facilities,
        ),
    )
}


def narrowed(listed: Listed, key: str) -> Query:
    """Return the query that a number or a link elsewhere stands for: the key of a pill or of an option."""
    for pill in listed.pills:
        if pill.key == key:
            return Query(terms=(pill.term,))
    for condition in listed.conditions:
        if key and condition.known is not None and key in condition.known:
            return Query(terms=(where(condition.key, key),))
    if key and listed.key == "events":
        return Query(terms=(where("kind", key),))
    return Query()


def toggled(listed: Listed, query: Query, pill: Pill) -> Query:
    """Return the query after a pill was clicked: its condition added, or taken away if it was there.

    It takes the place of another pill's condition on the same axis: nobody is both in custody and missing.
    """
    if query.has(pill.term):
        same = (pill.term.key, pill.term.value, pill.term.negated)
        held = [(t.key, t.value, t.negated) for t in query.terms]
        return query.without(held.index(same))
    axis = _axis(listed, pill.term)
    rivals = [p.term for p in listed.pills if axis and _axis(listed, p.term) == axis]
    for number, term in reversed(list(enumerate(query.terms))):
        if any((term.key, term.value) == (rival.key, rival.value) for rival in rivals):
            query = query.without(number)
    return query.adding(pill.term)


def _axis(listed: Listed, term: Term) -> str:
    condition = listed.by_key[term.key]
    return condition.axis or condition.key


__all__ = ["LISTS", "Listed", "Pill", "chosen", "count", "lines", "narrowed", "toggled"]
