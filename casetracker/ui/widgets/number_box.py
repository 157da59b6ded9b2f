"""A field for a whole number."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

_LEFT = 7  # pixels: Qt leaves out the left padding that the style sheet gives to a number's field


class NumberBox(QSpinBox):
    """A whole number with arrows, its digits as far from the frame as the text of other fields."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(_LEFT, 0, 0, 0)
