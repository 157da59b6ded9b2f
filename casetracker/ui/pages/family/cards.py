"""Cards of the page of a family: who may act for it, and the log of contacts with it."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, tr
from casetracker.store.relations import Acting
from casetracker.ui.pages.family.data import FamilyData, LogLine
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.card import Card
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow
from casetracker.ui.widgets.chip import ChipRow, ChipText
from casetracker.ui.widgets.naming import label, named

_MOST = 12  # lines of the log that are shown before "all"


class AuthorityCard(Card):
    """Who may act for the family, by which document, until when."""

    def __init__(self) -> None:
        super().__init__(tr(N_("Authority to act")), "card.authority", link=tr(N_("Edit")))
        columns = (Column("", 3), Column("", 3), Column("", 0))
        self.table = CellTable(columns, "table.authority", tr(N_("Authority to act")))
        self._none = label(
            tr(N_("Nobody's authority is recorded. A body that gets an application asks for it.")),
            "muted",
            wrap=True,
        )
        self.add(self.table)
        self.add(self._none)
        self.fill_up()

    def set_authorities(self, lines: Sequence[Acting]) -> None:
        """Show these, what stands first."""
        self.table.set_rows([_authority_row(a) for a in lines])
        self.table.setVisible(bool(lines))
        self._none.setVisible(not lines)


def _authority_row(acting: Acting) -> TableRow:
    about = tr(N_("for {case}"), case=acting.case_ref) if acting.case_id else tr(N_("for all cases"))
    document = " ".join(p for p in (acting.document, acting.number) if p)
    dates = [
        tr(N_("from {day}"), day=f"{acting.since:%d.%m.%Y}") if acting.since else "",
        tr(N_("until {day}"), day=f"{acting.until:%d.%m.%Y}") if acting.until else "",
    ]
    note = " · ".join(p for p in (*dates, acting.note) if p)
    return TableRow(
        acting.person_id, (Cell(acting.name, about), Cell(document, note), _authority_chip(acting))
    )


def _authority_chip(acting: Acting) -> Cell:
    if acting.withdrawn and not acting.stands:
        return Cell(tr(N_("withdrawn")), tone=tone("red"))
    if not acting.stands:
        return Cell(tr(N_("ended")) if acting.until else tr(N_("not yet")), tone=tone("grey"))
    if acting.ends_soon:
        return Cell(tr(N_("ends soon")), tone=tone("amber"))
    return Cell(tr(N_("may act")), tone=tone("green"))


class LogCard(Card):
    """The last contacts with the family, how long ago the last one was, and the next call that is owed."""

    def __init__(self) -> None:
        super().__init__(tr(N_("Contact log")), "card.log", link=tr(N_("Log a call…")))
        self.last = named(label("", "soft", wrap=True), "family.last_contact")
        self.chips = ChipRow()
        columns = (
            Column(tr(N_("When")), 0),
            Column(tr(N_("With whom")), 2),
            Column(tr(N_("What was said")), 4),
            Column("", 0),
        )
        self.table = CellTable(columns, "table.log", tr(N_("Contact log")))
        for part in (self.last, self.chips, self.table):
            self.add(part)
        self.fill_up()

    def set_log(self, data: FamilyData) -> None:
        """Show the log of this family."""
        self.last.setText(data.last_contact)
        call = data.next_call
        self.chips.set_chips([ChipText(call.text, tone(call.tone))] if call else [])
        self.chips.setVisible(call is not None)
        self.table.set_rows([_log_row(line) for line in data.log[:_MOST]])
        self.table.setVisible(bool(data.log))


def _log_row(line: LogLine) -> TableRow:
    chip = Cell(line.chip.text, tone=tone(line.chip.tone)) if line.chip else Cell()
    return TableRow(line.id, (line.when, Cell(line.who, line.how), line.said, chip))
