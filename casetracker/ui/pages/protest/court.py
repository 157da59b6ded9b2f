"""The tab of what came after a protest: penalties, the days left to appeal, what they cost each family."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, ntr, tr
from casetracker.model import Penalty, clock
from casetracker.store.penalties import RULE, FamilyCost, Imposed, tenge
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.protest.data import ProtestData
from casetracker.ui.pages.protest.tabs import ProtestTab
from casetracker.ui.style import Tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.naming import label, named

_WHAT = ("kind", "amount", "days", "article", "part")
_COURT = ("decided", "received", "court", "case_number", "judge")
_AFTER = ("appeal", "appeal_note", "paid", "paid_by", "served_from", "served_to")


def edit_penalty(parent: QWidget, desk: Desk, penalty_id: str) -> EditDialog:
    """Open the dialog for one penalty, with what is too rare for the grid."""
    draft = desk.store.draft(Penalty, penalty_id)
    dialog = EditDialog(parent.window(), desk.store, draft, tr(N_("Penalty")))
    dialog.add_section(tr(N_("Penalty")), ("", Form(desk.store, draft, _WHAT)))
    dialog.add_section(tr(N_("Court")), ("", Form(desk.store, draft, _COURT)))
    dialog.add_section(tr(N_("Appeal and payment")), ("", Form(desk.store, draft, _AFTER)))
    dialog.finish()
    dialog.open()
    return dialog


class CourtTab(ProtestTab):
    """Penalties with indices and days left, and the cost per family."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "court", tr(N_("Court and cost")))
        self._none = label(
            tr(N_("No penalty is recorded. Type who was fined or arrested under “People and outcomes”.")),
            "muted",
            wrap=True,
        )
        self._penalties_card, self.penalties = self._make_penalties()
        self._families_card, self.families = self._make_families()
        self.body.addWidget(self._none)
        self.body.addStretch(1)

    def _make_penalties(self) -> tuple[Card, CellTable]:
        card = Card(tr(N_("Penalties, and the days left to appeal")), "card.court")
        columns = (
            Column(tr(N_("Person")), 2),
            Column(tr(N_("Penalty")), 2),
            Column(tr(N_("Appeal")), 0),
            Column(tr(N_("Paid")), 0),
        )
        table = CellTable(columns, "court.penalties", tr(N_("Penalties")))
        table.setToolTip(tr(N_("Open a penalty to write down judge, case number, appeal and payment.")))
        table.chosen.connect(lambda key: edit_penalty(self, self.desk, key))
        card.add(table)
        self._rule = named(label("", "note", wrap=True), "court.rule")
        card.add(self._rule)
        self.body.addWidget(card)
        return card, table

    def _make_families(self) -> tuple[Card, CellTable]:
        card = Card(tr(N_("Cost per family")), "card.families")
        columns = (
            Column(tr(N_("Family")), 3),
            Column(tr(N_("Fined in all")), 1),
            Column(tr(N_("Paid")), 1),
            Column(tr(N_("Not paid")), 1),
            Column(tr(N_("Arrest")), 0),
        )
        table = CellTable(columns, "court.families", tr(N_("Cost per family")))
        table.chosen.connect(self._open_family)
        card.add(table)
        self.body.addWidget(card)
        return card, table

    def _open_family(self, key: str) -> None:
        if key:
            self.desk.open("Family", key)

    def fill(self, data: ProtestData) -> None:
        self._none.setVisible(not data.penalties)
        self.penalties.set_rows([_penalty_row(line) for line in data.penalties])
        self._penalties_card.setVisible(bool(data.penalties))
        self.families.set_rows([_family_row(line) for line in data.costs])
        self._families_card.setVisible(bool(data.costs))
        rule = clock.current()[RULE]
        waiting = any(line.deadline for line in data.penalties)
        said = tr(N_("{n} days to appeal: {source}"), n=rule.amount, source=rule.source)
        self._rule.setText(said if rule.verified else tr(N_("Not verified yet: {rule}"), rule=said))
        self._rule.setVisible(waiting)


def _penalty_row(line: Imposed) -> TableRow:
    indices = tr(N_("{n} MCI"), n=f"{line.indices:g}") if line.indices else ""
    return TableRow(
        line.id,
        (
            Cell(line.name, " · ".join(p for p in (line.decided, line.court) if p), bold=True),
            Cell(line.what, " · ".join(p for p in (indices, line.law) if p)),
            _appeal_cell(line),
            Cell(line.paid, tone=Tone(line.tone)) if line.paid else Cell("—", muted=True),
        ),
    )


def _appeal_cell(line: Imposed) -> Cell:
    if line.deadline is None:
        return Cell(line.appeal or "—", muted=not line.appeal)
    left = line.deadline.left
    if left.overdue:
        return Cell(tr(N_("term ran out")), muted=True)
    note = "" if line.deadline.sure else tr(N_("counted from the decision"))
    return Cell(left.text(), note, tone=Tone.RED if left.days <= 3 else Tone.AMBER)


def _family_row(line: FamilyCost) -> TableRow:
    cost = line.cost
    partly = tr(N_("{amount} partly paid"), amount=tenge(cost.partly)) if cost.partly else ""
    return TableRow(
        line.family_id,
        (
            Cell(line.name, ntr("{n} person", "{n} people", line.people), bold=True),
            tenge(cost.owed),
            Cell(tenge(cost.paid), partly),
            tenge(cost.unpaid),
            ntr("{n} day", "{n} days", line.days) if line.days else "—",
        ),
    )
