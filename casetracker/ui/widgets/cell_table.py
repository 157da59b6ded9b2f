"""The small tables on cards: wrapped cells, a second line in grey, chips; all of it is shown at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casetracker.ui.style import Tone, colour, font, px
from casetracker.ui.widgets.marks import Marker, marker_above
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import chip_size, draw_chip, draw_text, lay_out, text_width

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_SIDE, _LINE, _UP_DOWN, _MOST_LINES = 6, 18, 7, 4


@dataclass(frozen=True)
class Cell:
    """What a cell shows; with a `tone` it is a chip. `note` is a second line in grey."""

    text: str = ""
    note: str = ""
    bold: bool = False
    muted: bool = False
    tone: Tone | None = None


@dataclass(frozen=True)
class Column:
    """A head and how much of the width it gets; 0 is as much as its content needs."""

    head: str = ""
    weight: int = 0


@dataclass(frozen=True)
class TableRow:
    """The cells of one line, and the key that is given back when it is chosen."""

    key: str
    cells: tuple[Cell | str, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column; a plain text is a cell too."""
        value = self.cells[column] if column < len(self.cells) else ""
        return Cell(value) if isinstance(value, str) else value


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.rows: list[TableRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.rows[index.row()].cell(index.column())
        if role == CELL_ROLE:
            return cell
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return f"{cell.text}\n{cell.note}".strip()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Delegate(QStyledItemDelegate):
    def wanted_width(self, cell: Cell) -> int:
        """How wide the cell is in one line."""
        if cell.tone is not None:
            return chip_size(cell.text).width() + 2 * px(_SIDE)
        wide = max(text_width(cell.text, font(bold=cell.bold)), text_width(cell.note, font()))
        return wide + 2 * px(_SIDE) + 2

    def least_width(self, cell: Cell) -> int:
        """How wide its longest word is, within reason; a chip is not broken."""
        if cell.tone is not None:
            return self.wanted_width(cell)
        words = [text_width(word, font(bold=cell.bold)) for word in f"{cell.text} {cell.note}".split()]
        return min(max(words, default=0), px(150)) + 2 * px(_SIDE) + 2

    def height(self, cell: Cell, width: int) -> int:
        """How tall the cell is in a column of this width."""
        inner = width - 2 * px(_SIDE)
        lines = (
            1 if cell.tone is not None else len(lay_out(cell.text, font(bold=cell.bold), inner, _MOST_LINES))
        )
        lines += len(lay_out(cell.note, font(), inner, 2)) if cell.note else 0
        return lines * px(_LINE) + 2 * px(_UP_DOWN) + 1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, px(_LINE) + 2 * px(_UP_DOWN) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Active:
            painter.fillRect(rect, colour("selection"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line_soft"))
        inner = rect.adjusted(px(_SIDE), px(_UP_DOWN), -px(_SIDE), 0)
        top = inner.top()
        if cell.tone is not None and cell.text:
            size = chip_size(cell.text)
            draw_chip(
                painter,
                QRect(inner.left(), top, min(size.width(), inner.width()), size.height()),
                cell.text,
                cell.tone,
            )
            top += px(_LINE)
        else:
            top = self._lines(
                painter, inner, top, cell.text, bold=cell.bold, ink="muted" if cell.muted else "text"
            )
        if cell.note:
            self._lines(painter, inner, top, cell.note, bold=False, ink="muted", most=2)
        painter.restore()

    def _lines(
        self,
        painter: QPainter,
        inner: QRect,
        top: int,
        text: str,
        *,
        bold: bool,
        ink: str,
        most: int = _MOST_LINES,
    ) -> int:
        letters = font(bold=bold)
        for line in lay_out(text, letters, inner.width(), most):
            draw_text(painter, QRect(inner.left(), top, inner.width() + 2, px(_LINE)), line, letters, ink)
            top += px(_LINE)
        return top


def _marked(row: TableRow, marker: Marker) -> TableRow:
    mark, first = marker.row_mark(row.key), row.cell(0)
    if mark is None:
        return row
    return replace(row, cells=(replace(first, text=f"{first.text} {mark.text}"), *row.cells[1:]))


class CellTable(QTableView):
    """A table that is as tall as its rows; `chosen(key)` on click or Enter."""

    chosen = Signal(str)

    def __init__(
        self, columns: Sequence[Column], object_name: str, accessible_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._model = _Model(columns)
        self._drawing = _Delegate(self)
        self._sizes: dict[int, tuple[list[int], list[int]]] = {}  # by the width of the table
        self.setModel(self._model)
        self.setItemDelegate(self._drawing)
        self.setShowGrid(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(10)
        head.setVisible(any(column.head for column in columns))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustIgnored)
        self._plain: list[TableRow] = []
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask)
        self.clicked.connect(lambda index: self.chosen.emit(self._model.rows[index.row()].key))

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show these rows and no others."""
        self._plain = list(rows)
        self._put(self._plain)
        self.mark()

    def mark(self) -> None:
        """Show beside each line what its page knows of its sources."""
        if (marker := marker_above(self)) is not None:
            marked = [_marked(row, marker) for row in self._plain]
            if marked != self._model.rows:
                self._put(marked)

    def _put(self, rows: list[TableRow]) -> None:
        self._model.beginResetModel()
        self._model.rows = rows
        self._model.endResetModel()
        self._sizes.clear()
        self._arrange()

    def rows(self) -> list[TableRow]:
        """The rows that are shown."""
        return list(self._plain)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.mark()  # filled before its page knew it

    def _ask(self, point: QPoint) -> None:
        index, marker = self.indexAt(point), marker_above(self)
        if index.isValid() and marker is not None:
            marker.row_menu(self._model.rows[index.row()].key, self.viewport().mapToGlobal(point))

    def current_key(self) -> str:
        """The key of the current row, or ""."""
        index = self.currentIndex()
        return self._model.rows[index.row()].key if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        widths, heights = self._measured(width)
        head = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height() if sum(widths) > width else 0
        return head + sum(heights) + bar + 2

    def sizeHint(self) -> QSize:
        return QSize(px(300), self.heightForWidth(max(self.width(), px(120))))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(30))

    def _measured(self, width: int) -> tuple[list[int], list[int]]:
        """Return how wide the columns and how tall the rows are in a table of this width."""
        if width not in self._sizes:
            widths = self._widths(width)
            heights = [
                max(self._drawing.height(row.cell(number), wide) for number, wide in enumerate(widths))
                for row in self._model.rows
            ]
            self._sizes[width] = widths, heights
        return self._sizes[width]

    def _arrange(self) -> None:
        """Divide the width among the columns, and give each row the height it then needs."""
        widths, heights = self._measured(self.width())
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        for number, height in enumerate(heights):
            self.setRowHeight(number, height)
        self.updateGeometry()

    def _widths(self, room: int) -> list[int]:
        """Give each column what its content wants, or less, but not less than its longest word.

        Where there is no room even for that, the columns are wider than the table, which then scrolls.
        """
        wanted = [self._wanted(number) for number in range(len(self._model.columns))]
        spare = room - sum(wanted)
        if spare < 0:
            made = self._squeezed(wanted, [self._least(number) for number in range(len(wanted))], room)
        else:
            shares = [column.weight for column in self._model.columns]
            shares = shares if any(shares) else wanted
            made = [
                want + spare * share // max(sum(shares), 1)
                for want, share in zip(wanted, shares, strict=True)
            ]
        if made:
            made[-1] += max(room - sum(made), 0)
        return made

    def _squeezed(self, wanted: list[int], least: list[int], room: int) -> list[int]:
        """Take what is missing from the widest columns first."""
        low, high = 0, max(wanted, default=0)
        while low < high:
            middle = (low + high + 1) // 2
            if sum(max(min(want, middle), floor) for want, floor in zip(wanted, least, strict=True)) <= room:
                low = middle
            else:
                high = middle - 1
        return [max(min(want, low), floor) for want, floor in zip(wanted, least, strict=True)]

    def _wanted(self, column: int) -> int:
        head = text_width(self._model.columns[column].head, font("note")) + 2 * px(_SIDE) + 2
        return max([head, *(self._drawing.wanted_width(row.cell(column)) for row in self._model.rows)])

    def _least(self, column: int) -> int:
        head = text_width(self._model.columns[column].head, font("note")) + 2 * px(_SIDE) + 2
        return max(
            [min(head, px(180)), *(self._drawing.least_width(row.cell(column)) for row in self._model.rows)]
        )
