"""The tabs of a case behind the summary: chronology, family, promises, consents, sources."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from casetracker.i18n import N_, tr
from casetracker.store.reply_forms import answers_of
from casetracker.ui.desk import Desk
from casetracker.ui.pages.answered import answer_row
from casetracker.ui.pages.case import edit
from casetracker.ui.pages.case.data import CaseData
from casetracker.ui.pages.case.rows import promise_row, relative_rows
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import CellTable, Column
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import label


class CaseTab(ScrollPage):
    """One tab of the page of a case; it is filled when somebody looks at it."""

    def __init__(self, desk: Desk, name: str, title: str) -> None:
        super().__init__(f"case.{name}", title)
        self.desk = desk
        self.case_id = ""
        self._waiting: CaseData | None = None

    def show_case(self, data: CaseData) -> None:
        """Show a case."""
        self.case_id = data.id
        self._waiting = data
        if self.isVisible():
            self._fill_now()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill_now()

    def _fill_now(self) -> None:
        if data := self._waiting:
            self._waiting = None
            self.fill(data)

    def count(self, data: CaseData) -> int | None:
        """How many things are on the tab, for the number beside its name; None for no number."""
        return None

    def fill(self, data: CaseData) -> None:
        """Fill the tab. What it shows beyond `data` it reads itself, here and not before."""
        raise NotImplementedError

    def card(self, title: str, name: str, *, link: str = "") -> Card:
        """Add a card."""
        made = Card(title, f"card.{name}", link=link)
        self.body.addWidget(made)
        return made

    def edit(self) -> None:
        """Open the case for writing."""
        edit.edit_case(self, self.desk, self.case_id)


class FamilyTab(CaseTab):
    """The family that speaks for the relative."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "family", tr(N_("Family")))
        self._card = self.card("", "relatives", link=tr(N_("Open family")))
        self._card.link_clicked.connect(self._open)
        self._family_id = ""
        columns = (Column(tr(N_("Name")), 2), Column(tr(N_("Kinship")), 2), Column("", 0))
        self._table = CellTable(columns, "relatives_all", tr(N_("Family")))
        self._table.chosen.connect(lambda key: desk.open("Person", key))
        self._none = label(
            tr(N_("No family is linked yet. Use “Edit” to choose one or to record a new one.")), "muted"
        )
        self._card.add(self._table)
        self._card.add(self._none)
        self.body.addStretch(1)

    def _open(self) -> None:
        if self._family_id:
            self.desk.open("Family", self._family_id)
        else:
            self.edit()

    def count(self, data: CaseData) -> int:
        return len(data.relatives)

    def fill(self, data: CaseData) -> None:
        self._family_id = data.family_id
        self._card.set_title(data.family_name or tr(N_("Family")))
        self._card.set_link(tr(N_("Open family")) if data.family_id else tr(N_("Edit")))
        self._table.set_rows(relative_rows(data))
        self._table.setVisible(bool(data.relatives))
        self._none.setVisible(not data.relatives)


class PromisesTab(CaseTab):
    """Every promise about the case, and what became of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "promises", tr(N_("Meetings & promises")))
        card = self.card(tr(N_("Promises about this case")), "promises_all")
        columns = (
            Column(tr(N_("Promised by")), 2),
            Column(tr(N_("What")), 2),
            Column(tr(N_("Due / outcome")), 0),
        )
        self._table = CellTable(columns, "promises_all", tr(N_("Promises about this case")))
        self._table.chosen.connect(lambda key: desk.open("Promise", key.split(":")[0]))
        self._none = label(tr(N_("This case was not the subject of a promise yet.")), "muted")
        card.add(self._table)
        card.add(self._none)
        self._replies = self._reply_table()
        self.body.addStretch(1)

    def _reply_table(self) -> CellTable:
        self._replied = self.card(tr(N_("Answers in reply forms")), "replies")
        columns = (
            Column(tr(N_("Answer")), 3),
            Column(tr(N_("Date and whom to ask")), 2),
            Column(tr(N_("Read in on")), 0),
        )
        table = CellTable(columns, "case.replies", tr(N_("Answers in reply forms")))
        table.chosen.connect(lambda key: self.desk.open("Meeting", key.partition(":")[0]))
        self._replied.add(table)
        return table

    def count(self, data: CaseData) -> int:
        return len(data.promises)

    def fill(self, data: CaseData) -> None:
        self._table.set_rows([promise_row(p) for p in data.promises])
        self._table.setVisible(bool(data.promises))
        self._none.setVisible(not data.promises)
        with self.desk.store.reader() as reader:
            replies = answers_of(reader, data.id)
        self._replies.set_rows([answer_row(n, answer) for n, answer in enumerate(replies)])
        self._replied.setVisible(bool(replies))
