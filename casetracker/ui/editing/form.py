"""A form over one draft: the chosen fields in two columns, what is wrong beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.model import fields as f
from casetracker.model.entity import fields_of
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.editing.editors import Editor, editor_for
from casetracker.ui.editing.field_history import Asked, FieldHistories
from casetracker.ui.widgets.form_row import FormGrid, FormRow
from casetracker.ui.widgets.suggestions import Lookup


class Form(QWidget):
    """Some fields of one draft. `edited` says that something was typed.

    `labels` are other names for fields, `lookups` what references suggest. Nothing in an `optional` form is
    marked as needed, because the line that it writes is left out when it stays empty.
    """

    edited = Signal()

    def __init__(
        self, store: Store, draft: Draft, names: Sequence[str], *, columns: int = 2,
        labels: Mapping[str, str] | None = None, optional: bool = False,
        lookups: Mapping[str, Lookup] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._lookups = dict(lookups or {})
        self._labels, self._optional = dict(labels or {}), optional
        self.draft = draft
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, FormRow] = {}
        self._grid = FormGrid(columns=columns)
        self.histories = FieldHistories(self, store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._grid)
        described = fields_of(draft.entity)
        for name in names:
            self._add(described[name], store)

    def _add(self, field: f.Field, store: Store) -> None:
        editor = self._editors[field.name] = editor_for(field, store, self._lookups.get(field.name))
        editor.set(self.draft.values.get(field.name))
        row = self._rows[field.name] = FormRow(
            tr(self._labels.get(field.name, field.label)),
            editor.widget,
            required=field.required and not self._optional,
            help_text=tr(field.help) if field.help else "",
        )
        self._grid.add(row, wide=isinstance(field.kind, f.LongText))
        editor.changed.connect(self._on_change)
        self.histories.watch(row, lambda: self._asked(field.name))

    def _asked(self, name: str) -> Asked | None:
        """Return a field whose history can be asked for: of a record that is there already."""
        if not self.draft.id or not self.draft.version:
            return None
        return Asked(self.draft.entity, self.draft.id, name, self._editors[name].set)

    def _on_change(self, *_: Any) -> None:
        self.edited.emit()

    def editor(self, name: str) -> QWidget:
        """Return the widget of a field."""
        return self._editors[name].widget

    def value(self, name: str) -> Any:
        """Return what stands in a field, without taking it over; raises `ValueError` if it cannot be read."""
        return self._editors[name].get()

    def caption(self, name: str) -> str:
        """Return what a field is called here."""
        return tr(self._labels.get(name, fields_of(self.draft.entity)[name].label))

    def fill_empty(self, values: Mapping[str, Any]) -> None:
        """Show these values in fields in which nothing stands yet."""
        for name, value in values.items():
            if name in self._editors and self._editors[name].get() in (None, ""):
                self._editors[name].set(value)

    def collect(self) -> dict[str, str]:
        """Put what stands on the screen into the draft; return what cannot be read, a sentence by field."""
        problems = {}
        for name, editor in self._editors.items():
            try:
                self.draft.values[name] = editor.get()
            except ValueError as error:
                problems[name] = str(error)
        self.show_problems(problems)
        return problems

    def show_problems(self, problems: dict[str, str]) -> dict[str, str]:
        """Show each problem beside its field; return those of fields that are not here."""
        for name, row in self._rows.items():
            row.set_problem(problems.get(name, ""))
        return {name: text for name, text in problems.items() if name not in self._rows}

    def shown_problems(self) -> dict[str, str]:
        """Return the problems that stand beside fields now."""
        return {name: text for name, row in self._rows.items() if (text := row.problem())}

    def focus_first(self, problems: dict[str, str]) -> bool:
        """Put the keyboard into the first field with a problem; False if there is none here."""
        for name in self._rows:
            if name in problems:
                self._editors[name].widget.setFocus()
                return True
        return False
