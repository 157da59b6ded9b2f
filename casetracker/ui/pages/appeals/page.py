"""Appeals: the list with its filters, what is overdue first, and the page of one appeal."""

from __future__ import annotations

from casetracker.i18n import N_, ntr, tr
from casetracker.ui.desk import Desk
from casetracker.ui.pages.appeals.edit import new_appeal
from casetracker.ui.pages.appeals.pane import AppealPane
from casetracker.ui.pages.page import ListPage, RecordPane


class AppealsPage(ListPage):
    """The list of appeals beside an appeal."""

    views_key = "appeals"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "appeals", tr(N_("Appeals")), list_width=360)
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

    def counted(self, number: int) -> str:
        return ntr("{n} appeal", "{n} appeals", number)

    def make_record(self) -> RecordPane:
        return AppealPane(self.desk)
