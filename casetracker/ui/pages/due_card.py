"""The card of the first page with what is due next: the first lines of the list of deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, tr
from casetracker.store import deadlines
from casetracker.store.deadline import Deadline
from casetracker.ui.desk import Desk
from casetracker.ui.pages.deadlines import rows
from casetracker.ui.rereading import Rereading
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import CellTable, Column
from casetracker.ui.widgets.naming import label

MOST = 6


class DueCard(Card):
    """Reads all deadlines on another thread; a line opens the record, the link the whole list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr(N_("Due next")), "card.due", link=tr(N_("All deadlines")))
        self._desk = desk
        self._shown: dict[str, Deadline] = {}
        self.link_clicked.connect(lambda: desk.go_to.emit("deadlines", ""))
        columns = (Column(tr(N_("When")), 0), Column(tr(N_("What")), 3), Column(tr(N_("For")), 1))
        self.table = CellTable(columns, "due", self.accessibleName())
        self.table.chosen.connect(self._open)
        self._none = label(tr(N_("Nothing is due.")), "muted")
        self.add(self.table)
        self.add(self._none)
        self.fill_up()
        self.reading = Rereading(
            self, self.accessibleName(), lambda: deadlines.next_due(desk.store, MOST), self._show
        )
        self._show([])

    def refresh(self) -> None:
        """Read the deadlines again."""
        self.reading.start()

    def _show(self, due: Sequence[Deadline]) -> None:
        today = self._desk.store.today()
        self._shown = {d.key: d for d in due}
        self.table.set_rows([rows.short_row(d, today) for d in due])
        self.table.setVisible(bool(due))
        self._none.setVisible(not due)

    def _open(self, key: str) -> None:
        """Open the record; a task of the office's own on the page of deadlines."""
        self._desk.open(*self._shown[key].target)
