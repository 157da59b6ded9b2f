"""How the answer in a reply form is shown in tables, on the pages of meetings and of cases."""

from __future__ import annotations

from collections.abc import Iterable

from casetracker.store.reply_forms import Answer, CaseReply
from casetracker.ui.pages.owed import NOTHING
from casetracker.ui.widgets.cell_table import Cell, TableRow

_FITS = 80  # letters that a cell shows in two lines, in a narrow window too


def answer_cells(answer: Answer) -> tuple[Cell, Cell]:
    """Return what was answered with the measure below it, and its date with whom to ask."""
    said = Cell(answer.told or answer.measure or NOTHING, answer.measure if answer.told else "")
    return said, Cell(answer.when or NOTHING, answer.contact)


def long_answers(replies: Iterable[CaseReply]) -> str:
    """Return in full, each under its reference, the texts that are too long for a line of a table."""
    texts = ((r.ref, "\n".join(t for t in (r.answer.words, r.answer.measure) if t)) for r in replies)
    return "\n\n".join(f"{ref}\n{text}" for ref, text in texts if len(text) > _FITS)


def answer_row(number: int, answer: Answer) -> TableRow:
    """Return an answer on the page of its case as a line, which leads to the meeting."""
    return TableRow(f"{answer.meeting_id}:{number}", (*answer_cells(answer), Cell(answer.day)))
