"""The list at the left of a page: two lines a record, by mouse and by keyboard, of any length."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from casetracker.ui.style import colour, font, px
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.painting import RIGHT, chip_size, draw_chip, draw_text, text_width
from casetracker.ui.widgets.record_rows import ROW_ROLE, Fetch, RecordRow, RecordRows

ROW_HEIGHT = 57
_SIDE = 12


class RecordDelegate(QStyledItemDelegate):
    """Draws one row of a list of records."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, RecordRow):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._ground(painter, rect, state)
        inner = rect.adjusted(px(_SIDE), 0, -px(_SIDE), 0)
        line = px(20)
        top = rect.top() + px(9)
        room = self._chip(painter, row, inner, top)
        title = QRect(inner.left(), top, room, line)
        draw_text(painter, title, row.title, font(bold=True), "text")
        below = top + line
        right = min(text_width(row.right, font("note")), inner.width() // 2)
        draw_text(
            painter,
            QRect(inner.left(), below, inner.width() - right - 8, line),
            row.left,
            font("note"),
            "muted",
        )
        draw_text(
            painter,
            QRect(inner.right() - right, below, right + 1, line),
            row.right,
            font("note"),
            "muted",
            RIGHT,
        )
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, colour("selection" if chosen else "hover" if over else "paper"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line_soft"))
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("primary"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("line_active"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _chip(self, painter: QPainter, row: RecordRow, inner: QRect, top: int) -> int:
        """Draw the chip at the right and return the room that is left for the title."""
        if row.chip is None:
            return inner.width()
        size = chip_size(row.chip.text)
        wide = min(size.width(), inner.width() // 2)
        draw_chip(
            painter, QRect(inner.right() - wide + 1, top, wide, size.height()), row.chip.text, row.chip.tone
        )
        return inner.width() - wide - 8


class RecordList(QListView):
    """A list of records.

    `chosen(key)` when another row becomes the current one, by click or arrow key; `opened(key)` on Enter or
    a double click.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, object_name, accessible_name)
        self._rows = RecordRows(self)
        self._delegate = RecordDelegate(self)
        self._empty = ""
        self._quiet = False
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)  # one height for all, or Qt would ask for each of 100,000
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(px(ROW_HEIGHT))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._rows.row(index.row()).key))

    def set_empty_text(self, text: str) -> None:
        """Say this in the middle when there are no rows."""
        self._empty = text
        self.viewport().update()

    def set_rows(self, rows: Sequence[RecordRow]) -> None:
        """Show these rows; the chosen record stays chosen if it is among them."""
        self._refill(lambda: self._rows.set_rows(rows), [row.key for row in rows])

    def set_source(self, total: int, fetch: Fetch) -> None:
        """Show `total` rows, of which `fetch(offset, limit)` returns those that come into sight."""
        self._refill(lambda: self._rows.set_source(total, fetch), None)

    def row_count(self) -> int:
        """How many rows there are."""
        return self._rows.rowCount()

    def row_at(self, number: int) -> RecordRow:
        """Return the row with that number."""
        return self._rows.row(number)

    def current_key(self) -> str:
        """The key of the chosen row, or ""."""
        index = self.currentIndex()
        return self._rows.row(index.row()).key if index.isValid() else ""

    def select(self, key: str) -> bool:
        """Choose the row with this key without a signal; False if it was not seen yet."""
        if self.row_count():
            self._rows.row(0)
        return self.select_number(self._rows.find(key))

    def select_number(self, number: int) -> bool:
        """Choose the row with this number without a signal; False if there is none."""
        self._quiet = True
        try:
            index = self._rows.index(number) if 0 <= number < self.row_count() else QModelIndex()
            self.setCurrentIndex(index)
            if index.isValid():
                self.scrollTo(index)
            else:
                self.clearSelection()
            return index.isValid()
        finally:
            self._quiet = False

    def _refill(self, fill: Callable[[], None], keys: Sequence[str] | None) -> None:
        key, number = self.current_key(), self.currentIndex().row()
        fill()
        if not key:
            return
        if keys is not None:
            self.select_number(keys.index(key) if key in keys else -1)
        elif 0 <= number < self.row_count() and self._rows.row(number).key == key:
            self.select_number(number)
        else:
            self.select(key)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.chosen.emit(self._rows.row(current.row()).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Not here: Qt would fetch every row to find a letter; the search field is better at it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._rows.rowCount() and self._empty:
            painter = QPainter(self.viewport())
            painter.setFont(font())
            painter.setPen(colour("muted"))
            area = self.viewport().rect().adjusted(px(24), px(28), -px(24), 0)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), self._empty)
            painter.end()
