"""Records that belong to a draft, typed into a grid: a line each, columns from their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, terms
from casetracker.model import fields as f
from casetracker.model.entity import fields_of, new_id
from casetracker.store.draft import Draft, child_entity
from casetracker.store.store import Store
from casetracker.ui.editing.editors import (
    NEWABLE,
    begun,
    day_of,
    lookup,
    name_of,
    place_lookup,
    settled,
    title_of,
    titles_of,
)
from casetracker.ui.editing.field_history import Asked, FieldHistories
from casetracker.ui.widgets.grid import EditGrid
from casetracker.ui.widgets.grid_rows import GridColumn, GridRow, Kind
from casetracker.ui.widgets.naming import button, label
from casetracker.ui.widgets.suggestions import Hit, Lookup

_WIDTHS = {f.Choice: 150, f.Term: 150, f.When: 140, f.Day: 110, f.Number: 90, f.YesNo: 80}


class ChildGrid(QWidget):
    """The children `name` of a draft. `edited` says that something was typed.

    `lookups` replaces what a reference suggests, `widths` the width of a column (0 takes what is left),
    `defaults` are given to new lines.
    """

    edited = Signal()

    def __init__(  # noqa: PLR0913 - what may differ from grid to grid
        self, store: Store, parent_draft: Draft, name: str, columns: Sequence[str], *,
        lookups: Mapping[str, Lookup] | None = None, widths: Mapping[str, int] | None = None,
        defaults: Mapping[str, Any] | None = None, most_lines: int = 14,
    ) -> None:  # fmt: skip
        super().__init__()
        self._store, self._parent, self.name = store, parent_draft, name
        self.entity = child_entity(parent_draft.entity, name)
        self._fields = {n: fields_of(self.entity)[n] for n in columns}
        self._lookups, self._defaults = dict(lookups or {}), dict(defaults or {})
        self._widths = dict(widths or {})
        self._titles: dict[tuple[str, str], str] = {}
        self._kept: dict[str, Draft] = {}
        described = fields_of(parent_draft.entity)[name]
        self.grid = EditGrid(
            [self._column(n) for n in columns], name, tr(described.label), most_lines=most_lines
        )
        self.grid.changed.connect(self.edited)
        self.grid.row_added.connect(self._begin)
        self._histories = FieldHistories(self, store)
        self._histories.listen(self.grid, self._asked)
        self.grid.more_actions = lambda menu: self._histories.extend(menu, self._asked())
        self._problem = label("", "problem", wrap=True)
        self._problem.setObjectName(f"{name}.problem")
        self._problem.hide()
        add = button(tr(N_("Add a line")), f"{name}.add", kind="link")
        add.clicked.connect(self.grid.start)
        self._foot = QHBoxLayout()
        self._foot.addWidget(add)
        self._foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.grid)
        layout.addWidget(self._problem)
        layout.addLayout(self._foot)
        self.reload()

    def add_button(self, text: str, object_name: str) -> Any:
        """Add a link button below the grid and return it."""
        made = button(text, object_name, kind="link")
        self._foot.insertWidget(self._foot.count() - 1, made)
        return made

    def _begin(self, row: int) -> None:
        """Give a line that was just begun what new lines have."""
        for name, value in self._defaults.items():
            if name in self._fields and self.grid.value(row, name) is None:
                self.grid.set_value(row, name, self._shown(name, value))

    def reload(self) -> None:
        """Show the children of the draft as they stand."""
        self._kept = {}
        rows = []
        self._titles = self._read_titles()
        for child in self._parent.children.get(self.name, []):
            child.id = child.id or new_id()
            self._kept[child.id] = child
            rows.append(GridRow(child.id, {n: self._shown(n, child.values.get(n)) for n in self._fields}))
        self.grid.set_rows(rows)

    def child(self, row: int) -> Draft | None:
        """Return the draft behind a line, as it was last collected."""
        rows = self.grid.rows()
        return self._kept.get(rows[row].key) if 0 <= row < len(rows) else None

    def _asked(self) -> Asked | None:
        """Return the field of the current cell, if its line was written before."""
        at, rows = self.grid.currentIndex(), self.grid.rows()
        child = self._kept.get(rows[at.row()].key) if 0 <= at.row() < len(rows) else None
        if child is None or not child.version:
            return None
        name = self.grid.columns()[at.column()].key
        self.grid.commit()

        def put(value: Any) -> None:
            row = next((n for n, each in enumerate(self.grid.rows()) if each.key == child.id), None)
            if row is not None:
                self.grid.set_value(row, name, self._shown(name, value))

        return Asked(child.entity, child.id, name, put)

    # Between fields and cells

    def _column(self, name: str) -> GridColumn:
        field = self._fields[name]
        kind, text = field.kind, tr(field.label)
        width = self._widths.get(name, _WIDTHS.get(type(kind), 0))
        if isinstance(kind, f.Choice):
            options = tuple((o, kind.format(o)) for o in kind.options)
            return GridColumn(name, text, Kind.CHOICE, width, options)
        if isinstance(kind, f.Term):
            return GridColumn(name, text, Kind.CHOICE, width, self._terms(name, kind))
        if isinstance(kind, f.YesNo):
            return GridColumn(name, text, Kind.CHOICE, width, ((True, tr("Yes")), (False, tr("No"))))
        if isinstance(kind, f.When):
            return GridColumn(name, text, Kind.DATE, width)
        if isinstance(kind, f.PlaceName):
            return GridColumn(name, text, Kind.LOOKUP, width, lookup=place_lookup)
        if isinstance(kind, f.Ref):
            target = BY_NAME[kind.target]
            look = self._lookups.get(name) or lookup(self._store, target)
            return GridColumn(name, text, Kind.LOOKUP, width, lookup=look, eager=target not in NEWABLE)
        return GridColumn(name, text, Kind.TEXT, width)

    def _terms(self, name: str, kind: f.Term) -> tuple[tuple[Any, str], ...]:
        """Offer the terms in use, and those that are no longer offered but stand in a line."""
        offered = {t.code: t.text() for t in terms.vocabulary(kind.vocabulary).terms if t.active}
        held = [child.values.get(name) for child in self._parent.children.get(self.name, [])]
        retired = {code: kind.format(code) for code in held if code and code not in offered}
        return (*retired.items(), *offered.items())

    def _shown(self, name: str, value: Any) -> Any:
        kind = self._fields[name].kind
        if value is None:
            return None
        if isinstance(kind, f.Ref):
            return Hit(value if isinstance(value, str) else "", self._title(name, value))
        if isinstance(kind, f.PlaceName):
            return Hit("", value)  # as it was said, whatever language it is printed in
        if isinstance(kind, f.Day):
            return f"{value:%d.%m.%Y}"
        return value if isinstance(kind, f.Choice | f.Term | f.YesNo | f.When) else kind.format(value)

    def _title(self, name: str, value: Any) -> str:
        kind = self._fields[name].kind
        if not isinstance(kind, f.Ref):
            return ""
        known = None if isinstance(value, Draft) else self._titles.get((name, value))
        return known or title_of(self._store, BY_NAME[kind.target], value)

    def _read_titles(self) -> dict[tuple[str, str], str]:
        """Read how the references in all lines are shown, a column at a time: many lines, few questions."""
        found: dict[tuple[str, str], str] = {}
        for name, field in self._fields.items():
            if not isinstance(field.kind, f.Ref):
                continue
            target, own = BY_NAME[field.kind.target], self._lookups.get(name)
            values = [child.values.get(name) for child in self._parent.children.get(self.name, [])]
            ids = {value for value in values if value and isinstance(value, str)}
            if ids and own is not None and target not in NEWABLE:  # a short list of its own
                found |= {(name, hit.key): hit.title for hit in own("") if hit.key in ids}
            missing = [i for i in ids if (name, i) not in found]
            if missing:
                found |= {(name, i): t for i, t in titles_of(self._store, target, missing).items()}
        return found

    def _value(self, name: str, shown: Any) -> Any:
        kind = self._fields[name].kind
        if shown in (None, ""):
            return None
        if isinstance(kind, f.Ref):
            return self._referred(kind, shown)
        if isinstance(kind, f.PlaceName):
            return shown.title.strip() or None
        if isinstance(kind, f.Day):
            return day_of(str(shown))
        return shown if isinstance(kind, f.Choice | f.Term | f.YesNo | f.When) else kind.parse(str(shown))

    def _referred(self, kind: f.Ref, hit: Hit) -> Any:
        target = BY_NAME[kind.target]
        if hit.key:
            return settled(target, hit.key)
        if target in NEWABLE:
            return begun(target, hit.title)
        raise ValueError(tr(N_("“{text}” is not on the list; pick a line of the list."), text=hit.title))

    # Reading and marking

    def collect(self) -> dict[str, str]:
        """Put the lines into the draft; return what cannot be read, a sentence by line and field."""
        self.grid.commit()
        problems = {f"{row}.{key}": text for (row, key), text in self.grid.unreadable().items()}
        drafts = []
        for number, row in enumerate(self.grid.rows()):
            row.key = row.key or new_id()
            child = self._kept.setdefault(row.key, Draft(self.entity, row.key, values=dict(self._defaults)))
            for name in self._fields:
                if f"{number}.{name}" in problems:
                    continue
                try:
                    child.values[name] = self._kept_draft(
                        child, name, self._value(name, row.values.get(name))
                    )
                except ValueError as error:
                    problems[f"{number}.{name}"] = str(error)
            drafts.append(child)
        self._parent.children[self.name] = drafts
        self.show_problems(problems)
        return problems

    @staticmethod
    def _kept_draft(child: Draft, name: str, value: Any) -> Any:
        """Keep the draft of a new record between two attempts to save, or it would be made twice."""
        before = child.values.get(name)
        if isinstance(value, Draft) and isinstance(before, Draft):
            return before if name_of(before) == name_of(value) else value
        return value

    def show_problems(self, problems: dict[str, str]) -> dict[str, str]:
        """Mark the cells with problems; return those of fields that are not in the grid."""
        cells, left = {}, {}
        for address, text in problems.items():
            number, _, name = address.partition(".")
            if number.isdigit() and name in self._fields:
                cells[int(number), name] = text
            else:
                left[address] = text
        self.grid.set_problems(cells)
        own = list(
            dict.fromkeys([*cells.values(), *(text for name, text in left.items() if name == self.name)])
        )
        self._problem.setText(" ".join(own))
        self._problem.setVisible(bool(own))
        return {name: text for name, text in left.items() if name != self.name}

    def focus_first(self, problems: dict[str, str]) -> bool:
        """Put the keyboard into the grid if it has a problem."""
        if any(address.partition(".")[2] in self._fields for address in problems):
            self.grid.setFocus()
            return True
        return False
