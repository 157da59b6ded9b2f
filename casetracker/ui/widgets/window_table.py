"""A table of any length whose rows are fetched as they come into sight; sorted by whoever fetches them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from casetracker.ui.style import px
from casetracker.ui.widgets.fetched_rows import FetchedRows
from casetracker.ui.widgets.naming import named

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 30


class Line(Protocol):
    """A row: the id of its record, and what stands in its cells."""

    @property
    def id(self) -> str: ...
    @property
    def cells(self) -> tuple[str, ...]: ...


Fetch = Callable[[int, int], Sequence[Line]]


class _Rows(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.heads: list[str] = []
        self._fetched: FetchedRows[Line] = FetchedRows()

    def set_source(self, heads: Sequence[str], total: int, fetch: Fetch) -> None:
        self.beginResetModel()
        self.heads = list(heads)
        self._fetched.set_source(total, fetch)
        self.endResetModel()

    def line(self, number: int) -> Line | None:
        """Return a row; None for one that went away meanwhile."""
        return self._fetched.row(number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._fetched.total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role not in wanted:
            return None
        line = self.line(index.row())
        return line.cells[index.column()] if line else "…"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section] if section < len(self.heads) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class WindowTable(QTableView):
    """`chosen(id)` on Enter or a click; `sort_wanted(column)` on a click at a head; `sized` after a drag."""

    chosen = Signal(str)
    sort_wanted = Signal(int)
    sized = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self._rows = _Rows()
        self._quiet = False
        self.setModel(self._rows)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(px(_ROW_HEIGHT))
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.sectionClicked.connect(self.sort_wanted)
        head.sectionResized.connect(lambda *_: None if self._quiet else self.sized.emit())
        self.clicked.connect(lambda index: self._choose(index.row()))

    def set_source(self, heads: Sequence[str], total: int, fetch: Fetch, widths: Sequence[int] = ()) -> None:
        """Show `total` rows, of which `fetch(offset, limit)` returns those that come into sight."""
        self._quiet = True
        self._rows.set_source(heads, total, fetch)
        for number in range(len(heads)):
            self.setColumnWidth(number, widths[number] if number < len(widths) else px(130))
        self._quiet = False

    def show_sort(self, column: int, *, down: bool) -> None:
        """Show by an arrow which column the rows are sorted by; none for -1."""
        head = self.horizontalHeader()
        head.setSortIndicatorShown(column >= 0)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(column, order)

    def widths(self) -> list[int]:
        """How wide the columns are, in pixels."""
        return [self.columnWidth(number) for number in range(self._rows.columnCount())]

    def row_count(self) -> int:
        """How many rows there are."""
        return self._rows.rowCount()

    def cells(self, number: int) -> tuple[str, ...]:
        """Return what stands in a row."""
        line = self._rows.line(number)
        return line.cells if line else ()

    def _choose(self, number: int) -> None:
        if (line := self._rows.line(number)) is not None:
            self.chosen.emit(line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.row_count():
            row = 0 if event.key() == Qt.Key.Key_Home else self.row_count() - 1
            self.setCurrentIndex(self._rows.index(row, max(self.currentIndex().column(), 0)))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Not here: Qt would fetch every row to find a letter."""
