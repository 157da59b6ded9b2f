"""A grid that is filled in by keyboard: twenty people with their roles in a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casetracker.i18n import ntr
from casetracker.ui.icons import icon
from casetracker.ui.style import px
from casetracker.ui.widgets.grid_rows import GridColumn, GridRow, GridRows, Kind, RemovedRow, Unreadable
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.suggestions import Hit, LookupEdit

_ROW, _NAME = 34, 130
Index = QModelIndex | QPersistentModelIndex


def _choice_hits(column: GridColumn, typed: str) -> list[Hit]:
    """The choices that begin with what was typed, then those that hold it."""
    wanted = typed.casefold()
    hits = [Hit(str(place), text) for place, (_, text) in enumerate(column.choices)]
    begin = [hit for hit in hits if hit.title.casefold().startswith(wanted)]
    return begin + [hit for hit in hits if hit not in begin and wanted in hit.title.casefold()]


class _Delegate(QStyledItemDelegate):
    """Makes the editors of cells and takes their keys: Tab and Enter go on, Escape gives up."""

    went_on = Signal(int, int)  # columns, lines

    def __init__(self, rows: GridRows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._rows.columns[index.column()]
        name = f"cell.{index.row()}.{column.key}"
        if column.kind is Kind.CHOICE:
            made: QLineEdit = LookupEdit(
                lambda typed: _choice_hits(column, typed), name, column.label, eager=True
            )
        elif column.kind is Kind.LOOKUP and column.lookup is not None:
            made = LookupEdit(column.lookup, name, column.label, free=column.free, eager=column.eager)
        else:
            made = named(QLineEdit(), name, column.label)
        made.setParent(parent)
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = self._rows.value(index.row(), index.column())
        text = self._rows.shown(index.row(), index.column())
        if isinstance(editor, LookupEdit):
            if isinstance(value, Hit):
                editor.set_hit(value)
            elif text:
                choices = self._rows.columns[index.column()].choices
                editor.set_hit(Hit(str([choice for choice, _ in choices].index(value)), text))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        at = (index.row(), index.column())
        column = self._rows.columns[index.column()]
        if isinstance(editor, LookupEdit):
            editor.settle()
            hit = editor.hit()
            if column.kind is Kind.CHOICE:
                self._rows.set_value(*at, column.choices[int(hit.key)][0] if hit else None)
            else:
                typed = editor.text().strip()
                self._rows.set_value(*at, hit or (Hit("", typed) if typed and column.free else None))
        elif isinstance(editor, QLineEdit) and editor.text().strip() != self._rows.shown(*at):
            self._rows.set_typed(*at, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
        ):
            key = event.key()
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self._go_on(watched, -1 if key == Qt.Key.Key_Backtab else 1, 0)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return self._go_on(watched, 0, 1)
            if key == Qt.Key.Key_Escape and isinstance(watched, LookupEdit) and watched.popup().isVisible():
                watched.popup().hide()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                return False
        return super().eventFilter(watched, event)

    def _go_on(self, editor: QLineEdit, columns: int, lines: int) -> bool:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.went_on.emit(columns, lines)
        return True


class EditGrid(QTableView):
    """Rows one types into.

    Typing begins in the current cell; Tab goes on to the next cell, Enter to the next line; the last line is
    blank and becomes a row when something is typed in it. Backspace empties a cell, Delete takes the row out.

    `changed()` after every change by the user; `row_added(row)`; `cell_changed(row, column key)`;
    `removed(list[RemovedRow])`, which can be given to `restore`.
    """

    least_column = _NAME  # how narrow a column without a width may become
    changed = Signal()
    row_added = Signal(int)
    cell_changed = Signal(int, str)
    removed = Signal(object)

    def __init__(
        self, columns: Sequence[GridColumn], object_name: str, accessible_name: str, *, most_lines: int = 14,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._most_lines, self._too_wide = most_lines, False
        self.more_actions: Callable[[QMenu], None] = lambda _menu: None  # what else a right click offers
        self._rows = GridRows(columns, self)
        self._delegate = _Delegate(self._rows, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self._delegate.went_on.connect(self._on_went_on)
        self._rows.row_added.connect(self.row_added)
        self._rows.cell_changed.connect(self.cell_changed)
        self._rows.cell_changed.connect(lambda *_: self.changed.emit())
        for signal in (self._rows.rowsInserted, self._rows.rowsRemoved, self._rows.modelReset):
            signal.connect(self._fit)
        self._set_up_look()

    def _set_up_look(self) -> None:
        trigger = QTableView.EditTrigger
        self.setEditTriggers(
            trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked | trigger.SelectedClicked
        )
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        mode = QHeaderView.ResizeMode
        for place, column in enumerate(self._rows.columns):
            head.setSectionResizeMode(place, mode.Interactive if column.width else mode.Stretch)
            if column.width:
                self.setColumnWidth(place, px(column.width))
        self._fit()

    # what is in it

    def set_rows(self, rows: Sequence[GridRow]) -> None:
        """Show these rows, and the blank one below them; no signal."""
        self._rows.set_rows(rows)

    def update_rows(self, rows: Sequence[GridRow]) -> None:
        """Show these rows; where they are the same ones, what is being typed goes on."""
        if not self._rows.update(rows):
            at = self.currentIndex()
            self._rows.set_rows(rows)
            self.setCurrentIndex(self._rows.index(min(at.row(), self._last()), max(at.column(), 0)))

    def set_grows(self, grows: bool) -> None:
        """Whether there is a blank line in which a new row is begun; set before the rows."""
        self._rows.grows = grows

    def rows(self) -> list[GridRow]:
        """The rows as they stand, without the blank one."""
        return list(self._rows.rows)

    def columns(self) -> list[GridColumn]:
        """The columns, in their order."""
        return list(self._rows.columns)

    def typing(self) -> tuple[tuple[int, str] | None, str]:
        """The cell (row, column key) that is being typed in and what stands in it; None where none is."""
        at = self.currentIndex()
        editor = self.indexWidget(at)
        if not isinstance(editor, QLineEdit):
            return None, ""
        return (at.row(), self._rows.columns[at.column()].key), editor.text()

    def type_into(self, row: int, column: str, text: str) -> None:
        """Read a text as if it had been typed into a cell."""
        self._rows.set_typed(row, self._number(column), text)

    def value(self, row: int, column: str) -> Any:
        """What stands in a cell."""
        return self._rows.value(row, self._number(column))

    def set_value(self, row: int, column: str, value: Any) -> None:
        """Put a value into a cell, as if it had been typed."""
        self._rows.set_value(row, self._number(column), value)

    def add_row(self, row: GridRow) -> int:
        """Add a row below the others and return its number."""
        number = len(self._rows.rows)
        self._rows.insert(number, row)
        self.row_added.emit(number)
        self.changed.emit()
        return number

    def remove(self, numbers: Sequence[int]) -> list[RemovedRow]:
        """Take rows out; emits `removed`."""
        real = sorted({number for number in numbers if number < len(self._rows.rows)}, reverse=True)
        taken = [self._rows.take(number) for number in real][::-1]
        if taken:
            self.removed.emit(taken)
            self.changed.emit()
        return taken

    def restore(self, removed: Sequence[RemovedRow]) -> None:
        """Put rows back where they were."""
        for taken in removed:
            self._rows.insert(min(taken.number, len(self._rows.rows)), taken.row)
        self.changed.emit()

    # what is wrong in it

    def set_problems(self, problems: Mapping[tuple[int, str], str]) -> None:
        """Mark cells (row, column key) in red, with the sentence as tooltip."""
        self._rows.problems = dict(problems)
        self.viewport().update()

    def set_notices(self, notices: Mapping[tuple[int, str], str]) -> None:
        """Mark cells (row, column key) in amber, with the sentence as tooltip; they stop nobody."""
        self._rows.notices = dict(notices)
        self.viewport().update()

    def unreadable(self) -> dict[tuple[int, str], str]:
        """The cells in which something was typed that cannot be read as a date, each with the reason."""
        return {
            (number, key): value.problem
            for number, row in enumerate(self._rows.rows)
            for key, value in row.values.items()
            if isinstance(value, Unreadable)
        }

    # where the keyboard is

    def start(self) -> None:
        """Begin to type in the first cell of the blank line."""
        self.setFocus()
        self._go_to(self._last(), self._first())

    def commit(self) -> None:
        """Take over what stands in the cell that is being typed in, and close it."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self._go_to(min(at.row() + 1, self._last()), self._first())
        elif key == Qt.Key.Key_Delete:
            self.remove([index.row() for index in self.selectedIndexes()])
        elif key == Qt.Key.Key_Backspace and at.isValid() and not self._rows.columns[at.column()].fixed:
            self._rows.set_value(at.row(), at.column(), None)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next cell, and out of the grid at its end, or nobody without a mouse could leave it."""
        return self._step(1 if forward else -1, edit=False) or super().focusNextPrevChild(forward)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        numbers = {index.row() for index in self.selectedIndexes() if index.row() < len(self._rows.rows)}
        if not numbers:
            return
        menu = QMenu(self)
        text = ntr("Remove this line", "Remove {n} lines", len(numbers))
        menu.addAction(icon("trash", "text_soft"), text, lambda: self.remove(sorted(numbers)))
        self.more_actions(menu)
        menu.exec(event.globalPos())

    def _number(self, column: str) -> int:
        return [made.key for made in self._rows.columns].index(column)

    def _last(self) -> int:
        """The number of the last line, the blank one where there is one."""
        return self._rows.rowCount() - 1

    def _first(self) -> int:
        """The first column that can be typed into."""
        return next((n for n, column in enumerate(self._rows.columns) if not column.fixed), 0)

    def _on_went_on(self, columns: int, lines: int) -> None:
        if lines:
            self._go_to(min(self.currentIndex().row() + lines, self._last()), self._first())
        elif not self._step(columns, edit=True):
            self.setFocus()

    def _step(self, by: int, *, edit: bool) -> bool:
        """Go so many cells on, from line to line; False at either end."""
        at, wide = self.currentIndex(), len(self._rows.columns)
        if not at.isValid():
            return False
        row, column = divmod(at.row() * wide + at.column() + by, wide)
        while edit and self._rows.columns[column].fixed and 0 <= row <= self._last():
            row, column = divmod(row * wide + column + by, wide)
        on_blank = at.row() >= len(self._rows.rows)
        if (
            row < 0
            or row > self._last()
            or (on_blank and row > at.row())
            or (on_blank and not edit and by > 0)
        ):
            return False
        self._go_to(row, column, edit=edit)
        return True

    def _go_to(self, row: int, column: int, *, edit: bool = True) -> None:
        index = self._rows.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit:
            self.edit(index)
            self._offer_choices(column)

    def _offer_choices(self, column: int) -> None:
        """Show what can be chosen as soon as an empty choice is reached; nothing is picked out yet."""
        editor = self.focusWidget()
        if (
            self._rows.columns[column].kind is Kind.CHOICE
            and isinstance(editor, LookupEdit)
            and not editor.text()
        ):
            editor.popup().offer(_choice_hits(self._rows.columns[column], ""), first=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns(event.size().width())

    def _fit_columns(self, room: int) -> None:
        """Let the columns without a width share what is left, but not less than a name needs."""
        head = self.horizontalHeader()
        loose, left = [], room
        for place, column in enumerate(self._rows.columns):
            if not column.width:
                loose.append(place)
                continue
            # Other languages have longer words at the head of a column than its width was thought out for.
            if self.columnWidth(place) < head.sectionSizeHint(place):
                self.setColumnWidth(place, head.sectionSizeHint(place))
            left -= self.columnWidth(place)
        narrow = bool(loose) and left < px(self.least_column) * len(loose)
        mode = QHeaderView.ResizeMode.Interactive if narrow else QHeaderView.ResizeMode.Stretch
        for place in loose:
            head.setSectionResizeMode(place, mode)
            if narrow:
                self.setColumnWidth(place, px(self.least_column))
        if narrow != self._too_wide:
            self._too_wide = narrow
            self._fit()

    def _fit(self) -> None:
        lines = min(self._rows.rowCount(), self._most_lines)
        head = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height() if self._too_wide else 0
        self.setFixedHeight(head + lines * px(_ROW) + 4 + bar)


__all__ = ["EditGrid", "GridColumn", "GridRow", "Kind", "RemovedRow", "Unreadable"]
