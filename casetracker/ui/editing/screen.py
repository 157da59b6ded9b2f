"""What stands in the fields of a screen, as it was typed: read, and put back, without judging it.

A half-typed date is kept as well as a whole one. Fields are known by their object names, the second of a name
as `name#1`; a field that is no longer there is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from casetracker.model.dates import KnownDate
from casetracker.ui.date_editor import DateEditor
from casetracker.ui.widgets.grid import EditGrid
from casetracker.ui.widgets.grid_rows import GridColumn, GridRow, Kind, Unreadable
from casetracker.ui.widgets.suggestions import Hit, LookupEdit

_FIELDS = (EditGrid, DateEditor, QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QRadioButton)
Content = dict[str, Any]


def read(roots: Iterable[QWidget]) -> Content:
    """Return what stands in every field below these widgets, as JSON can hold it."""
    return {name: _read(field) for name, field in _fields(roots)}


def put(roots: Iterable[QWidget], content: Content) -> None:
    """Put it back, as if it had been typed."""
    for name, field in _fields(roots):
        if name in content and _read(field) != content[name]:
            _put(field, content[name])


def _fields(roots: Iterable[QWidget]) -> Iterator[tuple[str, QWidget]]:
    seen: Counter[str] = Counter()
    for field in (found for root in roots for found in _below(root)):
        name = field.objectName()
        yield (f"{name}#{seen[name]}" if seen[name] else name), field
        seen[name] += 1


def _below(root: QWidget) -> Iterator[QWidget]:
    if isinstance(root, _FIELDS):
        if root.objectName():
            yield root
        return
    for child in root.children():
        if isinstance(child, QWidget):
            yield from _below(child)


def _read(field: QWidget) -> Any:
    if isinstance(field, EditGrid):
        return _grid(field)
    if isinstance(field, DateEditor):
        return field.line.text() if field.problem() else _date(field.value())
    if isinstance(field, LookupEdit):
        return _hit(field.hit()) if field.hit() else field.text()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text() if isinstance(field, QLineEdit) else None


def _put(field: QWidget, held: Any) -> None:
    if isinstance(field, EditGrid):
        _fill_grid(field, held)
    elif isinstance(field, DateEditor):
        if isinstance(held, str):
            field.type_text(held)
        else:
            field.set_value(_known(held))
            field.changed.emit()
    elif isinstance(field, LookupEdit):
        hit = _as_hit(held)
        if hit is not None:
            field.take(hit)
        else:
            field.set_hit(None)
            field.setText(str(held))
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(max(field.findText(str(held)), 0))
    elif isinstance(field, QAbstractButton):
        field.setChecked(bool(held))
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(str(held))
    elif isinstance(field, QLineEdit):
        field.setText(str(held))


# Grids


def _grid(grid: EditGrid) -> Any:
    columns = grid.columns()
    rows = [[row.key, {c.key: _cell(c, row.values.get(c.key)) for c in columns}] for row in grid.rows()]
    at, text = grid.typing()
    return {"rows": rows, "typing": [at[0], at[1], text]} if at else {"rows": rows}


def _fill_grid(grid: EditGrid, held: Any) -> None:
    columns = grid.columns()
    grid.set_rows(
        [
            GridRow(key, {c.key: _as_value(c, cells.get(c.key)) for c in columns})
            for key, cells in held["rows"]
        ]
    )
    grid.changed.emit()
    unread = [
        (number, column.key, cells[column.key])
        for number, (_, cells) in enumerate(held["rows"])
        for column in columns
        if column.kind is Kind.DATE and isinstance(cells.get(column.key), str)
    ]
    for row, key, text in [*unread, *([held["typing"]] if "typing" in held else [])]:
        if any(c.key == key and c.kind in (Kind.TEXT, Kind.DATE) for c in columns):
            grid.type_into(min(row, len(held["rows"])), key, text)


def _cell(column: GridColumn, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Unreadable):
        return value.text
    if isinstance(value, Hit):
        return _hit(value)
    if isinstance(value, KnownDate):
        return _date(value)
    return _choice(value)


def _as_value(column: GridColumn, held: Any) -> Any:
    if held is None:
        return None
    if column.kind is Kind.CHOICE:
        return next((value for value, _ in column.choices if _choice(value) == held), None)
    if column.kind is Kind.LOOKUP:
        return _as_hit(held) or Hit("", str(held))
    return _known(held) if column.kind is Kind.DATE else held  # what could not be read is typed again


def _choice(value: Any) -> Any:
    return value.name if isinstance(value, Enum) else value


# Values


def _date(value: KnownDate | None) -> list[str | None] | None:
    return [value.words, value.edtf] if value else None


def _known(held: Any) -> KnownDate | None:
    if not isinstance(held, list):
        return None
    words, edtf = held
    return KnownDate.from_edtf(edtf, words=words) if edtf else KnownDate(words)


def _hit(hit: Hit | None) -> dict[str, str] | None:
    return {"key": hit.key, "title": hit.title} if hit else None


def _as_hit(held: Any) -> Hit | None:
    return Hit(str(held["key"]), str(held["title"])) if isinstance(held, dict) else None
