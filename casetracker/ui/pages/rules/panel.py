"""The tab of the rules: terms, days off and monthly indices, those of the program beside the office's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from casetracker.i18n import N_, tr
from casetracker.store import rule_lists
from casetracker.store.rule_lists import Line
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.pages.rules.edit import edit_day, edit_rate, edit_rule
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.frame import ScrollPage
from casetracker.ui.widgets.naming import label

Read = Callable[[Store], list[Line]]
Edit = Callable[[QWidget, Desk, Line | None], object]


class RuleCard(Card):
    """One table: a line is opened by a click or Enter, and the office's own is written then."""

    def __init__(
        self, desk: Desk, name: str, title: str, columns: Sequence[str], *, add: str, read: Read, edit: Edit
    ) -> None:
        super().__init__(title, f"card.{name}", link=add)
        self._desk, self._read, self._lines = desk, read, dict[str, Line]()
        self._counted = len(columns) == 3
        heads = [*columns, tr(N_("Source")), tr(N_("Whose"))]
        weights = (3, 1, 1, 3, 0) if self._counted else (2, 1, 4, 0)
        self.table = CellTable(
            [Column(head, weight) for head, weight in zip(heads, weights, strict=True)], name, title
        )
        self.table.setToolTip(tr(N_("Open a line to put your own in its place, or to change it.")))
        self.add(self.table)
        if desk.store.read_only:
            self.set_link("")
            return
        self.table.chosen.connect(lambda key: edit(self, desk, self._lines[key]))
        self.link_clicked.connect(lambda: edit(self, desk, None))

    def refresh(self) -> None:
        """Read the table again."""
        lines = self._read(self._desk.store)
        self._lines = {line.key: line for line in lines}
        self.table.set_rows([self._row(line) for line in lines])

    def _row(self, line: Line) -> TableRow:
        doubt = "" if line.verified else tr(N_("not verified"))
        note = " · ".join(part for part in (line.dated, doubt) if part)
        own = bool(line.own_id)
        cells = [Cell(line.what, bold=own), Cell(line.value, bold=own)]
        if self._counted:
            cells.append(Cell(line.counted))
        whose = Cell(line.whose, tone=Tone.BLUE) if own else Cell(line.whose, muted=True)
        return TableRow(line.key, (*cells, Cell(line.source, note), whose))


class RulesPanel(QWidget):
    """What the reply clock and all other deadlines are counted by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        page = ScrollPage("rules", tr(N_("Rules")))
        said = N_(
            "Every deadline is counted by these. Those of the program stay as they are; your own take their "
            "place, each with its source. Deleting your own brings the program's back, and Undo takes any "
            "change back. “Not verified” means: compare it with the text before anything that goes out "
            "relies on it."
        )
        page.body.addWidget(label(tr(said), "muted", wrap=True))
        self.cards = _cards(desk)
        for card in self.cards.values():
            page.body.addWidget(card)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)

    def refresh(self) -> None:
        """Read all tables again."""
        for card in self.cards.values():
            card.refresh()


def _cards(desk: Desk) -> dict[str, RuleCard]:
    """Make the three tables."""
    terms = (tr(N_("Rule")), tr(N_("How long")), tr(N_("Counted from")))
    days = (tr(N_("Day")), tr(N_("Off or worked")))
    rates = (tr(N_("In force from")), tr(N_("Amount")))
    return {
        "rules": RuleCard(
            desk, "rules.terms", tr(N_("Terms")), terms,
            add=tr(N_("Add a rule…")), read=rule_lists.rules, edit=edit_rule,
        ),
        "days": RuleCard(
            desk, "rules.days", tr(N_("Days off, and weekends that are worked")), days,
            add=tr(N_("Add a day…")), read=rule_lists.days_off, edit=edit_day,
        ),
        "rates": RuleCard(
            desk, "rules.rates", tr(N_("Monthly calculation index (MCI)")), rates,
            add=tr(N_("Add a rate…")), read=rule_lists.rates, edit=edit_rate,
        ),
    }  # fmt: skip
