"""Writing a family tree: people, then families, as one action that undo takes back whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casetracker.errors import Invalid
from casetracker.jobs import Progress
from casetracker.model import Family, Note, Person
from casetracker.store.draft import Draft
from casetracker.store.edit import Edit
from casetracker.store.store import Store


@dataclass
class Planted:
    """What came of it: people and families written, and those left out with the reason."""

    people: dict[str, str] = field(default_factory=dict)
    families: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Leaf:
    """A person to be written: the number and id in the file, the draft, the note, and who it is already."""

    number: int
    id: str
    draft: Draft
    note: str
    pinned: bool
    same_as: str = ""


Branch = tuple[
    Callable[[dict[str, str]], Draft], tuple[str, ...], str
]  # makes a family of these people; note


def plant(
    store: Store, label: str, leaves: Iterable[Leaf], branches: Iterable[Branch], progress: Progress
) -> Planted:
    """Write people and families; a family keeps those of its people who could be written.

    Raises `Cancelled`; then nothing is written.
    """
    done = Planted()
    with store.edit(label) as edit:
        for leaf in leaves:
            progress.step(leaf.number, 0)
            try:
                with edit.attempt():
                    done.people[leaf.id] = leaf.same_as or edit.write(leaf.draft)
            except Invalid as error:
                done.refused.append((leaf.number, " ".join(error.problems.values())))
                continue
            _note(store, edit, (Person.__name__, done.people[leaf.id]), leaf.note, pinned=leaf.pinned)
        for make, who, note in branches:
            progress.step(0, 0)
            if not all(each in done.people for each in who):
                continue
            draft = make(done.people)
            people = [member.values["person_id"] for member in draft.children["members"]]
            if len(people) == len(set(people)):
                _note(store, edit, (Family.__name__, edit.write(draft)), note, pinned=False)
                done.families += 1
    return done


def _note(store: Store, edit: Edit, about: tuple[str, str], text: str, *, pinned: bool) -> None:
    if not text:
        return
    note = Draft(Note)
    note.values |= {"about": about[0], "about_id": about[1], "text": text, "written": store.today()}
    note.values |= {"by": store.who[:300], "pinned": pinned or None}
    edit.write(note)
