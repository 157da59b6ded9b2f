"""How a deadline is shown in a table: when, what, for whom, and where the day comes from."""

from __future__ import annotations

import datetime as dt

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.store.deadline import Deadline
from casetracker.store.ledger import due_chip
from casetracker.ui.style import Tone
from casetracker.ui.widgets.cell_table import Cell, Column, TableRow

PRESSING = 14  # days before the last one, from which on it is coloured


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column(tr(N_("When")), 0),
        Column(tr(N_("What")), 4),
        Column(tr(N_("For")), 2),
        Column(tr(N_("Basis")), 2),
    )


def row(deadline: Deadline, today: dt.date) -> TableRow:
    """Return the line of the list."""
    cells = (when(deadline, today), deadline.what, deadline.about, Cell(deadline.basis, muted=True))
    return TableRow(deadline.key, cells)


def short_row(deadline: Deadline, today: dt.date) -> TableRow:
    """Return the line without its basis, for the first page."""
    return TableRow(deadline.key, (when(deadline, today, short=True), deadline.what, deadline.about))


def when(deadline: Deadline, today: dt.date, *, short: bool = False) -> Cell:
    """Say when it is due: how far away while it presses, else the day."""
    day = KnownDate.on(deadline.day).short()
    if deadline.done:
        return Cell(tr(N_("done {day}"), day=KnownDate.on(deadline.done).short()), muted=True)
    if deadline.snoozed:
        return Cell(tr(N_("from {day}"), day=KnownDate.on(deadline.snoozed).short()), muted=True)
    left = deadline.left(today)
    if left.days > PRESSING:
        return Cell(day)
    colour = Tone.RED if left.overdue else Tone.AMBER
    return (
        Cell(due_chip(deadline.day, today)[0], tone=colour) if short else Cell(left.text(), day, tone=colour)
    )
