"""“Given out in”: the papers in which a person or a case stands, to be asked back after a withdrawal."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, ntr, tr
from casetracker.model.dates import KnownDate
from casetracker.store.release_register import Registered
from casetracker.ui.desk import Desk
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label


class ReleasesCard(Card):
    """Papers with their day, their readers, and whether they are still out; one opens in the register."""

    def __init__(self, desk: Desk, name: str) -> None:
        title = tr(N_("Given out in"))
        super().__init__(title, f"card.{name}")
        self.table = releases_table(desk, f"table.{name}", title)
        self._none = label(tr(N_("No paper that was given out names them.")), "muted", wrap=True)
        self.add(self.table)
        self.add(self._none)

    def set_releases(self, releases: Sequence[Registered]) -> None:
        """Show these papers, the newest first."""
        fill_releases(self.table, releases)
        self._none.setVisible(not releases)


def releases_table(desk: Desk, object_name: str, title: str) -> CellTable:
    """Return a table of papers that were given out."""
    columns = (
        Column(tr(N_("Given out on")), 0),
        Column(tr(N_("Paper")), 2),
        Column(tr(N_("To whom")), 3),
        Column("", 0),
    )
    table = CellTable(columns, object_name, title)
    table.chosen.connect(lambda key: desk.open("Release", key))
    return table


def fill_releases(table: CellTable, releases: Sequence[Registered]) -> None:
    """Show these papers; the table is hidden if there are none."""
    table.set_rows([_row(each) for each in releases])
    table.setVisible(bool(releases))


def _row(each: Registered) -> TableRow:
    paper, readers = words(each)
    whom = Cell(each.addressee or readers, readers if each.addressee else "")
    return TableRow(each.id, (f"{each.released:%d.%m.%Y}", Cell(paper, each.ref), whom, state(each)))


def words(each: Registered) -> tuple[str, str]:
    """Return the title of a paper and its readers in words."""
    from casetracker.reports.releases import audience_words, report_title

    return report_title(each.report), audience_words(each.audience)


def state(each: Registered) -> Cell:
    """Say whether a paper is still out, as a chip; the office's own never left."""
    if each.recalled:
        return Cell(tr(N_("asked back {day}"), day=KnownDate.on(each.recalled).short()), tone=Tone.GREY)
    if each.audience == "internal":
        return Cell(tr(N_("in the office")), tone=Tone.GREY)
    return Cell(tr(N_("still out")), tone=Tone.AMBER)


def exceptions(each: Registered) -> str:
    """Say how many kinds of facts were let through; empty if none."""
    count = len(each.overrides)
    return ntr("{n} exception", "{n} exceptions", count) if count else ""
