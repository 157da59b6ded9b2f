"""The grids of a protest: who was there and what the police did, and the penalties that followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Participant, Penalty
from casetracker.model.entity import new_id
from casetracker.model.events.event import Outcome, Part, PenaltyKind
from casetracker.model.people.person import folded
from casetracker.store.draft import Draft
from casetracker.store.linking import HELD
from casetracker.store.store import Store
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.people import is_new, of_that_name, person_lookup, take_known
from casetracker.ui.widgets.grid_rows import GridRow
from casetracker.ui.widgets.naming import label, named
from casetracker.ui.widgets.suggestions import Hit

PEOPLE = ("person_id", "part", "outcome", "detained", "hours_held", "station", "released")
PENALTIES = ("participant_id", "kind", "article", "amount", "decided", "court", "paid", "appeal")
_OF_THE_HELD = {"detained", "hours_held", "station", "released"}


class FillGrid(ChildGrid):
    """A grid in which the value of the current cell can be given to all lines that have none (Ctrl+D)."""

    def add_fill(self, object_name: str) -> None:
        """Add the button, and the key."""
        made = self.add_button(tr(N_("Same for all lines")), object_name)
        made.setToolTip(tr(N_("Give the value of this cell to every line that has none there (Ctrl+D)")))
        made.clicked.connect(self.fill)
        key = QShortcut(QKeySequence("Ctrl+D"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.fill)

    def fill(self) -> None:
        """Give the value of the current cell to every line that has none in that column."""
        self.grid.commit()
        at = self.grid.currentIndex()
        rows = self.grid.rows()
        if not at.isValid() or at.row() >= len(rows):
            return
        column = list(self._fields)[at.column()]
        value = rows[at.row()].values.get(column)
        if column in self.never_filled() or value in (None, ""):
            return
        for number, row in enumerate(rows):
            if row.values.get(column) in (None, "") and self.may_fill(row, column):
                self.grid.set_value(number, column, value)

    def never_filled(self) -> set[str]:
        """The columns in which no two lines have the same."""
        return {"person_id", "participant_id"}

    def may_fill(self, row: GridRow, column: str) -> bool:
        """Whether this line may get a value from another."""
        return True


class PeopleGrid(FillGrid):
    """Participants, a line each: a known person by any spelling, or a new one by the name alone."""

    def __init__(self, store: Store, protest: Draft) -> None:
        self._people_of = store
        super().__init__(
            store, protest, "participants", PEOPLE,
            lookups={"person_id": person_lookup(store)},
            widths={"part": 94, "outcome": 130, "detained": 180, "hours_held": 84, "station": 100,
                    "released": 84},
            defaults={"part": Part.PARTICIPANT}, most_lines=13,
        )  # fmt: skip
        self._new = named(label("", "note", wrap=True), "participants.new")
        self._new.hide()
        self.add_fill("participants.fill")
        self._foot.insertWidget(self._foot.count() - 1, self._new, 1)
        take_known(self.grid, store)
        self.grid.changed.connect(self._say_new)

    def reload(self) -> None:
        super().reload()
        if hasattr(self, "_new"):
            self._say_new()

    def may_fill(self, row: GridRow, column: str) -> bool:
        outcome = row.values.get("outcome")
        return column not in _OF_THE_HELD or outcome is None or outcome in HELD

    def hits(self) -> list[tuple[str, Hit, Any]]:
        """Return the lines that have a person: key, person, outcome."""
        found = []
        for row in self.grid.rows():
            hit = row.values.get("person_id")
            if isinstance(hit, Hit):
                row.key = row.key or new_id()
                found.append((row.key, hit, row.values.get("outcome")))
        return found

    def _say_new(self) -> None:
        names = [hit.title for _, hit, _ in self.hits() if is_new(hit)]
        text = ntr("{n} new person: {names}", "{n} new people: {names}", len(names), names=", ".join(names))
        self._new.setText(text)
        self._new.setVisible(bool(names))

    def collect(self) -> dict[str, str]:
        problems = super().collect() | self._doubts()
        self.show_problems(problems)
        return problems

    def _doubts(self) -> dict[str, str]:
        """Say where a name could be several people, or stands twice."""
        problems: dict[str, str] = {}
        lines: dict[str, int] = {}
        for number, row in enumerate(self.grid.rows()):
            hit = row.values.get("person_id")
            if not isinstance(hit, Hit):
                continue
            if not hit.key and len(of_that_name(self._people_of, hit.title)) > 1:
                problems[f"{number}.person_id"] = tr(
                    N_(
                        "Several people are called {name}; pick one of the list, or “record as a new person”."
                    ),
                    name=hit.title,
                )
            who = hit.key or folded(hit.title)
            if who in lines:
                problems[f"{number}.person_id"] = tr(
                    N_("{name} is on the list already, in line {line}; remove one of the two."),
                    name=hit.title,
                    line=lines[who] + 1,
                )
            lines.setdefault(who, number)
        return problems


class PenaltyGrid(FillGrid):
    """The penalties of all participants in one grid; each belongs to the participant that it names."""

    def __init__(self, store: Store, protest: Draft, people: PeopleGrid) -> None:
        self._protest, self._people = protest, people
        self._all = Draft(Participant, children={"penalties": []})
        self._owners: dict[str, str] = {}  # penalty -> participant, as they were read
        self._places: dict[tuple[int, int], int] = {}  # participant and penalty -> line
        super().__init__(
            store, self._all, "penalties", PENALTIES,
            lookups={"participant_id": self._look},
            widths={"kind": 80, "article": 90, "amount": 104, "decided": 92, "court": 130, "paid": 88,
                    "appeal": 104}, most_lines=13,
        )  # fmt: skip
        each = self.add_button(tr(N_("Add those fined or arrested")), "penalties.each")
        each.clicked.connect(self.add_missing)
        self.add_fill("penalties.fill")
        people.grid.removed.connect(self._on_removed)

    def reload(self) -> None:
        """Show the penalties of all participants."""
        penalties = []
        self._owners = {}
        for participant in self._protest.children.get("participants", []):
            for penalty in participant.children.get("penalties", []):
                self._owners[penalty.id] = participant.id
                penalty.values["participant_id"] = participant.id
                penalties.append(penalty)
        self._all.children["penalties"] = penalties
        super().reload()

    def _look(self, text: str) -> Sequence[Hit]:
        return [
            Hit(key, hit.title) for key, hit, _ in self._people.hits() if folded(text) in folded(hit.title)
        ]

    def add_missing(self) -> None:
        """Add a line for everybody who was fined or arrested and has none."""
        self._people.grid.commit()
        self.grid.commit()
        have = {
            hit.key for row in self.grid.rows() if isinstance(hit := row.values.get("participant_id"), Hit)
        }
        kinds = {Outcome.FINED: PenaltyKind.FINE, Outcome.ARRESTED: PenaltyKind.ARREST}
        for key, hit, outcome in self._people.hits():
            if outcome in kinds and key not in have:
                values = {"participant_id": Hit(key, hit.title), "kind": kinds[outcome]}
                self.grid.add_row(GridRow("", values))

    def _on_removed(self, removed: Sequence[Any]) -> None:
        """Take the penalties away with the participant."""
        gone = {taken.row.key for taken in removed if taken.row.key}
        numbers = [
            number
            for number, row in enumerate(self.grid.rows())
            if isinstance(hit := row.values.get("participant_id"), Hit) and hit.key in gone
        ]
        self.grid.remove(numbers)

    def collect(self) -> dict[str, str]:
        """Put the penalties into the participants, which were collected before."""
        problems = super().collect()
        participants = self._protest.children["participants"]
        owners = {participant.id: place for place, participant in enumerate(participants)}
        for participant in participants:
            participant.children["penalties"] = []
        self._places = {}
        for line, penalty in enumerate(self._all.children["penalties"]):
            owner = penalty.values.get("participant_id")
            if owner not in owners:
                problems.setdefault(
                    f"{line}.participant_id",
                    tr(N_("Say whose penalty this is; pick a line of the list above.")),
                )
                continue
            kept = participants[owners[owner]].children["penalties"]
            self._places[owners[owner], len(kept)] = line
            moved = self._owners.get(penalty.id, owner) != owner
            kept.append(Draft(Penalty, values=dict(penalty.values)) if moved else penalty)
        self.show_problems(problems)
        return problems

    def show_problems(self, problems: dict[str, str]) -> dict[str, str]:
        """Mark the cells; addresses are those of the grid or, from the store, ``3.penalties.0.kind``."""
        own, left = {}, {}
        for address, text in problems.items():
            parts = address.split(".")
            if len(parts) == 4 and parts[1] == "penalties" and parts[0].isdigit() and parts[2].isdigit():
                line = self._places.get((int(parts[0]), int(parts[2])))
                own[address if line is None else f"{line}.{parts[3]}"] = text
            elif len(parts) == 2 and parts[1] in self._fields:
                own[address] = text
            else:
                left[address] = text
        return left | super().show_problems(own)

    def focus_first(self, problems: dict[str, str]) -> bool:
        """Put the keyboard into the grid if it has a problem."""
        if any(".penalties." in address or address.partition(".")[2] in self._fields for address in problems):
            self.grid.setFocus()
            return True
        return False
