"""The overview in the gallery of widgets."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QHBoxLayout,
    QWidget,
)

from casetracker.ui.style import Tone
from casetracker.ui.widgets.bars import Bar, StatusBars
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.columns import Columns
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.stat_tile import StatTile


def overview() -> QWidget:
    """The page of numbers."""
    page = ScrollPage("overview")
    tiles = QHBoxLayout()
    tiles.setSpacing(14)
    for title, number, note, tone in (
        ("People in custody", "83", "of 128 cases · 3 new this month", Tone.BLACK),
        ("Whereabouts unknown", "19", "7 with no news for a year", Tone.BLACK),
        ("Promises overdue", "5", "of 34 made · 9 kept", Tone.RED),
        ("Consents ending in 30 days", "4", "1 withdrawn this week", Tone.AMBER),
    ):
        tiles.addWidget(StatTile(title, f"tile.{number}", number=number, note=note, tone=tone))
    page.body.addLayout(tiles)
    grid = Columns("overview.cards")
    for card in (_due(), _bars(), _review(), _recent()):
        grid.add(card)
    page.body.addWidget(grid)
    page.body.addStretch(1)
    return page


def _due() -> Card:
    card = Card("Due next", "due", link="Calendar")
    table = CellTable([Column("When"), Column("What", 1), Column("For", 1)], "due.table", "Due next")
    table.set_rows(
        [
            TableRow(
                "a", (Cell("18 d overdue", tone=Tone.RED), "Commissioner: written answer", "CT-7F3Q, CT-2X8P")
            ),
            TableRow("b", (Cell("in 2 d", tone=Tone.AMBER), "MFA: reply to appeal 118/2021", "CT-4K9M")),
            TableRow(
                "c",
                (Cell("in 6 d", tone=Tone.AMBER), "Call family back (no contact 96 d)", "Family of Гүлнар"),
            ),
            TableRow("d", ("3 Nov", "Meeting: Ministry of Foreign Affairs", "4 cases, dossier not made yet")),
        ]
    )
    card.add(table)
    card.fill_up()
    return card


def _bars() -> Card:
    card = Card("Status of detained relatives", "status", link="Statistics")
    bars = StatusBars("status.bars", "Status of detained relatives")
    bars.set_bars(
        [
            Bar("prison", "Sentenced, in prison", 41, Tone.RED),
            Bar("camp", "Camp", 28, Tone.AMBER),
            Bar("unknown", "Whereabouts unknown", 19, Tone.GREY),
            Bar("house", "House arrest / forced work", 14, Tone.ORANGE),
            Bar("passport", "Passport taken", 9, Tone.BLUE),
            Bar("released", "Released", 15, Tone.GREEN),
            Bar("died", "Died", 2, Tone.BLACK),
        ]
    )
    card.add(bars)
    return card


def _review() -> Card:
    card = Card("Answers waiting for review", "review", link="Review")
    table = CellTable(
        [Column("Family"), Column("Representative"), Column("Since"), Column()], "review.table", "Answers"
    )
    table.set_rows(
        [
            TableRow("a", ("Нұрлан family", "Қ. Төлеу", "9 Oct", "2 corrections proposed")),
            TableRow("b", ("Әбді family", "М. Әбді", "12 Oct", "photo not to be shared")),
        ]
    )
    card.add(table)
    card.fill_up()
    return card


def _recent() -> Card:
    card = Card("Recent changes", "recent", link="History")
    table = CellTable([Column(), Column("", 1)], "recent.table", "Recent changes")
    table.set_rows(
        [
            TableRow(
                "a", (Cell("14:02", muted=True), "A. Serik changed status of CT-7F3Q: camp → sentenced")
            ),
            TableRow(
                "b", (Cell("11:40", muted=True), "A. Serik recorded the protest of 1 October (8 detained)")
            ),
            TableRow("c", (Cell("Mon", muted=True), "M. Abdi confirmed CT-4K9M")),
        ]
    )
    card.add(table)
    card.fill_up()
    return card
