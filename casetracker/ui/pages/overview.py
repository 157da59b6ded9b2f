"""The first page: numbers that open the list behind them, what is due, statuses, recent changes."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from casetracker.i18n import N_, ntr, tr
from casetracker.model.detention.custody import CustodyStatus
from casetracker.store.history import Told
from casetracker.store.overview import Overview, overview, status_bars
from casetracker.store.reviews.board import open_answers
from casetracker.ui.desk import Desk
from casetracker.ui.pages.attention_card import AttentionCard
from casetracker.ui.pages.backups.state_line import BackupLine
from casetracker.ui.pages.due_card import DueCard
from casetracker.ui.pages.page import Page, tone
from casetracker.ui.style import Tone
from casetracker.ui.widgets.banner import Banner
from casetracker.ui.widgets.bars import Bar, StatusBars
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.empty import EmptyState
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.stat_tile import StatTile


class OverviewPage(Page):
    """What needs attention today. `narrowed(key)` asks for the list behind a number ("promises:…")."""

    narrowed = Signal(str)
    new_case = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "overview", tr(N_("Overview")))
        self._scroll = ScrollPage("overview.scroll", self.title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._empty = EmptyState(
            tr(N_("This casebook is empty")),
            tr(N_("Take down the first case: who is held, since when, and who asks for them.")),
            action=tr(N_("New case")),
            icon_name="file-text",
            object_name="overview.empty",
        )
        self._empty.action_clicked.connect(self.new_case)
        self._scroll.body.addWidget(self._empty)
        self._build_tiles()
        self.answers = Banner(
            tone=Tone.BLUE, action=tr(N_("Decide")), object_name="overview.answers"
        )  # what families answered
        self.answers.action_clicked.connect(lambda: self.narrowed.emit("reviews:open"))
        self._scroll.body.addWidget(self.answers)
        self._build_cards()
        self.backup = BackupLine(desk)
        self._scroll.body.addWidget(self.backup)
        self._scroll.body.addStretch(1)

    def _build_tiles(self) -> None:
        self.custody = StatTile(tr(N_("People in custody")), "tile.custody")
        self.no_news = StatTile(tr(N_("Whereabouts unknown")), "tile.no_news")
        self.overdue = StatTile(tr(N_("Promises overdue")), "tile.overdue")
        self.consent = StatTile(tr(N_("Consents ending in 30 days")), "tile.consent")
        self.custody.clicked.connect(lambda: self.narrowed.emit("custody"))
        self.no_news.clicked.connect(lambda: self.narrowed.emit("no_news"))
        self.overdue.clicked.connect(lambda: self.narrowed.emit("promises:overdue"))
        self.consent.clicked.connect(lambda: self.narrowed.emit("consent"))
        line = QHBoxLayout()
        line.setSpacing(14)
        for tile in (self.custody, self.no_news, self.overdue, self.consent):
            line.addWidget(tile, 1)
        self._scroll.body.addLayout(line)

    def _build_cards(self) -> None:
        self.due = DueCard(self.desk)
        status = Card(tr(N_("Status of detained relatives")), "card.status", link=tr(N_("Cases")))
        status.link_clicked.connect(lambda: self.narrowed.emit(""))
        self._bars = StatusBars("status_bars", tr(N_("Status of detained relatives")))
        self._bars.chosen.connect(self.narrowed)
        recent = Card(tr(N_("Recent changes")), "card.recent")
        self._recent = CellTable((Column("", 0), Column("", 1)), "recent", tr(N_("Recent changes")))
        self._recent.chosen.connect(self._open_change)
        for card, inside in (
            (status, (self._bars,)),
            (recent, (self._recent,)),
        ):
            for widget in inside:
                card.add(widget)
            card.fill_up()
        grid = QGridLayout()
        grid.setSpacing(14)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.due, 0, 0)
        grid.addWidget(status, 0, 1)
        self.attention = AttentionCard(self.desk)
        grid.addWidget(self.attention, 1, 0)
        grid.addWidget(recent, 1, 1)
        self._scroll.body.addLayout(grid)

    def refresh(self) -> None:
        now = overview(self.desk.store)
        self._empty.setVisible(not now.cases)
        self._show_tiles(now)
        deciding, _ = open_answers(self.desk.store)
        said = ntr(
            "{n} answer of a family is to be decided.", "{n} answers of families are to be decided.", deciding
        )
        self.answers.set("", said, Tone.BLUE)
        self.answers.setVisible(bool(deciding))
        self.due.refresh()
        self.backup.refresh()
        self._bars.set_bars([Bar(s.name, text, n, tone(t)) for s, text, n, t in status_bars(now)])
        self.attention.refresh()
        self._recent.set_rows([_told_row(t) for t in self.desk.store.recent(5)])
        self.desk.status.emit(ntr("{n} case", "{n} cases", now.cases))

    def show_record(self, record_id: str) -> None:
        self.refresh()

    def _show_tiles(self, now: Overview) -> None:
        of = ntr("of {n} case", "of {n} cases", now.cases)
        new = tr(N_("{n} new this month"), n=now.new_this_month)
        self.custody.set(str(now.in_custody), f"{of} · {new}")
        silent = tr(N_("{n} with no news for a year"), n=now.silent_for_a_year)
        self.no_news.set(str(now.in_status(CustodyStatus.NO_NEWS)), silent)
        made = tr(N_("of {n} made · {kept} kept"), n=now.promises, kept=now.promises_kept)
        self.overdue.set(str(now.promises_overdue), made, Tone.RED if now.promises_overdue else Tone.BLACK)
        withdrawn = tr(N_("{n} withdrawn this week"), n=now.consents_withdrawn)
        self.consent.set(
            str(now.consents_ending), withdrawn, Tone.AMBER if now.consents_ending else Tone.BLACK
        )

    def _open_change(self, key: str) -> None:
        entity, _, record_id = key.partition(":")
        if record_id:
            self.desk.open(entity, record_id)


def _told_row(told: Told) -> TableRow:
    at = told.at.replace(tzinfo=dt.UTC).astimezone()
    when = f"{at:%H:%M}" if at.date() == dt.datetime.now().astimezone().date() else f"{at:%d.%m.}"
    pages = ("Case", "Meeting", "Protest", "Family", "Person")
    first = next((r for name in pages for r in told.records if r[0] == name), ("", ""))
    return TableRow(
        ":".join(first), (Cell(when, muted=True), tr(N_("{who}: {what}"), who=told.who, what=told.label))
    )
