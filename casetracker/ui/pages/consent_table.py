"""Answers about consent as a table, for the pages of families and people."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, tr
from casetracker.ui.pages.case.data import ConsentLine
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow


class ConsentTable(CellTable):
    """A line an answer: for which use, about what, from whom, since and until when, and how it stands."""

    def __init__(self, object_name: str, *, about: bool) -> None:
        columns = [Column(tr(N_("Use")), 3)]
        columns += [Column(tr(N_("About")), 2), Column(tr(N_("Given by")), 2)] if about else []
        columns += [Column(tr(N_("From")), 1), Column(tr(N_("Until")), 1), Column("", 0)]
        self._about = about
        super().__init__(columns, object_name, tr(N_("Consents")))

    def set_answers(self, answers: Sequence[tuple[str, ConsentLine]]) -> None:
        """Show these answers, each with what it is about."""
        rows = []
        for number, (about, line) in enumerate(answers):
            whom: tuple[str, ...] = (about, line.who) if self._about else ()
            chip = Cell(line.chip.text, tone=tone(line.chip.tone))
            rows.append(TableRow(str(number), (line.use, *whom, line.given, line.ends, chip)))
        self.set_rows(rows)
        self.setVisible(bool(rows))
