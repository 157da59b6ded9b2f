"""Chips of the pages' data as cells of their tables."""

from __future__ import annotations

from casetracker.ui.pages.case.data import Chip
from casetracker.ui.pages.page import tone
from casetracker.ui.widgets.cell_table import Cell


def chip_cell(chip: Chip | None) -> Cell:
    """Return a chip as a cell; an empty cell for none."""
    return Cell(chip.text, tone=tone(chip.tone)) if chip else Cell()
