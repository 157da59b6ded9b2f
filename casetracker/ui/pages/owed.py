"""How what was promised is shown in tables: the due date and the outcome, each as a cell."""

from __future__ import annotations

import datetime as dt

from casetracker.i18n import N_, tr
from casetracker.model.dates import KnownDate
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.fields import month_day
from casetracker.store.ledger import due_chip
from casetracker.store.questions import Owed
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell

NOTHING = "—"
_SAID = {
    PromiseOutcome.PENDING: N_("pending"),
    PromiseOutcome.KEPT: N_("kept"),
    PromiseOutcome.PARTLY: N_("partly kept"),
    PromiseOutcome.RENEWED: N_("promised again"),
    PromiseOutcome.REFUSED: N_("refused"),
    PromiseOutcome.SILENT: N_("no answer"),
    PromiseOutcome.OVERTAKEN: N_("overtaken by events"),
}
_TONES = {PromiseOutcome.KEPT: "green", PromiseOutcome.PARTLY: "amber", PromiseOutcome.RENEWED: "amber"}


def due_cell(owed: Owed, today: dt.date) -> Cell:
    """Return the due date: a chip while it presses, the plain date when it is far off or over."""
    if owed.due is None:
        return Cell(NOTHING, muted=True)
    text, colour = due_chip(owed.due, today)
    if not owed.open or colour == "grey":
        return Cell(KnownDate.on(owed.due).short())
    return Cell(text, tone=tone(colour))


def outcome_cell(owed: Owed) -> Cell:
    """Return what became of it, with the day; a dash while nothing has."""
    if owed.outcome is PromiseOutcome.PENDING:
        return Cell(NOTHING)
    said = tr(_SAID[owed.outcome])
    text = f"{said} {month_day(owed.outcome_on)}" if owed.outcome_on else said
    if owed.outcome in _TONES:
        return Cell(text, owed.outcome_note, tone=tone(_TONES[owed.outcome]))
    return Cell(text, owed.outcome_note, muted=True)
