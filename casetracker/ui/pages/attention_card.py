"""The card of the first page that names the cases which need attention most, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, tr
from casetracker.store.attention import Need, most
from casetracker.ui.desk import Desk
from casetracker.ui.pages.page import tone
from casetracker.ui.rereading import Rereading
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label

MOST = 6


class AttentionCard(Card):
    """Reads all cases on another thread, as that takes a moment where there are thousands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr(N_("Needs attention")), "card.attention")
        self._reading = Rereading(self, self.accessibleName(), lambda: most(desk.store, MOST), self._show)
        columns = (Column(tr(N_("Case")), 2), Column(tr(N_("Why")), 3), Column("", 0))
        self.table = CellTable(columns, "attention", self.accessibleName())
        self.table.chosen.connect(lambda key: desk.open("Case", key))
        self._none = label(tr(N_("No case stands out.")), "muted")
        self.add(self.table)
        self.add(self._none)
        self.fill_up()
        self._show([])

    @property
    def idle(self) -> bool:
        """Whether nothing is being read."""
        return self._reading.idle

    def refresh(self) -> None:
        """Read the cases again; what is read already is waited for, and then read once more."""
        self._reading.start()

    def _show(self, needs: Sequence[Need]) -> None:
        self.table.set_rows([_row(need) for need in needs])
        self.table.setVisible(bool(needs))
        self._none.setVisible(not needs)


def _row(need: Need) -> TableRow:
    score = Cell(str(need.attention.score), tone=tone(need.attention.tone))
    return TableRow(need.case_id, (Cell(need.name, need.ref, bold=True), need.attention.short(), score))
