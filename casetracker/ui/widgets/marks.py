"""Small raised marks beside facts and lines: a page that knows of sources hands them to its widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Mark:
    """A raised number with a sign; `ink` is the name of its colour, `help` what a tooltip says."""

    text: str
    ink: str
    help: str


def raised(number: int) -> str:
    """Return a number as raised digits."""
    return str(number).translate(_RAISED)


class Marker(Protocol):
    """What knows the marks of a page: an attribute `marker` of a widget around the facts and tables."""

    def fact_mark(self, facts: str, label: str) -> Mark | None:
        """Return the mark of a fact, by the name of its widget and its label."""

    def row_mark(self, key: str) -> Mark | None:
        """Return the mark of a line of a table, by its key."""

    def fact_menu(self, facts: str, label: str, at: QPoint) -> None:
        """Show what can be done about a fact."""

    def row_menu(self, key: str, at: QPoint) -> None:
        """Show what can be done about a line."""


def marker_above(widget: QWidget) -> Marker | None:
    """Return the marker of the page that a widget is on."""
    above: QWidget | None = widget
    while above is not None:
        found: Marker | None = getattr(above, "marker", None)
        if found is not None:
            return found
        above = above.parentWidget()
    return None
