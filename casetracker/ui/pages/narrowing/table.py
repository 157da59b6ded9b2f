"""A list shown as a table: with the columns, the order and the widths that the user chose, remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from casetracker.i18n import N_, tr
from casetracker.store.views import table
from casetracker.store.views.listed import LISTS
from casetracker.store.views.query import Query
from casetracker.store.views.saved import View
from casetracker.store.views.table import COLUMNS, Row
from casetracker.ui.desk import Desk
from casetracker.ui.widgets.window_table import WindowTable


@dataclass(frozen=True)
class Choice:
    """How a list is shown: as a table or not, by which columns, sorted how, how wide; no record in it."""

    on: bool = False
    columns: tuple[str, ...] = ()
    sort: str = ""
    widths: tuple[int, ...] = ()

    def written(self, list_key: str) -> str:
        """Return it as the settings hold it."""
        wide = ",".join(map(str, self.widths))
        return "|".join((list_key, "1" if self.on else "", ",".join(self.columns), self.sort, wide))


def choice_of(list_key: str, held: Sequence[str]) -> Choice:
    """Return what the settings say of a list; as it is at first where they say nothing that can be read."""
    fresh = Choice(columns=table.shown_at_first(list_key))
    for each in held:
        parts = each.split("|")
        if len(parts) != 5 or parts[0] != list_key:
            continue
        known = [column.key for column in table.columns(list_key, parts[2].split(","))]
        wide = tuple(int(w) for w in parts[4].split(",") if w.isascii() and w.isdigit() and int(w) < 10_000)
        return Choice(parts[1] == "1", tuple(known) or fresh.columns, parts[3], wide)
    return fresh


class ListTable(WindowTable):
    """The table; `toggled(on)` when the list is to be shown as a table, or no longer."""

    toggled = Signal(bool)

    def __init__(self, desk: Desk, list_key: str, query: Callable[[], Query]) -> None:
        super().__init__(f"{list_key}.table", tr(LISTS[list_key].every))
        self._desk, self._key, self._query = desk, list_key, query
        self.choice = choice_of(list_key, desk.tables)
        self._total = 0
        self.sort_wanted.connect(self._sort)
        self.sized.connect(self._on_sized)

    def fill(self, total: int) -> None:
        """Read the rows again; `total` is how many there are."""
        self._total = total
        choice, query = self.choice, self._query()
        store, listed = self._desk.store, LISTS[self._key]

        def fetch(offset: int, limit: int) -> list[Row]:
            return table.rows(
                store, listed, query, keys=choice.columns, sort=choice.sort, offset=offset, limit=limit
            )

        shown = table.columns(self._key, choice.columns)
        self.set_source([table.head(column) for column in shown], total, fetch, choice.widths)
        keys = [column.key for column in shown]
        by = choice.sort.lstrip("-")
        self.show_sort(keys.index(by) if by in keys else -1, down=choice.sort.startswith("-"))

    def take_view(self, view: View | None) -> None:
        """Show the columns and the order of a view, if it has any."""
        if view is not None and view.columns:
            known = tuple(column.key for column in table.columns(self._key, view.columns))
            self._change(
                replace(self.choice, columns=known or self.choice.columns, sort=view.sort, widths=())
            )

    def add_to(self, menu: QMenu) -> None:
        """Add to a menu: whether the list is a table, and which columns it has."""
        menu.addSeparator()
        made = menu.addAction(tr(N_("Show as a table")))
        made.setObjectName("table.on")
        made.setCheckable(True)
        made.setChecked(self.choice.on)
        made.triggered.connect(self._switch)
        if not self.choice.on:
            return
        inside = menu.addMenu(tr(N_("Columns")))
        inside.setObjectName("table.columns")
        for column in COLUMNS[self._key]:
            entry = inside.addAction(table.head(column))
            entry.setObjectName(f"column.{column.key}")
            entry.setCheckable(True)
            entry.setChecked(column.key in self.choice.columns)
            entry.setEnabled(self.choice.columns != (column.key,))  # one has to stay
            entry.triggered.connect(lambda _=False, key=column.key: self._switch_column(key))

    def _switch(self, on: bool) -> None:
        self._change(replace(self.choice, on=on))
        self.toggled.emit(on)

    def _switch_column(self, key: str) -> None:
        held = {*self.choice.columns} ^ {key}
        shown = tuple(column.key for column in COLUMNS[self._key] if column.key in held)
        self._change(replace(self.choice, columns=shown, widths=()))

    def _sort(self, number: int) -> None:
        key = self.choice.columns[number]
        self._change(replace(self.choice, sort=f"-{key}" if self.choice.sort == key else key))

    def _on_sized(self) -> None:
        self._remember(replace(self.choice, widths=tuple(self.widths())))

    def _change(self, choice: Choice) -> None:
        self._remember(choice)
        if choice.on:
            self.fill(self._total)

    def _remember(self, choice: Choice) -> None:
        self.choice = choice
        others = [each for each in self._desk.tables if each.split("|")[0] != self._key]
        self._desk.tables[:] = [*others, choice.written(self._key)]
