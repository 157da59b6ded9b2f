"""The frame of most pages: filters and a list at the left, the page of the chosen record at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from casetracker.i18n import tr
from casetracker.ui.style import px
from casetracker.ui.widgets.chip import Flow
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.record_list import RecordList


class ListPane(QFrame):
    """Pills that filter over a list of records."""

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        named(self, object_name, accessible_name)
        self.list = RecordList(f"{object_name}.list", accessible_name)
        self._filters = named(Flow(gap=6, line_gap=7), "filters", tr("Filters"))
        self._filters.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._filters.set_margins(px(12), px(10), px(12), px(10))
        self._filters.hide()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._filters)
        self._lines.addWidget(self.list, 1)

    def set_head(self, head: QWidget) -> None:
        """Put something over the list and its pills, across the whole width."""
        head.setParent(self)
        self._lines.insertWidget(0, head)

    def add_below(self, other: QWidget) -> None:
        """Add another way to show the list, hidden until it is wanted."""
        other.setParent(self)
        other.hide()
        self._lines.addWidget(other, 1)

    def add_filter(self, widget: QWidget) -> None:
        """Add a pill (or another small control) over the list."""
        self._filters.add(widget)
        self._filters.show()


class ListBesidePage(QSplitter):
    """`pane` (with `pane.list`) at the left, one page at a time at the right; the border can be dragged."""

    def __init__(self, object_name: str, accessible_name: str, *, list_width: int = 430) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        named(self, f"{object_name}.split")
        self.pane = ListPane(object_name, accessible_name)
        self.pane.setMinimumWidth(px(220))
        self._page: QWidget = QWidget()
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(self.pane)
        self.addWidget(self._page)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self._list_width, self._dragged, self._wide = px(list_width), False, False
        self.splitterMoved.connect(self._on_dragged)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._dragged:
            self._divide()

    def widen(self, *, wide: bool) -> None:
        """Give the list more than half of the room, as a table needs it, or as much as it had."""
        self._wide, self._dragged = wide, False
        self._divide()

    def _divide(self) -> None:
        wide = min(self._list_width, max(px(220), self.width() * 35 // 100))  # the page needs the room more
        if self._wide:
            wide = self.width() * 58 // 100
        self.setSizes([wide, max(self.width() - wide - 1, 1)])

    def _on_dragged(self) -> None:
        self._dragged = True

    def page(self) -> QWidget:
        """The page at the right."""
        return self._page

    def set_page(self, page: QWidget) -> QWidget:
        """Show another page; the former one is returned and stays the caller's to keep or to delete."""
        if page is self._page:
            return page
        sizes = self.sizes()
        old, self._page = self._page, page
        self.replaceWidget(self.indexOf(old), page)
        page.show()
        self.setSizes(sizes)
        return old
