"""The rows behind an editable grid: columns and their kinds, values, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from casetracker.model.dates import KnownDate, parse
from casetracker.ui.style import TONES, Tone, colour
from casetracker.ui.widgets.suggestions import Hit, Lookup

Index = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What a column holds: `str`, one of its choices, a `KnownDate`, or a `Hit` that was looked up."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    LOOKUP = "lookup"


@dataclass(frozen=True)
class GridColumn:
    """A column. `choices` are (value, label); `lookup` finds hits; `width` in pixels, 0 takes what is left.

    In a `free` lookup a name that is not found may stay: its value is `Hit("", name)`. In an `eager` one the
    first hit is picked out while one types, so that Tab takes it. A `fixed` column is only read.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    width: int = 0
    choices: tuple[tuple[Any, str], ...] = ()
    lookup: Lookup | None = None
    free: bool = True
    eager: bool = False
    hint: str = ""
    fixed: bool = False


@dataclass
class GridRow:
    """One line: the key of what it stands for ("" when it is new) and its values by column."""

    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unreadable:
    """What was typed where a date belongs and cannot be one; it is kept, so that it can be put right."""

    text: str
    problem: str


@dataclass(frozen=True)
class RemovedRow:
    """A row that was taken out, and where it stood."""

    number: int
    row: GridRow


class GridRows(QAbstractTableModel):
    """The model of the grid; its last row is blank and becomes a real one when something is set.

    Without `grows` there is no blank row: nothing can be added.
    """

    row_added = Signal(int)
    cell_changed = Signal(int, str)

    def __init__(self, columns: Sequence[GridColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.rows: list[GridRow] = []
        self.problems: dict[tuple[int, str], str] = {}
        self.notices: dict[tuple[int, str], str] = {}  # to look at; nothing is wrong enough to stop
        self.grows = True

    def set_rows(self, rows: Sequence[GridRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows, self.problems, self.notices = list(rows), {}, {}
        self.endResetModel()

    def update(self, rows: Sequence[GridRow]) -> bool:
        """Show other values of the same rows, and leave what is being typed; False if the rows are others."""
        settled = [row for row in self.rows if row.key]
        if [row.key for row in settled] != [row.key for row in rows] or settled != self.rows[: len(rows)]:
            return False
        for number, (row, now) in enumerate(zip(settled, rows, strict=True)):
            for place, column in enumerate(self.columns):
                marked = self.problems.pop((number, column.key), None)
                if marked or row.values.get(column.key) != now.values.get(column.key):
                    row.values[column.key] = now.values.get(column.key)
                    # Cell by cell: a view that hears of a cell reads an open editor of it anew.
                    self.dataChanged.emit(self.index(number, place), self.index(number, place))
        return True

    def insert(self, number: int, row: GridRow) -> None:
        """Put a row in at a place."""
        self.beginInsertRows(QModelIndex(), number, number)
        self.rows.insert(number, row)
        self.endInsertRows()

    def take(self, number: int) -> RemovedRow:
        """Take a row out."""
        self.beginRemoveRows(QModelIndex(), number, number)
        removed = RemovedRow(number, self.rows.pop(number))
        self.problems, self.notices = {}, {}
        self.endRemoveRows()
        return removed

    def value(self, number: int, column: int) -> Any:
        """What stands in a cell, or None."""
        return self.rows[number].values.get(self.columns[column].key) if number < len(self.rows) else None

    def set_value(self, number: int, column: int, value: Any) -> None:
        """Put a value into a cell; in the blank row this makes a new row, unless the value is nothing."""
        if value in (None, "") and number >= len(self.rows):
            return
        key = self.columns[column].key
        if number < len(self.rows) and self.rows[number].values.get(key) == value:
            return
        is_new = number >= len(self.rows)
        if is_new:  # the blank row becomes a real one, and a new blank one comes below it
            self.beginInsertRows(QModelIndex(), number + 1, number + 1)
            self.rows.append(GridRow())
            self.endInsertRows()
        self.rows[number].values[key] = value
        self.problems.pop((number, key), None)
        self.dataChanged.emit(self.index(number, column), self.index(number, column))
        if is_new:
            self.row_added.emit(number)
        self.cell_changed.emit(number, key)

    def set_typed(self, number: int, column: int, text: str) -> None:
        """Read what was typed according to the kind of the column and put it in."""
        self.set_value(number, column, self._read(self.columns[column], text.strip()))

    def problem(self, number: int, column: int) -> str:
        """What is wrong with a cell, or ""."""
        value = self.value(number, column)
        if isinstance(value, Unreadable):
            return value.problem
        return self.problems.get((number, self.columns[column].key), "")

    def notice(self, number: int, column: int) -> str:
        """What is worth a second look in a cell, or ""."""
        return self.notices.get((number, self.columns[column].key), "")

    def shown(self, number: int, column: int) -> str:
        """What a cell shows."""
        value, at = self.value(number, column), self.columns[column]
        if value is None:
            return ""
        if isinstance(value, Unreadable):
            return value.text
        if isinstance(value, Hit):
            return value.title
        if isinstance(value, KnownDate):
            return value.short()
        if at.kind is Kind.CHOICE:
            return next((text for choice, text in at.choices if choice == value), "")
        return str(value)

    def _read(self, column: GridColumn, text: str) -> Any:
        if not text:
            return None
        if column.kind is Kind.DATE:
            try:
                return parse(text)
            except ValueError as error:
                return Unreadable(text, str(error))
        return text

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows) + self.grows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        read = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return read if self.columns[index.column()].fixed else read | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        blank = row >= len(self.rows)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return (
                self.columns[column].hint
                if blank and role == Qt.ItemDataRole.DisplayRole
                else self.shown(row, column)
            )
        if role == Qt.ItemDataRole.ForegroundRole:
            soft = blank or (self.columns[column].fixed and not all(c.fixed for c in self.columns))
            if self.problem(row, column) or not self.notice(row, column):
                return colour("danger" if self.problem(row, column) else "faint" if soft else "text")
            return QColor(TONES[Tone.AMBER].text)
        if role == Qt.ItemDataRole.BackgroundRole:
            if self.problem(row, column):
                return colour("bad_fill")
            return QColor(TONES[Tone.AMBER].fill) if self.notice(row, column) else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.problem(row, column) or self.notice(row, column) or self._full(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{self.columns[column].label}: {self.shown(row, column)}"
            return f"{said}. {self.problem(row, column) or self.notice(row, column)}".strip(". ")
        return None

    def _full(self, row: int, column: int) -> str:
        value = self.value(row, column)
        return value.text() if isinstance(value, KnownDate) else self.shown(row, column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
