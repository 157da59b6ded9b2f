"""What the window asks of every page, and the frame of those that show a list beside a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.jobs import Progress
from casetracker.model import BY_NAME, Entity
from casetracker.store import lists
from casetracker.store.lists import Line
from casetracker.store.store import Change
from casetracker.store.views import listed
from casetracker.store.views.listed import LISTS
from casetracker.store.views.query import EVERYTHING, Query
from casetracker.ui.background import Background
from casetracker.ui.desk import Desk
from casetracker.ui.editing.citations import Citing
from casetracker.ui.editing.tags_and_notes import RecordStrip, entity_of, with_keys
from casetracker.ui.pages.history.tab import HistoryTab
from casetracker.ui.pages.narrowing.bar import NarrowBar
from casetracker.ui.pages.narrowing.table import ListTable
from casetracker.ui.style import Tone
from casetracker.ui.widgets.bidi import joined
from casetracker.ui.widgets.chip import ChipText
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.fetched_rows import PAGE
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.list_beside_page import ListBesidePage
from casetracker.ui.widgets.naming import named
from casetracker.ui.widgets.record_rows import RecordRow
from casetracker.ui.widgets.tabs import TabPages


def tone(name: str) -> Tone:
    """Return the tone that the model names in words."""
    return Tone(name)


def as_row(line: Line) -> RecordRow:
    """Return a line of a list as the list shows it."""
    chip = ChipText(line.chip, tone(line.tone)) if line.chip else None
    return RecordRow(line.id, line.title, joined(line.detail.split(" · ")), line.side, chip)


class Page(QWidget):
    """A page of the window."""

    def __init__(self, desk: Desk, object_name: str, title: str) -> None:
        super().__init__()
        named(self, object_name, title)
        self.desk = desk
        self.title = title

    def refresh(self) -> None:
        """Read everything again."""

    def on_change(self, change: Change) -> None:
        """Hear of an action; most pages read again what they show."""
        self.refresh()

    def show_record(self, record_id: str) -> None:
        """Show this record, or the first one for an empty id."""

    def narrow(self, key: str) -> None:
        """Show only what a number or a link elsewhere stands for; the page says which keys it knows."""

    def may_leave(self) -> bool:
        """Whether the page may be left: False if the user wants to go on with what is not saved."""
        return True


class RecordPane(QWidget):
    """The right side of a list page: one record."""

    def __init__(self, desk: Desk, object_name: str) -> None:
        super().__init__()
        named(self, object_name)
        self.desk = desk
        self.record_id = ""

    def show_record(self, record_id: str) -> bool:
        """Read and show the record; False if it is no longer there."""
        raise NotImplementedError

    def may_leave(self) -> bool:
        """Whether another record may be shown instead."""
        return True


_LONG = 2000  # records, from which on a narrowed list is read on another thread
_NO_WINDOW_MS = 60_000  # no window flashes up while somebody types
Count = Callable[[], int]
Lines = Callable[[int, int], Sequence[Line]]


class ListPage(Page):
    """A list beside the page of the chosen record.

    With a `views_key` the list is one of `store.views`: it has conditions and views, and is read by them.
    """

    views_key: ClassVar[str] = ""

    def __init__(self, desk: Desk, object_name: str, title: str, *, list_width: int = 430) -> None:
        super().__init__(desk, object_name, title)
        self.split = ListBesidePage(object_name, title, list_width=list_width)
        self.list = self.split.pane.list
        self._record: RecordPane | None = None
        self._about: type[Entity] | None = None
        self.strip: RecordStrip | None = None  # the tags and notes of the record
        self.citing: Citing | None = None  # what sources say about it
        self.history: HistoryTab | None = None
        self._empty = EmptyState(
            tr(N_("Nothing here yet")),
            tr(N_("What you record appears in the list at the left.")),
            object_name=f"{object_name}.empty",
        )
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self.split.set_page(self._right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.list.chosen.connect(self._on_chosen)
        self._empty_text = ""
        self.narrowing: NarrowBar | None = None
        self.table: ListTable | None = None
        if self.views_key:
            self.narrowing = NarrowBar(desk, self.views_key, self)
            self.split.pane.set_head(self.narrowing)
            self.narrowing.changed.connect(self._on_narrowed)
            self._add_table(self.narrowing)

    def _add_table(self, bar: NarrowBar) -> None:
        """Let the list be shown as a table too."""
        made = self.table = ListTable(self.desk, self.views_key, self.query)
        self.split.pane.add_below(made)
        made.chosen.connect(self._on_chosen)
        made.toggled.connect(self._show_as_table)
        bar.views.more.append(made.add_to)
        bar.views.chosen.connect(made.take_view)
        bar.views.held = lambda: {"columns": made.choice.columns, "sort": made.choice.sort}
        if made.choice.on:
            self._show_as_table(True)

    def _show_as_table(self, on: bool) -> None:
        self.list.setVisible(not on)
        self.split.widen(wide=on)
        if self.table is not None:
            self.table.setVisible(on)
            if on:
                self.table.fill(self.list.row_count())

    # What each list page says

    def count(self) -> int:
        """How many lines the list has, filters applied."""
        return listed.count(self.desk.store, LISTS[self.views_key], self.query())

    def lines(self, offset: int, limit: int) -> Sequence[Line]:
        """A page of the list."""
        return listed.lines(self.desk.store, LISTS[self.views_key], self.query(), offset, limit)

    def query(self) -> Query:
        """What the list is narrowed to."""
        return self.narrowing.query if self.narrowing is not None else EVERYTHING

    def narrow(self, key: str) -> None:
        if self.narrowing is not None:
            self.narrowing.narrow(key)

    def counted(self, number: int) -> str:
        """Say how many records there are in words, as "12 cases"."""
        return tr(N_("{n} shown"), n=number)

    def make_record(self) -> RecordPane:
        """Make the right side; called once, when a record is first shown."""
        raise NotImplementedError

    def status_text(self) -> str:
        """What the status strip says of the list."""
        if not self.views_key:
            return self.counted(self.count())
        if not self.query():
            return self.counted(self.list.row_count())
        every = listed.count(self.desk.store, LISTS[self.views_key])
        return tr(N_("{all} · {shown} shown"), all=self.counted(every), shown=self.list.row_count())

    # What they share

    def set_empty(self, icon: str, title: str, text: str, action: str, begin: Callable[[], object]) -> None:
        """Say what an empty list is for, with the button that begins."""
        name = f"{self.objectName()}.empty"
        made = EmptyState(title, text, action=action, icon_name=icon, object_name=name)
        made.action_clicked.connect(begin)
        self._right.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = made
        self._right.insertWidget(0, made)
        self._empty_text = title
        self.list.set_empty_text(title)

    def record(self) -> RecordPane:
        """The right side."""
        if self._record is None:
            self._record = self.make_record()
            self._right.addWidget(self._record)
            self._add_strip(self._record)
        return self._record

    def _add_strip(self, record: RecordPane) -> None:
        """Give the head of the record its tags and notes, if records of this page have them."""
        header, entity = getattr(record, "header", None), BY_NAME.get(entity_of(self.objectName()))
        if isinstance(header, PageHeader) and entity is not None:
            self._about, self.strip = entity, RecordStrip(self.desk)
            header.add_strip(self.strip)
            self.citing = Citing(self.desk, record)
            self.strip.add(self.citing.button)
            with_keys(self, self.strip)
        tabs = getattr(record, "tabs", None)
        if isinstance(tabs, TabPages) and entity is not None:
            self.history = HistoryTab(self.desk)
            tabs.add("history", tr(N_("History")), self.history)

    def refresh(self) -> None:
        """Read the list again, and the record that is shown."""
        self._fill_list()
        shown = self._record.record_id if self._record else ""
        if shown and self._show(shown):
            self.list.select(shown)
        else:
            self._show_first()
        self.desk.status.emit(self.status_text())

    def show_record(self, record_id: str) -> None:
        """Show a record; it need not be on the part of the list that is seen."""
        if not record_id:
            self.refresh()
        elif self._may_leave_record() and self._show(record_id):
            if not self.list.row_count():  # a link led here before the list was ever looked at
                self._fill_list()
            self.list.select(record_id)
            self.desk.status.emit(self.status_text())

    def _on_narrowed(self) -> None:
        """Read the list again, a long one on another thread, as letters are still being typed."""
        store, key, query = self.desk.store, self.views_key, self.query()
        if not query or lists.count(store, LISTS[key].entity) < _LONG:
            self._fill_list()
            self._settle()
            return

        def read(_: Progress) -> tuple[Query, int, Sequence[Line]]:
            return (
                query,
                listed.count(store, LISTS[key], query),
                listed.lines(store, LISTS[key], query, 0, PAGE),
            )

        Background(self, tr(N_("Reading the list…")), read, self._take, show_after=_NO_WINDOW_MS).start()

    def _take(self, found: tuple[Query, int, Sequence[Line]]) -> None:
        """Show what was read; drop it if the list was narrowed otherwise meanwhile."""
        query, number, first = found
        if query == self.query():
            self._fill_list(number, first)
            self._settle()

    def _settle(self) -> None:
        """Choose the record that is shown where the list has it; it stays where the list has not."""
        shown = self._record.record_id if self._record else ""
        if not shown:
            self._show_first()
        elif not self.list.select(shown):
            self.list.clearSelection()
        self.desk.status.emit(self.status_text())

    def _fill_list(self, number: int | None = None, first: Sequence[Line] = ()) -> None:
        """Show the list; `number` and the lines of its `first` page are given if they were read already."""
        nothing = tr(N_("Nothing on this list is so. Take a condition away.")) if self.query() else ""
        self.list.set_empty_text(nothing or self._empty_text)

        def fetch(offset: int, limit: int) -> list[RecordRow]:
            known = number is not None and not offset and limit <= PAGE
            return [as_row(line) for line in (first if known else self.lines(offset, limit))]

        self.list.set_source(self.count() if number is None else number, fetch)
        if self.table is not None and self.table.choice.on:
            self.table.fill(self.list.row_count())

    def may_leave(self) -> bool:
        """Ask the record that is shown."""
        return self._may_leave_record()

    def _may_leave_record(self) -> bool:
        return self._record is None or self._record.may_leave()

    def _on_chosen(self, record_id: str) -> None:
        shown = self._record.record_id if self._record else ""
        if record_id == shown:
            return
        if self._may_leave_record():
            self._show(record_id)
        else:
            self.list.select(shown)

    def _show(self, record_id: str) -> bool:
        there = self.record().show_record(record_id)
        if there and self._about is not None:
            self.desk.looked_at(self._about, record_id)
        if there and self.strip is not None and self._about is not None:
            self.strip.show_record(self._about, record_id)
            if self.citing is not None:
                self.citing.show_record(self._about, record_id)
            if self.history is not None:
                self.history.show_record(self._about, record_id)
        self._right.setCurrentWidget(self.record() if there else self._empty)
        return there

    def _show_first(self) -> None:
        if self.list.row_count():
            first = self.list.row_at(0).key
            self._show(first)
            self.list.select(first)
        else:
            if self._record is not None:
                self._record.record_id = ""
            self._right.setCurrentWidget(self._empty)
