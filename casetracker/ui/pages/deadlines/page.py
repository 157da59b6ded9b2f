"""The page of deadlines: what is overdue, then what comes next, what was put off, and what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.store import deadlines
from casetracker.store.deadline import Deadline, Kind
from casetracker.store.deadlines import Board
from casetracker.ui.desk import Desk
from casetracker.ui.pages.deadlines import rows
from casetracker.ui.pages.deadlines.edit import edit_task, new_task, put_off
from casetracker.ui.pages.deadlines.table import DeadlineTable
from casetracker.ui.pages.page import Page
from casetracker.ui.rereading import Rereading
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.chip import FilterChip, Flow
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.header import PageHeader
from casetracker.ui.widgets.naming import label, named

SHOWN = 60  # of one group; more are one click away
GROUPS = {
    "overdue": N_("Overdue"),
    "week": N_("This week"),
    "month": N_("Next 30 days"),
    "later": N_("Later"),
    "snoozed": N_("Put off"),
    "done": N_("Done"),
}


class DeadlinesPage(Page):
    """One list of all deadlines, in groups; what is picked out is opened, done or put off by a key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "deadlines", tr(N_("Deadlines")))
        self.board: Board | None = None
        self._key, self._limit, self._wanted = "", SHOWN, ""
        self.reading = Rereading(self, self.title, self._read, self._show)
        self.header = PageHeader("deadlines.header")
        self.header.set_title(self.title)
        self.menu = QMenu(self)
        self._build_actions()
        self._pills = named(Flow(), "deadlines.kinds", tr(N_("Kinds")))
        self._pills.set_margins(24, 14, 24, 0)
        self.pills = {kind: FilterChip(tr(kind.value), f"kind.{kind.name.lower()}") for kind in Kind}
        for pill in self.pills.values():
            pill.toggled.connect(self.refresh)
            self._pills.add(pill)
        self._scroll = ScrollPage("deadlines.scroll", self.title)
        self._build_groups()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.header, self._pills):
            layout.addWidget(part)
        layout.addWidget(self._scroll, 1)

    def _build_actions(self) -> None:
        steps: tuple[tuple[str, str, str, bool, Callable[[], object]], ...] = (
            ("deadlines.new", tr(N_("New task")), "N", True, self.new_task),
            ("deadlines.done", tr(N_("Done")), "D", False, self.set_done),
            ("deadlines.snooze", tr(N_("Put off…")), "S", False, self.ask_until),
        )
        fixed = bool(self.desk.store.read_only)
        for name, text, key, primary, step in steps:
            made = self.header.add_action(name, text, primary=primary, tooltip=tr(N_("Key {key}"), key=key))
            made.clicked.connect(step)
            made.setEnabled(not fixed)
            shortcut = QShortcut(QKeySequence(key), self, step)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setEnabled(not fixed)
        for key, text, days in (("day", tr(N_("For a day")), 1), ("week", tr(N_("For a week")), 7)):
            action = self.menu.addAction(text)
            action.setObjectName(f"snooze.{key}")
            action.triggered.connect(lambda _=False, days=days: self.snooze(dt.timedelta(days)))
        action = self.menu.addAction(tr(N_("Until a day…")))
        action.setObjectName("snooze.until")
        action.triggered.connect(self._put_off)

    def _build_groups(self) -> None:
        self._empty = EmptyState(
            tr(N_("Nothing is due")),
            tr(
                N_(
                    "Promises, replies, consents, calls, sentences and planned events appear here by "
                    "themselves. A task of your own is added with the key N."
                )
            ),
            action=tr(N_("New task")),
            icon_name="calendar-due",
            object_name="deadlines.empty",
        )
        self._empty.action_clicked.connect(self.new_task)
        self._empty.hide()
        self._scroll.body.addWidget(self._empty)
        self.cards: dict[str, Card] = {}
        self.tables: dict[str, DeadlineTable] = {}
        for key, text in GROUPS.items():
            card = self.cards[key] = Card(tr(text), f"card.{key}")
            table = self.tables[key] = DeadlineTable(rows.columns(), f"deadlines.{key}", tr(text))
            table.chosen.connect(self.open)
            table.picked.connect(lambda picked, key=key: self._on_picked(key, picked))
            table.left.connect(lambda step, key=key: self._go_on(key, step))
            table.asked.connect(lambda _: self.ask_until())
            card.link_clicked.connect(self._show_more)
            card.add(table)
            card.hide()
            self._scroll.body.addWidget(card)
        self._hint = label(
            tr(N_("Enter opens · D done · S put off · N new task · Ctrl+Z takes it back")), "note", wrap=True
        )
        self._scroll.body.addWidget(named(self._hint, "deadlines.hint"))
        self._scroll.body.addStretch(1)

    # Reading

    def refresh(self) -> None:
        """Read the list again, on another thread."""
        self.reading.start()

    def show_record(self, record_id: str) -> None:
        """Show the page, and on it the task of that id or the deadline of that key."""
        self._wanted = record_id
        self.refresh()

    def narrow(self, key: str) -> None:
        """Set one pill and no other, by the name of a kind ("promise"); empty for none."""
        for kind, pill in self.pills.items():
            pill.blockSignals(True)
            pill.setChecked(kind.name.lower() == key)
            pill.blockSignals(False)
        self.refresh()

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that are picked; none stands for all."""
        return tuple(kind for kind, pill in self.pills.items() if pill.isChecked())

    def _read(self) -> Board:
        return deadlines.board(self.desk.store, self.kinds(), self._limit)

    def _show(self, board: Board) -> None:
        self.board = board
        today = self.desk.store.today()
        for key, table in self.tables.items():
            group: tuple[Deadline, ...] = getattr(board, key)
            table.set_rows([rows.row(d, today) for d in group])
            self.cards[key].setVisible(bool(group))
            self.cards[key].set_title(self._title_of(key, board, len(group)))
            self.cards[key].set_link(tr(N_("Show more")) if len(group) == self._limit else "")
        for kind, late in board.by_kind:
            text = tr(kind.value)
            self.pills[kind].set_label(f"{text} {late}" if late else text)
        anything = any(getattr(board, key) for key in GROUPS)
        self._empty.setVisible(not anything)
        self._hint.setVisible(anything)
        said = ntr("{n} overdue", "{n} overdue", board.overdue_in_all)
        self.header.set_subtitle(said if board.overdue_in_all else "")
        self.desk.status.emit(said)
        self._pick_again()

    @staticmethod
    def _title_of(key: str, board: Board, shown: int) -> str:
        count = board.overdue_in_all if key == "overdue" else shown
        return f"{tr(GROUPS[key])} ({count})" if count else tr(GROUPS[key])

    def _show_more(self) -> None:
        self._limit += 4 * SHOWN
        self.refresh()

    # Picking out

    def current(self) -> Deadline | None:
        """The deadline that is picked out."""
        return self.board.find(self._key) if self.board and self._key else None

    def _on_picked(self, group: str, key: str) -> None:
        self._key = key
        for other, table in self.tables.items():
            if other != group:
                table.forget()

    def _pick_again(self) -> None:
        """Pick out what was asked for, else what was picked out; where it is gone, what stands there now."""
        wanted, self._wanted = self._wanted, ""
        if wanted:
            keys = [d.key for key in GROUPS for d in getattr(self.board, key)]
            self._key = next((k for k in keys if wanted in (k, k.split(":")[1])), "")
        if self._key and not any(table.pick_key(self._key) for table in self.tables.values()):
            self._key = ""
        if not self._key and self.isVisible():
            self.pick_first()

    def pick_first(self) -> None:
        """Put the keyboard on the first line."""
        for table in self.tables.values():
            if table.rows():
                table.pick(0)
                return

    def _go_on(self, group: str, step: int) -> None:
        """Go on to the next or the last group that has lines."""
        filled = [key for key, table in self.tables.items() if table.rows()]
        place = filled.index(group) + step
        if 0 <= place < len(filled):
            self.tables[filled[place]].pick(0 if step > 0 else -1)

    # Doing

    def open(self, key: str) -> None:
        """Open the record that a deadline follows from; a task of the office's own in its dialog."""
        deadline = self.board.find(key) if self.board else None
        if deadline is None:
            return
        if deadline.target[0] == "Task":
            edit_task(self, self.desk, deadline.target[1])
        elif deadline.target[0]:
            self.desk.open(*deadline.target)

    def new_task(self) -> None:
        """Open the dialog for a task of the office's own."""
        new_task(self, self.desk)

    def set_done(self) -> None:
        """Say of what is picked out that it is done; of what was done, that it is not."""
        if (deadline := self.current()) is not None:
            self.desk.attempt(lambda: deadlines.set_done(self.desk.store, deadline), self.window())

    def snooze(self, by: dt.timedelta) -> None:
        """Put off what is picked out; what was put off is taken up again by putting it off for no time."""
        if (deadline := self.current()) is not None:
            until = self.desk.store.today() + by if by else None
            self.desk.attempt(lambda: deadlines.snooze(self.desk.store, deadline, until), self.window())

    def ask_until(self) -> None:
        """Ask for how long: a day, a week, until a day. What was put off is taken up again at once."""
        deadline = self.current()
        if deadline is None:
            return
        if deadline.snoozed:
            self.snooze(dt.timedelta())
            return
        self.menu.popup(self.mapToGlobal(QPoint(self.width() // 2, self.header.height())))

    def _put_off(self) -> None:
        if (deadline := self.current()) is not None and not deadline.done:
            put_off(self, self.desk, deadline)
