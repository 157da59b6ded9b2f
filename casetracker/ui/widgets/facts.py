"""Labels and values below each other; beside a value a mark that says which sources are cited for it."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from casetracker.ui.style import COLOURS, px
from casetracker.ui.widgets.marks import Mark, marker_above
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
        self._shown: list[tuple[Fact, QLabel]] = []
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
                old.hide()  # or Qt would still show it, as a window of its own
                old.setParent(None)
                old.deleteLater()
        self._shown = []
        top = Qt.AlignmentFlag.AlignTop
        for place, fact in enumerate(facts):
            row, pair = divmod(place, self._pairs)
            name = label(fact.label, "muted", wrap=True)
            name.setFixedWidth(px(self._label_width))
            value = label(fact.value, "muted" if fact.muted else "", wrap=True, selectable=True)
            named(value, f"fact.{place}", fact.label)
            value.setMinimumWidth(60)
            value.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            value.customContextMenuRequested.connect(self._asker(fact.label, value))
            name.setBuddy(value)
            self._grid.addWidget(name, row, 2 * pair, top)
            self._grid.addWidget(value, row, 2 * pair + 1, top)
            self._shown.append((fact, value))
        self.mark()
        self.updateGeometry()

    def mark(self) -> None:
        """Show beside each fact what its page knows of its sources."""
        marker = marker_above(self)
        for fact, value in self._shown:
            _show(value, fact, marker.fact_mark(self.objectName(), fact.label) if marker else None)

    def fact_in_focus(self) -> str:
        """Return the label of the fact that has the keyboard; "" if none has."""
        return next((fact.label for fact, value in self._shown if value.hasFocus()), "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.mark()  # made before its page knew it

    def _asker(self, text: str, value: QLabel) -> Callable[[QPoint], None]:
        def ask(point: QPoint) -> None:
            if (marker := marker_above(self)) is not None:
                marker.fact_menu(self.objectName(), text, value.mapToGlobal(point))

        return ask


def _show(value: QLabel, fact: Fact, mark: Mark | None) -> None:
    value.setToolTip(mark.help if mark else "")
    if not fact.note and mark is None:
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setText(fact.value)
        return
    value.setTextFormat(Qt.TextFormat.RichText)
    text = html.escape(fact.value)
    if mark:
        text += f' <span style="color:{COLOURS[mark.ink]}">{html.escape(mark.text)}</span>'
    if fact.note:
        text += f' — <span style="color:{COLOURS["muted"]}">{html.escape(fact.note)}</span>'
    value.setText(text)
