"""Pills over a list, one for each way in which its records can stand."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar

from casetracker.i18n import tr
from casetracker.ui.widgets.chip import FilterChip
from casetracker.ui.widgets.list_beside_page import ListPane

E = TypeVar("E", bound=Enum)


class StandingPills(Generic[E]):
    """A pill for each member of an Enum, called by its value; `changed` is called when one is used."""

    def __init__(self, pane: ListPane, standings: type[E], changed: Callable[[], object]) -> None:
        self._chips: dict[E, FilterChip] = {}
        for standing in standings:
            chip = FilterChip(tr(standing.value), f"filter.{standing.name.lower()}")
            self._chips[standing] = chip
            chip.toggled.connect(lambda *_: changed())
            pane.add_filter(chip)

    def picked(self) -> frozenset[E]:
        """The standings whose pills are set."""
        return frozenset(standing for standing, chip in self._chips.items() if chip.isChecked())

    def pick_only(self, key: str) -> None:
        """Set the pill of this name ("overdue") and no other; none for an empty key. Nobody is told."""
        for standing, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(standing.name.lower() == key)
            chip.blockSignals(False)
            chip.set_label(tr(standing.value))
