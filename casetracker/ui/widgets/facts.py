"""Labels and values below each other, as on the card "Situation now"."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from casetracker.ui.style import COLOURS, px
from casetracker.ui.widgets.naming import label, named

_LABEL = 136


@dataclass(frozen=True)
class Fact:
    """A label with its value; `note` (where it comes from) follows in grey, `muted` greys the value."""

    label: str
    value: str
    note: str = ""
    muted: bool = False


class Facts(QWidget):
    """A grid of facts; `pairs` facts beside each other; long values wrap, and can be selected and copied."""

    def __init__(self, object_name: str, *, pairs: int = 1, label_width: int = _LABEL) -> None:
        super().__init__()
        named(self, object_name)
        self._pairs, self._label_width = pairs, label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(7)
        self._grid.setHorizontalSpacing(14)
        for pair in range(pairs):
            self._grid.setColumnStretch(2 * pair + 1, 1)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts and no others."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for place, fact in enumerate(facts):
            row, pair = divmod(place, self._pairs)
            name = label(fact.label, "muted", wrap=True)
            name.setFixedWidth(px(self._label_width))
            value = label(fact.value, "muted" if fact.muted else "", wrap=True, selectable=True)
            named(value, f"fact.{place}", fact.label)
            value.setMinimumWidth(60)
            if fact.note:
                value.setTextFormat(Qt.TextFormat.RichText)
                value.setText(
                    f"{html.escape(fact.value)} — "
                    f'<span style="color:{COLOURS["muted"]}">{html.escape(fact.note)}</span>'
                )
            name.setBuddy(value)
            self._grid.addWidget(name, row, 2 * pair, top)
            self._grid.addWidget(value, row, 2 * pair + 1, top)
        self.updateGeometry()
