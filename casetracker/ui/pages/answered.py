"""How the answer in a reply form is shown in tables, on the pages of meetings and of cases."""

from __future__ import annotations

from casetracker.store.reply_forms import Answer
from casetracker.ui.pages.owed import NOTHING
from casetracker.ui.widgets.cell_table import Cell, TableRow


def answer_cells(answer: Answer) -> tuple[Cell, Cell]:
    """Return what was answered with the measure below it, and its date with whom to ask."""
    said = Cell(answer.told or answer.measure or NOTHING, answer.measure if answer.told else "")
    return said, Cell(answer.when or NOTHING, answer.contact)


def answer_row(number: int, answer: Answer) -> TableRow:
    """Return an answer on the page of its case as a line, which leads to the meeting."""
    return TableRow(f"{answer.meeting_id}:{number}", (*answer_cells(answer), Cell(answer.day)))
