"""Appeals: the list with its filters, what is overdue first, and the page of one appeal."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Office
from casetracker.store import appeals, lists
from casetracker.store.appeals import Standing, Wanted
from casetracker.store.lists import Line
from casetracker.ui.desk import Desk
from casetracker.ui.pages.appeals.edit import new_appeal
from casetracker.ui.pages.appeals.pane import AppealPane
from casetracker.ui.pages.page import ListPage, RecordPane
from casetracker.ui.pages.standing_pills import StandingPills
from casetracker.ui.widgets.pick_pill import PickPill


class AppealsPage(ListPage):
    """The list of appeals beside an appeal."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "appeals", tr(N_("Appeals")), list_width=360)
        self.pills = StandingPills(self.split.pane, Standing, self.refresh)
        self.office = PickPill(tr(N_("Office")), "filter.office", lambda: lists.options(desk.store, Office))
        self.office.picked.connect(self.refresh)
        self.split.pane.add_filter(self.office)
        self.set_empty(
            "list-check",
            tr(N_("No appeals yet")),
            tr(
                N_(
                    "Write down what was sent to an office or to the United Nations, with its registration "
                    "number: the reply clock then says by when they have to answer."
                )
            ),
            tr(N_("New appeal")),
            lambda: new_appeal(self, desk),
        )

    def wanted(self) -> Wanted:
        """What the pills narrow the list to."""
        return Wanted(self.pills.picked(), self.office.key())

    def narrow(self, key: str) -> None:
        """Set one pill and no other, by the name of a standing ("overdue"); empty for none."""
        self.pills.pick_only(key)
        self.refresh()

    def count(self) -> int:
        return appeals.count_appeals(self.desk.store, self.wanted())

    def lines(self, offset: int, limit: int) -> Sequence[Line]:
        return appeals.appeal_lines(self.desk.store, self.wanted(), offset, limit)

    def status_text(self) -> str:
        every = ntr("{n} appeal", "{n} appeals", appeals.count_appeals(self.desk.store))
        if self.wanted() == Wanted():
            return every
        return tr(N_("{all} · {shown} shown"), all=every, shown=self.count())

    def make_record(self) -> RecordPane:
        return AppealPane(self.desk)
