"""Answers about consent as a table, for the pages of families and people."""

from __future__ import annotations

from collections.abc import Sequence

from casetracker.i18n import N_, tr
from casetracker.ui.pages.case.data import ConsentLine
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell, CellTable, Column, TableRow


class ConsentTable(CellTable):
    """A line an answer: for which use, from whom about what, since and until when, and how it stands."""

    def __init__(self, object_name: str, *, about: bool) -> None:
        whom = [Column(tr(N_("Given by")), 3)] if about else []
        columns = [Column(tr(N_("Use")), 4), *whom, Column(tr(N_("From, until")), 2), Column("", 0)]
        self._about = about
        super().__init__(columns, object_name, tr(N_("Consents")))

    def set_answers(self, answers: Sequence[tuple[str, ConsentLine]]) -> None:
        """Show these answers, each with what it is about."""
        rows = []
        for number, (about, line) in enumerate(answers):
            about_it = tr(N_("about {what}"), what=about) if about else ""
            whom = (Cell(line.who, about_it),) if self._about else ()
            when = Cell(line.given, tr(N_("until {date}"), date=line.ends) if line.ends else "")
            chip = Cell(line.chip.text, tone=tone(line.chip.tone))
            rows.append(TableRow(str(number), (line.use, *whom, when, chip)))
        self.set_rows(rows)
        self.setVisible(bool(rows))
