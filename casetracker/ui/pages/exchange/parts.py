"""Small parts of both tabs: a choice with a name, and sentences one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from casetracker.ui.widgets.naming import label, named


def combo(object_name: str, accessible_name: str, options: Iterable[tuple[str, str]]) -> QComboBox:
    """Return a choice of texts, each with its data."""
    made = named(QComboBox(), object_name, accessible_name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    for data, text in options:
        made.addItem(text, data)
    return made


def beside(*widgets: QWidget) -> QWidget:
    """Return a line of widgets as wide as they need to be, from the left."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 4, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return line


def sentences(holder: QWidget, said: Sequence[str]) -> None:
    """Show sentences in a widget with a box layout, in place of those before."""
    layout = holder.layout()
    assert layout is not None  # noqa: S101 - made by the page
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for sentence in said:
        layout.addWidget(label(sentence, wrap=True, selectable=True))
