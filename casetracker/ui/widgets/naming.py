"""The names by which tests, style sheets and screen readers find a control."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, object_name: str, accessible_name: str = "", tooltip: str = "") -> W:
    """Give a widget its object name, what a screen reader says, and a tooltip; return the widget."""
    widget.setObjectName(object_name)
    if accessible_name:
        widget.setAccessibleName(accessible_name)
    if tooltip:
        widget.setToolTip(tooltip)
    return widget


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Return a label that shows the text as it is, never as HTML; `role` picks its look."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def button(text: str, object_name: str, *, kind: str = "", tooltip: str = "") -> QPushButton:
    """Return a button; `kind` is "", "primary", "danger", "link" or "quiet"."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    made.setAutoDefault(False)
    return named(made, object_name, text.replace("&", ""), tooltip)


READING_ONLY = "reading_only"  # the property of a window in which nothing can be changed


def reads_only(widget: QWidget) -> bool:
    """Whether the widget stands in a window in which nothing can be changed; what edits is hidden there."""
    return bool(widget.window().property(READING_ONLY))


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a widget; one without a parent is left to appear with it, not as a window of its own."""
    if wanted and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, on=True)
    else:
        widget.setVisible(wanted)
