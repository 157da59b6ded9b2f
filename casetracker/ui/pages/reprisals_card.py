"""Reprisals against a family or a person on a card, each with what it came after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from casetracker.i18n import N_, tr
from casetracker.store.reprisals import Retaliation
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow


class ReprisalsCard(Card):
    """A line a reprisal; the card is there only where there is one. `chosen(id of the event)`."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(tr(N_("Reprisals and threats")), f"card.{name}")
        columns = (
            Column(tr(N_("When")), 0),
            Column(tr(N_("What was done, to whom")), 3),
            Column(tr(N_("What came before")), 4),
            Column(tr(N_("Reported to")), 2),
        )
        self.table = CellTable(columns, f"table.{name}", tr(N_("Reprisals and threats")))
        self.table.chosen.connect(self.chosen)
        self.add(self.table)

    def set_reprisals(self, lines: Sequence[Retaliation]) -> None:
        """Show these reprisals, or nothing."""
        self.table.set_rows([_row(line) for line in lines])
        self.setVisible(bool(lines))


def _row(line: Retaliation) -> TableRow:
    kin = tr(N_("kin in China: {kin}"), kin=line.kin) if line.kin else ""
    whom = " · ".join(p for p in (line.whom, kin) if p)
    before = Cell("; ".join(line.before)) if line.before else Cell(tr(N_("nothing is linked")), muted=True)
    told = Cell(line.reported) if line.reported else Cell(tr(N_("not reported")), tone=tone("amber"))
    return TableRow(line.id, (line.when, Cell(line.what, whom, bold=True), before, told))
