"""Taking in a family tree: tried out without writing, then people and families as one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from casetracker.exchange.gedcom.reading import Household, Someone, Tree, family_draft, read
from casetracker.exchange.tables_in.rows import Problem
from casetracker.exchange.tables_in.taking import Double
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress, Silent
from casetracker.model.matching import Pair
from casetracker.store import importing_trees
from casetracker.store.importing import MOST_TOLD
from casetracker.store.importing_trees import Branch, Leaf
from casetracker.store.known_people import EarlierRows, KnownPeople
from casetracker.store.store import Store

_TOGETHER = 500


@dataclass
class Counted:
    """What a tree comes to."""

    people: int = 0
    families: int = 0
    told: list[Problem] = field(default_factory=list)
    told_doubles: list[Double] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def look(path: Path, progress: Progress = Silent(), encoding: str = "") -> Tree:  # noqa: B008
    """Read a tree; raises `UserError`."""
    return read(path, progress, encoding)


def try_out(store: Store, tree: Tree, progress: Progress = Silent()) -> Counted:  # noqa: B008
    """Count what a tree comes to, with every doubtful date and likely double; nothing is written."""
    counted = Counted(len(tree.people), len(tree.households))
    for someone in tree.people.values():
        _doubts(counted, someone)
    counted.told_doubles = list(_doubles(store, tree, progress).values())[:MOST_TOLD]
    return counted


def take_in(
    store: Store,
    tree: Tree,
    progress: Progress = Silent(),  # noqa: B008
    *,
    same: Mapping[int, str] | None = None,
    left_out: frozenset[int] = frozenset(),
) -> Counted:
    """Write a tree as one action. `same` says of a person (by number) who is there already."""
    counted, doubles, decided = Counted(), _doubles(store, tree, progress), same or {}

    def leaves() -> Iterator[Leaf]:
        for someone in tree.people.values():
            if someone.number in left_out:
                continue
            _doubts(counted, someone)
            double = None if someone.number in decided else doubles.get(someone.number)
            note = _note(tree, someone, double)
            pinned = bool(someone.doubtful or double)
            known = decided.get(someone.number, "")
            yield Leaf(someone.number, someone.id, someone.draft, note, pinned, known)

    label = tr(N_("Import of “{name}”"), name=tree.name)
    done = importing_trees.plant(store, label, leaves(), _branches(tree, left_out), progress)
    counted.people, counted.families, counted.refused = len(done.people), done.families, done.refused
    return counted


def _branches(tree: Tree, left_out: frozenset[int]) -> Iterator[Branch]:
    for household in tree.households:
        kept = [m for m in household.members if tree.people[m[0]].number not in left_out]
        ids = {who for who, _, _ in kept}
        members = [(who, kin if not to or to in ids else None, to) for who, kin, to in kept]
        if not members:
            continue
        made = Household(household.name, members, household.note)
        note = (
            "\n".join([tr(N_("From “{list}”:"), list=tree.name), *household.note]) if household.note else ""
        )
        yield partial(family_draft, made), tuple(who for who, _, _ in members), note


def _doubts(counted: Counted, someone: Someone) -> None:
    for head, value, what in someone.doubtful:
        if len(counted.told) < MOST_TOLD:
            counted.told.append(Problem(someone.number, head, value, what))


def _doubles(store: Store, tree: Tree, progress: Progress) -> dict[int, Double]:
    """Return, by number, who may be in the casebook or in the file already."""
    people, earlier, found = list(tree.people.values()), EarlierRows(), {}
    for someone, near in zip(people, _near(store, people, progress), strict=True):
        row = earlier.same(someone.draft, someone.number)
        if near:
            other = near[0].second if near[0].first == "new" else near[0].first
            reasons = tuple(near[0].reasons)
            found[someone.number] = Double(someone.number, someone.name, other, reasons=reasons)
        elif row:
            found[someone.number] = Double(someone.number, someone.name, earlier_row=row)
    return found


def _near(store: Store, people: Sequence[Someone], progress: Progress) -> Iterator[list[Pair]]:
    known = KnownPeople(store, progress)
    for start in range(0, len(people), _TOGETHER):
        progress.step(start, len(people))
        yield from known.near([each.draft for each in people[start : start + _TOGETHER]])


def _note(tree: Tree, someone: Someone, double: Double | None) -> str:
    lines = [tr(N_("From “{list}”, person {id}:"), list=tree.name, id=someone.id), *someone.note]
    lines += [f"{head}: {value}: {what}" if value else what for head, value, what in someone.doubtful]
    if double is not None:
        lines.append(tr(N_("May be somebody who is in the casebook already; see the page of duplicates.")))
    return "\n".join(lines)


def summary(counted: Counted, *, written: bool) -> list[str]:
    """Say what came of it, a sentence a thing."""
    people = ntr("{n} person", "{n} people", counted.people)
    families = ntr("{n} family", "{n} families", counted.families)
    done = N_("Taken in: {people} and {families}.") if written else N_("It holds {people} and {families}.")
    said = [tr(done, people=people, families=families)]
    if n := len(counted.told):
        said.append(
            ntr(
                "{n} date is doubtful; its words are kept.",
                "{n} dates are doubtful; their words are kept.",
                n,
            )
        )
    if n := len(counted.told_doubles):
        sentence = ntr(
            "{n} person may be in the casebook already.", "{n} people may be in the casebook already.", n
        )
        said.append(sentence)
    if not written:
        said.append(tr(N_("No case is made of them: open one for whoever is detained.")))
    return said
