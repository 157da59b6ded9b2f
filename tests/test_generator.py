"""The casebooks that the benchmarks run on are sound ones, and the same for everybody."""

from __future__ import annotations

import sqlalchemy as sa

from casetracker.model import Case, CaseEvent, Meeting, PersonName, Promise, Protest
from casetracker.model.people.person import Script
from casetracker.store import derived, examine, lists
from casetracker.store.store import Store
from tests.benchmarks.generate import TODAY, fill, generated

CASES = 50


def filled(store: Store) -> Store:
    with store._edits() as session:
        fill(session.get_bind(), CASES)  # type: ignore[arg-type]
    return store


def test_a_generated_casebook_is_sound(store: Store) -> None:
    filled(store)

    assert examine.inconsistencies(store) == []
    with store.reading() as session:
        assert session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        statuses = set(session.scalars(sa.select(Case.status)))
    assert len(statuses) > 3


def test_the_derived_columns_are_looked_at(store: Store) -> None:
    """The check that calls the generator right can find it wrong."""
    filled(store)
    with store.reading() as session:
        assert derived.wrong(session) == []
        session.execute(sa.update(Case).values(last_news=TODAY))
        assert len(derived.wrong(session)) > CASES // 2


def test_every_case_has_names_in_four_scripts_and_five_events(store: Store) -> None:
    filled(store)

    with store.reading() as session:
        names = sa.select(PersonName.script, sa.func.count()).join(
            Case, Case.person_id == PersonName.person_id
        )
        spelt = dict(session.execute(names.group_by(PersonName.script)).all())  # type: ignore[arg-type]
        links = session.scalars(sa.select(sa.func.count(CaseEvent.id)).group_by(CaseEvent.case_id)).all()
    assert set(spelt) == set(Script)
    assert min(spelt.values()) > CASES * 3 // 4
    assert links == [5] * CASES
    assert lists.count_cases(store) == CASES


def test_events_are_shared_and_promises_owed(store: Store) -> None:
    filled(store)

    assert lists.count(store, Protest) + lists.count(store, Meeting) < CASES
    assert lists.count(store, Promise) == lists.count(store, Meeting)
    assert lists.count_cases(store, lists.Filter(overdue=True)) > CASES // 3


def test_the_same_seed_gives_the_same_records() -> None:
    assert generated(CASES, seed=7) == generated(CASES, seed=7)
    assert generated(CASES, seed=7) != generated(CASES, seed=8)
