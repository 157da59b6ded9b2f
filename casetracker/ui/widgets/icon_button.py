"""A button that shows only an icon; its own file, so that the first window loads nothing it does not show."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from casetracker.ui.icons import icon
from casetracker.ui.widgets.naming import named


def icon_button(icon_name: str, object_name: str, accessible_name: str) -> QPushButton:
    """Return a small button with an icon only; its name is its tooltip and what a screen reader says."""
    made = named(QPushButton(), object_name, accessible_name, accessible_name)
    made.setProperty("kind", "quiet")
    made.setAutoDefault(False)
    made.setIcon(icon(icon_name, "text_soft"))
    return made
