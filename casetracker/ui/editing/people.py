"""Finding people while typing: known ones by any spelling, new ones by their name alone."""

from __future__ import annotations

from casetracker.i18n import N_, tr
from casetracker.model import Person
from casetracker.model.people.person import folded
from casetracker.store import lists
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.editors import NEW
from casetracker.ui.style import Tone
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.grid import EditGrid
from casetracker.ui.widgets.suggestions import Hit, Lookup


def person_lookup(store: Store) -> Lookup:
    """Return a lookup over people by any spelling, with what tells two of the same name apart."""

    def look(text: str) -> list[Hit]:
        hits = [
            Hit(p.id, p.title, p.detail, ChipText(p.chip, Tone(p.tone)) if p.chip else None)
            for p in lists.person_lines(store, text, limit=8)
        ]
        if text.strip():
            hits.append(Hit(NEW + text.strip(), text.strip(), tr(N_("record as a new person"))))
        return hits

    return look


def of_that_name(store: Store, name: str) -> list[Hit]:
    """Return the people who have exactly this name among their spellings."""
    wanted = folded(name).strip()
    lines = lists.person_lines(store, name, limit=8) if wanted else []
    with store.reader() as reader:
        return [
            Hit(p.id, p.title, p.detail)
            for p in lines
            if any(folded(spelling).strip() == wanted for spelling in reader.names(p.id))
        ]


def take_known(grid: EditGrid, store: Store) -> None:
    """Take the known person where the whole name of one was typed into the column of people."""

    def on_cell(row: int, column: str) -> None:
        hit = grid.value(row, column)
        if column == "person_id" and isinstance(hit, Hit) and not hit.key:
            known = of_that_name(store, hit.title)
            if len(known) == 1:
                grid.set_value(row, column, known[0])

    grid.cell_changed.connect(on_cell)


def is_new(hit: Hit) -> bool:
    """Whether a hit stands for a person who is not recorded yet."""
    return not hit.key or hit.key.startswith(NEW)


def mark_official(person: object) -> None:
    """Say of a person who is recorded together with a post or a promise that they hold public office."""
    if isinstance(person, Draft) and person.entity is Person:
        person.values["public_figure"] = True
