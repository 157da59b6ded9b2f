"""How many of the planted duplicates are shown, how many shown pairs are right, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator

from casetracker.model.matching import pairs
from casetracker.model.people.person import Person
from casetracker.store import duplicates
from casetracker.store.store import Store
from tests.benchmarks.measure import Figure, medians, milliseconds
from tests.model.made_up_people import Generator, measured

PEOPLE, PLANTED, FRIENDS = 10_000, 500, 200  # friends: cousins with the same name, who are two people


def found() -> Iterator[Figure]:
    """Recall and precision of the pairs shown on a list made with a seed, in mixed scripts."""
    made = Generator(seed=7).make(PEOPLE, planted=PLANTED, friends=FRIENDS)
    shown: list[frozenset[str]] = []
    took = milliseconds(lambda: shown.extend(frozenset((p.first, p.second)) for p in pairs(made.people)))
    result = measured(made, shown)
    said = f"{PEOPLE} people, {PLANTED} planted pairs, {FRIENDS} false friends, {len(shown)} pairs shown"
    yield Figure("", "duplicates: recall of the pairs shown", result.recall, None, "≥ 0.95", said, "of 1")
    yield Figure(
        "", "duplicates: precision of the pairs shown", result.precision, None, "≥ 0.80", said, "of 1"
    )
    yield Figure("", f"duplicates: everybody among {PEOPLE} compared", took / 1000, None, "", unit="s")


def while_typing(store: Store) -> Figure:
    """How long it takes to find whom a typed person may be already."""
    with store.reader() as reader:
        person_id = next(iter(reader.all(Person))).id
        names = reader.names(person_id)
    draft = store.draft(Person)
    draft.add("names", full=names[0], primary=True)
    profile = duplicates.profile_of(draft)
    (took,) = medians(lambda: duplicates.near(store, profile))
    near = len(duplicates.near(store, profile))
    return Figure(
        "", "duplicates: while a name is typed", took, None, "≤ 500 ms", f"{near} shown, beside the window"
    )
